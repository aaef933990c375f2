"""One customer explained: by the command and through the server, and what is refused."""

import os
import shutil
from urllib.parse import quote

from harness import EXAMPLE, Server, aurora, expect, expect_equal, expect_in, expect_not_in, shared, test
from projects import generated
from renaming import LINES, TOKENS
from server_safety import ask

ODD = ["a/b", "x y", "Zoë 1", "50%", "o'hara", "-5"]


def explained_example(folder):
    """The credit card example on 400 synthetic customers, with its run."""
    root = folder / "project"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".aurora"))
    aurora("run", root, "--data", generated(folder / "data", 400)).exits(0)
    aurora("export", root, "--model", "customers", "--output", folder / "customers.csv").exits(0)
    return folder


def keys(made, count=12):
    lines = (made / "customers.csv").read_text().splitlines()
    return [line.split(",")[0] for line in lines[1:count + 1]]


def customer(root, name, key):
    words = ["show", "customer", root, "--name", name, "--key", key, "--json"]
    return aurora(*words).exits(0).json["customer"][0]


@test("a customer is explained, and what its features contribute adds up")
def explain(folder):
    made = shared(explained_example)
    root = made / "project"
    scores = aurora("score", root, "behaviour", made / "customers.csv", "--json").exits(0).json["scores"]
    for key, score in zip(keys(made), scores):
        told = customer(root, "behaviour", key)
        expect_equal((told["segment"]["id"], told["runner_up"]["id"], told["distance"], told["margin"]),
                     (score["segment"], score["runner_up"], score["distance"], score["margin"]), f"what is told of {key}")
        total = sum(each["contribution"] for each in told["features"])
        margin = told["attribution"]
        expect(abs(total - (margin["margin"] - margin["baseline"])) < 1e-9, "contributions that add up", told)
        expect_equal(len(told["boundaries"]) + len(told["refused"]), 1, f"ways of {key}")
    plain = aurora("show", "customer", root, "--name", "behaviour", "--key", keys(made)[0]).exits(0)
    expect_in("TOTAL_SPENDING", plain.out, "the table")
    expect_in("Contributions add up to", plain.out, "the sum")


@test("what is wrong with the question is told: no such customer, no such segmentation, no key")
def explain_mistakes(folder):
    root = shared(explained_example) / "project"
    ask_for = ["show", "customer", root, "--name"]
    aurora(*ask_for, "behaviour", "--key", "c10001").exits(1).says("'c10001'", "'CUST_ID'", "[unknown_customer]")
    aurora(*ask_for, "behavior", "--key", "C10001").exits(1).says("'behavior'", "behaviour", "[unknown_name]")
    aurora(*ask_for, "behaviour").exits(64).says("--key")
    aurora("show", "customer", root, "--key", "C10001").exits(64).says("--name")
    aurora("show", "segments", root, "--key", "C10001").exits(64).says("customer")
    hidden = folder / "hidden"
    shutil.copytree(root, hidden, ignore=shutil.ignore_patterns(".aurora"))
    settings = hidden / "aurora.yaml"
    settings.write_text(settings.read_text().replace("identifying: [CUST_ID]", "hidden: [CUST_ID]"))
    aurora("run", hidden, "--data", shared(explained_example) / "data").exits(0)
    result = aurora("show", "customer", hidden, "--name", "behaviour", "--key", "C10001").exits(1)
    result.says("[not_permitted]")
    expect_not_in("segment", result.out, "the answer")


@test("a customer of stated segments gets the condition that holds")
def explain_stated(folder):
    root = folder / "odd"
    for path, text in {
        "aurora.yaml": "type: project/v1\nname: Odd\n",
        "sources/people.yaml": "type: source/v1\ncsv: {file: people.csv}\ncolumns: {id: {type: text}}\n",
        "models/customers.yaml": "type: model/v1\nfrom: people\nkey: id\n",
        "segments/size.yaml": "type: segment/v1\nmodel: customers\nrules:\n  segments:\n"
                              "    - {name: Large, when: amount > 3}\n",
        "people.csv": "id,amount\n" + "".join(f"{key},{index}\n" for index, key in enumerate(ODD)),
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    aurora("run", root).exits(0)
    told = customer(root, "size", "50%")
    expect_equal((told["segment"]["name"], told["statement"]), ("Others", "all others"), "the statement")
    told = customer(root, "size", "o'hara")
    expect_equal((told["segment"]["name"], told["statement"]), ("Large", "amount > 3"), "the statement")
    expect_equal(told["features"][0]["value"], 4, "the customer's value")
    with Server(root) as server:
        for key in ODD:
            answer = ask(server, "GET", f"/api/v1/segmentations/size/customers/{quote(key, safe='')}")
            expect_equal((answer.status, answer.json.get("key")), (200, key), f"the answer for {key!r}")


@test("only readers with the right to see customers get one, and nobody learns which keys there are")
def explain_rights(folder):
    made = shared(explained_example)
    tokens = folder / "tokens.txt"
    tokens.write_text(LINES)
    os.chmod(tokens, 0o600)
    address = "/api/v1/segmentations/behaviour/customers/"
    known = keys(made)[0]
    with Server(made / "project", "--token-file", tokens) as server:
        for name, key, status, code in (
                (None, known, 401, "signed_out"), ("ann", known, 403, "not_permitted"),
                ("ann", "nobody", 403, "not_permitted"), ("bob", "nobody", 404, "unknown_customer"),
                ("bob", known, 200, None), ("eve", known, 200, None)):
            headers = {"Authorization": f"Bearer {TOKENS[name]}"} if name else {}
            answer = ask(server, "GET", address + key, headers=headers)
            expect_equal((answer.status, answer.json.get("code")), (status, code), f"{name}'s answer about {key}")
            if status != 200:
                expect_equal(answer.headers["content-type"].split(";")[0], "application/problem+json", "the type")
        answer = ask(server, "GET", "/api/v1/segmentations/behavior/customers/x",
                     headers={"Authorization": f"Bearer {TOKENS['bob']}"})
        expect_equal((answer.status, answer.json["code"]), (404, "unknown_name"), "another segmentation")
