"""The demo bank from outside: generated, run, served, and started again."""

import json
import os
import signal
import time
from pathlib import Path

from harness import (
    HOME, aurora, expect, expect_equal, expect_in, expect_not_in, finish, start, tell, test,
    wait_for_line)


@test("the demo makes its bank, finds the planted segments, and starts again within five seconds",
      alone=True)
def demo_starts_twice(folder):
    words = ("demo", "--customers", 2000, "--output", folder / "demo", "--port", 0, "--no-browser")
    child = start(*words)
    wait_for_line(child, "Ctrl-C", 120)
    child.send_signal(signal.SIGINT)
    result = finish(child, words, 30).exits(0)
    expect_in("planted segments recovered: adjusted Rand index 0.", result.out, "what the demo says")
    index = float(result.out.split("adjusted Rand index ")[1].split()[0])
    expect(index > 0.7, "an adjusted Rand index above 0.7", index)
    changed = {path: path.stat().st_mtime_ns for path in (folder / "demo").rglob("*.csv")}
    runs = sorted(os.listdir(folder / "demo/.aurora/runs"))
    begun = time.monotonic()
    child = start(*words)
    wait_for_line(child, "Ctrl-C", 60)
    seconds = time.monotonic() - begun
    child.send_signal(signal.SIGINT)
    finish(child, words, 30).exits(0)
    tell(f"second start: {seconds:.1f} s")
    expect(seconds < 5, "a second start within 5 s", seconds)
    expect_equal({path: path.stat().st_mtime_ns for path in changed}, changed, "the bank's files")
    expect_equal(sorted(os.listdir(folder / "demo/.aurora/runs")), runs, "the runs")


def started_demo(folder, *words):
    """What the demo says on standard output until it serves, and what its last run noted."""
    words = ("demo", "--output", folder, "--port", 0, "--no-browser", *words)
    child = start(*words)
    wait_for_line(child, "Ctrl-C", 300)
    child.send_signal(signal.SIGINT)
    out = finish(child, words, 30).exits(0).out
    return out, json.loads((folder / ".aurora/current/run.json").read_text())


@test("a month later the demo needs no edit: the bank says itself up to which day it tells")
def demo_a_month_later(folder):
    before, now = started_demo(folder / "demo", "--customers", 2000)
    expect_equal(now["asOf"], "2024-12-31", "the as-of date")
    text = (folder / "demo/aurora.yaml").read_text()
    after, later = started_demo(folder / "demo", "--customers", 2000, "--months", 25)
    expect_equal(later["asOf"], "2025-01-31", "the as-of date a month later")
    expect_equal((folder / "demo/aurora.yaml").read_text(), text, "aurora.yaml")
    codes = {notice["code"] for notice in later["notices"]}
    expect("after_as_of" not in codes, "no row after the as-of date", codes)
    rows = {run["number"]: {each["source"]: each["rows"] for each in run["inputs"]}
            for run in (now, later)}
    expect(rows[2]["raw_transactions"] > rows[1]["raw_transactions"], "a month more of rows", rows)
    for out in (before, after):
        expect(float(out.split("adjusted Rand index ")[1].split()[0]) > 0.7,
               "the planted segments to be found", out)
        expect_not_in("scikit-learn", out, "what is told of another bank than the reference's")
    # The same by hand: the bank's files in the project's data folder.
    aurora("generate", "--customers", 500, "--months", 13, "--output", folder / "demo/data").exits(0)
    ran = aurora("run", folder / "demo", "--json").exits(0).json
    expect_equal(ran["as_of"], "2024-01-31", "the as-of date of a bank of thirteen months")


@test("the demo as it ships tells what scikit-learn finds, until its features are others")
def demo_beside_scikit_learn(folder):
    def indices(out):
        lines = out.splitlines()
        ours = [line for line in lines if line.startswith("planted segments recovered")]
        theirs = [line for line in lines if "scikit-learn" in line]
        expect(len(ours) == 1 and len(theirs) <= 1, "one line each", out)
        return float(ours[0].split()[-1]), theirs
    reference = json.loads((HOME / "Examples/demo-bank/reference.json").read_text())
    out, _ = started_demo(folder / "demo")
    ours, theirs = indices(out)
    expect_in(f"scikit-learn {reference['scikit_learn']}", theirs[0], "the library's version")
    expect_in(f": {reference['adjusted_rand_index']:.2f}", theirs[0], "its figure")
    expect(ours >= reference["adjusted_rand_index"] - 0.015, "ours no lower, but for rounding", ours)
    file = folder / "demo/segments/behaviour.yaml"
    # Another name changes nothing of it, another feature does.
    file.write_text(file.read_text().replace("Digital natives", "Online customers"))
    expect(indices(started_demo(folder / "demo")[0])[1] == theirs, theirs, "another line")
    file.write_text(file.read_text().replace("  - {column: products, actionable: true}\n", ""))
    expect_equal(indices(started_demo(folder / "demo")[0])[1], [], "scikit-learn with other features")


@test("the demo does not take a folder with another project")
def demo_of_another_project(folder):
    (folder / "aurora.yaml").write_text("type: project/v1\nname: Mine\n")
    aurora("demo", "--output", folder, "--no-browser").exits(1).says("--output")
    expect_equal(os.listdir(folder), ["aurora.yaml"], "what is in the folder")


@test("the same seed gives the same bytes from a new process, and another seed does not")
def bank_repeats(folder):
    banks = {}
    for name, seed in (("first", 3), ("second", 3), ("other", 4)):
        aurora("generate", "--customers", 1500, "--seed", seed, "--output", folder / name).exits(0)
        banks[name] = {path.name: path.read_bytes() for path in (folder / name).iterdir()}
    expect(len(banks["first"]) > 10, "over ten files", list(banks["first"]))
    expect(banks["first"] == banks["second"], "the same bytes", "others")
    differing = [name for name in banks["first"] if banks["first"][name] != banks["other"][name]]
    expect("transactions.csv" in differing, "other transactions by another seed", differing)


@test("100,000 customers are generated in little memory")
def generating_streams(folder):
    words = ("generate", "--customers", 100_000, "--output", folder / "bank")
    child = start(*words)
    peak = 0
    while child.poll() is None:
        try:
            status = Path(f"/proc/{child.pid}/status").read_text()
        except (FileNotFoundError, ProcessLookupError):
            break
        lines = [line for line in status.splitlines() if line.startswith("VmHWM")]
        peak = max([peak] + [int(line.split()[1]) * 1024 for line in lines])
        time.sleep(0.1)
    finish(child, words).exits(0)
    size = sum(path.stat().st_size for path in (folder / "bank").iterdir())
    tell(f"{size / 1e9:.2f} GB written, {peak / 1e6:.0f} MB of memory at most")
    expect(0 < peak < 100e6, "less than 100 MB of memory", peak)
    expect(size > 1e9, "more than a gigabyte of files", size)
