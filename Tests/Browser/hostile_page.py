"""Texts from data and project that try to be something else stay text, wherever a page shows them."""

import json

from harness import aurora, expect, expect_equal, expect_in, shared, test
from look import FAULTS
from projects import csv_text, project
from reports import Report
from visits import Visit

SCRIPT = "<script>window.hacked=1</script>"
IMAGE = "<img src=x onerror=window.hacked=1>"
FEW = [SCRIPT, IMAGE, "it's \"quoted\"", "שלום עולם", "👩‍👩‍👧‍👦 and 🏳️‍🌈", "é{figure|x}{b}%s${1}", "x" * 300]
MANY = FEW + [
    "</style><svg onload=window.hacked=1>", "javascript:window.hacked=1", "a\u202eb\u202cc",
    "line\nbreak", "&lt;b&gt; &amp;", "__proto__", "constructor", "toString", "W " * 150, "null", "=1+1", "."]


def quoted(text):
    """JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def hostile(where):
    return quoted(f"{SCRIPT}{IMAGE} {where} \"'`")


def hostile_report(folder):
    rows = [[f"P{n:03}", FEW[n % len(FEW)], MANY[n % len(MANY)], n % 40 + (900 if n % 2 else 0),
             n % 9] for n in range(140)]
    root = project(folder, csv_text(["id", "town", "place", "amount", "visits"], rows), {
        "aurora.yaml": f"type: project/v1\nname: {hostile('project')}\n"
                       f"description: {hostile('project description')}\n",
        "measures/customers.yaml": f"""\
type: measures/v1
of: customers
measures:
  customers: {{expression: count(*), label: {hostile('measure')}, description: {hostile('about')},
    format: integer, unit: {quoted(IMAGE)}}}
  total: {{expression: sum(amount), label: {hostile('total')}, format: currency, digits: 0}}
dimensions:
  town: {{expression: town, label: {hostile('town')}, description: {hostile('dimension')}}}
  place: {{expression: place, label: {hostile('place')}}}
  visits: {{expression: visits, label: {hostile('visits' + 'y' * 300)}, unit: {quoted(IMAGE)}}}
  amount: {{expression: amount, label: {hostile('amount')}}}
""",
        "segments/value.yaml": f"""\
type: segment/v1
label: {hostile('segmentation')}
model: customers
features: [{{column: amount}}, {{column: visits}}]
k_means: {{k: 2, seed: 1, restarts: 2}}
names: [{quoted(SCRIPT + ' one')}, {quoted(IMAGE + ' two')}]
""",
        "pages/main.yaml": f"""\
type: page/v1
title: {hostile('page')}
description: {hostile('page description')}
slicers:
  - list: {{dimension: town}}
  - list: {{dimension: place, label: {hostile('slicer')}}}
  - list: {{dimension: value}}
  - range: {{dimension: visits}}
visuals:
  - kpi: {{measure: customers, title: {hostile('kpi')}}}
  - donut: {{measure: customers, by: town, title: {hostile('donut')}, centre: {hostile('centre')}}}
  - bar: {{measure: total, by: place, title: {hostile('bar')}, subtitle: {hostile('subtitle')}}}
  - column: {{measure: customers, by: place, title: {hostile('column')}}}
  - stacked_bar: {{measure: customers, by: town, stack: place, title: {hostile('stacked')}}}
  - histogram: {{of: visits, title: {hostile('histogram')}}}
  - scatter: {{x: visits, y: amount, by: value, title: {hostile('scatter')}, x_label: {hostile('x')},
      y_label: {hostile('y')}}}
  - table: {{measures: [customers, total], by: [town, place], title: {hostile('table')}, width: 12, height: 4}}
  - text:
      title: {hostile('text')}
      width: 12
      height: 3
      paragraphs:
        - {{heading: {hostile('heading')}, segment: {quoted(SCRIPT + ' one')}, text: {hostile('paragraph')}}}
