#!/usr/bin/env python3
"""Measures Aurora and its peers by turns, and writes results.json and docs/benchmarks.md.

    run.py                              everything, which takes hours
    run.py --quick                      small sizes; fails below half of a floor, writes nothing
    run.py --step lloyd --rows 1M       one step, at one size; the other results stay
    run.py --report                     only writes the page from results.json

`make bench` and `make bench-quick` prepare what it needs and call it.
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import platform
import subprocess
import sys

import measure
import report
import whole_job
from neighbours import Neighbours
from steps import STEPS, WHOLE_JOB
from workers import DATA, HERE, PYTHON, ROOT, Workers

RESULTS = HERE / "results.json"
UNITS = {"k": 1_000, "M": 1_000_000}


def rows(text):
    return int(float(text[:-1]) * UNITS[text[-1]]) if text[-1] in UNITS else int(text)


def options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    names = [step.name for step in STEPS] + ["job"]
    parser.add_argument("--step", action="append", choices=names, help="only this one; repeats")
    parser.add_argument("--rows", action="append", type=rows, help="only this size; repeats")
    parser.add_argument("--columns", action="append", type=int, help="10 or 17")
    parser.add_argument("--repeats", type=int, help="rounds, instead of the step's own")
    parser.add_argument("--quick", action="store_true", help="small sizes, nothing written")
    parser.add_argument("--report", action="store_true", help="only write the page")
    return parser.parse_args()


def machine():
    model = platform.processor() or platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as file:
            names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
            model = names[0] if names else model
    return {
        "processor": model, "cores": os.cpu_count(), "memory_gb": round(memory / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
    }


def versions():
    names = (
        "scikit-learn", "scikit-learn-intelex", "faiss-cpu", "polars", "pandas", "fastcluster",
        "numpy",
    )
    folder = next((ROOT / ".deps/bench/lib").glob("python3*/site-packages"))
    found = {
        each.metadata["Name"]: each.version
        for each in importlib.metadata.distributions(path=[str(folder)])
    }
    found = {name: found[name] for name in names if name in found}
    found["Python"] = subprocess.run(
        [str(PYTHON), "-c", "import platform; print(platform.python_version())"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT
    ).stdout.strip()
    return {"Aurora": commit} | found


def chosen(step, arguments):
    for size in step.quick if arguments.quick else step.sizes:
        if arguments.rows and size[0] not in arguments.rows:
            continue
        if arguments.columns and size[1] not in arguments.columns:
            continue
        yield size


def store(results, key, result):
    result["date"] = datetime.date.today().isoformat()
    results["machine"], results["versions"] = machine(), versions()
    results.setdefault("results", {})[key] = result
    ordered = dict(sorted(results["results"].items(), key=lambda item: report.order(item[1])))
    results["results"] = ordered
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def run_steps(arguments, results):
    """Sizes are taken one after the other, so that a size's workers serve all its steps."""
    failed = []
    steps = [step for step in STEPS if not arguments.step or step.name in arguments.step]
    sizes = sorted({size for step in steps for size in chosen(step, arguments)})
    for size in sizes:
        with Workers(*size) as workers:
            stream = workers.ask(None, "stream")["bytes_per_second"]
            for step in steps:
                if size not in chosen(step, arguments):
                    continue
                request = arguments.quick and step.quick_request or step.request
                peers = arguments.quick and step.quick_peers or step.peers
                repeats = arguments.repeats or min(step.repeats, 9 if arguments.quick else 99)
                with Neighbours(workers.pids) as neighbours:
                    result, failures = measure.measure(step, workers, repeats, request, peers)
                again = workers.ask(None, "stream")["bytes_per_second"]
                result |= {"step": step.name, "stream": max(stream, again), "others": neighbours.share}
                failed += tell(step.title, size, result, failures, step.floor, step.gate)
                if not arguments.quick:
                    store(results, f"{step.name} {size[0]}×{size[1]}", result)
    return failed


def tell(title, size, result, failures, floor, gate):
    ratio = result.get("ratio")
    line = f"{title}, {size[0]:,} × {size[1]}: "
    if ratio:
        low, high = result["spread"]
        line += f"{ratio}× (from {low} to {high}) against {result['best']}, at least {floor}×"
    print(line, flush=True)
    for note in result.get("notes", []):
        print(f"    {note}", flush=True)
    # A neighbour on the machine can spoil rounds, but none makes one good.
    if ratio and high < gate:
        failures.append(f"{high}×, the best round, is below {gate}×")
    return [f"{title}, {size[0]:,} × {size[1]}: {failure}" for failure in failures]


def run_job(arguments, results):
    failed = []
    if arguments.step and "job" not in arguments.step:
        return failed
    for count in WHOLE_JOB["quick"] if arguments.quick else WHOLE_JOB["rows"]:
        if arguments.rows and count not in arguments.rows:
            continue
        repeats = arguments.repeats or (1 if arguments.quick or count > 100_000 else 5)
        peers = WHOLE_JOB["quick_peers"] if arguments.quick else WHOLE_JOB["floors"]
        with Neighbours() as neighbours:
            result, failures = whole_job.measure(count, repeats, peers)
        result |= {"step": "job", "others": neighbours.share}
        title = f"{WHOLE_JOB['title']}, {count:,} rows"
        for name, ratio in result["ratios"].items():
            floor = WHOLE_JOB["floors"][name]
            gate = floor / 2
            print(f"{title}: {ratio}× {name}, at least {floor}×", flush=True)
            if ratio < gate:
                failures.append(f"{ratio}× {name} is below {gate}×")
        failed += [f"{title}: {failure}" for failure in failures]
        if not arguments.quick:
            store(results, f"job {count}", result)
    return failed


def main():
    arguments = options()
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    DATA.mkdir(parents=True, exist_ok=True)
    failed = []
    if not arguments.report:
        failed = run_steps(arguments, results) + run_job(arguments, results)
    if not arguments.quick and results:
        report.write(results)
    if failed:
        print("\nBelow what is asked for:", *failed, sep="\n  ", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
