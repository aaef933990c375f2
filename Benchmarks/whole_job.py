"""The whole job from a CSV file to the profile of segments, process start included."""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time

from workers import HERE, PYTHON, ROOT, table_file

AURORA = ROOT / ".build/release/aurora"
PROJECT = HERE / "seed-job"
K = 6
PEERS = {
    "pandas + scikit-learn": HERE / "peers/job_with_pandas.py",
    "polars + scikit-learn-intelex": HERE / "peers/job_with_polars.py",
}


def timed(command):
    """Wall-clock seconds of a process, its peak of memory, and what it prints."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as messages:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], stdout=output, stderr=messages, cwd=HERE
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
        if process.returncode != 0:
            messages.seek(0)
            said = messages.read()[-2000:]
            raise RuntimeError(f"{command[0]} ended with status {process.returncode}: {said}")
    return seconds, usage.ru_maxrss * 1024, text


def run_aurora(table):
    state = tempfile.mkdtemp(prefix="bench-", dir=table.parent)
    try:
        seconds, peak, text = timed(
            (AURORA, "segment", PROJECT, "--data", table.parent, "--state", state, "--name",
             "behaviour", "--k", K, "--from", 2, "--to", 10, "--quick", "--dry-run", "--json")
        )
        document = json.loads(text)
        chosen = next(row for row in document["choice"] if row["k"] == K)
        return {
            "seconds": seconds, "peak_bytes": peak, "inertia": chosen["inertia"],
            "silhouette": chosen["silhouette"],
        }
    finally:
        shutil.rmtree(state)


def run_peer(script, table):
    seconds, peak, text = timed((PYTHON, script, table))
    return {"seconds": seconds, "peak_bytes": peak} | json.loads(text.splitlines()[-1])


def measure(rows, repeats, peers):
    table = table_file(rows)
    runs = {"aurora": []} | {name: [] for name in peers}
    for _ in range(repeats):
        runs["aurora"].append(run_aurora(table))
        for name in peers:
            runs[name].append(run_peer(PEERS[name], table))
    facts = {
        name: {
            "seconds": [run["seconds"] for run in given],
            "median": statistics.median(run["seconds"] for run in given),
            "peak_bytes": max(run["peak_bytes"] for run in given),
            "inertia": given[0]["inertia"], "silhouette": given[0]["silhouette"],
            **({"parts": given[0]["parts"]} if "parts" in given[0] else {}),
        }
        for name, given in runs.items()
    }
    own, failures = facts.pop("aurora"), []
    for name, given in facts.items():
        if abs(given["inertia"] / own["inertia"] - 1) > 0.01:
            failures.append(
                f"{name}: inertia {given['inertia']:.6g} but Aurora's is {own['inertia']:.6g}"
            )
    return {
        "rows": rows, "columns": 23, "aurora": own, "peers": facts,
        "ratios": {name: round(facts[name]["median"] / own["median"], 2) for name in peers},
    }, failures
