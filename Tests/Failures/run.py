#!/usr/bin/env python3
"""Tests of the built program from outside: what goes wrong, and what it says then.

    python3 Tests/Failures/run.py             all tests but the slow ones
    python3 Tests/Failures/run.py --slow      all tests
    python3 Tests/Failures/run.py NAME…       those whose function, sentence or file has a NAME

AURORA_PROGRAM names another program than .build/release/aurora; AURORA_TEST_ROWS another number
of rows than 1,000,000 for the tests of repeatability.
"""

import sys

import harness

# The order of this list is the order of the tests.
import commands  # noqa: F401
import data_files  # noqa: F401
import hostile_text  # noqa: F401
import state  # noqa: F401
import interruption  # noqa: F401
import live_pages  # noqa: F401
import server_safety  # noqa: F401
import sign_in  # noqa: F401
import figures  # noqa: F401
import repeatability  # noqa: F401

if __name__ == "__main__":
    options = [word for word in sys.argv[1:] if word.startswith("-")]
    if set(options) - {"--slow"}:
        sys.exit(__doc__)
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    sys.exit(harness.run_tests(words, include_slow="--slow" in options))
