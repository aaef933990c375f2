"""The figures of reference project 003, from its raw file."""

import csv
import statistics
from fractions import Fraction

from harness import (
    EXAMPLE, HOME, Server, Skipped, aurora, expect, expect_equal, expect_near, shared, test)
from server_safety import ask

DATA = HOME.parent / "shared/data/credit_card"


def _run(folder):
    aurora("run", EXAMPLE, "--data", DATA, "--state", folder / "state").exits(0)
    return folder / "state"


def state():
    if not (DATA / "CC_GENERAL.csv").exists():
        raise Skipped("the original file is not here: ../shared/data/credit_card/CC_GENERAL.csv")
    return shared(_run)


def query(measures, *words):
    return aurora(
        "query", EXAMPLE, "--state", state(), "--measures", measures, *words, "--json"
    ).exits(0).json


def segmentation(name):
    document = aurora(
        "show", "segments", EXAMPLE, "--state", state(), "--name", name, "--json").exits(0).json
    return document["segmentations"][0]


@test("003: customers and averages of the KPI strip")
def key_figures(folder):
    answer = query("customers,avg_balance_frequency,avg_purchases_frequency,"
                   "avg_cash_advance_frequency,avg_tenure")
    row = answer["rows"][0]
    expect_equal(row[0], 8950, "customers")
    for found, expected, digits in zip(row[1:], (0.8773, 0.4904, 0.1351, 11.52), (4, 4, 4, 2)):
        expect_near(found, expected, 0.5 * 10 ** -digits, "an average")
    expect_equal((answer["rows_used"], answer["rows_total"]), (8950, 8950), "the rows counted")


@test("003: customers of each purchase style and monetary style")
def styles(folder):
    answer = query("customers", "--by", "purchase_style")
    expect_equal(answer["rows"], [["Balanced", 3834], ["Installments Dominant", 2628],
                                  ["Oneoff Dominant", 2488]], "purchase styles")
    answer = query("customers", "--by", "monetary_style")
    expect_equal(answer["rows"], [["Cash-Focused", 2794], ["Mixed-Monetary", 1185],
                                  ["Retail-Focused", 4971]], "monetary styles")


@test("003: what each step of the recipe changed")
def steps(folder):
    document = aurora(
        "show", "models", EXAMPLE, "--state", state(), "--json").exits(0).json
    changed = [step["cells_changed"] for step in document["models"][0]["steps"]]
    expect_equal(changed[0], {"CREDIT_LIMIT": 1}, "credit limits filled")
    expect_equal(sum(step.get("MINIMUM_PAYMENTS", 0) for step in changed), 313,
                 "minimum payments filled")
    expect_equal(sum(step.get("PURCHASES", 0) for step in changed), 19, "purchases computed anew")


@test("003: the segmentation 'published'")
def published(folder):
    found = segmentation("published")
    names = ["Low Touch Explorers", "Transitional Group", "Active Retailers",
             "The Liquidity Holdouts"]
    sizes = [1095, 2180, 3697, 1978]
    expect_equal([(entry["name"], entry["size"]) for entry in found["segments"]],
                 list(zip(names, sizes)), "names and sizes")
    expect_near(found["inertia"], 13646.893, 0.0005, "inertia")
    expect_near(found["silhouette"], 0.39248, 0.000005, "silhouette")
    expect_near(found["davies_bouldin"], 0.90546, 0.000005, "Davies-Bouldin")
    expect_near(found["calinski_harabasz"], 6796.485, 0.0005, "Calinski-Harabasz")
    expect_equal((found["k"], found["rows"], found["iterations"]), (4, 8950, 15),
                 "k, rows and updates")
    answer = query("customers", "--by", "published")
    expect_equal(answer["rows"], [list(row) for row in zip(names, sizes)], "customers by segment")


