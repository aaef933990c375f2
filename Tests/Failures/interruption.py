"""Runs that are stopped in the middle, and runs at the same time."""

import os
import signal
import time

from harness import (
    aurora, expect, expect_equal, expect_in, finish, new_folder, start, test, wait_for_line)
from projects import large_data, large_project, project
from state import expect_clean, published

STAGES = ["Reading", "Preparing", "Segmenting"]


def begun_run(root, stage, *words):
    """A run over many rows that has come to a stage."""
    child = start("run", root, "--data", large_data(), *words)
    wait_for_line(child, stage)
    return child


def small_then_large(folder):
    """A state folder with a published run of 40 people, and the large project that uses it."""
    small = project(folder)
    state = folder / "state"
    aurora("run", small, "--state", state).exits(0)
    return small, large_project(folder), state


def large_people():
    return "id,town,amount,visits\n" + "".join(
        f"Q{number:06},Rome,{number % 977}.25,{number % 13}\n" for number in range(40_000))


def partial_folders(state):
    return [name for name in os.listdir(state / "runs") if name.startswith(".")]


@test("Ctrl-C in any stage of a run ends it with 130, and leaves nothing behind", alone=True)
def interrupted(folder):
    small, large, state = small_then_large(folder)
    before = published(state)
    for stage in STAGES:
        child = begun_run(large, stage, "--state", state)
        time.sleep(0.1)
        begun = time.monotonic()
        child.send_signal(signal.SIGINT)
        result = finish(child, ["run", f"(Ctrl-C in '{stage}')"], 30)
        taken = time.monotonic() - begun
        result.exits(130).says("[interrupted]")
        expect(taken < 5, f"an end within 5 s in '{stage}'", f"{taken:.1f} s")
        expect_equal(published(state), before, f"the published run after '{stage}'")
        expect_clean(state, [before])
    answer = aurora(
        "query", small, "--state", state, "--measures", "customers", "--json").exits(0).json
    expect_equal(answer["rows"], [[40]], "the figures of the last run")
    aurora("run", small, "--state", state).exits(0)
    expect(published(state).startswith("0002-"), "run 2 published", published(state))
    expect_clean(state, [before, published(state)])


@test("a run that is stopped at its very end is either published as a whole or not at all")
def stopped_at_the_end(folder):
    root = project(folder, large_people())
    state = root / ".aurora"
    runs = [aurora("run", root, "--json").exits(0).json["run"]]
    for number, delay in ((number, delay) for number in (signal.SIGINT, signal.SIGKILL)
                          for delay in (0, 0.02, 0.05, 0.08, 0.12, 0.2)):
        child = start("run", root)
        wait_for_line(child, "Checking figures")
        time.sleep(delay)
        child.send_signal(number)
        result = finish(child, ["run"], 30)
        code = result.code
        expect(code in (0, 130, -signal.SIGKILL),
               f"exit code 0 or 130 from a run stopped {delay} s after 'Checking'", result)
        if published(state) != runs[-1]:
            runs.append(published(state))
        expect(code != 0 or len(os.listdir(state / "runs")) >= len(runs), "a published run", code)
        answer = aurora("query", root, "--measures", "customers", "--json").exits(0).json
        expect_equal(answer["rows"], [[40_000]], f"the figures after signal {number}")
    runs.append(aurora("run", root, "--json").exits(0).json["run"])
    expect_equal(published(state), runs[-1], "the published run")
    expect_equal(partial_folders(state), [], "partial folders")
    for run in aurora("show", "runs", root, "--json").exits(0).json["runs"]:
        document = aurora("verify", root, "--run", run["run"], "--json").exits(0).json
        expect(document["repeated"], f"{run['run']} to repeat", document)


@test("SIGTERM ends a run as Ctrl-C does")
def terminated(folder):
    _, large, state = small_then_large(folder)
    before = published(state)
    child = begun_run(large, "Segmenting", "--state", state)
    child.send_signal(signal.SIGTERM)
    finish(child, ["run"], 30).exits(130)
    expect_clean(state, [before])


@test("with --json an interrupted run prints one document with its error")
def interrupted_json(folder):
    child = begun_run(large_project(folder), "Segmenting", "--json")
    child.send_signal(signal.SIGINT)
    document = finish(child, ["run", "--json"], 30).exits(130).json
    expect_equal(document["error"]["code"], "interrupted", "the code")


@test("a second Ctrl-C ends a run at once")
def interrupted_twice(folder):
    child = begun_run(large_project(folder), "Segmenting")
    for _ in range(2):
        child.send_signal(signal.SIGINT)
        time.sleep(0.05)
    expect_equal(finish(child, ["run"], 5).code, 130, "the exit code")


