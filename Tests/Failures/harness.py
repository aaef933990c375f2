"""What every test here uses: the built program, temporary folders, and ways to expect something.

A test is a function with `@test("sentence")` that takes a fresh folder. It fails by raising
`Failed`, which the functions named `expect…` do.
"""

import collections
import contextlib
import fcntl
import json
import multiprocessing
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("AURORA_PROGRAM", HOME / ".build/release/aurora"))
EXAMPLE = HOME / "Examples/credit-card"

TESTS = []
_folders = []
_children = []
_shared = {}
_common = None  # the folder of what tests of all modules read
_told = []


class Failed(Exception):
    """What was expected and what was found."""


class Skipped(Exception):
    """Why a test can't be made here."""


def test(sentence, slow=False, alone=False):
    """Registers a test; slow ones are made with --slow, and no others then.

    One that measures time is made `alone`, with no other test beside it.
    """

    def register(function):
        TESTS.append((sentence, function, slow, alone))
        return function

    return register


def tell(text):
    """Notes what a test has measured, to be printed above its name."""
    _told.append(f"       {text}")


# --- Expectations -----------------------------------------------------------------------------


def brief(value, limit=2000):
    text = str(value) if isinstance(value, (str, Result)) else repr(value)
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text)} characters)"


def expect(condition, expected, found):
    if not condition:
        raise Failed(f"expected {brief(expected)}\n     found    {brief(found)}")


def expect_equal(found, expected, what):
    expect(found == expected, f"{what}: {expected!r}", brief(repr(found)))


def expect_near(found, expected, margin, what):
    near = isinstance(found, (int, float)) and abs(found - expected) <= margin
    expect(near, f"{what}: {expected} ± {margin}", found)


def expect_in(part, text, what):
    expect(part in text, f"{what} to hold {part!r}", text)


def expect_not_in(part, text, what):
    expect(part not in text, f"{what} not to hold {brief(repr(part))}", text)


class Result:
    """How a command ended."""

    def __init__(self, words, code, out, err, seconds):
        self.words, self.code, self.out, self.err, self.seconds = words, code, out, err, seconds

    def __str__(self):
        return f"exit {self.code}\n{brief(self.out, 900)}{brief(self.err, 900)}".rstrip()

    @property
    def command(self):
        return brief("aurora " + " ".join(str(word) for word in self.words), 300)

    def exits(self, code):
        expect(self.code == code, f"exit code {code} from {self.command}", self)
        return self

    @property
    def json(self):
        try:
            return json.loads(self.out)
        except ValueError as error:
            raise Failed(f"expected one JSON document from {self.command}\n     found    "
                         f"{error}: {brief(self.out)!r}") from None

    def says(self, *parts):
        for part in parts:
            expect_in(part, self.err, f"the message of {self.command}")
        return self


# --- The program ------------------------------------------------------------------------------


def _environment(changes=None):
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "AURORA_DUCKDB", "AURORA_CHROMIUM",
            "AURORA_KERNELS", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | (changes or {})


def start(*words, environment=None, **options):
    """Starts the program; it is ended at the end of the test, if it has not ended by itself.

    `environment` holds variables besides the usual ones.
    """
    deadline = time.monotonic() + 300  # it may be being built anew
    while True:
        try:
            child = subprocess.Popen(
                [str(PROGRAM), *map(str, words)], stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment(environment),
                **options)
            break
        except (FileNotFoundError, PermissionError, OSError) as error:
            if time.monotonic() > deadline:
                raise Failed(f"expected a program at {PROGRAM}\n     found    {error}") from None
            time.sleep(2)
    _children.append(child)
    return child


def finish(child, words=(), limit=120):
    """Waits for a command's end and gives its result."""
    begun = time.monotonic()
    try:
        out, err = child.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        child.kill()
        out, err = child.communicate()
        name = " ".join(map(str, words))
        raise Failed(f"expected 'aurora {name}' to end within {limit} s\n     found    it "
                     f"running: {brief((out + err).decode(errors='replace'))}") from None
    return Result(words, child.returncode, out.decode(), err.decode(), time.monotonic() - begun)


def aurora(*words, limit=120, **options):
    """Runs the program to its end."""
    return finish(start(*words, **options), words, limit)


def wait_for_line(child, part, limit=60):
    """Reads standard error until a line holds `part`; returns all lines so far."""
    lines, found = [], threading.Event()

    def read():
        for line in iter(child.stderr.readline, b""):
            lines.append(line.decode())
            if part in lines[-1]:
                break
        found.set()

    threading.Thread(target=read, daemon=True).start()
    if not found.wait(limit) or not lines or part not in lines[-1]:
        raise Failed(f"expected a line with {part!r} on standard error within {limit} s\n"
                     f"     found    {lines}")
    return lines


class Server:
    """`aurora serve` on a free port, for use with `with`."""

    def __init__(self, project, *words):
        self.words = ("serve", project, "--port", "0", "--json", *words)

    def __enter__(self):
        self.child = start(*self.words)
        line = []
        reader = threading.Thread(
            target=lambda: line.append(self.child.stdout.readline()), daemon=True)
        reader.start()
        reader.join(30)
        if not line or not line[0]:
            self.child.kill()
            raise Failed("expected 'aurora serve' to print its address\n     found    "
                         f"{line} {self.child.stderr.read().decode()}")
        self.address = json.loads(line[0])["address"]
        host, _, port = self.address.removeprefix("http://").rstrip("/").rpartition(":")
        self.host, self.port = host, int(port)
        return self

    def __exit__(self, *_):
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGINT)
            try:
                self.child.wait(10)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        self.child.stdout.close()
        self.child.stderr.close()

    @property
    def is_running(self):
        return self.child.poll() is None


