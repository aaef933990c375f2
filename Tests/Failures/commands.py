"""What every command promises to whoever calls it, people and programs."""

import re
import signal

from harness import (
    HOME, Server, aurora, expect, expect_equal, expect_in, expect_not_in, start, test)
from projects import FILES, PEOPLE, people, project

COMMANDS = ["open", "init", "demo", "check", "run", "serve", "show", "query", "segment", "export", "score", "verify",
            "generate", "schema", "doctor"]


@test("every command has a help with an example")
def help_texts(folder):
    overview = aurora("--help").exits(0)
    lacking = []
    for command in COMMANDS:
        expect_in(command, overview.out, "the overview")
        for words in ([command, "--help"], ["help", command]):
            result = aurora(*words).exits(0)
            expect_equal(result.err, "", "standard error of a help")
            expect_in("USAGE: aurora " + command, result.out, f"the help of {command}")
        if not re.search(rf"^  aurora {command}\b", result.out, re.M):
            lacking.append(command)
    expect(not lacking, "an example 'aurora COMMAND …' in every help", f"none for {lacking}")


@test("the version is told")
def version(folder):
    expect(re.fullmatch(r"\d+\.\d+\.\d+\n", aurora("--version").exits(0).out),
           "a version like 1.2.3", aurora("--version").out)


@test("usage mistakes exit with 64, name what was found, and print nothing on standard output")
def usage(folder):
    for words, part in (
            (["rnu"], "rnu"), (["run", "--colour"], "--colour"), (["run", "a", "b"], "'b'"),
            (["run", "--threads", "0"], "--threads is 0"),
            (["run", "--threads", "many"], "many"), (["run", "--threads", "5000"], "5000"),
            (["serve", "--port", "70000"], "--port is 70000"), (["serve", "--port", "x"], "x"),
            (["serve", "--host", "0.0.0.0"], "--token-file"),
            (["serve", "--host", "0.0.0.0", "--behind-proxy"], "--token-file"),
            (["serve", "--host", "0.0.0.0", "--token-file", "x"], "--behind-proxy"),
            (["serve", "--host", "::", "--behind-proxy"], "--token-file"),
            (["query", "."], "--measures"), (["show"], "what"), (["show", "nothing"], "nothing"),
            (["generate"], "--output"), (["generate", "--like", "credit-card"], "--output"),
            (["generate", "--output", "x", "--rows", "5"], "--customers"),
            (["generate", "--output", "x", "--like", "credit-card", "--months", "24"], "--rows"),
            (["demo", "--port", "70000"], "--port is 70000"),
            (["generate", "--like", "credit-card", "--output", "x", "--rows", "few"], "few"),
            (["generate", "--like", "credit-card", "--output", "x", "--seed=-1"], "-1"),
            (["verify", "--run"], "--run"), (["score", "value"], "1 words"),
            (["score", "value", "x.csv", "--option", "sheet"], "key=value"),
            (["score", "value", "x.csv", "--option", "broken_rows=quarantine"], "broken_rows")):
        result = aurora(*words, cwd=folder)
        expect(result.code == 64, f"exit code 64 from {result.command}", result)
        expect_in(part, result.err, f"the message of {result.command}")
        expect_equal(result.out, "", f"standard output of {result.command}")


@test("generate refuses an unknown example and numbers of rows that can't be")
def generate_mistakes(folder):
    for words, parts in ((["--like", "credit-crad"], ["'credit-crad'", "credit-card"]),
                         (["--like", "credit-card", "--rows=-5"], ["-5"]),
                         (["--like", "credit-card", "--rows=0"], ["0"])):
        result = aurora("generate", *words, "--output", folder / "data")
        expect(result.code in (1, 64), f"exit code 1 or 64 from {result.command}", result)
        result.says(*parts)
        expect(not (folder / "data").exists() or not list((folder / "data").iterdir()),
               "no file", "there is one")


@test("without a command the overview is shown")
def no_command(folder):
    expect_in("SUBCOMMANDS", aurora().exits(0).out, "the overview")


