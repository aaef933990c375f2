"""`aurora report`: pages as files that are passed on, and the same from the server."""

import http.client
import json
import os
import re
import stat
import zipfile
import xml.etree.ElementTree as ElementTree

from harness import Server, Skipped, aurora, expect, expect_equal, expect_in, expect_not_in, shared, test
from projects import PEOPLE, project

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHROMIUM = os.environ.get("AURORA_CHROMIUM", "/usr/bin/chromium")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

PAGES = {
    "aurora.yaml": "type: project/v1\nname: People\ncurrency: EUR\nprivacy:\n  identifying: [id]\n  smallest_cell: 5\n",
    "measures/more.yaml": """\
type: measures/v1
of: customers
measures:
  share: {expression: sum(visits) / sum(amount), format: percent, digits: 1}
""",
    "pages/main.yaml": """\
type: page/v1
title: People
position: 1
slicers:
  - list: {dimension: town}
visuals:
  - kpi: {measure: customers}
  - bar: {measure: total, by: town, title: "=SUM(A1) by town"}
  - table: {measures: [customers, total, share], by: [town], title: Towns}
  - table: {measures: [total], by: [name], title: One by one}
  - scatter: {x: visits, y: visits, by: town, title: Points}
""",
    "pages/other.yaml": "type: page/v1\ntitle: Other\nposition: 9\nvisuals:\n  - kpi: {measure: average}\n",
}


def published(folder):
    """Of the 40 people, one lives in =Rio."""
    root = project(folder, PEOPLE.replace("P001,Oslo", "P001,=Rio"), PAGES)
    aurora("run", root).exits(0)
    return root


def sheets(file):
    """The sheets of a workbook by their names, each a list of rows of (text or number, style)."""
    with zipfile.ZipFile(file) as archive:
        expect_equal(archive.testzip(), None, "a broken part")
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
        formats = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter(f"{SHEET}numFmt")}
        looks = [formats.get(each.get("numFmtId")) for each in styles.find(f"{SHEET}cellXfs")]
        found = {}
        for number, sheet in enumerate(book.iter(f"{SHEET}sheet"), 1):
            part = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            expect_equal(list(part.iter(f"{SHEET}f")), [], "formulas")
            rows = []
            for row in part.iter(f"{SHEET}row"):
                rows.append([(cell.find(f"{SHEET}is/{SHEET}t").text if cell.get("t") == "inlineStr"
                              else float(cell.find(f"{SHEET}v").text), looks[int(cell.get("s", 0))])
                             for cell in row])
            found[sheet.get("name")] = rows
        return found


@test("a report is one HTML file without customers, small cells or requests, and always the same")
def html(folder):
    root = shared(published)
    for name in ("one.html", "two.html"):
        answer = aurora("report", root, "--output", folder / name, "--json").exits(0).json
        expect_equal(answer["file"], str(folder / name), "the file's place")
    one = (folder / "one.html").read_bytes()
    expect(one == (folder / "two.html").read_bytes(), "the same bytes", "others")
    text = one.decode()
    content = re.search(r'id="report">(.*?)</script>', text, re.S)[1]
    document = json.loads(content)
    expect_equal([each["page"]["title"] for each in document["pages"]], ["People", "Other"], "the pages")
    expect(re.search(r"P0\d\d", content) is None, "no customer", content[:500])
    figures = document["pages"][0]["figures"]
    expect_in("left_out", figures[3], "the table of customers")
    expect_equal(figures[4].get("density"), True, "whether points are a density")
    rows = {row[0]: row[1:] for row in figures[2]["rows"]}
    expect_equal(rows["=Rio"], [None, None, None], "the figures of one person")
    expect(sum(1 for row in rows.values() if row[0] is None) > 1, "a second hidden town", rows)
    elements = re.sub(r"(<script[^>]*>).*?</script>", r"\1", text, flags=re.S)
    expect_equal(re.findall(r'(?:src|href)="(?!data:|#)[^"]*"', elements), [], "addresses")
    expect_in("default-src 'none'", text, "the policy")


@test("a report of one page under a condition says so; what names customers can't be its filter")
def filtered(folder):
    root = shared(published)
    file = folder / "bern.html"
    aurora("report", root, "--page", "main", "--where", "town = 'Bern'", "--output", file).exits(0)
    document = json.loads(re.search(r'id="report">(.*?)</script>', file.read_text(), re.S)[1])
    expect_equal(document["conditions"], ["town = 'Bern'"], "the conditions")
    expect_equal([document["pages"][0]["rows_used"], len(document["pages"])], [10, 1], "rows and pages")
    for words, code in ((("--where", "name = 'P002'"), "not_permitted"), (("--page", "mian"), "unknown_page"),
                        (("--where", "twon = 'Bern'"), "unknown_column")):
        result = aurora("report", root, *words, "--output", folder / "no.html")
        result.exits(1).says(f"[{code}]")
    expect_equal(sorted(each.name for each in folder.iterdir()), ["bern.html"], "the files")


