"""New customers get their segments from the published run: by the command and through the server."""

import json
import os
import shutil

from harness import EXAMPLE, Server, aurora, expect, expect_equal, expect_in, expect_not_in, shared, test
from projects import csv_text, generated, people, project
from renaming import LINES, TOKENS
from server_safety import ask
from workbooks import WORKBOOK, workbook

NEW = "id,town,amount,visits\nN1,Bern,30.5,2\nN2,Oslo,900,12\nN3,,40,1\n"


def scored_example(folder):
    """The credit card example on 400 synthetic customers, with its run and the model's table."""
    root = folder / "project"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".aurora"))
    aurora("run", root, "--data", generated(folder / "data", 400)).exits(0)
    for ending in ("csv", "parquet", "xlsx"):
        aurora("export", root, "--model", "customers", "--output", folder / f"customers.{ending}").exits(0)
    return folder


@test("the rows of a run get its own segments again, from CSV, Parquet, Excel and JSON")
def score_training_rows(folder):
    made = shared(scored_example)
    root = made / "project"
    sizes = {each["id"]: each["size"] for each in aurora(
        "show", "segments", root, "--name", "published", "--json").json["segmentations"][0]["segments"]}
    answers = []
    for ending in ("csv", "parquet", "xlsx"):
        document = aurora("score", root, "published", made / f"customers.{ending}", "--json").exits(0).json
        expect_equal({each["id"]: each["rows"] for each in document["segments"]}, sizes, f"sizes from {ending}")
        expect_equal([each["code"] for each in document["notices"]], [], "notices about training rows")
        answers.append([(row["key"], row["segment"], row["distance"]) for row in document["scores"]])
    expect(answers[0] == answers[1] == answers[2], "the same scores from each file", "others")
    expect_equal(len(answers[0]), 400, "rows")


@test("a file with the scores of all rows, and beside it a table on the terminal")
def score_output(folder):
    (folder / "new.csv").write_text(NEW)
    result = aurora("score", people(), "value", folder / "new.csv", "--output", folder / "scored.csv")
    expect_in("3 rows scored", result.exits(0).out, "what is told")
    lines = (folder / "scored.csv").read_text().splitlines()
    expect_equal(lines[0], "row,key,segment,segment_name,distance,runner_up,runner_up_name,margin,notices",
                 "the header")
    expect_equal([line.split(",")[1] for line in lines[1:]], ["N1", "N2", "N3"], "the keys")
    expect_in("amount is above the training rows", lines[2], "the second row")
    expect_not_in("Oslo", "".join(lines), "the scores")
    plain = aurora("score", people(), "value", folder / "new.csv").exits(0)
    expect_in("N2", plain.out, "the table")
    plain.says("[outside_training]")
    aurora("score", people(), "value", folder / "new.csv", "--output", folder / "x.txt").exits(1).says(
        "unknown_format")


@test("what is wrong with a file that is to be scored is told at once, and leaves no file")
def score_mistakes(folder):
    (folder / "new.csv").write_text("id,amuont\nN1,5\n")
    result = aurora("score", people(), "value", folder / "new.csv", "--output", folder / "out.csv").exits(2)
    result.says("'amount'", "did you mean 'amuont'?", "'visits'", "[column_missing]", "2 mistakes")
    (folder / "new.csv").write_text("amount,visits\n1,2\n,3\nx7,4\n")
    result = aurora("score", people(), "value", folder / "new.csv", "--json").exits(2)
    codes = [each["code"] for each in result.json["diagnostics"]]
    expect_equal(sorted(codes), ["missing_values", "wrong_value"], "the codes")
    result.says("the first is row 2", "the first is row 3")
    expect_not_in("x7", result.err + result.out, "the message")
    expect(not (folder / "out.csv").exists(), "no file", "there is one")
    aurora("score", people(), "valeu", folder / "new.csv").exits(1).says("'value'", "unknown_name")
    aurora("score", people(), "value", folder / "nothing.csv").exits(1).says("file_unreadable")