@test("mistakes of a project exit with 2: a document on standard output, a line each on the other")
def project_mistakes(folder):
    root = project(folder, files={
        "models/customers.yaml": "type: model/v1\nfrom: peple\nkey: id\ncolour: red\n",
        "aurora.yaml": "type: project/v1\nname: People\nlocale: '!'\n"})
    for command in ("check", "run"):
        result = aurora(command, root, "--json").exits(2)
        diagnostics = result.json["diagnostics"]
        expect_equal(list(result.json), ["diagnostics"], "the keys of the document")
        expect(len(diagnostics) >= 3, "at least 3 diagnostics", diagnostics)
        for entry in diagnostics:
            expect_equal(
                list(entry), ["code", "severity", "file", "line", "column", "message", "hint"],
                "the keys of a diagnostic")
            place = ":".join(str(entry[key]) for key in ("file", "line", "column")
                             if entry[key] is not None)
            line = f"{place}: {entry['severity']}: {entry['message']} [{entry['code']}]"
            expect_in(line, result.err.splitlines(), "standard error")
        plain = aurora(command, root).exits(2)
        expect_equal(plain.out, "", "standard output without --json")
        expect_equal(plain.err, result.err, "standard error without --json")
        expect_in(f"{len(diagnostics)} mistakes", plain.err, "standard error")


@test("check prints no diagnostics of a project without mistakes, and publishes nothing")
def check(folder):
    root = project(folder)
    expect_equal(aurora("check", root, "--json").exits(0).json, {"diagnostics": []}, "the document")
    expect_in("40 rows of people.csv", aurora("check", root).exits(0).out, "what check says")
    expect(not (root / ".aurora").exists(), "no state folder", "there is one")


@test("query --json has the keys columns, rows, rows_used and rows_total, and numbers unformatted")
def query_json(folder):
    answer = aurora(
        "query", people(), "--measures", "customers,total,average", "--by", "town", "--json")
    document = answer.exits(0).json
    expect_equal(list(document), ["columns", "rows", "rows_used", "rows_total"], "the keys")
    expect_equal(document["columns"], ["town", "customers", "total", "average"], "the columns")
    expect_equal((document["rows_used"], document["rows_total"]), (40, 40), "the rows counted")
    sums = {}
    for line in PEOPLE.splitlines()[1:]:
        _, town, amount, _ = line.split(",")
        sums.setdefault(town or None, []).append(float(amount))
    expected = [[town, len(sums[town]), sum(sums[town]), sum(sums[town]) / len(sums[town])]
                for town in ("Bern", "Oslo", "Rome", None)]
    for row, wanted in zip(document["rows"], expected, strict=True):
        expect_equal(row[:3], wanted[:3], "town, customers and total")
        expect(isinstance(row[2], (int, float)) and abs(row[3] - wanted[3]) < 1e-9,
               f"the average {wanted[3]}", row)


@test("query puts missing values last, and numbers in their own order")
def query_order(folder):
    rows = aurora("query", people(), "--measures", "customers", "--by", "visits,town", "--json")
    keys = [(row[0], row[1] is None, row[1]) for row in rows.exits(0).json["rows"]]
    expect_equal(keys, sorted(keys), "the order of the rows")
    rows = aurora("query", people(), "--measures", "customers", "--by", "town,visits", "--json")
    expect(rows.exits(0).json["rows"][-1][0] is None, "a missing town last", rows)


@test("query without --by gives one row, and counts the rows that --where leaves")
def query_where(folder):
    words = ("query", people(), "--measures", "customers,total", "--json")
    answer = aurora(*words, "--where", "town = 'Oslo'", "--where", "visits > 2").exits(0).json
    wanted = [line for line in PEOPLE.splitlines()[1:]
              if line.split(",")[1] == "Oslo" and int(line.split(",")[3]) > 2]
    expect_equal(answer["rows"][0][0], len(wanted), "customers")
    expect_equal((answer["rows_used"], answer["rows_total"]), (len(wanted), 40), "rows counted")
    answer = aurora(*words, "--where", "town IS NULL").exits(0).json
    expect_equal(answer["rows_used"], 10, "rows without a town")
    answer = aurora(*words, "--where", "town = 'Paris'").exits(0).json
    expect_equal((answer["rows"], answer["rows_used"]), ([[0, None]], 0), "no rows at all")
    expect_equal(aurora(*words, "--by", "town", "--where", "town = 'Paris'").exits(0).json["rows"],
                 [], "rows by town of no rows")


