"""Files and projects with mistakes in them: each is refused with its code, place and numbers."""

from harness import aurora, expect, expect_equal, expect_in, expect_not_in, test
from projects import FILES, PEOPLE, csv_text, project


def refused(root, code, *parts, place, command="run"):
    """Runs a project with a mistake; the diagnostic with that code, if all else is right too."""
    result = aurora(command, root, "--json").exits(2)
    diagnostics = result.json["diagnostics"]
    found = [entry for entry in diagnostics if entry["code"] == code]
    expect(found, f"a diagnostic with the code {code}", diagnostics)
    entry = found[0]
    for part in parts:
        expect_in(part, f"{entry['message']} {entry['hint']}", f"the diagnostic {code}")
    expect(entry["file"].endswith(place[0]), f"{code} in the file {place[0]}", entry["file"])
    for key, value in zip(("line", "column"), place[1:]):
        expect_equal(entry[key], value, f"the {key} of {code}")
    expect_in(f"[{code}]", result.err, "standard error")
    expect(not (root / ".aurora/current").exists(), "no published run", "there is one")
    return entry


@test("a missing file is named, with the nearest name in its folder")
def missing_file(folder):
    root = project(folder, data=None)
    (root / "peple.csv").write_text(PEOPLE)
    for command in ("run", "check"):
        refused(
            root, "file_missing", str(root / "people.csv"), "peple.csv",
            place=("sources/people.yaml", 3, 9), command=command)


@test("a missing data folder is named, and --data hinted at")
def missing_folder(folder):
    root = project(folder)
    result = aurora("run", root, "--data", folder / "nowhere").exits(2)
    result.says("[file_missing]", str(folder / "nowhere/people.csv"), "--data")


@test("an empty file is refused")
def empty_file(folder):
    refused(project(folder, data=""), "empty_file", "empty", place=("people.csv", 1))


@test("a file with a header and no rows is refused, with the number of columns")
def header_only(folder):
    for text in ("id,town,amount,visits", "id,town,amount,visits\n", "id,town,amount,visits\r\n"):
        refused(project(folder, data=text), "no_rows", "4 columns", place=("people.csv", 1))


@test("a row with too few or too many values is refused, with its line and both numbers")
def ragged_rows(folder):
    lines = PEOPLE.splitlines()
    for values, line in (("P004,Bern,3", 5), ("P004,Bern,3,4,5", 5), ("P004,Bern,3,4,5,6", 41)):
        changed = lines[:]
        changed[line - 1] = values
        entry = refused(
            project(folder, data="\n".join(changed) + "\n"), "ragged_rows", "4 are expected",
            place=("people.csv", line))
        count = values.count(",") + 1
        expect_in(f"has {count} values", entry["message"], "the message")


@test("a ragged row far down the file is found, too")
def ragged_row_far_down(folder):
    rows = [f"Q{number},Bern,1.5,2" for number in range(50_000)]
    rows[49_000] = "Q49000,Bern,1.5"
    text = "id,town,amount,visits\n" + "\n".join(rows) + "\n"
    refused(
        project(folder, data=text), "ragged_rows", "3 values", "4 are expected",
        place=("people.csv", 49_002))


@test("a value that is not of the stated type is refused, with row, column and shape, not shown")
def wrong_type(folder):
    source = "type: source/v1\ncsv: {file: people.csv}\ncolumns:\n  visits: integer\n"
    text = PEOPLE.replace("P003,", "P003,", 1).splitlines()
    text[3] = "P003,,1.5,Secret77"
    root = project(folder, "\n".join(text) + "\n", {"sources/people.yaml": source})
    entry = refused(
        root, "wrong_value", "row 3", "'visits'", "'Aaaaaa99'", "integer", "1 such row",
        "sources/people.yaml:4", place=("people.csv",))
    expect_not_in("Secret77", str(entry), "the diagnostic")