@test("a million rows are scored into a file", slow=True)
def score_many(folder):
    rows = ((f"M{number}", number % 397, number % 16) for number in range(1_000_000))
    (folder / "many.csv").write_text(csv_text(["id", "amount", "visits"], rows))
    result = aurora("score", people(), "value", folder / "many.csv", "--output", folder / "many.parquet",
                    limit=300).exits(0)
    expect_in("1000000 rows scored", result.out, "what is told")


# --- Through the server -----------------------------------------------------------------------


def score(server, body, type="application/json", name="value", sheet=None, **headers):
    data = json.dumps(body).encode() if isinstance(body, (dict, list)) else body
    query = "" if sheet is None else f"?sheet={sheet}"
    return ask(server, "POST", f"/api/v1/segmentations/{name}/score{query}", data,
               {"Content-Type": type, **headers})


@test("the server scores JSON, CSV and Parquet alike")
def score_bodies(folder):
    root = people()
    rows = [{"id": "N1", "town": "Bern", "amount": 30.5, "visits": 2},
            {"id": "N2", "town": "Oslo", "amount": 900, "visits": 12},
            {"id": "N3", "town": None, "amount": 40, "visits": 1}]
    aurora("export", root, "--model", "customers", "--output", folder / "all.parquet").exits(0)
    with Server(root) as server:
        answers = [score(server, {"rows": rows}), score(server, NEW.encode(), "text/csv; charset=utf-8")]
        for answer in answers:
            expect_equal(answer.status, 200, f"the status of {answer}")
        first, second = (answer.json for answer in answers)
        expect_equal(first["scores"], second["scores"], "the scores of CSV")
        expect_equal(list(first), ["run", "segmentation", "model", "measure", "rows", "segments", "notices",
                                   "scores"], "the keys")
        expect_equal(list(first["scores"][0]), [
            "row", "key", "segment", "segment_name", "distance", "runner_up", "runner_up_name", "margin",
            "notices"], "the keys of a score")
        expect_equal(first["scores"][1]["notices"], [{"column": "amount", "standing": "above"}], "a notice")
        one = score(server, {"rows": rows[1:2]}).json["scores"][0]
        expect_equal({**one, "row": 2}, first["scores"][1], "one customer alone")
        all_rows = score(server, (folder / "all.parquet").read_bytes(), "application/vnd.apache.parquet")
        expect_equal(all_rows.json["rows"], 40, "rows of a Parquet body")


HEADER = ["id", "amount", "visits"]


@test("a workbook is scored as its rows are as CSV, bit for bit, by the command and through the server")
def score_workbooks(folder):
    made = shared(scored_example)
    with Server(made / "project") as server:
        kinds = {"csv": "text/csv", "xlsx": WORKBOOK}
        answers = [score(server, (made / f"customers.{ending}").read_bytes(), type, name="published") for ending, type in kinds.items()]
        expect_equal([answer.status for answer in answers], [200, 200], "the status")
        expect(answers[0].body == answers[1].body, "the same bytes from both", "others")
        command = aurora("score", made / "project", "published", made / "customers.xlsx", "--json").exits(0).json
        expect_equal(command["scores"], answers[1].json["scores"], "what the command says")
        expect_equal(len(command["scores"]), 400, "rows")


