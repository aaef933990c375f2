"""Places where runs can't be kept: the run says so, and what was published stays."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess

from harness import Skipped, aurora, expect, expect_equal, expect_in, expect_not_in, test
from projects import FILES, PEOPLE, large_data, large_project, project


def published(state):
    """The id of the published run."""
    return os.path.basename(os.readlink(state / "current"))


def expect_clean(state, runs):
    """Only these runs lie in the folder, and nothing that was begun and not finished."""
    expect_equal(sorted(os.listdir(state / "runs")), sorted(runs), "the folders of runs")
    known = {"runs", "lock", "current", "failure.json", "memory"}
    left = [name for name in os.listdir(state) if name not in known]
    expect_equal(left, [], "what else lies in the state folder")
    for run in runs:
        files = set(os.listdir(state / "runs" / run))
        expect_equal(files, {"run.json", "data.duckdb", "quality", "segments"}, f"what lies in {run}")


@test("a state folder below a regular file can't be written, and the run says so")
def state_below_file(folder):
    root = project(folder)
    (folder / "file").write_text("")
    for command in (["run"], ["run", "--json"]):
        result = aurora(*command, root, "--state", folder / "file/state").exits(1)
        result.says("[state_unwritable]", str(folder / "file/state"), "--state")
    expect_equal(result.json["error"]["code"], "state_unwritable", "the code in the document")


@test("a state folder in /proc can't be written, and the run says so")
def state_in_proc(folder):
    if not os.path.isdir("/proc/self"):
        raise Skipped("there is no /proc here")
    result = aurora("run", project(folder), "--state", "/proc/aurora-state").exits(1)
    result.says("[state_unwritable]", "/proc/aurora-state", "--state")


@test("a state folder without the right to write can't be written, and the run says so")
def state_read_only(folder):
    if os.geteuid() == 0:
        raise Skipped("root may write everywhere")
    state = folder / "state"
    state.mkdir(mode=0o500)
    result = aurora("run", project(folder), "--state", state).exits(1)
    result.says("[state_unwritable]", str(state), "Permission denied")


@test("a command that needs a run says where it looked for one")
def no_run(folder):
    root = project(folder)
    for command in (["query", root, "--measures", "customers"], ["show", "segments", root],
                    ["verify", root]):
        aurora(*command).exits(1).says("[no_run]", str(root / ".aurora"), "aurora run")


def limited(size):
    """Makes every file of a process end at `size` bytes, as a full disk would."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@test("a run that can't write more says that the disk is full, and the last run stays")
