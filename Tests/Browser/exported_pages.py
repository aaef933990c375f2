"""What is in the files of a page: the workbook's figures and formats, the CSV of a visual, the PDF."""

import csv
import io
import os
import re
import xml.etree.ElementTree as ElementTree
import zipfile

import new_visuals
import reports
import saved_reports
from harness import expect, expect_equal, expect_in, expect_not_in, shared, test
from visits import Visit

PAGE = """\
type: page/v1
title: Taken away
slicers:
  - list: {dimension: region}
visuals:
  - bar: {title: Largest cities, measure: customers, by: city, top: 4, width: 4}
  - sankey: {title: From plan to city, measure: customers, through: [plan, city], top: 3, width: 8}
  - matrix: {title: Spending in figures, measures: [average], by: [region], across: habit, width: 6}
  - heat_map: {title: Plans by region, measure: customers, by: plan, across: region, colour: residual, width: 6}
  - claim: {says: Web spends most, measure: average, by: channel, highest: web, width: 6}
  - recommendation:
      title: Call the south
      text: "They spend {average} each."
      action: Call them.
      size: customers
      for:
        - {dimension: region, values: [south]}
      width: 6
"""


def report():
    def published(folder):
        # No customer of the north has the west's plan: a pair that is 0.
        data = [line for line in new_visuals.rows().splitlines() if ",north,west," not in line]
        files = {**new_visuals.FILES, "pages/away.yaml": PAGE}
        return reports.written(folder, files, {"customers.csv": "\n".join(data) + "\n"})

    return shared(published)


MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


class Book:
    """A workbook as any program reads it: by the parts of its archive."""

    def __init__(self, data):
        archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = [sheet.get("name") for sheet in
                      ElementTree.fromstring(archive.read("xl/workbook.xml")).iterfind(".//m:sheet", MAIN)]
        styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
        known = {each.get("numFmtId"): each.get("formatCode") for each in styles.iterfind(".//m:numFmt", MAIN)}
        self.formats = [known.get(each.get("numFmtId")) for each in styles.iterfind("m:cellXfs/m:xf", MAIN)]
        self.sheets = [ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{place + 1}.xml"))
                       for place in range(len(self.names))]

    def rows(self, name):
        """Cells as (value, format); numbers are numbers."""
        sheet = self.sheets[self.names.index(name)]
        return [[self._cell(cell) for cell in row.iterfind("m:c", MAIN)] for row in sheet.iterfind(".//m:row", MAIN)]

    def _cell(self, cell):
        if cell.get("t") == "inlineStr":
            return "".join(cell.itertext()), None
        value = cell.find("m:v", MAIN)
        return (None if value is None else float(value.text)), self.formats[int(cell.get("s") or 0)]

    def table(self, name, first):
        """The rows from the heading that begins with a text on, without formats."""
        rows = [[value for value, _ in row] for row in self.rows(name)]
        start = next(place for place, row in enumerate(rows) if row and row[0] == first)
        return rows[start:]

    def words(self, name):
        """What stands above the figures, by its term."""
        return {row[0][0]: row[1][0] for row in self.rows(name) if len(row) == 2}


def exported(visit, entry):
    visit.window.get_by_role("button", name="Export", exact=True).click()
    return saved_reports.download(
        visit, lambda: visit.window.locator(".menu:popover-open").get_by_role("button", name=entry).click())


