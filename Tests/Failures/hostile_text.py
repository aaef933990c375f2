"""Texts that try to be something else go through as they are, wherever they come out."""

import http.client
import json
from urllib.parse import quote

from harness import Server, aurora, expect, expect_equal, expect_in, test
from projects import FILES, csv_text, project

TEXTS = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'; DROP TABLE customers; --",
    "it's \"quoted\" 'twice'",
    "=1+1",
    "@SUM(A1:A9)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "\t=1+1",
    "שלום עולם",
    "a\u202eb\u202cc",
    "👩‍👩‍👧‍👦 and 🏳️‍🌈",
    "e\u0301 is not \u00e9",
    "\ufeffmarked",
    "line\nbreak",
    "carriage\rreturn",
    "both\r\nof them",
    "".join(chr(code) for code in range(1, 32) if code not in (10, 13)),
    "\x7f\x80\x9f",
    "\u2028\u2029",
    "\U0010ffff\ufffe",
    "$(reboot) `id` ${HOME} %s %n {0}",
    "\\n\\u0041\\",
    "NULL",
    "null",
    " leading and trailing ",
    "a,b;c|d",
    "../../etc/passwd",
    "</title><svg/onload=alert(1)>",
]


def hostile_project(folder, texts):
    rows = [[f"P{number:03}", text, number + 1, number % 5] for number, text in enumerate(texts)]
    return project(folder, csv_text(["id", "town", "amount", "visits"], rows))


def yaml_text(text):
    """JSON's strings are YAML's, but for pairs of escapes."""
    return json.dumps(text, ensure_ascii=False)


def literal(text):
    return "'" + text.replace("'", "''") + "'"


@test("hostile texts come through run and query --json unchanged")
def through_query(folder):
    root = hostile_project(folder, TEXTS)
    aurora("run", root).exits(0)
    answer = aurora("query", root, "--measures", "total,customers", "--by", "town", "--json")
    rows = answer.exits(0).json["rows"]
    expect_equal(
        {row[0]: row[1:] for row in rows},
        {text: [number + 1, 1] for number, text in enumerate(TEXTS)}, "towns with their figures")


@test("each hostile text can be asked for by --where")
def through_where(folder):
    root = hostile_project(folder, TEXTS)
    aurora("run", root).exits(0)
    for number, text in enumerate(TEXTS):
        for condition in (f"town = {literal(text)}", f"town IN ({literal(text)}, 'nowhere')"):
            answer = aurora(
                "query", root, "--measures", "total,customers", "--by", "town",
                "--where", condition, "--json").exits(0).json
            expect_equal(answer["rows"], [[text, number + 1, 1]], f"the rows where {condition!r}")
    answer = aurora("query", root, "--measures", "customers", "--json").exits(0).json
    expect_equal(answer["rows"], [[len(TEXTS)]], "all rows, after all of that")


@test("hostile texts come through the server's JSON unchanged, and can be selected")
def through_server(folder):
    root = hostile_project(folder, TEXTS)
    aurora("run", root).exits(0)
    with Server(root) as server:
        def data(selections):
            connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
            connection.request(
                "POST", "/api/v1/pages/main/data", json.dumps({"selections": selections}))
            answer = connection.getresponse()
            document = json.loads(answer.read())
            expect_equal(answer.status, 200, "the status")
            return document["visuals"]

        rows = data([])["v2"]["rows"]
        expect_equal(
            {row[0]: row[1] for row in rows},
            {text: number + 1 for number, text in enumerate(TEXTS)}, "the bars")
        for text in TEXTS:
            selection = {"source": "s1", "dimension": "town", "values": [text]}
            expect_equal(data([selection])["v1"]["rows"], [[1]], f"customers of {text!r}")


@test("a --where that tries to be more than a condition is refused, and nothing is lost")
def hostile_where(folder):
    root = hostile_project(folder, TEXTS)
    aurora("run", root).exits(0)
    for condition in (
            "town = 'x'; DROP TABLE customers", "1=1) UNION SELECT id FROM customers --",
            "town IN (SELECT town FROM customers)", "town = read_text('/etc/passwd')",
            "random() < 2", "amount > 1", "town = 'x", "", ";", "town", "count(*) > 1",
            "town = 'a' OR rowid = 1", "town = $1", "town = ?"):
        result = aurora("query", root, "--measures", "customers", "--where", condition, "--json")
        expect(result.code in (1, 64), f"{condition!r} to be refused with 1", result)
        if result.code == 1:
            expect_in("[", result.err, f"the message about {condition!r}")
            expect("engine_failed" not in result.err, f"{condition!r} refused by a check", result)
    answer = aurora("query", root, "--measures", "customers", "--json").exits(0).json
    expect_equal(answer["rows"], [[len(TEXTS)]], "all rows, after all of that")