def file_size_limit(folder):
    root = project(folder)
    state = root / ".aurora"
    aurora("run", root).exits(0)
    before = published(state)
    wrong = []
    needed = (state / "runs" / before / "data.duckdb").stat().st_size
    for size in (0, 1 << 10, 1 << 12, 1 << 14, 1 << 16, needed // 2, needed - 4096, needed - 1):
        result = aurora("run", root, preexec_fn=limited(size))
        if result.code != 1 or "[disk_full]" not in result.err or "--state" not in result.err:
            wrong.append(f"files of {size} bytes at most: exit {result.code}, "
                         + result.err.strip().splitlines()[-1][-160:])
        elif published(state) != before:
            wrong.append(f"files of {size} bytes at most: {published(state)} is published")
    expect(not wrong, "exit code 1, [disk_full] and a hint at --state", "\n".join(wrong))
    expect_clean(state, [before])
    answer = aurora("query", root, "--measures", "customers", "--json").exits(0).json
    expect_equal(answer["rows"], [[40]], "the figures of the last run")
    aurora("run", root).exits(0)
    expect(published(state).startswith("0002-"), "run 2 published", published(state))


@test("a run of many rows that can't write more says that the disk is full")
def file_size_limit_many_rows(folder):
    root = large_project(folder)
    for size in (1 << 20, 8 << 20, 20 << 20):
        result = aurora("run", root, "--data", large_data(), preexec_fn=limited(size))
        expect(result.code == 1, f"exit code 1 with files of {size} bytes at most", result)
        expect_in("[disk_full]", result.err, f"the message with files of {size} bytes at most")
        expect_clean(root / ".aurora", [])


@contextlib.contextmanager
def small_disk(folder, size):
    disk = folder / "disk"
    disk.mkdir()
    mount = shutil.which("mount") or "/bin/mount"
    try:
        done = subprocess.run(
            [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], capture_output=True)
    except OSError as error:
        raise Skipped(f"no file system can be mounted here: {error}") from None
    if done.returncode != 0:
        raise Skipped(f"no file system can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield disk
    finally:
        subprocess.run([shutil.which("umount") or "/bin/umount", disk], check=True)


@test("on a disk that is full the run says so, and the last run stays")
def full_disk(folder):
    with small_disk(folder, "24m") as disk:
        state = disk / "state"
        small = project(folder)
        aurora("run", small, "--state", state).exits(0)
        before = published(state)
        result = aurora("run", large_project(folder), "--data", large_data(), "--state", state)
        result.exits(1).says("[disk_full]", "--state")
        expect_equal(published(state), before, "the published run")
        expect_clean(state, [before])
        # What a run has left to reuse makes room for the next one.
        shutil.rmtree(state / "memory", ignore_errors=True)
        free = shutil.disk_usage(disk).free
        with open(disk / "filler", "wb") as filler:
            filler.write(bytes(free))
        for _ in range(2):
            result = aurora("run", small, "--state", state).exits(1)
            result.says("[disk_full]", "--state")
        expect_clean(state, [before])
        answer = aurora(
            "query", small, "--state", state, "--measures", "customers", "--json").exits(0).json
        expect_equal(answer["rows"], [[40]], "the figures of the last run")
        (disk / "filler").unlink()
        aurora("run", small, "--state", state).exits(0)
        expect(published(state).startswith("0002-"), "run 2 published", published(state))


@test("generate on a full disk says so")
def generate_full_disk(folder):
    words = ("generate", "--like", "credit-card", "--rows", "5000", "--output", folder / "data")
    result = aurora(*words, preexec_fn=limited(1 << 16)).exits(1)
    result.says("[cannot_write]", str(folder / "data"), "File too large")
    expect_equal(os.listdir(folder / "data"), [], "what is left of the files")


@test("a project that has become invalid leaves the last run as it was")
def invalid_after_run(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    before = published(root / ".aurora")
    (root / "people.csv").write_text("id,town\n")
    aurora("run", root).exits(2)
    (root / "people.csv").write_text(PEOPLE)
    (root / "segments/value.yaml").write_text(FILES["segments/value.yaml"].replace("2", "41"))
    aurora("run", root).exits(1)
    expect_equal(published(root / ".aurora"), before, "the published run")
    expect_clean(root / ".aurora", [before])
    aurora("query", root, "--measures", "customers").exits(0)


@test("after a run its data files are not needed, and verify says which one is missing")
def data_deleted(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    (root / "people.csv").unlink()
    answer = aurora("query", root, "--measures", "customers,total", "--json").exits(0).json
    expect_equal(answer["rows"][0][0], 40, "the customers")
    for what in ("sources", "models", "measures", "dimensions", "segments", "pages", "runs"):
        aurora("show", what, root, "--json").exits(0)
    result = aurora("verify", root)
    expect(result.code in (1, 2), "exit code 1 or 2", result)
    result.says("[file_missing]", str(root / "people.csv"))
    left = [name for name in os.listdir(root / ".aurora") if name.startswith("verify")]
    expect_equal(left, [], "what verify leaves behind")


@test("after a run its project's files are not needed either")
def project_deleted(folder):
    root = project(folder)
    aurora("run", root, "--state", folder / "state").exits(0)
    for name in ("models", "measures", "segments", "pages", "sources"):
        shutil.rmtree(root / name)
    answer = aurora(
        "query", root, "--state", folder / "state", "--measures", "customers", "--by", "value",
        "--json").exits(0).json
    expect_equal(sum(row[1] for row in answer["rows"]), 40, "the customers of all segments")
    aurora("verify", root, "--state", folder / "state").exits(0)


@test("verify repeats an unchanged run, and names a source and outputs that have changed")
def verify_changed(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    result = aurora("verify", root, "--json").exits(0).json
    expect(result["repeated"] is True, "repeated: true", result)
    (root / "people.csv").write_text(PEOPLE.replace("P005,Oslo", "P005,Rome"))
    result = aurora("verify", root, "--json").exits(1).json
    expect(result["repeated"] is False, "repeated: false", result)
    expect_equal([entry["name"] for entry in result["changed_inputs"]], ["people.csv"],
                 "changed inputs")
    expect_equal(
        [entry["name"] for entry in result["changed_outputs"]],
        ["quality/models/customers.json", "quality/sources/people.json",
         "segments/value.profile.json", "tables/customers"],
        "changed outputs")
    text = aurora("verify", root).exits(1)
    expect_in("people.csv", text.out + text.err, "what verify says")
    aurora("verify", root, "--run", "7").exits(1).says("[run_missing]", "'7'")


@test("a record of a run that is damaged is said to be, with its path")
def damaged_record(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    record = root / ".aurora/runs" / published(root / ".aurora") / "run.json"
    record.write_text(record.read_text()[:200])
    result = aurora("query", root, "--measures", "customers").exits(1)
    result.says("[run_unreadable]", "run.json")
    expect_not_in("Fatal error", result.err, "the message")
    aurora("run", root).exits(0)
    aurora("query", root, "--measures", "customers").exits(0)


@test("a damaged database of a run is refused with its path")
def damaged_database(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    database = root / ".aurora/runs" / published(root / ".aurora") / "data.duckdb"
    database.write_bytes(b"\0" * 5000)
    result = aurora("query", root, "--measures", "customers").exits(1)
    result.says("[database_unusable]", "data.duckdb")