@test("a stated type that does not exist is refused, with those that do")
def unknown_type(folder):
    source = "type: source/v1\ncsv: {file: people.csv}\ncolumns:\n  visits: number\n"
    refused(
        project(folder, files={"sources/people.yaml": source}), "unknown_type", "'number'",
        "decimal(18,2)", place=("sources/people.yaml", 4))


@test("columns of the same name are refused, also where only the case differs")
def duplicate_columns(folder):
    for header in ("id,town,amount,town", "id,Town,amount,town"):
        data = PEOPLE.replace("id,town,amount,visits", header)
        refused(
            project(folder, data), "duplicate_column", "2, 4", header.split(",")[1],
            place=("people.csv", 1))


@test("a column without a name is refused, with its position")
def unnamed_column(folder):
    data = PEOPLE.replace("id,town,", "id,,")
    refused(project(folder, data), "unnamed_column", "column 2 of 4", place=("people.csv", 1))


@test("a file that is not UTF-8 is read in its own encoding, and says so")
def encoding(folder):
    row = PEOPLE.replace("P005,Oslo", "P005,Zürich").encode("latin-1")
    root = project(folder, row)
    aurora("run", root).exits(0)
    source = aurora("show", "sources", root, "--json").exits(0).json["sources"][0]
    expect_in("latin-1", " ".join(source["facts"]).lower(), "what was found out about the file")
    table = aurora("query", root, "--measures", "customers", "--by", "town", "--json").exits(0).json
    expect("Zürich" in [town for town, _ in table["rows"]], "the town Zürich", table["rows"])


@test("an unknown column in a recipe is refused with line, column and the nearest name")
def unknown_column(folder):
    model = FILES["models/customers.yaml"] + (
        "steps:\n  - derive: {column: twice, as: amuont * 2}\n"
        "  - impute: {column: amont, with: median}\n")
    refused(
        project(folder, files={"models/customers.yaml": model}), "unknown_column", "'amuont'",
        "did you mean 'amount'?", place=("models/customers.yaml", 5, 33))
    model = FILES["models/customers.yaml"] + "steps:\n  - impute: {column: vists, with: median}\n"
    refused(
        project(folder, files={"models/customers.yaml": model}), "unknown_column", "'vists'",
        "did you mean 'visits'?", place=("models/customers.yaml", 5, 22))


@test("an unknown column in a measure, a feature and a key is refused where it stands")
def unknown_column_elsewhere(folder):
    measures = FILES["measures/customers.yaml"].replace("sum(amount)", "sum(amunt)")
    refused(
        project(folder, files={"measures/customers.yaml": measures}), "unknown_column", "'amunt'",
        "did you mean 'amount'?", place=("measures/customers.yaml", 5))
    segments = FILES["segments/value.yaml"].replace("visits", "visit")
    refused(
        project(folder, files={"measures/customers.yaml": FILES["measures/customers.yaml"],
                               "segments/value.yaml": segments}),
        "unknown_column", "'visit'", "did you mean 'visits'?", place=("segments/value.yaml", 5))
    model = FILES["models/customers.yaml"].replace("key: id", "key: ident")
    refused(
        project(folder, files={"models/customers.yaml": model}), "unknown_column", "'ident'",
        place=("models/customers.yaml", 3))


@test("models that are made from each other are refused, both of them at once")
def cyclic_models(folder):
    model = "type: model/v1\nfrom: {}\nkey: id\n"
    root = project(folder, files={
        "models/customers.yaml": model.format("second"),
        "models/second.yaml": model.format("third"),
        "models/third.yaml": model.format("customers")})
    result = aurora("check", root, "--json").exits(2)
    cyclic = [entry for entry in result.json["diagnostics"] if entry["code"] == "cyclic_models"]
    expect_equal(
        sorted((entry["file"], entry["line"]) for entry in cyclic),
        [("models/customers.yaml", 2), ("models/second.yaml", 2), ("models/third.yaml", 2)],
        "the places of cyclic_models")
    expect_in("customers, second, third", cyclic[0]["hint"], "the hint")