@test("query refuses unknown names with the nearest ones")
def query_unknown(folder):
    for words, parts in (
            (["--measures", "custmers"], ["'custmers'", "did you mean 'customers'?"]),
            (["--measures", "customers", "--by", "twon"], ["'twon'", "did you mean 'town'?"]),
            (["--measures", "customers", "--where", "twon = 'x'"],
             ["'twon'", "did you mean 'town'?"]),
            (["--measures", ""], ["measure"]), (["--measures", ","], ["measure"])):
        result = aurora("query", people(), *words, "--json").exits(1)
        result.says(*parts)
        expect_equal(list(result.json), ["error"], "the keys of the document")
        expect_equal(list(result.json["error"]), ["code", "message", "context", "cause", "hint"],
                     "the keys of an error")
        expect_in(f"[{result.json['error']['code']}]", result.err, "standard error")


@test("show segments --json has the keys of DESIGN.md in their order")
def show_segments(folder):
    document = aurora("show", "segments", people(), "--json").exits(0).json
    expect_equal(list(document), ["segmentations"], "the keys of the document")
    keys = ["name", "algorithm", "k", "rows", "inertia", "silhouette", "davies_bouldin",
            "calinski_harabasz", "verdict", "segments"]
    segmentation = document["segmentations"][0]
    expect_equal([key for key in segmentation if key in keys], keys, "the keys of a segmentation")
    expect_equal((segmentation["name"], segmentation["k"], segmentation["rows"]), ("value", 2, 40),
                 "name, k and rows")
    expect(segmentation["verdict"] in (None, "natural_groups", "useful_cuts", "nothing"),
           "null or one of the three verdicts", segmentation["verdict"])
    for segment in segmentation["segments"]:
        expect_equal(list(segment), ["id", "name", "size", "share"], "the keys of a segment")
        expect_equal(segment["share"], segment["size"] / 40, "the share")
    expect_equal([segment["id"] for segment in segmentation["segments"]], [1, 2], "the ids")
    sizes = [segment["size"] for segment in segmentation["segments"]]
    expect_equal(sizes, sorted(sizes, reverse=True), "the sizes, in canonical order")


@test("with --json every command prints one document, and nothing else, on standard output")
def one_document(folder):
    root = project(folder)
    commands = [["check", root], ["run", root], ["verify", root], ["doctor"],
                ["generate", "--like", "credit-card", "--rows", "20", "--output", folder / "d"],
                ["query", root, "--measures", "customers"]]
    subjects = ("sources", "models", "measures", "dimensions", "segments", "pages", "runs")
    commands += [["show", what, root] for what in subjects]
    for words in commands:
        result = aurora(*words, "--json").exits(0)
        expect(isinstance(result.json, dict), f"an object from {result.command}", result)
        expect(result.out.endswith("}\n"), f"one line end after {result.command}", result.out[-9:])
        plain = aurora(*words).exits(0)
        expect(plain.out.strip(), f"a text from {plain.command}", plain)
        expect_not_in("Optional(", plain.out, f"the text of {plain.command}")


@test("show of each subject lists what there is, and --name picks one")
def show(folder):
    names = {"sources": ["people"], "models": ["customers"],
             "measures": ["average", "customers", "total"], "segments": ["value"],
             "pages": ["main"]}
    for what, expected in names.items():
        document = aurora("show", what, people(), "--json").exits(0).json
        key = "segmentations" if what == "segments" else what
        expect_equal([entry["name"] for entry in document[key]], expected, what)
        document = aurora(
            "show", what, people(), "--name", expected[0], "--json").exits(0).json
        expect_equal([entry["name"] for entry in document[key]], expected[:1], what)
        result = aurora("show", what, people(), "--name", "nothing-like-it").exits(1)
        result.says("[unknown_name]", "'nothing-like-it'", expected[0])
    dimensions = aurora("show", "dimensions", people(), "--json").exits(0).json["dimensions"]
    found = {entry["name"] for entry in dimensions}
    expect(found >= {"town", "visits", "name", "value"}, "the dimensions", found)


