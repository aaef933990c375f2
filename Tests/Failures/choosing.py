"""`aurora segment`: from features to a chosen, named segmentation in the project."""

import shutil

from harness import EXAMPLE, aurora, expect, expect_equal, expect_in, shared, test
from projects import csv_text, generated, project


def example_to_segment(folder):
    """The credit card example on 400 synthetic customers, with its run."""
    shutil.copytree(EXAMPLE, folder / "project", ignore=shutil.ignore_patterns(".aurora"))
    aurora("run", folder / "project", "--data", generated(folder / "data", 400)).exits(0)
    return folder


def own_copy(folder):
    made = shared(example_to_segment)
    shutil.copytree(made / "project", folder / "project", symlinks=True)
    return folder / "project", made / "data"


FEATURES = "PURCHASES_FREQUENCY,CASH_ADVANCE_FREQUENCY,TOTAL_SPENDING"


@test("a segmentation is chosen, named, written, and formed and repeated by the next run")
def segment_written(folder):
    root, data = own_copy(folder)
    result = aurora("segment", root, "--name", "value", "--features", FEATURES, "--from", "2", "--to", "4",
                    "--k", "3", "--by", "Ann Lee", "--why", "the branches can treat three", "--json").exits(0)
    document = result.json
    expect_equal((document["k"], document["written"], document["file"]), (3, True, "segments/value.yaml"),
                 "what was written")
    text = (root / "segments" / "value.yaml").read_text()
    expect_equal(text, document["text"], "the file")
    expect_in('chosen: {by: Ann Lee, why: the branches can treat three}', text, "who chose and why")
    formed = document["segmentation"]["segments"]
    aurora("check", root, "--data", data).exits(0)
    aurora("run", root, "--data", data).exits(0)
    shown = aurora("show", "segments", root, "--name", "value", "--json").exits(0).json["segmentations"][0]
    expect_equal(shown["k"], 3, "k")
    expect_equal([each["size"] for each in shown["segments"]], [each["size"] for each in formed],
                 "the run's sizes")
    expect_equal(sum(each["size"] for each in shown["segments"]), 400, "customers in segments")
    for each in shown["segments"]:
        expect_in(each["name"], text, "the file's names")
    aurora("verify", root, "--data", data).exits(0)


@test("where nobody chooses, the recommended number is taken, and the file says why")
def segment_recommended(folder):
    three = [[f"P{number:03}", "Bern", 1000 * (number % 3) + number * 7 % 90, 10 * (number % 3) + number % 4]
             for number in range(150)]
    people = project(folder, csv_text(["id", "town", "amount", "visits"], three))
    aurora("run", people).exits(0)
    document = aurora("segment", people, "--name", "habits", "--to", "5", "--json").exits(0).json
    expect_equal((document["k"], document["recommended"]), (3, 3), "k and what is recommended")
    expect_in("by: aurora segment", document["text"], "the file")
    expect_in(document["summary"], document["text"], "the file's reason")


@test("where no number is recommended, somebody has to choose")
def segment_without_recommendation(folder):
    root, _ = own_copy(folder)
    result = aurora("segment", root, "--name", "none", "--features", FEATURES, "--to", "5").exits(1)
    result.says("see no groups", "--k", "[no_recommendation]")
    expect(not (root / "segments" / "none.yaml").exists(), "no file", "there is one")


@test("--dry-run prints the file and writes none")
def segment_dry_run(folder):
    root, _ = own_copy(folder)
    before = sorted(path.name for path in (root / "segments").iterdir())
    result = aurora("segment", root, "--name", "value", "--features", FEATURES, "--to", "3", "--k", "2",
                    "--dry-run").exits(0)
    expect_in("k_means: {k: 2", result.out, "the file")
    expect_equal(sorted(path.name for path in (root / "segments").iterdir()), before, "the files")


@test("what can't be segmented is told before anything is written")
def segment_mistakes(folder):
    root, _ = own_copy(folder)
    aurora("segment", root, "--name", "published").exits(1).says("takes no number", "[unpatchable]")
    aurora("segment", root, "--name", "behaviour", "--features", FEATURES).exits(1).says(
        "segments/behaviour.yaml", "--features is for a new segmentation", "[output_unwritable]")
    result = aurora("segment", root, "--name", "value", "--features", "TOTAL_SPENDNG").exits(1)
    result.says("TOTAL_SPENDNG", "did you mean 'TOTAL_SPENDING'?", "[unknown_name]")
    aurora("segment", root, "--name", "value", "--model", "clients").exits(1).says("'clients'", "unknown_name")
    aurora("segment", root, "--name", "2 values").exits(64).says("--name '2 values'")
    aurora("segment", root, "--name", "value", "--from", "9", "--to", "3").exits(64).says("--from 9 --to 3")
    aurora("segment", root, "--name", "value", "--method", "magic").exits(64).says("'magic'", "k_means")
    expect(not (root / "segments" / "value.yaml").exists(), "no file", "there is one")


@test("of a segmentation that is there only the number, and who chose it, is written")
def segment_existing(folder):
    root, _ = own_copy(folder)
    file = root / "segments" / "behaviour.yaml"
    before = file.read_text()
    expect_in("k: 4", before, "the example")
    result = aurora("segment", root, "--name", "behaviour", "--quick", "--to", "4", "--k", "3",
                    "--by", "Ann Lee", "--why", "three offers", "--json").exits(0)
    after = file.read_text()
    expect_equal(after, result.json["text"], "the file")
    left = [line for line in before.splitlines() if "k: 4" not in line and line not in after.splitlines()]
    expect_equal(left, [], "lines that went")
    expect_in("k: 3", after, "the file")
    expect_in("three offers", after, "the file")
    rows = result.json["choice"]
    expect_equal([row["k"] for row in rows], [1, 2, 3, 4], "the numbers")
    expect(all(row["inertia"] > 0 and row["gap"] is None and row["repeatability"] is None for row in rows),
           "inertia alone beside silhouettes", rows)


@test("before the first run the customers are read from the source files")
def segment_before_run(folder):
    _, data = own_copy(folder)
    fresh = folder / "fresh"
    shutil.copytree(EXAMPLE, fresh, ignore=shutil.ignore_patterns(".aurora"))
    result = aurora("segment", fresh, "--data", data, "--name", "behaviour", "--quick", "--to", "4", "--k", "3",
                    "--dry-run", "--json").exits(0).json
    expect_equal(result["written"], False, "written")
    expect_equal(sum(each["size"] for each in result["segmentation"]["segments"]), 400, "customers")
    expect(not (fresh / ".aurora" / "current").exists(), "no run", "there is one")