@test("a key that repeats or is missing is refused, with both numbers")
def repeated_keys(folder):
    data = PEOPLE.replace("P007,", "P006,").replace("P009,", ",")
    refused(
        project(folder, data), "key_not_unique", "of 40 rows 1 have none", "1 repeat",
        place=("models/customers.yaml", 3))


@test("k above the number of rows stops the run with both numbers")
def k_above_rows(folder):
    data = "\n".join(PEOPLE.splitlines()[:4]) + "\n"
    segments = FILES["segments/value.yaml"].replace("k: 2", "k: 8")
    root = project(folder, data, {"segments/value.yaml": segments})
    result = aurora("run", root).exits(1)
    result.says("segmentation 'value'", "k is 8", "3 rows", "[k_above_rows]")
    expect(not (root / ".aurora/current").exists(), "no published run", "there is one")
    error = aurora("run", root, "--json").exits(1).json["error"]
    expect_equal(error["code"], "k_above_rows", "the code in the document")


@test("k above the number of different rows stops the run with both numbers")
def k_above_distinct_rows(folder):
    data = "id,town,amount,visits\n" + "".join(f"P{n},Bern,{n % 2},1\n" for n in range(20))
    segments = FILES["segments/value.yaml"].replace("k: 2", "k: 3")
    result = aurora("run", project(folder, data, {"segments/value.yaml": segments})).exits(1)
    result.says("segmentation 'value'", "k is 3", "2 ", "[k_above_distinct_rows]")


@test("a constant feature is left aside with a notice, and the run goes on")
def constant_feature(folder):
    rows = [line.rsplit(",", 1)[0] for line in PEOPLE.splitlines()[1:]]
    data = "id,town,amount,visits\n" + "".join(f"{row},5\n" for row in rows)
    root = project(folder, data)
    notices = aurora("run", root, "--json").exits(0).json["notices"]
    constant = [notice for notice in notices if notice["code"] == "constant_feature"]
    expect_equal(len(constant), 1, "the number of notices constant_feature")
    expect_in("'visits'", constant[0]["message"], "the notice")
    expect_in("'value'", constant[0]["about"], "what the notice is about")
    segmentation = aurora("show", "segments", root, "--json").exits(0).json["segmentations"][0]
    sizes = [segment["size"] for segment in segmentation["segments"]]
    expect_equal((len(sizes), sum(sizes)), (2, 40), "segments and customers in them")


@test("a run of constant features only says how many rows differ")
def constant_features_only(folder):
    data = "id,town,amount,visits\n" + "".join(f"P{number},Bern,1,5\n" for number in range(9))
    result = aurora("run", project(folder, data)).exits(1)
    result.says("segmentation 'value'", "k is 2", "9 rows", "[k_above_distinct_rows]")


EMPTY_COLUMN = csv_text(
    ["id", "town", "amount", "visits", "empty"],
    [line.split(",") + [""] for line in PEOPLE.splitlines()[1:]])


@test("a column without any value is refused as a feature, by name")
def empty_feature(folder):
    segments = FILES["segments/value.yaml"].replace("visits", "empty")
    root = project(folder, EMPTY_COLUMN, {"segments/value.yaml": segments})
    refused(root, "not_a_number", "'empty'", place=("segments/value.yaml", 5))
    source = "type: source/v1\ncsv: {file: people.csv}\ncolumns: {empty: 'decimal(18,2)'}\n"
    root = project(
        folder, EMPTY_COLUMN, {"segments/value.yaml": segments, "sources/people.yaml": source})
    result = aurora("run", root).exits(1)
    result.says(
        "segmentation 'value'", "'empty'", "missing in 40 of 40 rows", "[missing_values]", "impute")