@test("the workbook has a sheet for each visual, real numbers with formats, and no formula")
def workbook(folder):
    root = shared(published)
    for name in ("one.xlsx", "two.xlsx"):
        aurora("report", root, "--output", folder / name).exits(0)
    file = folder / "one.xlsx"
    expect(file.read_bytes() == (folder / "two.xlsx").read_bytes(), "the same bytes", "others")
    found = sheets(file)
    expect_equal(list(found), ["customers", "=SUM(A1) by town", "Towns", "One by one", "Points", "average"],
                 "the sheets")
    towns = found["Towns"]
    words = {row[0][0]: row[1][0] for row in towns if len(row) == 2}
    expect_equal(words["Filters"], "none", "the filters")
    expect_in("of 40 rows", words["Rows"], "the rows")
    expect_in("Run", words, "the head")
    head = next(index for index, row in enumerate(towns) if row[0][0] == "town")
    bern = next(row for row in towns[head + 1:] if row[0][0] == "Bern")
    query = aurora("query", root, "--measures", "customers,total,share", "--by", "town", "--json").exits(0).json
    expect_equal([cell[0] for cell in bern], next(row for row in query["rows"] if row[0] == "Bern"), "Bern's figures")
    expect_equal([cell[1] for cell in bern], [None, "#,##0", "#,##0 [$EUR]", "0.0%"], "Bern's formats")
    expect_equal([cell[0] for row in towns[head + 1:] if row[0][0] == "=Rio" for cell in row], ["=Rio"],
                 "the row of one person")
    expect_in("Left out", [row[0][0] for row in found["One by one"]], "the sheet of customers")
    with zipfile.ZipFile(file) as archive:
        for part in archive.namelist():
            expect(re.search(rb">P0\d\d<", archive.read(part)) is None, "no customer", part)
    shown = aurora("report", root, "--where", "town = 'Bern'", "--output", folder / "bern.xlsx").exits(0)
    expect_in("report on run", shown.out, "what is told")
    words = {row[0][0]: row[1][0] for row in sheets(folder / "bern.xlsx")["customers"] if len(row) == 2}
    expect_equal((words["Filters"], words["Rows"]), ("town = 'Bern'", "computed on 10 of 40 rows"), "the head")


@test("a report as PDF has A4 pages, upright where that is asked for")
def pdf(folder):
    if not os.access(CHROMIUM, os.X_OK):
        raise Skipped(f"there is no {CHROMIUM}")
    root = shared(published)
    for words, size in (((), (842, 595)), (("--portrait",), (595, 842))):
        file = folder / f"{size[0]}.pdf"
        aurora("report", root, "--output", file, *words, limit=180).exits(0)
        data = file.read_bytes()
        expect(data.startswith(b"%PDF-"), "a PDF", data[:20])
        pages = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
        expect({(round(float(w)), round(float(h))) for w, h in pages} == {size}, f"pages of {size}", pages)
        expect_equal(len(re.findall(rb"/Type /Page\b", data)) >= 2, True, "a sheet for each page at least")
    expect_equal(sorted(each.suffix for each in folder.iterdir()), [".pdf", ".pdf"], "the files")


@test("no browser, no such format, a folder that can't be written: each is said in words")
def mistakes(folder):
    root = shared(published)
    fake = folder / "fake"
    fake.write_text("#!/bin/sh\necho no display >&2\nexit 3\n")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    for browser, code, words in ((folder / "gone", "browser_missing", str(folder / "gone")),
                                 (fake, "browser_failed", "no display")):
        result = aurora("report", root, "--output", folder / "a.pdf", environment={"AURORA_CHROMIUM": str(browser)})
        result.exits(1).says(f"[{code}]", words)
    aurora("report", root, "--output", folder / "a.docx").exits(1).says("[unknown_format]", ".html, .pdf, .xlsx")
    for ending in ("html", "xlsx"):
        aurora("report", root, "--output", folder / "gone" / f"a.{ending}").exits(1).says("[file_unwritable]")
    expect_equal([each.name for each in folder.iterdir()], ["fake"], "the files")


def ask(server, path, body="{\"selections\": []}"):
    connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
    connection.request("POST", path, body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer, answer.read()


@test("the server gives the same files for a page under its selections, and refuses what singles out")
def routes(folder):
    root = shared(published)
    aurora("report", root, "--page", "main", "--output", folder / "a.html").exits(0)
    aurora("report", root, "--page", "main", "--output", folder / "a.xlsx").exits(0)
    with Server(root) as server:
        for ending, kind in (("html", "text/html; charset=utf-8"), ("xlsx", WORKBOOK)):
            answer, data = ask(server, f"/api/v1/pages/main/report.{ending}")
            expect_equal((answer.status, answer.headers["Content-Type"]), (200, kind), "the answer")
            expect_in("attachment; filename=\"main-", answer.headers["Content-Disposition"], "the disposition")
            expect(data == (folder / f"a.{ending}").read_bytes(), "the bytes of the command's file", "others")
            chosen = {"selections": [{"source": "s1", "dimension": "town", "values": ["Bern"]}]}
            answer, data = ask(server, f"/api/v1/pages/main/report.{ending}", json.dumps(chosen))
            expect_equal(answer.status, 200, "the status under a selection")
            expect_in(b"Bern", data, "the file")
            single = {"selections": [{"source": "s1", "dimension": "name", "values": ["P002"]}]}
            answer, data = ask(server, f"/api/v1/pages/main/report.{ending}", json.dumps(single))
            expect_equal((answer.status, json.loads(data)["code"]), (403, "not_permitted"), "one customer")
            expect_not_in("P002", data.decode(), "the refusal")
            answer, _ = ask(server, f"/api/v1/pages/gone/report.{ending}")
            expect_equal(answer.status, 404, "a page that is not there")
            answer, _ = ask(server, f"/api/v1/pages/main/report.{ending}", "[]")
            expect_equal(answer.status, 400, "a body that is not one")