""",
        "pages/second.yaml": f"type: page/v1\ntitle: {hostile('second page')}\nposition: 9\n"
                             "visuals:\n  - kpi: {measure: customers}\n"})
    aurora("run", root).exits(0)
    return Report(root, root / ".aurora")


def title_of(visit, kind):
    return next(each["title"] for each in visit.description["visuals"] if each["type"] == kind)


def expect_only_text(visit, what):
    found = visit.evaluate("""() => ({
      hacked: window.hacked ?? null,
      polluted: [Object.prototype, Object, {}.toString].flatMap((each) => Object.keys(each)),
      strangers: [...document.querySelectorAll(
        "img, iframe, object, embed, style:not(head *), script:not([src]), [onerror], [onload], a[href^=javascript]")]
        .map((element) => element.outerHTML),
    })""")
    expect_equal(found, {"hacked": None, "polluted": [], "strangers": []}, f"what came of hostile texts in {what}")


def flat(text):
    return " ".join(text.split())


@test("hostile texts in data, names, titles and paragraphs are shown as text everywhere")
def everywhere(folder):
    report = shared(hostile_report)
    with report.serve() as server, Visit(server) as visit:
        visit.open("main")
        visual = {each["type"]: each["title"] for each in visit.description["visuals"]}
        page = flat(visit.evaluate("document.body.innerText"))
        for where in ("project", "page", "page description", "second page", "town", "slicer",
                      "segmentation", "kpi", "donut", "bar", "subtitle", "column",
                      "stacked", "histogram", "scatter", "table", "text", "heading", "paragraph"):
            expect_in(flat(json.loads(hostile(where))), page, f"the page's text ({where})")
        expect_in(IMAGE, visit.text(".kpi-unit"), "the unit")
        expect_only_text(visit, "the page")

        shown = {row[0] for row in visit.rows(visual["table"])}
        expect(SCRIPT in shown and IMAGE in shown, "hostile names in the table", shown)

        # Tiles, chips and the line of filters.
        for value in (SCRIPT, IMAGE, FEW[-1]):
            with visit.drawing():
                visit.window.locator(f'[data-slicer="s1"] [data-value={quoted(value)}]').click()
            expect_equal(visit.selections()[0]["values"], [value], "the filter")
            expect_equal(visit.answer(visual["kpi"])["rows"], [[20]], f"customers of {value!r}")
            expect_in(flat(value), flat(visit.window.locator(".chip").get_attribute("title")),
                      "the chip")
            expect_only_text(visit, f"the filter {value!r}")
            visit.clear_all()

        # The drop-down, its search and its options.
        visit.window.locator('[data-slicer="s2"] .dropdown-button').click()
        options = visit.window.locator('[data-slicer="s2"] .option')
        # As selectors give them: without the breaks of lines.
        expect_equal(sorted(flat(text) for text in options.all_text_contents()),
                     sorted(map(flat, MANY)), "the options")
        visit.window.keyboard.type("<IMG")
        visit.wait("document.querySelectorAll('[data-slicer=s2] .option').length === 1",
                   "one option")
        with visit.drawing():
            options.first.click()
        expect_in(IMAGE, visit.window.locator('[data-slicer="s2"] .value').inner_text(),
                  "the drop-down")
        expect_only_text(visit, "the drop-down")
        visit.window.keyboard.press("Escape")
        visit.clear_all()


@test("hostile texts are text in tooltips, tables of charts and About, and their marks can be clicked")
def in_charts(folder):
    report = shared(hostile_report)
    with report.serve() as server, Visit(server) as visit:
        visit.open("main")
        visual = {each["type"]: each["title"] for each in visit.description["visuals"]}
        for kind, key, value in (
                ("donut", SCRIPT, SCRIPT), ("donut", IMAGE, IMAGE), ("bar", MANY[7], MANY[7]),
                ("column", SCRIPT, SCRIPT), ("stacked_bar", [IMAGE, visit.answer(
                    visual["stacked_bar"])["rows"][0][1]], None)):
            if kind == "stacked_bar":
                row = next(row for row in visit.answer(visual[kind])["rows"] if row[0] == IMAGE)
                key, value = row[:2], row[0]
            expect_in(flat(value), flat(visit.hover(visual[kind], key)), f"the tooltip of {kind}")
            expect_only_text(visit, f"a tooltip of {kind}")
        for button in visit.window.get_by_role("button", name="as a table").all():
            button.click()
        expect_only_text(visit, "tables of charts")
        for kind in ("donut", "bar"):
            names = {row[0] for row in visit.rows(visual[kind])}
            expect({SCRIPT, IMAGE} <= names, f"hostile names in the table of {kind}", names)
        for button in visit.window.get_by_role("button", name="as a table").all():
            button.click()
        for title in (visual["donut"], visual["table"]):
            visit.card(title).locator(".card-actions button").last.click()
            about = flat(visit.window.locator(".about:popover-open").inner_text())
            for where in ("about", "town"):
                expect_in(flat(json.loads(hostile(where))), about, "About")
            expect_only_text(visit, "About")
            visit.window.keyboard.press("Escape")
        for kind, key in (("donut", IMAGE), ("bar", MANY[7]), ("column", SCRIPT), ("table", SCRIPT)):
            visit.click(visual[kind], key)
            expect_in(key, visit.selections()[0]["values"], f"the filter after a click in {kind}")
            expect_only_text(visit, f"a click in {kind}")
            visit.clear_all()
        visit.expect_no_remarks()


@test("hostile texts move nothing out of its place, in a window, on a phone and in the dark")
def in_place(folder):
    report = shared(hostile_report)
    with report.serve() as server:
        for width, dark in ((1440, False), (420, True)):
            with Visit(server, width, dark=dark) as visit:
                visit.open("main")
                expect_equal(visit.evaluate(FAULTS), [], f"faults at {width} pixels")
                expect_only_text(visit, "the page")
                if width == 420:
                    visit.window.get_by_role("button", name="Filters").click()
                    wide = visit.evaluate("document.querySelector('dialog').scrollWidth")
                    expect(wide <= width, f"the sheet to be {width} wide at most", wide)
                visit.expect_no_remarks()
