"""Flows from run to run, boxes over maps, figures in texts, bars beside a large "Other": on one small project."""

import json
import re

import maps
import reports
from harness import HOME, aurora, expect, expect_equal, expect_in, shared, test
from saved_reports import DRAWN, Saved, saved
from segments import SIDEWAYS
from visits import Visit

TOWNS = 60


def rows(month):
    """300 customers in three groups of amounts; in the second month ten have moved, five are gone and four are new."""
    lines = ["id,town,kind,age,amount"]
    for number in range(300 if month == 1 else 304):
        if month == 2 and 290 <= number < 295:
            continue
        group = number % 3
        if month == 2 and number < 30 and group == 0:
            group = 1
        amount = [100, 1000, 5000][group] + number % 17
        town = f"Town {number % 8}" if number % 4 == 0 else f"Village {number % TOWNS}"
        lines.append(f"C{number:03},{town},{'old' if number % 2 else 'young'},{20 + number % 50},{amount}")
    return "\n".join(lines) + "\n"


FILES = {
    "aurora.yaml": "type: project/v1\nname: Runs\nlocale: en-US\ncurrency: EUR\n",
    "sources/people.yaml": "type: source/v1\ncsv: {file: customers.csv}\n",
    "models/customers.yaml": "type: model/v1\nfrom: people\nkey: id\n",
    "segments/groups.yaml": """\
type: segment/v1
label: Group
model: customers
features: [column: amount]
k_means: {k: 3}
names: [Low, Middle, High]
""",
    "measures/customers.yaml": """\
type: measures/v1
of: customers
parameters:
  raise: {label: Raise, from: 0, to: 0.5, step: 0.1, default: 0, format: percent}
measures:
  customers: {expression: count(*), label: Customers, format: integer}
  hoped: {expression: sum(amount * (1 + raise)), label: Hoped for, format: currency, digits: 0}
dimensions:
  town: {expression: town, label: Town}
  kind: {expression: kind, label: Kind}
  age: {expression: age, label: Age, format: integer}
""",
    "pages/runs.yaml": """\
type: page/v1
title: Runs
slicers:
  - list: {dimension: kind}
  - parameter: {parameter: raise}
visuals:
  - migration: {title: Where they went, segmentation: groups}
  - donut: {title: Groups, measure: customers, by: groups, width: 6}
  - bar: {title: Towns, measure: customers, by: town, top: 6, width: 6}
  - text:
      title: In words
      paragraphs:
        - {text: "We have {customers} customers, {not a measure}."}
        - {segment: High, text: "{customers} of them are high."}
  - biplot: {title: How they lie, segmentation: plane, width: 6}
bookmarks:
  - name: young
    title: The young
    text: "{customers} young ones hope for {hoped}."
    filters: {kind: {values: [young]}}
    parameters: {raise: 0.5}
  - {name: everybody, title: Everybody, text: "{customers} in all."}
""",
    "segments/plane.yaml": """\
type: segment/v1
label: Plane
model: customers
features: [column: amount, column: age]
k_means: {k: 2}
""",
    "pages/told.yaml": """\
type: page/v1
title: Told
visuals:
  - kpi: {title: People, measure: customers}
  - recommendation:
      title: Write to the high
      text: "{customers} of them."
      action: Write.
      size: customers
      for: [{dimension: groups, values: [High]}, {dimension: kind, values: [old]}]
  - recommendation:
      title: Call the low
      text: "{customers} of them."
      action: Call.
      size: customers
      for: [{dimension: groups, values: [Low]}]
bookmarks:
  - {name: first, title: First, text: "{customers} people."}
  - {name: second, title: Second, text: "<b>{customers}</b> of them are old.", filters: {kind: {values: [old]}}}
story: [first, second]
""",
}


def published(folder):
    report = reports.written(folder, FILES, {"customers.csv": rows(1)})
    (folder / "data/customers.csv").write_text(rows(2))
    return report.publish(folder / "data")


def report():
    return shared(published)


on_page = reports.on_page("runs", report)


def migration(report):
    """The flows as `aurora show migration` tells them."""
    said = aurora("show", "migration", report.project, "--state", report.state, "--name", "groups", "--json").exits(0).json
    return said[0] if isinstance(said, list) else said.get("migration", said)


