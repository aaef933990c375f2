"""A worker that holds one matrix and runs a peer's steps on it, one for each line of input.

    worker.py PEER TYPE FILE ROWS COLUMNS

PEER is one of MODULES; TYPE is float64 or float32.
Requests and answers are those of `aurora-bench`.
"""

import importlib
import json
import resource
import sys
import time
import warnings

import numpy as np

MODULES = {
    "scikit-learn": "with_scikit_learn",
    "scikit-learn-intelex": "with_scikit_learn_intelex",
    "faiss": "with_faiss",
    "fastcluster": "with_fastcluster",
    "polars": "with_polars",
    "pandas": "with_pandas",
}


class Request:
    """A line like `lloyd k=6 updates=20`, and what every worker takes alike."""

    def __init__(self, line):
        self.step, *words = line.split()
        self.options = dict(word.split("=", 1) for word in words)

    def integer(self, name, otherwise):
        return int(self.options.get(name, otherwise))

    def text(self, name, otherwise):
        return self.options.get(name, otherwise)

    def start(self, matrix, k):
        """Some spread-out rows as centres."""
        return matrix[[(2 * index + 1) * len(matrix) // (2 * k) for index in range(k)]].copy()

    def labels(self, matrix, k):
        """The nearest of `start`, ties to the first."""
        centres = self.start(matrix, k)
        labels = np.empty(len(matrix), np.int32)
        for first in range(0, len(matrix), 100_000):
            rows = matrix[first : first + 100_000]
            distances = np.stack([((rows - centre) ** 2).sum(axis=1) for centre in centres])
            labels[first : first + 100_000] = distances.argmin(axis=0)
        return labels


def timed(body):
    """Seconds that `body` takes, and what it gives."""
    start = time.perf_counter()
    result = body()
    return time.perf_counter() - start, result


def inertia(matrix, labels, centres):
    """In float64, by blocks; outside of the time that is measured."""
    total = 0.0
    for first in range(0, len(matrix), 100_000):
        own = np.asarray(centres, np.float64)[labels[first : first + 100_000]]
        total += ((matrix[first : first + 100_000].astype(np.float64) - own) ** 2).sum()
    return total


class PeakMemory:
    def __init__(self):
        try:
            with open("/proc/self/clear_refs", "w") as file:
                file.write("5")
        except OSError:
            pass
        self.before = self.read("VmRSS:")

    @staticmethod
    def read(field):
        try:
            with open("/proc/self/status") as file:
                return next(int(l.split()[1]) * 1024 for l in file if l.startswith(field))
        except (OSError, StopIteration):
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

    def members(self):
        return {"base_bytes": self.before, "peak_bytes": self.read("VmHWM:")}


def main():
    peer, kind, path, rows, columns = sys.argv[1:]
    rows, columns = int(rows), int(columns)
    warnings.filterwarnings("ignore")
    answers, sys.stdout = sys.stdout, sys.stderr  # libraries print what isn't an answer
    steps = importlib.import_module(MODULES[peer]).STEPS
    matrix = np.fromfile(path, np.float64, rows * columns).reshape(rows, columns)
    if kind != "float64":
        matrix = matrix.astype(kind)
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        request = Request(line)
        memory = PeakMemory()
        try:
            answer = steps[request.step](request, matrix)
        except Exception as error:  # the driver tells it and goes on with the others
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer | memory.members()), file=answers, flush=True)


if __name__ == "__main__":
    main()
