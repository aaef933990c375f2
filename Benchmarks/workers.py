"""The processes that hold the data: Aurora's and the peers', started when first asked."""

import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
HERE = ROOT / "Benchmarks"
PYTHON = ROOT / ".deps/bench/bin/python"
DATA = ROOT / ".build/bench"
AURORA_BENCH = HERE / ".build/release/aurora-bench"


class Refused(Exception):
    """A worker answered with an error."""


class Worker:
    def __init__(self, command):
        self.process = subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, cwd=HERE, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        )
        self.facts = self.read()

    def ask(self, request):
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()
        return self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise Refused(f"ended with status {self.process.wait()}")
        answer = json.loads(line)
        if "error" in answer:
            raise Refused(answer["error"])
        return answer

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


class Workers:
    """One worker for Aurora and one for each peer and type, over the same rows."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.file = data_file(rows, columns)
        self.running = {}

    def ask(self, peer, request):
        """`peer` is a `steps.Peer`, or None for Aurora."""
        key = (peer.name, peer.type) if peer else None
        if key not in self.running:
            place = (self.file, self.rows, self.columns)
            command = (
                (PYTHON, HERE / "peers/worker.py", *key, *place) if peer
                else (AURORA_BENCH, *place)
            )
            self.running[key] = Worker(command)
        options = peer.options if peer else ""
        return self.running[key].ask(f"{request} {options}".strip())

    def pids(self):
        return [worker.process.pid for worker in self.running.values()]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for worker in self.running.values():
            worker.stop()


def data_file(rows, columns):
    """The matrix, generated where no file holds so many rows."""
    path = DATA / f"{columns}.f64"
    if not path.exists() or path.stat().st_size < rows * columns * 8:
        print(f"Generating {rows:,} rows …", flush=True)
        generate("matrix", rows, DATA)
    return path


def table_file(rows):
    path = DATA / f"customers-{rows}/customers.csv"
    if not path.exists():
        print(f"Generating a table of {rows:,} rows …", flush=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        generate("table", rows, path)
    return path


def generate(what, rows, place):
    command = [PYTHON, HERE / "generate.py", what, str(rows), str(place)]
    subprocess.run([str(word) for word in command], check=True)