@on_page("flows between two runs have the figures of aurora show migration, with new and gone customers")
def flows(visit, report):
    answer = visit.answer("Where they went")
    found = {(row[0], row[1], row[2]): row[3] for row in answer["rows"]}
    said = json.dumps(migration(report))
    expect_equal(found, {("same", "Low", "Low"): 88, ("changed", "Low", "Middle"): 10, ("gone", "Low", None): 2,
                         ("same", "Middle", "Middle"): 99, ("gone", "Middle", None): 1, ("same", "High", "High"): 98,
                         ("gone", "High", None): 2, ("new", None, "Low"): 2, ("new", None, "Middle"): 1,
                         ("new", None, "High"): 1}, f"the flows beside {said[:2000]}")
    expect_in("10 moved to another segment", visit.card("Where they went").inner_text().replace("\xa0", " "), "the words")
    expect_in("299 of 299 rows", " ".join(visit.card("Where they went").locator(".card-foot").inner_text().split()), "the foot")
    before = answer["rows"]
    visit.click("Where they went", [1, "Middle"])
    expect_equal(visit.selections(), [{"source": visit.visual("Where they went"), "dimension": "groups", "values": ["Middle"]}],
                 "the selections")
    expect_equal(visit.answer("Towns")["rows_used"], 110, "customers of the segment now")
    expect_equal(visit.answer("Where they went")["rows"], before, "the flows under a filter")
    x, y = visit.place("Where they went", [0, "High"])
    visit.window.mouse.click(x, y)
    visit.window.wait_for_timeout(200)
    expect_equal(len(visit.selections()), 1, "selections after a click on a segment of the run before")
    tip = visit.hover("Where they went", [1, None])
    expect_in("Gone", tip, "the tooltip")


@on_page("the flows' table names every flow, and picks segments of this run from the keyboard")
def flow_table(visit, report):
    visit.window.get_by_role("button", name="Show Where they went as a table").click()
    shown = visit.rows("Where they went")
    expect_in(["Low", "Middle", "10", "10", "0", "0"], shown, "the rows")
    expect_in(["New customers", "High", "1", "–", "–", "–"], shown, "the rows")
    button = visit.card("Where they went").get_by_role("button", name="High", exact=True).first
    button.focus()
    with visit.drawing():
        visit.window.keyboard.press("Enter")
    expect_equal(visit.answer("Towns")["rows_used"], 99, "customers of the segment now")


@test("before a second run the flows' card says that there is none to compare with")
def first_run(folder):
    first = reports.written(folder, FILES, {"customers.csv": rows(1)})
    with first.serve() as server, Visit(server, 420, dark=True) as visit:
        visit.open("runs")
        expect_in("No earlier run to compare with", visit.card("Where they went").inner_text(), "the card")
        expect_equal(visit.evaluate(SIDEWAYS), [], "what sticks out")
        visit.expect_no_remarks()


@on_page("a card says once on how many rows its biplot is computed")
def once(visit, report):
    words = visit.card("How they lie").inner_text()
    expect_equal(words.count("Computed on"), 1, "how often it says so")


@on_page("rare values that would dwarf the bars stand in words below them, in the table and in the image")
def other(visit, report):
    card = visit.card("Towns")
    remark = " ".join(card.locator(".chart-remark").inner_text().split())
    rare = next(row for row in visit.answer("Towns")["rows"] if isinstance(row[0], dict))
    share = f"{100 * rare[1] / 299:.0f}%"
    expect_equal(remark, f"Other ({rare[0]['other']} levels): {rare[1]}, {share} of all", "the line")
    visit.window.get_by_role("button", name="Show Towns as a table").click()
    expect_in([f"Other ({rare[0]['other']} levels)", str(rare[1])], [row[:2] for row in visit.rows("Towns")], "the table")


@on_page("a paragraph's figures follow the filters, and are those of its segment")
def paragraphs(visit, report):
    words = visit.card("In words").inner_text()
    expect_in("We have 299 customers, {not a measure}.", words, "the first paragraph")
    expect_in("99 of them are high.", words, "the second paragraph")
    visit.tile("Kind", "old")
    count = report.query(["customers"], where=["kind = 'old'"])["rows"][0][0]
    expect_in(f"We have {count} customers", visit.card("In words").inner_text(), "the first paragraph of the old")


@on_page("a bookmark's text has the figures of its own filters and parameters, whatever is chosen")
def bookmark(visit, report):
    young = report.query(["customers"], where=["kind = 'young'"])["rows"][0][0]
    hoped = aurora("query", report.project, "--state", report.state, "--json", "--measures", "hoped", "--where",
                   "kind = 'young'", "--set", "raise=0.5").exits(0).json["rows"][0][0]
    visit.tile("Kind", "old")
    visit.window.locator(".bookmarks-button").click()
    entry = visit.window.locator('[data-bookmark="young"] .bookmark-text')
    expect_equal(entry.inner_text(), f"{young} young ones hope for €{hoped:,.0f}.", "the text")
    with visit.drawing():
        entry.click()
    expect_equal(visit.answer("Towns")["rows_used"], young, "customers under the bookmark")


@test("a story's texts have their figures, and are text")
def story(folder):
    with report().serve() as server, Visit(server) as visit:
        visit.open("told")
        expect_in("299 people.", visit.text(".told-words"), "the first step")
        with visit.drawing():
            visit.window.locator(".told-steps").get_by_role("button", name="Next").click()
        old = report().query(["customers"], where=["kind = 'old'"])["rows"][0][0]
        expect_in(f"<b>{old}</b> of them are old.", visit.text(".told-words"), "the second step")
        visit.expect_no_remarks()