@test("003: the segmentation 'behaviour' finds the best known solution")
def behaviour(folder):
    found = segmentation("behaviour")
    expect(found["inertia"] <= 13645.93, "an inertia of 13645.93 at most", found["inertia"])
    sizes = [entry["size"] for entry in found["segments"]]
    expect_equal(sizes, [3699, 2170, 1999, 1082], "sizes")
    for share, expected in zip(found["explained_variance"],
                               (0.5321, 0.3609, 0.0806, 0.0144, 0.0121), strict=True):
        expect_near(share, expected, 0.00005, "a principal component's share")


def prepared_rows():
    """The recipe once more, in Python and with exact fractions."""
    state()
    with open(DATA / "CC_GENERAL.csv", newline="") as file:
        rows = [{name: value if name == "CUST_ID" else Fraction(value) if value else None
                 for name, value in row.items()} for row in csv.DictReader(file)]
    limits = [row["CREDIT_LIMIT"] for row in rows if row["CREDIT_LIMIT"] is not None]
    limit = statistics.median(limits)
    for row in rows:
        if row["CREDIT_LIMIT"] is None:
            row["CREDIT_LIMIT"] = limit
        purchases = row["ONEOFF_PURCHASES"] + row["INSTALLMENTS_PURCHASES"]
        if abs(row["PURCHASES"] - purchases) > Fraction(5, 1000):
            row["PURCHASES"] = purchases
        row["TOTAL_SPENDING"] = row["PURCHASES"] + row["CASH_ADVANCE"]
        most = row["PURCHASES"] * Fraction(8, 10)
        if row["ONEOFF_PURCHASES"] > most:
            row["style"] = "Oneoff Dominant"
        elif row["INSTALLMENTS_PURCHASES"] > most:
            row["style"] = "Installments Dominant"
        else:
            row["style"] = "Balanced"
    return rows


@test("003: averages by purchase style are those of the same recipe in Python")
def averages(folder):
    rows = prepared_rows()
    answer = query("customers,avg_total_spending,avg_balance,avg_credit_limit,avg_payments",
                   "--by", "purchase_style", "--where", "credit_limit >= 1000")
    for found in answer["rows"]:
        own = [row for row in rows if row["style"] == found[0] and row["CREDIT_LIMIT"] >= 1000]
        expect_equal(found[1], len(own), f"customers, {found[0]}")
        columns = ("TOTAL_SPENDING", "BALANCE", "CREDIT_LIMIT", "PAYMENTS")
        for value, column in zip(found[2:], columns):
            expected = float(sum(row[column] for row in own) / len(own))
            expect_near(value, expected, abs(expected) * 1e-12, f"average {column}, {found[0]}")
    expect_equal(answer["rows_used"], sum(row["CREDIT_LIMIT"] >= 1000 for row in rows), "rows used")


@test("003: a click on a cluster gives every visual what aurora query gives")
def page_equals_query(folder):
    where = ("--where", "published = 'Active Retailers'")
    with Server(EXAMPLE, "--state", state()) as server:
        body = ('{"selections": [{"source": "s1", "dimension": "published", '
                '"values": ["Active Retailers"]}]}')
        layout = ask(server, "GET", "/api/v1/pages/overview").json["visuals"]
        data = ask(server, "POST", "/api/v1/pages/overview/data", body).json
        expect_equal((data["rows_used"], data["rows_total"]), (3697, 8950), "the rows counted")
        compared = 0
        for visual in layout:
            if visual["type"] not in ("kpi", "donut", "bar", "column", "table"):
                continue
            by = ["--by", ",".join(visual["dimensions"])] if visual["dimensions"] else []
            expected = query(",".join(visual["measures"]), *by, *where)
            expect_equal(data["visuals"][visual["id"]]["rows"], expected["rows"], visual["title"])
            compared += 1
        expect(compared >= 8, "8 visuals or more", compared)
        for visual in layout:
            if visual["type"] == "histogram":
                counts = [row[2] for row in data["visuals"][visual["id"]]["rows"]]
                expect_equal(sum(counts), 3697, f"customers in the histogram {visual['title']}")