@test("a column without any value is null in a measure and in a dimension")
def empty_measure(folder):
    source = "type: source/v1\ncsv: {file: people.csv}\ncolumns: {empty: 'decimal(18,2)'}\n"
    measures = FILES["measures/customers.yaml"].replace(
        "dimensions:", """\
  nothing: {expression: sum(empty)}
  nothing_on_average: {expression: avg(empty)}
  share: {expression: sum(empty) / count(empty)}
dimensions:
  empty: {expression: empty}""")
    root = project(
        folder, EMPTY_COLUMN,
        {"sources/people.yaml": source, "measures/customers.yaml": measures})
    aurora("run", root).exits(0)
    answer = aurora(
        "query", root, "--measures", "nothing,nothing_on_average,share,customers", "--by", "empty",
        "--json").exits(0).json
    expect_equal(answer["rows"], [[None, None, None, None, 40]], "the rows")


@test("a column without any value has no median to impute")
def empty_median(folder):
    source = "type: source/v1\ncsv: {file: people.csv}\ncolumns: {empty: double}\n"
    model = FILES["models/customers.yaml"] + "steps:\n  - impute: {column: empty, with: median}\n"
    root = project(
        folder, EMPTY_COLUMN, {"sources/people.yaml": source, "models/customers.yaml": model})
    refused(root, "no_values", "'empty'", "median", place=("models/customers.yaml", 5, 22))


@test("all mistakes of a project come at once, each with its place")
def all_mistakes(folder):
    root = project(folder, files={
        "aurora.yaml": "type: project/v1\nname: People\ncurrency: euro\n",
        "models/customers.yaml": "type: model/v1\nfrom: peple\nkey: id\ncolour: red\n",
        "pages/main.yaml": "type: page/v1\ntitle: People\nvisuals:\n"
                           "  - kpy: {measure: customers}\n",
        "segments/value.yaml": "type: segment/v1\nmodel: customers\nfeatures: []\n"
                               "k_means: {k: two}\n"})
    result = aurora("check", root, "--json").exits(2)
    diagnostics = result.json["diagnostics"]
    places = {(entry["code"], entry["file"], entry["line"]) for entry in diagnostics}
    for wanted in (("invalid_currency", "aurora.yaml", 3),
                   ("unknown_source", "models/customers.yaml", 2),
                   ("unknown_key", "models/customers.yaml", 4)):
        expect(wanted in places, f"a diagnostic {wanted}", sorted(places, key=str))
    files = {entry["file"] for entry in diagnostics}
    expect(files >= {"pages/main.yaml", "segments/value.yaml"},
           "mistakes in pages/main.yaml and segments/value.yaml", files)
    told = [line for line in result.err.splitlines() if ": error: " in line]
    expect_equal(len(told), len(diagnostics), "lines on standard error, one for each mistake")


@test("what is not YAML is refused with its line")
def not_yaml(folder):
    model = "type: model/v1\nfrom: [people\nkey: id\n"
    root = project(folder, files={"models/customers.yaml": model})
    entry = refused(root, "yaml_syntax", place=("models/customers.yaml",))
    expect(entry["line"] in (2, 3, 4), "a line from 2 to 4", entry["line"])


@test("a folder without a project is said to have none")
def no_project(folder):
    for command in (["check"], ["run"]):
        aurora(*command, folder).exits(1).says("[project_missing]", str(folder), "aurora.yaml")


@test("an expression that reads a file, a table, the clock or random numbers is refused")
def unsafe_expressions(folder):
    for expression in (
            "(SELECT 1)", "read_text('/etc/passwd')", "random()", "now()", "current_date",
            "getenv('HOME')", "1; DROP TABLE customers", "current_setting('threads')",
            "amount FROM people", "COLUMNS(*)", "* EXCLUDE (id)"):
        text = expression.replace("'", "''")
        model = FILES["models/customers.yaml"] + (
            f"steps:\n  - derive: {{column: more, as: '{text}'}}\n")
        root = project(folder, files={"models/customers.yaml": model})
        result = aurora("check", root, "--json").exits(2)
        places = {(entry["file"], entry["line"]) for entry in result.json["diagnostics"]}
        expect(("models/customers.yaml", 5) in places, f"'{expression}' to be refused", result)