@test("a scored customer's card shows the recommendations for its segment, with what the form does not ask")
def recommended(folder):
    with report().serve() as server, Visit(server) as visit:
        visit.window.goto(f"{visit.address}/#/segments/groups/score")
        visit.wait_until_drawn()
        for amount, title, condition in (("5004", "Write to the high", "Kind: old"), ("104", "Call the low", None)):
            field = visit.window.locator("#score-amount")
            field.fill(amount)
            visit.window.keyboard.press("Enter")
            visit.wait("title => document.querySelector('.score-advice')?.innerText.includes(title)", title, title)
            advice = visit.text(".score-advice")
            expect_equal(visit.window.locator(".score-recommendation").count(), 1, "recommendations")
            if condition:
                expect_in(condition, advice, "what else must hold")
            where = "groups = 'High' and kind = 'old'" if condition else "groups = 'Low'"
            count = report().query(["customers"], where=[where])["rows"][0][0]
            expect_in(f"{count} of them.", advice, "its figure")
        visit.expect_no_remarks()


# MARK: Boxes over maps


def drag(visit, start, end, shift=False):
    if shift:
        visit.window.keyboard.down("Shift")
    visit.window.mouse.move(*start)
    visit.window.mouse.down()
    visit.window.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=3)
    visit.window.mouse.move(*end, steps=3)
    visit.window.mouse.up()
    if shift:
        visit.window.keyboard.up("Shift")


on_maps = reports.on_page("maps", maps.report)


def around(visit, title, keys, room=12):
    places = [visit.place(title, key) for key in keys]
    xs, ys = zip(*places)
    return (min(xs) - room, min(ys) - room), (max(xs) + room, max(ys) + room)


@on_maps("a box over regions selects those whose middle lies inside, and with shift others join")
def box_of_regions(visit, report):
    title = "Customers by part"
    with visit.drawing():
        drag(visit, *around(visit, title, ["A", "Beta"]))
    selection = visit.selections()[0]
    expect_equal((selection["dimension"], sorted(selection["values"])), ("part", ["A", "Beta"]), "the selection")
    maps.expect_all(visit, report, title, ["part in ('A', 'Beta')"])
    with visit.drawing():
        drag(visit, *around(visit, title, ["Delta"]), shift=True)
    expect_equal(sorted(visit.selections()[0]["values"]), ["A", "Beta", "Delta"], "the selection with shift")


@on_maps("a box over bubbles selects them; nearer by, dragging moves the map until boxes are asked for")
def box_of_bubbles(visit, report):
    title = "Customers by town"
    with visit.drawing():
        drag(visit, *around(visit, title, ["Dal", "Elk"]))
    expect_equal(sorted(visit.selections()[0]["values"]), ["Dal", "Elk"], "the selection")
    visit.window.keyboard.press("Escape")
    visit.wait_until_drawn()
    card = visit.card(title)
    boxes = card.get_by_role("button", name=re.compile("Drag to select"))
    expect_equal(boxes.is_visible(), False, "the button for boxes before the map is near")
    card.get_by_role("button", name=re.compile("Zoom in")).click()
    visit.wait("document.querySelector('.map-zoom [aria-pressed]:not([hidden])') !== null", "the button for boxes")
    before = visit.place(title, "Ark")
    drag(visit, before, (before[0] + 40, before[1] + 20))
    visit.window.wait_for_timeout(200)
    expect_equal(visit.selections(), [], "selections after the map was moved")
    after = visit.place(title, "Ark")
    expect(abs(after[0] - before[0] - 40) < 8, "a map that has moved by 40 pixels", (before, after))
    boxes.click()
    with visit.drawing():
        drag(visit, *around(visit, title, ["Ark"]))
    expect_in("Ark", visit.selections()[0]["values"], "the selection")


@on_maps("a box over places without names selects the degrees among which they lie")
def box_of_places(visit, report):
    title = "Places alone"
    with visit.drawing():
        drag(visit, *around(visit, title, [[54.6, 8.9], [54.2, 11.1]]))
    expect_equal([(each["dimension"], each["range"]) for each in visit.selections()],
                 [("north", [54.2, 54.6]), ("east", [8.9, 11.1])], "the selections")
    maps.expect_all(visit, report, title, ["north >= 54.2 and north <= 54.6 and east >= 8.9 and east <= 11.1"])


@test("a saved report has the flows, the line of rare values and the figures in words")
def in_a_file(folder):
    file = saved(report(), folder)
    with Saved(file, width=420, dark=True) as visit:
        visit.show()
        found = visit.evaluate(DRAWN)
        expect_equal((found["blank"], found["busy"], found["tooWide"]), (0, 0, False), "faults")
        words = visit.evaluate("document.body.innerText")
        for part in ("10 moved to another segment", "We have 299 customers", "levels): "):
            expect_in(part, words, "the file")
        visit.expect_no_remarks()


@test("index.html names all modules that app.js takes, so that no browser finds them step by step")
def preloads(folder):
    found = ["app.js"]
    for name in found:
        text = (HOME / "Web" / name).read_text()
        for other in re.findall(r'^(?:import|export)\s[^;]*?from "\./([^"]+)";', text, re.M):
            if other not in found:
                found.append(other)
    named = re.findall(r'rel="modulepreload" href="/web/([^"]+)"', (HOME / "Web/index.html").read_text())
    expect_equal(sorted(named), sorted(found[1:]), "the modules that index.html names")