@test("of a workbook the sheet is found or named, formulas count as their stored values, and what it lacks is told")
def score_sheets(folder):
    rows = [HEADER, *[[f"N{number}", 30.5 + number, number] for number in range(3)]]
    formulas = [HEADER, *[[f"N{number}", ("30.5+A1", 30.5 + number), number] for number in range(3)]]
    lacking = [HEADER, ["N0", 30.5, 0], ["N1", ("B2+1", None), 1]]
    with Server(people()) as server:
        plain = score(server, "".join(",".join(map(str, row)) + "\n" for row in rows).encode(), "text/csv").json
        for name, sheets in (("one", {"New": rows}), ("formulas", {"New": formulas}),
                             ("beside", {"Notes": [["Made by hand"]], "New": rows})):
            answer = score(server, workbook(folder / f"{name}.xlsx", sheets), WORKBOOK)
            expect_equal((answer.status, answer.json), (200, plain), f"the answer to {name}")
        several = workbook(folder / "several.xlsx", {"Old ones": rows[:3], "Neue & größere": rows})
        answer = score(server, several, WORKBOOK)
        expect_equal((answer.status, answer.json["code"], answer.json["sheets"]),
                     (422, "several_tables", ["Old ones", "Neue & größere"]), f"the answer {answer}")
        expect_in("'Old ones'", answer.json["detail"], "what can be done")
        for name, count in (("Old%20ones", 2), ("Neue%20%26%20gr%C3%B6%C3%9Fere", 3), ("2", 3)):
            answer = score(server, several, WORKBOOK, sheet=name)
            expect_equal((answer.status, answer.json.get("rows")), (200, count), f"the rows of {name}: {answer}")
        answer = score(server, several, WORKBOOK, sheet="None")
        expect_equal((answer.status, answer.json["code"], len(answer.json["sheets"])), (422, "unknown_sheet", 2), "an unknown sheet")
        answer = score(server, b"amount,visits\n1,2\n", "text/csv", sheet="A")
        expect_equal((answer.status, answer.json["code"]), (400, "bad_request"), "a sheet of CSV")
        answer = score(server, workbook(folder / "lacking.xlsx", {"New": lacking}), WORKBOOK)
        expect_equal((answer.status, [each["code"] for each in answer.json["errors"]]),
                     (422, ["missing_values", "cells_without_value"]), f"a formula without its value: {answer}")
        expect_in("amount: 1 formula without a stored value", answer.json["errors"][1]["message"], "what is told")
        result = aurora("score", people(), "value", folder / "lacking.xlsx").exits(2)
        result.says("1 formula without a stored value", "[cells_without_value]")
        data = bytearray(workbook(folder / "large.xlsx", {"New": rows}))
        place = data.rindex(b"PK\x01\x02")
        data[place + 24:place + 28] = (600 << 20).to_bytes(4, "little")
        for body, status, code in ((bytes(data), 413, "body_too_large"), (b"PK\x03\x04 no more", 422, None), (several[:-400], 422, None),
                                   (b"id,amount\n", 422, None)):
            answer = score(server, body, WORKBOOK)
            expect_equal((answer.status, code and answer.json["code"]), (status, code), f"the answer to {body[:20]}: {answer}")
            expect_not_in("/tmp", answer.body.decode(), "the answer")
        many = workbook(folder / "many.xlsx", {"New": [["amount", "visits"], *[[1, 1]] * 100_001]})
        expect_equal(score(server, many, WORKBOOK).json["code"], "too_many_rows", "the code")
    result = aurora("score", people(), "value", folder / "several.xlsx").exits(2)
    result.says("'Old ones'", "Neue & größere", "[several_tables]")
    document = aurora("score", people(), "value", folder / "several.xlsx", "--option", "sheet=Old ones", "--json").exits(0).json
    expect_equal(document["rows"], 2, "rows of the sheet that is named")


@test("bodies that can't be scored are refused with a code, and the server goes on")
def score_refused(folder):
    with Server(people()) as server:
        for body, type, status, code in (
                ({"rows": [{"amount": 1}]}, "application/json", 422, "column_missing"),
                ({"rows": [{"amount": None, "visits": 2}]}, "application/json", 422, "missing_values"),
                ({"rows": [{"amount": "many", "visits": 2}]}, "application/json", 422, "wrong_value"),
                (b"{", "application/json", 422, None), (b"", "text/csv", 422, None),
                ([1], "application/json", 422, None),
                (b"no parquet", "application/vnd.apache.parquet", 422, None),
                (b"a", "text/html", 415, "body_type")):
            answer = score(server, body, type)
            expect_equal(answer.status, status, f"the status of {body!r}: {answer}")
            expect_equal(answer.headers["content-type"].split(";")[0], "application/problem+json", "the type")
            if code:
                expect_equal(answer.json["code"], code, f"the code of {body!r}")
            expect_not_in("/tmp", answer.body.decode(), f"the answer to {body!r}")
        expect_equal(score(server, {"rows": []}, name="valeu").json["code"], "unknown_name", "the code")
        many = b"amount,visits\n" + b"1,1\n" * 100_001
        expect_equal(score(server, many, "text/csv").json["code"], "too_many_rows", "the code")
        document = ask(server, "GET", "/api/v1/openapi.json").json
        expect_equal(document["openapi"], "3.1.0", "the version of OpenAPI")
        expect(server.is_running, "a running server", "none")