# --- Folders ----------------------------------------------------------------------------------


def new_folder():
    # With the process, so that of several test runs at once one knows whose folder it is.
    folder = Path(tempfile.mkdtemp(prefix=f"aurora-failures-{os.getpid()}-"))
    _folders.append(folder)
    return folder


def shared(make):
    """What several tests read: made once in a folder of its own, by a function of that folder."""
    if make not in _shared:
        folder = new_folder()
        _shared[make] = make(folder) or folder
    return _shared[make]


def shared_by_all(name, make):
    """What tests of all modules and processes read, and none changes: made by whoever needs it first.

    `make` is a function of an empty folder, which is kept until the last test has ended; what it returns is given to
    all, so it is to be pickled.
    """
    if name not in _shared:
        folder, made = _common / name, _common / f"{name}.made"
        with open(_common / f"{name}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                made.write_bytes(pickle.dumps(make(folder)))
        _shared[name] = pickle.loads(made.read_bytes())
    return _shared[name]


def _end_children():
    for child in _children:
        if child.poll() is None:
            child.kill()
            child.wait()
        for pipe in (child.stdout, child.stderr):
            if pipe:
                pipe.close()
    _children.clear()


# --- All of it --------------------------------------------------------------------------------


def run_tests(words, make_slow, around=contextlib.nullcontext):
    """Makes the tests whose function or sentence holds one of the words; all without words.

    Either the slow ones are made or all others. All of them are made two modules at a time, since
    much of a test is waiting, each in a process of its own inside what `around` opens there. Tests
    that measure time come last, with nothing beside them.
    """
    jobs = 1 if words or make_slow else 2
    modules = {function.__module__ for _, function, *_ in TESTS}

    def is_chosen(sentence, function):
        return not words or any(
            word == function.__module__ if word in modules
            else word in sentence or word in function.__name__ for word in words)

    chosen = [entry for entry in TESTS if is_chosen(*entry[:2]) and entry[2] >= make_slow]
    groups = {}
    for entry in chosen:
        groups.setdefault(entry[1].__module__ if jobs > 1 and not entry[3] else "", []).append(entry)
    alone = groups.pop("", [])
    begun = time.monotonic()
    counts = collections.Counter()
    with tempfile.TemporaryDirectory(prefix=f"aurora-failures-{os.getpid()}-", ignore_cleanup_errors=True) as common:
        global _common
        _common = Path(common)
        if groups:
            counts.update(_make_at_once(list(groups.values()), make_slow, jobs, around))
        with around():
            counts.update(_make(alone, make_slow))
    print(f"{counts['ok']} passed, {counts['FAIL']} failed, {counts['skip']} skipped "
          f"in {time.monotonic() - begun:.0f} s")
    if not chosen:
        print("no test has such a name", file=sys.stderr)
    return 1 if counts["FAIL"] or not chosen else 0


def _make_at_once(groups, make_slow, jobs, around):
    """Makes groups of tests, each in the process that is free first."""
    context = multiprocessing.get_context("fork")
    waiting, counted = context.SimpleQueue(), context.SimpleQueue()
    for index in [*range(len(groups)), *[None] * jobs]:
        waiting.put(index)

    def work():
        counts = collections.Counter()
        with around():
            while (index := waiting.get()) is not None:
                counts.update(_make(groups[index], make_slow))
        counted.put(counts)

    workers = [context.Process(target=work) for _ in range(jobs)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if ended := [worker.exitcode for worker in workers if worker.exitcode]:
        print(f"FAIL a process of tests ended with {ended[0]}, and its tests with it", flush=True)
        return {"FAIL": 1}
    total = collections.Counter()
    for _ in workers:
        total.update(counted.get())
    return total


def _make(entries, make_slow):
    """Makes tests one after the other, and counts how they ended."""
    counts = collections.Counter()
    try:
        for sentence, function, slow, _ in entries:
            outcome, note = "ok", ""
            started = time.monotonic()
            _told.clear()
            if slow and not make_slow:
                outcome, note = "skip", "takes over a minute; --slow makes it"
            else:
                folder = new_folder()
                try:
                    function(folder)
                except Skipped as reason:
                    outcome, note = "skip", str(reason)
                except Failed as failure:
                    outcome, note = "FAIL", str(failure)
                except Exception:  # a test that breaks has not passed
                    outcome, note = "FAIL", traceback.format_exc().rstrip()
                finally:
                    _end_children()
                    shutil.rmtree(folder, ignore_errors=True)
                    _folders.remove(folder)
            counts[outcome] += 1
            seconds = time.monotonic() - started
            time_taken = f"  ({seconds:.1f} s)" if seconds >= 3 else ""
            remark = f": {note}" if outcome == "skip" else ""
            lines = [*_told, f"{outcome:4} {sentence}{remark}{time_taken}"]
            if outcome == "FAIL":
                lines.append("     " + note.replace("\n", "\n     "))
            print("\n".join(lines), flush=True)
    finally:
        _end_children()
        for folder in _folders:
            shutil.rmtree(folder, ignore_errors=True)
        _folders.clear()
        _shared.clear()
    return counts
