"""Files of pages and of visuals: a saved report from disk, the Export menu, CSV, PNG and SVG."""

import contextlib
import csv
import io
import re
import xml.etree.ElementTree as ElementTree

import reports
from harness import aurora, expect, expect_equal, expect_in, expect_not_in, shared, test
from hostile_page import FEW, hostile_report
from visits import Visit


class Saved(Visit):
    """A saved report, opened from disk; any request but for the file itself is a remark."""

    def __init__(self, file, **look):
        self.file = file
        super().__init__(type("", (), {"host": "", "port": ""}), **look)

    def _noteForeign(self, request):
        if request.url != self.file.as_uri() and not request.url.startswith(("data:", "blob:")):
            self.remarks.append(f"request: {request.url}")

    def show(self):
        self.window.goto(self.file.as_uri())
        self.wait("document.documentElement.dataset.ready", "a drawn report")
        return self


def saved(report, folder, *words):
    file = folder / "report.html"
    aurora("report", report.project, "--state", report.state, "--output", file, *words).exits(0)
    return file


# Charts without ink on any of their canvases, cards by their state, and what the page is wider than.
DRAWN = """() => ({
  blank: [...new Set([...document.querySelectorAll(".card canvas")].map((canvas) => canvas.parentElement))].filter(
    (chart) => ![...chart.querySelectorAll("canvas")].some((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value) => value);
    })).length,
  canvases: document.querySelectorAll(".card canvas").length,
  busy: document.querySelectorAll('[aria-busy="true"], .skeleton, .state.error').length,
  tooWide: document.documentElement.scrollWidth > innerWidth,
  inter: document.fonts.check("12px Inter"),
})"""


@test("a saved report draws from disk with its own fonts, light and dark, wide and narrow, and asks for nothing")
def from_disk(folder):
    file = saved(reports.twin(), folder)
    for width, dark in ((1440, False), (1440, True), (420, False)):
        with Saved(file, width=width, dark=dark) as visit:
            visit.show()
            found = visit.evaluate(DRAWN)
            expect(found["canvases"] > 5, "canvases", found)
            expect_equal((found["blank"], found["busy"], found["tooWide"], found["inter"]), (0, 0, False, True),
                         f"faults at {width} pixels")
            expect_equal(visit.evaluate("typeof window.fetch === 'function' && "
                                        "fetch('data:,x').then(() => 'answered', () => 'refused')"), "refused", "a request")
            visit.remarks = [each for each in visit.remarks if "Refused" not in each and "violates" not in each
                             and "data:,x" not in each]
            buttons = visit.window.get_by_role("button", name="as a table").all()
            expect(len(buttons) > 3, "tables of charts", len(buttons))
            for button in buttons:
                button.click()
            expect(len(visit.window.locator(".data-table tbody tr").all()) > 10, "rows in tables", "none")
            expect_equal(visit.window.locator(".data-table button.name").count(), 0, "buttons that select")
            visit.expect_no_remarks()


@test("hostile texts stay text in a saved report, and its filters are written on top")
def hostile(folder):
    file = saved(shared(hostile_report), folder, "--where", "visits >= 0")
    with Saved(file) as visit:
        visit.show()
        found = visit.evaluate("""() => ({ hacked: window.hacked ?? null, strangers: [...document.querySelectorAll(
            "img, iframe, object, embed, style:not(head *), [onerror], [onload], a[href^=javascript]")].length })""")
        expect_equal(found, {"hacked": None, "strangers": 0}, "what came of hostile texts")
        words = visit.evaluate("document.body.innerText")
        expect_in("visits >= 0", words, "the filters")
        expect_in(FEW[0], words, "the page's text")
        visit.expect_no_remarks()


@contextlib.contextmanager
def download(visit, act):
    with visit.window.expect_download() as waiting:
        act()
    path = waiting.value.path()
    yield waiting.value.suggested_filename, path.read_bytes()


@test("a page is exported as it is filtered, and no menu is there for other pages")
def export_menu(folder):
    report = reports.twin()
    with report.serve() as server, Visit(server) as visit:
        visit.open("overview")
        slicer = visit.window.locator("[data-slicer] .tile").first
        with visit.drawing():
            slicer.click()
        used = visit.answer(visit.description["visuals"][0]["title"])["rows_used"]
        for entry, ending, head in (("Report (HTML)", ".html", b"<!doctype html>"), ("Figures (Excel)", ".xlsx", b"PK")):
            visit.window.get_by_role("button", name="Export", exact=True).click()
            with download(visit, lambda: visit.window.get_by_role("button", name=entry).click()) as (name, data):
                expect(name.endswith(ending) and data.startswith(head), f"a file of {entry}", (name, data[:20]))
                if ending == ".html":
                    expect_in(f'"rows_used":{used}', data.decode(), "the figures")
        visit.expect_no_remarks()
        visit.window.goto(f"{visit.address}/#/data")
        visit.wait("document.querySelector('.data-tab[aria-current]')", "the data pages")
        expect_equal(visit.window.get_by_role("button", name="Export", exact=True).count(), 0, "menus there")


def save(visit, title, entry):
    card = visit.card(title)
    card.get_by_title("Save this figure").click()
    return download(visit, lambda: visit.window.locator(".menu:popover-open").get_by_role("button", name=entry).click())


@test("a visual gives its figures as CSV that no program takes for a formula, and its chart as PNG and SVG")
def of_one_visual(folder):
    report = shared(hostile_report)
    with report.serve() as server, Visit(server) as visit:
        visit.open("main")
        visual = {each["type"]: each["title"] for each in visit.description["visuals"]}
        with save(visit, visual["bar"], "CSV") as (name, data):
            rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
            expect(name.endswith(".csv"), "a name", name)
            shown = {row[0]: row[1] for row in visit.answer(visual["bar"])["rows"]}
            found = {row[0]: row[1] for row in rows[1:]}
            expect_equal(len(found), len(shown), "rows")
            expect("'=1+1" in found and "=1+1" not in found, "no formula", list(found))
            expect_equal(float(found["toString"]), float(shown["toString"]), "a figure")
        with save(visit, visual["donut"], "PNG") as (name, data):
            expect(name.endswith(".png") and data.startswith(b"\x89PNG"), "an image", name)
            expect(int.from_bytes(data[16:20]) > 500 and len(data) > 5000, "a drawn image", len(data))
        for kind in ("bar", "donut", "column", "stacked_bar", "histogram", "scatter"):
            with save(visit, visual[kind], "SVG") as (name, data):
                image = ElementTree.fromstring(data)
                expect(image.tag.endswith("}svg"), f"an SVG of {kind}", image.tag)
                drawn = [each for each in image.iter() if each.tag.endswith(("}path", "}text", "}circle"))]
                expect(len(drawn) > 5, f"shapes of {kind}", len(drawn))
                expect_equal([each.tag for each in image.iter() if each.tag.endswith(("}script", "}foreignObject", "}image"))],
                             [], f"what could act in the SVG of {kind}")
                text = "".join(image.itertext())
                expect_in(visual[kind], text, "its title")
                expect(re.search(r"Run \S+", text) is not None, "its run", text[-200:])
                expect_not_in("\n<script", data.decode(), "the SVG")
        visit.expect_no_remarks()
