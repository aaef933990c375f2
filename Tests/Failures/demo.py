"""The demo bank from outside: generated, run, served, and started again."""

import os
import signal
import time
from pathlib import Path

from harness import aurora, expect, expect_equal, expect_in, finish, start, tell, test, wait_for_line


@test("the demo makes its bank, finds the planted segments, and starts again within five seconds")
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


@test("the demo does not take a folder with another project")
def demo_of_another_project(folder):
    (folder / "aurora.yaml").write_text("type: project/v1\nname: Mine\n")
    aurora("demo", "--output", folder, "--no-browser").exits(1).says("--output")
    expect_equal(os.listdir(folder), ["aurora.yaml"], "what is in the folder")


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
