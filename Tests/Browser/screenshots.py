#!/usr/bin/env python3
"""Draws the pictures of docs/images/: the first page of the demo, as `aurora demo` shows it.

    PYTHONPATH=.deps/python python3 Tests/Browser/screenshots.py [FOLDER]

FOLDER is another folder than docs/images.
"""

import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "Failures"))

import visits
from harness import HOME
from reports import published_demo
from visits import Visit

LARGEST = 500_000  # bytes
HEIGHT = 1400  # of the page's beginning
PICTURES = [  # name, page, width, dark
    ("demo-bank-light", "overview", 1440, False),
    ("demo-bank-dark", "overview", 1440, True),
]


def picture(server, page, width, dark):
    """The beginning of a page, as sharp as the size allows."""
    for scale in (2, 1.5, 1, 0.75):
        with Visit(server, width, dark=dark, scale=scale) as visit:
            visit.open(page)
            # A window as tall as the page needs no place for a scroll bar.
            tall = visit.evaluate("document.documentElement.scrollHeight")
            visit.window.set_viewport_size({"width": width, "height": tall})
            visit.evaluate("document.documentElement.style.scrollbarGutter = 'auto'")
            clip = {"x": 0, "y": 0, "width": width, "height": min(HEIGHT, tall)}
            visit.window.mouse.move(0, 0)
            visit.window.wait_for_timeout(500)  # after charts took their new place
            image = visit.window.screenshot(animations="disabled", clip=clip)
            if len(image) < LARGEST:
                return image
    raise SystemExit(f"the picture of {page} is larger than {LARGEST} bytes")


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        with visits.browser(), published_demo(Path(work)).serve() as server:
            for name, page, width, dark in PICTURES:
                image = picture(server, page, width, dark)
                (folder / f"{name}.png").write_bytes(image)
                print(f"{name}.png: {len(image):,} bytes", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else HOME / "docs/images")