@test("doctor finds all that a run needs, and exits with 0")
def doctor(folder):
    findings = aurora("doctor", "--json").exits(0).json["findings"]
    for finding in findings:
        expect(finding["found"] or not finding["needed"], "all that is needed", finding)
    expect(any("DuckDB" in finding["name"] for finding in findings), "DuckDB", findings)


@test("AURORA_KERNELS forces an instruction set, and one that is none is refused")
def kernels(folder):
    found = aurora("doctor", environment={"AURORA_KERNELS": "portable"}).exits(0)
    expect_in("kernels for portable", found.out, "the machine")
    refused = aurora("check", project(folder), environment={"AURORA_KERNELS": "avx1024"}).exits(1)
    refused.says("AURORA_KERNELS is 'avx1024'", "portable", "[unknown_kernels]")


@test("options may stand before and after the project, and the project is . by default")
def default_project(folder):
    root = project(folder)
    aurora("run", cwd=root).exits(0)
    aurora("query", "--json", "--measures", "customers", ".", cwd=root).exits(0)
    aurora("show", "runs", cwd=root).exits(0)


@test("--state and --data put state and data elsewhere")
def state_and_data(folder):
    root = project(folder, data=None)
    (folder / "data").mkdir()
    (folder / "data/people.csv").write_text(PEOPLE)
    words = ("--state", folder / "a state", "--data", folder / "data")
    aurora("check", root, *words[2:]).exits(0)
    aurora("run", root, *words).exits(0)
    expect(not (root / ".aurora").exists(), "no .aurora in the project", "there is one")
    aurora("query", root, "--state", folder / "a state", "--measures", "customers").exits(0)
    aurora("verify", root, "--state", folder / "a state").exits(0)
    aurora("query", root, "--measures", "customers").exits(1).says("[no_run]")


@test("a project in a folder with spaces, quotes and other letters works")
def odd_folder(folder):
    odd = folder / "it's \"ö\"; $(x) 😀"
    odd.mkdir()
    root = project(odd)
    aurora("run", root).exits(0)
    aurora("query", root, "--measures", "customers").exits(0)
    aurora("verify", root).exits(0)
    with Server(root) as server:
        expect(server.is_running, "a server", "none")


@test("two runs give the same output hashes, and verify takes either by number and id")
def repeated_run(folder):
    root = project(folder)
    first = aurora("run", root, "--json").exits(0).json
    second = aurora("run", root, "--json", "--threads", "1").exits(0).json
    expect_equal(second["outputs"], first["outputs"], "the hashes")
    expect_equal((first["number"], second["number"]), (1, 2), "the numbers")
    for run in ("1", "2", first["run"], second["run"]):
        document = aurora("verify", root, "--run", run, "--json").exits(0).json
        expect(document["repeated"], f"run {run} to repeat", document)
    runs = aurora("show", "runs", root, "--json").exits(0).json["runs"]
    expect_equal([run["run"] for run in runs], [first["run"], second["run"]], "the runs shown")


@test("a reader that stops reading ends a command quietly")
def broken_pipe(folder):
    child = start("show", "models", people(), "--json")
    child.stdout.close()
    error = child.stderr.read().decode()
    child.wait(30)
    expect_equal(error, "", "standard error")
    expect(child.returncode in (0, 1, -signal.SIGPIPE), "a quiet end", child.returncode)


@test("every error code in Sources/ is explained in docs/errors.md")
def codes_explained(folder):
    text = (HOME / "docs/errors.md").read_text()
    sources = "".join(path.read_text() for path in (HOME / "Sources").rglob("*.swift"))
    codes = set(re.findall(r'(?:Diagnostic|AuroraError|Problem|Notice)\(\s*(?:\.\w+, )?"([a-z_]+)"',
                           sources))
    missing = sorted(code for code in codes if f"`{code}`" not in text)
    expect(not missing, "an entry for each code in Sources/", missing)