@test("a cell of 1 MB comes through run, query and --where unchanged")
def large_cell(folder):
    long = "x<é>'\"" * (1_000_000 // 7) + "end"
    root = hostile_project(folder, ["short", long, "other"])
    aurora("run", root).exits(0)
    answer = aurora("query", root, "--measures", "total", "--by", "town", "--json").exits(0).json
    expect([long, 2] in answer["rows"], "the row of the long text", answer["rows"])
    aurora("query", root, "--measures", "total", "--by", "town").exits(0)
    answer = aurora(
        "query", root, "--measures", "total", "--where", "length(town) > 100000", "--json")
    expect_equal(answer.exits(0).json["rows"], [[2]], "the total of the long text")


@test("a customer's values are in no error message")
def no_values_in_messages(folder):
    data = csv_text(["id", "town", "amount", "visits"],
                    [[f"P{number}", f"Secret{number}", number, number] for number in range(9)])
    root = project(folder, data)
    aurora("run", root).exits(0)
    for condition in ("CAST(town AS integer) = 1", "town", "town + 1 = 2", "town = 1"):
        result = aurora("query", root, "--measures", "customers", "--where", condition, "--json")
        expect("Secret" not in result.out + result.err, f"no value told of {condition!r}", result)
    for expression in ("CAST(town AS integer)", "town + 1", "CAST(town AS date)"):
        model = FILES["models/customers.yaml"] + (
            f"steps:\n  - derive: {{column: more, as: {expression}}}\n")
        root = project(folder, data, {"models/customers.yaml": model})
        result = aurora("run", root, "--json")
        expect(result.code in (1, 2), f"{expression!r} to be refused", result)
        expect("Secret" not in result.out + result.err, f"no value told of {expression!r}", result)


NAMES = [
    "with space", "with \"quotes\"", "semi;colon", "it's", "'; DROP TABLE x; --", "<b>bold</b>",
    "select", "a.b", "été", "😀", "[x]", "a:b", "=1+1", "$1", "?",
]


@test("columns with quotes, spaces and semicolons in their names can be used everywhere")
def hostile_column_names(folder):
    for name in NAMES:
        quoted = '"' + name.replace('"', '""') + '"'
        yaml = yaml_text(name)
        rows = [[f"P{number}", number % 3, number * 1.5, ""] for number in range(12)]
        model = (
            "type: model/v1\nfrom: people\nkey: id\nsteps:\n"
            f"  - impute: {{column: {yaml}, with: median}}\n"
            f"  - derive: {{column: {yaml_text(name + ' twice')}, as: "
            f"{yaml_text(quoted + ' * 2')}}}\n")
        measures = (
            "type: measures/v1\nof: customers\nmeasures:\n"
            "  customers: {expression: count(*)}\n"
            f"  total: {{expression: {yaml_text('sum(' + quoted + ')')}}}\n"
            "dimensions:\n  town: {expression: id}\n"
            f"  number: {{expression: {yaml_text(quoted)}}}\n")
        segments = (
            "type: segment/v1\nmodel: customers\nfeatures:\n"
            f"  - {{column: {yaml}}}\n  - {{column: amount}}\n"
            "k_means: {k: 2, seed: 1, restarts: 2}\n")
        root = project(folder, csv_text(["id", name, "amount", "visits"], rows), {
            "models/customers.yaml": model, "measures/customers.yaml": measures,
            "segments/value.yaml": segments, "pages/main.yaml": None})
        aurora("run", root).exits(0)
        answer = aurora(
            "query", root, "--measures", "total,customers", "--by", "number", "--json").exits(0)
        expect_equal(answer.json["rows"], [[0, 0, 4], [1, 4, 4], [2, 8, 4]], f"rows of {name!r}")
        columns = aurora("show", "models", root, "--json").exits(0).json["models"][0]["columns"]
        expect(name in [column["name"] for column in columns], f"the column {name!r}", columns)


@test("a page's and a segment's hostile title and name are only text")
def hostile_titles(folder):
    title = "<script>alert('t')</script>"
    root = project(folder, files={
        "pages/main.yaml": FILES["pages/main.yaml"].replace(
            "title: People", f"title: {yaml_text(title)}"),
        "segments/value.yaml": FILES["segments/value.yaml"]
        + "names: [\"<b>1</b>\", \"it's; \\\"2\\\"\"]\n"})
    aurora("run", root).exits(0)
    answer = aurora(
        "query", root, "--measures", "customers", "--by", "value", "--json").exits(0).json
    expect_equal([row[0] for row in answer["rows"]], ["<b>1</b>", "it's; \"2\""], "the segments")
    answer = aurora(
        "query", root, "--measures", "customers", "--where", "value = 'it''s; \"2\"'", "--json")
    expect_equal(len(answer.exits(0).json["rows"]), 1, "rows of the second segment")
    pages = aurora("show", "pages", root, "--json").exits(0).json["pages"]
    expect_equal(pages[0]["title"], title, "the page's title")
    with Server(root) as server:
        connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
        connection.request("GET", "/api/v1/pages/" + quote("<script>"))
        answer = connection.getresponse()
        expect_equal(answer.status, 404, "the status of an unknown page")
        kind = answer.getheader("content-type")
        expect(kind.startswith("application/problem+json"), "application/problem+json", kind)
        answer.read()
