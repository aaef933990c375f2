#!/usr/bin/env python3
"""Tests of the built program from outside: what goes wrong, and what it says then.

    python3 Tests/Failures/run.py             all tests but the slow ones
    python3 Tests/Failures/run.py --slow      the slow ones instead
    python3 Tests/Failures/run.py NAME…       those whose function, sentence or file has a NAME

AURORA_PROGRAM names another program than .build/release/aurora; AURORA_TEST_ROWS another number
of rows than 1,000,000 for the tests of repeatability.
"""

import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness  # noqa: E402

# The order of this list is the order of the tests.
import commands  # noqa: E402, F401
import data_files  # noqa: E402, F401
import hostile_text  # noqa: E402, F401
import state  # noqa: E402, F401
import demo  # noqa: E402, F401
import interruption  # noqa: E402, F401
import live_pages  # noqa: E402, F401
import server_safety  # noqa: E402, F401
import sign_in  # noqa: E402, F401
import renaming  # noqa: E402, F401
import choosing  # noqa: E402, F401
import editing  # noqa: E402, F401
import scoring  # noqa: E402, F401
import customers  # noqa: E402, F401
import figures  # noqa: E402, F401
import report  # noqa: E402, F401
import repeatability  # noqa: E402, F401
import large_files  # noqa: E402, F401
import reference  # noqa: E402, F401
import tutorial  # noqa: E402, F401
import distribution  # noqa: E402, F401

if __name__ == "__main__":
    options = [word for word in sys.argv[1:] if word.startswith("-")]
    if set(options) - {"--slow"}:
        sys.exit(__doc__)
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    sys.exit(harness.run_tests(words, make_slow="--slow" in options))