@test("only readers with the right to see customers may score")
def score_rights(folder):
    tokens = folder / "tokens.txt"
    tokens.write_text(LINES)
    os.chmod(tokens, 0o600)
    rows = {"rows": [{"amount": 1, "visits": 2}]}
    with Server(people(), "--token-file", tokens) as server:
        expect_equal(score(server, rows).status, 401, "nobody's answer")
        for name, status in (("ann", 403), ("bob", 200), ("eve", 200)):
            answer = score(server, rows, Authorization=f"Bearer {TOKENS[name]}")
            expect_equal(answer.status, status, f"{name}'s answer")


@test("a form asks for what scoring needs, with what customers have of it and what pages advise; not of hidden columns")
def score_form(folder):
    advice = "visuals:\n  - text: {paragraphs: [{heading: Much, segment: Segment 1, text: Thank them.}]}\n"
    root = project(folder, files={
        "measures/customers.yaml": "type: measures/v1\nof: customers\nmeasures:\n  customers: {expression: count(*)}\n",
        "pages/main.yaml": None, "pages/advice.yaml": f"type: page/v1\ntitle: Advice\n{advice}", "segments/place.yaml": (
        "type: segment/v1\nmodel: customers\nfeatures: [{column: town, missing: own_level}, {column: visits}]\n"
        "k_prototypes: {k: 2, seed: 1}\n")})
    aurora("run", root).exits(0)
    with Server(root) as server:
        form = ask(server, "GET", "/api/v1/segmentations/value/score").json
        amounts = sorted(number * number % 97 + (300.5 if number % 2 else 0.5) for number in range(1, 41))
        asked = {each["name"]: each for each in form["columns"]}
        expect_equal(list(asked), ["amount", "visits"], "the columns")
        expect_equal([asked["amount"][name] for name in ("lowest", "highest", "usual", "kind", "required")],
                     [amounts[0], amounts[-1], (amounts[19] + amounts[20]) / 2, "number", True], "the amount")
        expect_equal([form["key"], form["columns_hidden"]], ["id", 0], "key and hidden columns")
        expect_equal([(each["segment"], each["text"], each["page"]) for each in form["advice"]],
                     [("Segment 1", [{"text": "Thank them."}], "advice")], "the advice")
        expect_equal(form["recommendations"], [], "recommendations of pages without any")
        town = ask(server, "GET", "/api/v1/segmentations/place/score").json["columns"][0]
        expect_equal([town["kind"], town["levels"], town["levels_total"], town["required"], town["lowest"]],
                     ["category", ["Bern", "Oslo", "Rome"], 3, False, None], "the town")
        row = {each["name"]: each["usual"] for each in form["columns"]}
        expect_equal(score(server, {"rows": [row]}).json["scores"][0]["notices"], [], "notices of usual figures")
        expect_equal(ask(server, "GET", "/api/v1/segmentations/valeu/score").json["code"], "unknown_name", "the code")
    settings = (root / "aurora.yaml").read_text()
    (root / "aurora.yaml").write_text(settings + "  hidden: [amount]\n")
    aurora("run", root).exits(0)
    with Server(root) as server:
        answer = ask(server, "GET", "/api/v1/segmentations/value/score")
        expect_equal([[each["name"] for each in answer.json["columns"]], answer.json["columns_hidden"]], [["visits"], 1], "columns")
        expect_not_in("amount", answer.body.decode(), "the answer")
    tokens = folder / "tokens.txt"
    tokens.write_text(LINES)
    os.chmod(tokens, 0o600)
    with Server(people(), "--token-file", tokens) as server:
        for name, status in (("ann", 403), ("bob", 200)):
            answer = ask(server, "GET", "/api/v1/segmentations/value/score", headers={"Authorization": f"Bearer {TOKENS[name]}"})
            expect_equal(answer.status, status, f"{name}'s answer")
