#!/usr/bin/env python3
"""Draws the pictures of docs/images/, and docs/gallery.md with all of them.

    PYTHONPATH=.deps/python python3 Tests/Browser/screenshots.py [NAME…]

NAME is one of the projects in Examples/; all without one. The reference projects are drawn from
their original files, the demo from the bank that `aurora generate` writes.
"""

import base64
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "Failures"))

import visits
from harness import HOME
from reports import FILES, published, published_demo
from visits import Visit

IMAGES = HOME / "docs/images"
DEMO = "demo-bank"
PROJECTS = [DEMO, *FILES]
WIDTH = 1440
QUALITY = 72  # of WebP
HEIGHT = 1400  # of the beginning of a page that the README shows
LARGEST = 500_000  # bytes of that


def unfolded(visit):
    """Makes the window as tall as the page; its height."""
    tall = visit.evaluate("document.documentElement.scrollHeight")
    visit.window.set_viewport_size({"width": WIDTH, "height": tall})
    visit.evaluate("document.documentElement.style.scrollbarGutter = 'auto'")
    visit.window.mouse.move(0, 0)
    visit.window.wait_for_timeout(500)  # after charts took their new place
    return tall


def whole_page(visit):
    unfolded(visit)
    answer = visit.context.new_cdp_session(visit.window).send(
        "Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    return base64.b64decode(answer["data"])


def beginning(server, page, dark):
    """The beginning of a page as PNG, as sharp as the size allows."""
    for scale in (2, 1.5, 1, 0.75):
        with Visit(server, WIDTH, dark=dark, scale=scale) as visit:
            visit.open(page)
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": min(HEIGHT, unfolded(visit))}
            image = visit.window.screenshot(animations="disabled", clip=clip)
            if len(image) < LARGEST:
                return image
    raise SystemExit(f"the picture of {page} is larger than {LARGEST} bytes")


def draw(name, server):
    """All pages of a project, light and dark; their names and titles."""
    folder = IMAGES / "pages" / name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.webp"):
        old.unlink()
    with Visit(server) as visit:
        visit.window.goto(visit.address)
        visit.wait_until_drawn()
        project = visit.evaluate("fetch('/api/v1/project').then((answer) => answer.json())")
    for page in project["pages"]:
        for theme in ("light", "dark"):
            with Visit(server, WIDTH, dark=theme == "dark") as visit:
                visit.open(page["name"])
                image = whole_page(visit)
            (folder / f"{page['name']}-{theme}.webp").write_bytes(image)
            print(f"{name}/{page['name']}-{theme}: {len(image):,} bytes", flush=True)
    if name == DEMO:
        for theme in ("light", "dark"):
            image = beginning(server, "overview", theme == "dark")
            (IMAGES / f"demo-bank-{theme}.png").write_bytes(image)
            print(f"demo-bank-{theme}.png: {len(image):,} bytes", flush=True)


def heading(project, page):
    """A page's position, title and name, from its file."""
    text = (HOME / "Examples" / project / "pages" / f"{page}.yaml").read_text()

    def value(key):
        lines = [line for line in text.splitlines() if line.startswith(f"{key}:")]
        return lines[0].partition(":")[2].strip().strip("\"'") if lines else ""

    return int(value("position") or 1000), value("title"), page


def write_gallery():
    """A picture of each page that has one, in the order of the projects' pages."""
    lines = [
        "# Gallery", "",
        "Every page of the projects in [Examples](../Examples), as a reader sees it at 1440 pixels.",
        "", "<!-- written by Tests/Browser/screenshots.py -->", ""]
    for name in PROJECTS:
        pictures = (IMAGES / "pages" / name).glob("*-light.webp")
        pages = [heading(name, file.name.removesuffix("-light.webp")) for file in pictures]
        if pages:
            lines += [f"## {name}", ""]
        for _, title, page in sorted(pages):
            place = f"images/pages/{name}/{page}"
            lines += [
                f"### {title}", "", "<picture>",
                f'  <source media="(prefers-color-scheme: dark)" srcset="{place}-dark.webp">',
                f'  <img src="{place}-light.webp" alt="{title}" width="760">', "</picture>", ""]
    (HOME / "docs/gallery.md").write_text("\n".join(lines))


def main(names):
    for name in names:
        with tempfile.TemporaryDirectory() as work:
            work = Path(work)
            report = published_demo(work) if name == DEMO else published(name, work)
            with visits.browser(), report.serve() as server:
                draw(name, server)
    write_gallery()


if __name__ == "__main__":
    if unknown := [name for name in sys.argv[1:] if name not in PROJECTS]:
        sys.exit(f"no project is called {unknown[0]}; there are {', '.join(PROJECTS)}")
    main(sys.argv[1:] or PROJECTS)
