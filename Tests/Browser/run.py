#!/usr/bin/env python3
"""Tests of the pages in a real browser, with a real mouse and keyboard.

    python3 Tests/Browser/run.py           all tests
    python3 Tests/Browser/run.py NAME…     those whose function, sentence or file has a NAME

The Makefile puts playwright on the path: PYTHONPATH=.deps/python. AURORA_CHROMIUM names another
browser than /usr/bin/chromium, AURORA_PROGRAM another program than .build/release/aurora.
"""

import sys
from pathlib import Path

# The harness is that of the tests of failures: one way to register, expect and report.
sys.path.append(str(Path(__file__).resolve().parents[1] / "Failures"))

import harness
import visits

# The order of this list is the order of the tests.
import cross_filter  # noqa: F401
import page_address  # noqa: F401
import slicer_kinds  # noqa: F401
import new_visuals  # noqa: F401
import statements  # noqa: F401
import runs_and_texts  # noqa: F401
import interactions  # noqa: F401
import dashboards_a  # noqa: F401
import maps  # noqa: F401
import many_points  # noqa: F401
import look  # noqa: F401
import hostile_page  # noqa: F401
import page_states  # noqa: F401
import new_runs  # noqa: F401
import readers  # noqa: F401
import keyboard  # noqa: F401
import data_pages  # noqa: F401
import groups  # noqa: F401
import segments  # noqa: F401
import saved_reports  # noqa: F401
import exported_pages  # noqa: F401
import dashboards_b  # noqa: F401
import both_ways  # noqa: F401
import editing_pages  # noqa: F401
import fitting  # noqa: F401
import snapshots  # noqa: F401
import maps  # noqa: F401

if __name__ == "__main__":
    if any(word.startswith("-") for word in sys.argv[1:]):
        sys.exit(__doc__)
    sys.exit(harness.run_tests(sys.argv[1:], make_slow=False, around=visits.browser))