@test("kill -9 in any stage of a run leaves the last run published, and the next one is clean")
def killed(folder):
    small, large, state = small_then_large(folder)
    before = published(state)
    for stage in STAGES:
        child = begun_run(large, stage, "--state", state)
        time.sleep(0.1)
        child.kill()
        finish(child, ["run"], 30)
        expect_equal(published(state), before, f"the published run after '{stage}'")
        answer = aurora(
            "query", small, "--state", state, "--measures", "customers", "--json").exits(0).json
        expect_equal(answer["rows"], [[40]], "the figures of the last run")
        history = aurora("show", "runs", small, "--state", state, "--json").exits(0).json["runs"]
        expect_equal([run["run"] for run in history], [before], "the runs shown")
    aurora("run", small, "--state", state).exits(0)
    expect(published(state).startswith("0002-"), "run 2 published", published(state))
    expect_clean(state, [before, published(state)])


@test("a first run that was killed leaves no published run, and the next one is clean")
def killed_at_first(folder):
    large, small = large_project(folder), project(folder)
    state = folder / "state"
    child = begun_run(large, "Segmenting", "--state", state)
    child.kill()
    finish(child, ["run"], 30)
    query = ("query", small, "--state", state, "--measures", "customers")
    aurora(*query).exits(1).says("[no_run]")
    aurora("run", small, "--state", state).exits(0)
    aurora(*query).exits(0)
    expect_clean(state, [published(state)])


@test("a second run at once is refused, says who holds the lock, and the first one finishes")
def second_run(folder):
    large = large_project(folder)
    first = begun_run(large, "Segmenting")
    second = aurora("run", large, "--data", large_data(), limit=30)
    second.exits(1).says("[run_in_progress]", f"process {first.pid}", "--state")
    document = aurora("run", large, "--data", large_data(), "--json", limit=30).exits(1).json
    expect_in(str(first.pid), document["error"]["message"], "the message in the document")
    expect(first.poll() is None, "the first run still under way", "it has ended")
    finish(first, ["run"]).exits(0)
    expect_clean(large / ".aurora", [published(large / ".aurora")])


@test("runs with different state folders do not disturb each other")
def two_states(folder):
    large, small = large_project(folder), project(folder)
    first = begun_run(large, "Segmenting")
    aurora("run", small).exits(0)
    expect(first.poll() is None, "the first run still under way", "it has ended")
    finish(first, ["run"]).exits(0)


@test("query, show and check work while a run is under way")
def reading_during_run(folder):
    small, large, state = small_then_large(folder)
    child = begun_run(large, "Segmenting", "--state", state)
    answer = aurora("query", small, "--state", state, "--measures", "customers", "--json")
    expect_equal(answer.exits(0).json["rows"], [[40]], "the figures of the last run")
    aurora("show", "runs", small, "--state", state).exits(0)
    aurora("check", small, "--state", state).exits(0)
    expect(child.poll() is None, "the run still under way", "it has ended")
    finish(child, ["run"]).exits(0)
    answer = aurora("query", large, "--state", state, "--measures", "customers", "--json")
    expect_equal(answer.exits(0).json["rows"], [[300_000]], "the figures of the new run")


@test("a lock file that a dead process left is no obstacle")
def stale_lock(folder):
    root = project(folder)
    state = root / ".aurora"
    (state / "runs/.0001-partial").mkdir(parents=True)
    (state / "runs/.0001-partial/data.duckdb").write_bytes(b"half")
    (state / "lock").write_text("process 1 on elsewhere, since yesterday")
    aurora("run", root).exits(0)
    expect_clean(state, [published(state)])


@test("Ctrl-C ends check, verify and generate with 130, and leaves nothing behind")
def interrupted_others(folder):
    large = large_project(folder)
    data = large_data()
    child = start("check", large, "--data", data)
    wait_for_line(child, "Reading")
    child.send_signal(signal.SIGINT)
    finish(child, ["check"], 30).exits(130)
    aurora("run", large, "--data", data).exits(0)
    child = start("verify", large)
    wait_for_line(child, "Segmenting")
    child.send_signal(signal.SIGINT)
    finish(child, ["verify"], 30).exits(130)
    expect_clean(large / ".aurora", [published(large / ".aurora")])
    output = folder / "generated"
    child = start("generate", "--like", "credit-card", "--rows", 3_000_000, "--output", output)
    time.sleep(0.7)
    child.send_signal(signal.SIGINT)
    finish(child, ["generate"], 30).exits(130)
    expect_equal(os.listdir(output) if output.exists() else [], [], "what generate leaves behind")


@test("the temporary folders of check are gone afterwards")
def check_leaves_nothing(folder):
    temporary = new_folder()
    os.environ["TMPDIR"] = str(temporary)
    try:
        aurora("check", project(folder)).exits(0)
        aurora("check", project(folder, data="")).exits(2)
        child = start("check", large_project(folder), "--data", large_data())
        wait_for_line(child, "Preparing")
        child.send_signal(signal.SIGINT)
        finish(child, ["check"], 30)
    finally:
        del os.environ["TMPDIR"]
    expect_equal(os.listdir(temporary), [], "what lies in the temporary folder")