@test("a page's workbook holds the figures as they are seen: Other, totals, zeros, verdicts, advice, with formats")
def workbook(folder):
    with report().serve() as server, Visit(server) as visit:
        visit.open("away")
        with exported(visit, "Figures (Excel)") as (name, data):
            expect(name.endswith(".xlsx"), "a name", name)
            book = Book(data)
        shown = visit.answer("Largest cities")["rows"]
        rest = f"Other ({shown[-1][0]['other']} levels)"
        expect_equal(book.table("Largest cities", "City"),
                     [["City", "Customers"], *([name, float(count)] for name, count in shown[:-1]),
                      [rest, float(shown[-1][1])]], "the folded bars")
        expect_in("Other (", str(book.table("From plan to city", "Plan")), "the flows")
        expect_not_in("{", str(book.rows("From plan to city")), "the flows")
        answer = visit.answer("Spending in figures")
        cells = {tuple(row[:2]): row[2] for row in answer["rows"]}
        totals = {tuple(total["by"]): total["rows"] for total in answer["totals"]}
        habits = ["core", "lively", "quiet"]
        expected = [["Region", *habits, "Total"]]
        for region, whole in totals[("region",)]:
            expected.append([region, *(cells[(region, habit)] for habit in habits), whole])
        expected.append(["Total", *(figure for _, figure in totals[("habit",)]), totals[()][0][0]])
        expect_equal(book.table("Spending in figures", "Region"), expected, "the matrix with its totals")
        formats = {look for row in book.rows("Spending in figures") for value, look in row if isinstance(value, float)}
        expect_equal(formats, {"#,##0.00 [$EUR]"}, "the matrix's formats")
        heat = book.table("Plans by region", "Plan")
        zero = next(row for row in heat if row[:2] == ["west", "north"])
        expect(zero[2] == 0 and zero[3] < -3, "a pair that never meets to be 0, and far fewer than expected", zero)
        expect_equal(sum(row[2] for row in heat[1:]), visit.answer("Plans by region")["rows_used"], "all customers")
        claim = book.words("Web spends most")
        card = visit.card("Web spends most").inner_text()
        expect_in(claim["Verdict"], card, "the card with the workbook's verdict")
        expect_equal([head for head in book.table("Web spends most", "Channel")[0]],
                     ["Channel", "Average spending", "p, corrected", "Effect (sd)", "Stands"], "the claim's headings")
        advice = book.words("Call the south")
        expect_in(advice["Advice"].replace("\u00a0", " "),
                  visit.card("Call the south").inner_text().replace("\u00a0", " "), "the advice as the card has it")
        expect_equal((advice["For"], advice["Action"]), ("Region: south", "Call them."), "for whom, and what to do")
        visit.expect_no_remarks()


@test("the CSV of a visual is the table of the workbook, also from a saved report")
def figures(folder):
    with report().serve() as server, Visit(server) as visit:
        visit.open("away")
        with exported(visit, "Figures (Excel)") as (_, data):
            book = Book(data)
        with exported(visit, "Report (HTML)") as (_, html):
            file = folder / "saved.html"
            file.write_bytes(html)
        with saved_reports.Saved(file) as saved:
            saved.show()
            for title, first in (("Largest cities", "City"), ("Spending in figures", "Region"), ("Plans by region", "Plan")):
                told = []
                for place in (visit, saved):
                    card = place.window.locator(".card", has=place.window.get_by_role("heading", name=title, exact=True))
                    card.get_by_title("Save this figure").click()
                    with saved_reports.download(place, lambda: place.window.locator(".menu:popover-open").get_by_role(
                            "button", name="CSV").click()) as (_, data):
                        told.append(data.decode("utf-8-sig"))
                expect_equal(told[1], told[0], f"what a saved report gives of {title}")
                found = [[number(cell) for cell in row if cell] for row in csv.reader(io.StringIO(told[0]))]
                expect_equal(found, [[cell for cell in row if cell is not None] for row in book.table(title, first)],
                             f"the table of {title}")
        visit.expect_no_remarks()


def number(text):
    return float(text) if re.fullmatch(r"-?[0-9.]+(e-?[0-9]+)?", text) else text


@test("a page is printed by the server as PDF, and where there is no browser the menu says so")
def printed(folder):
    with report().serve() as server, Visit(server) as visit:
        visit.open("away")
        with exported(visit, "Report (PDF)") as (name, data):
            expect(name.endswith(".pdf") and data.startswith(b"%PDF-"), "a PDF", (name, data[:8]))
            expect(b"%%EOF" in data[-32:], "its end", data[-32:])
            expect(len(data) > 20_000, "a drawn page", len(data))
            pages = len(re.findall(rb"/Type\s*/Page\b", data))
            expect(1 <= pages <= 4, "pages", pages)
            expect("Taken away".encode("utf-16-be").hex().upper().encode() in data, "its title", data[:200])
        visit.expect_no_remarks()
    usual = os.environ.get("AURORA_CHROMIUM")
    os.environ["AURORA_CHROMIUM"] = str(folder / "none")
    try:
        server = report().serve().__enter__()
    finally:
        if usual is None:
            del os.environ["AURORA_CHROMIUM"]
        else:
            os.environ["AURORA_CHROMIUM"] = usual
    try:
        with Visit(server) as visit:
            visit.open("away")
            visit.window.get_by_role("button", name="Export", exact=True).click()
            menu = visit.window.locator(".menu:popover-open")
            expect_in("no Chromium", menu.inner_text(), "what the menu says")
            expect_equal(menu.get_by_role("button", name="PDF").count(), 0, "entries for a PDF")
            status = visit.evaluate("""async () => {
              const answer = await fetch("/api/v1/pages/away/report.pdf", {method: "POST", body: '{"selections": []}',
                headers: {"Content-Type": "application/json"}});
              return [answer.status, (await answer.json()).code];
            }""")
            expect_equal(status, [501, "browser_missing"], "what a request is told")
    finally:
        server.__exit__()
