"""Slicers of every kind: shares on tiles, days, hierarchies; with the mouse and with keys alone."""

from harness import aurora, expect, expect_equal, expect_in, test
from reports import Report
from visits import Visit

ROWS = [
    # id, town, branch, joined, amount
    ("P1", "North", "Alder", "2025-01-10", 10), ("P2", "North", "Alder", "2025-11-05", 20),
    ("P3", "North", "Birch", "2025-12-20", 30), ("P4", "South", "Cedar", "2024-06-15", 40),
    ("P5", "South", "Cedar", "2025-12-31", 50), ("P6", "South", "Dogwood", "2025-12-01", 60),
    ("P7", "West", "Elm", "2024-02-29", 70),
]

PAGE = """\
type: page/v1
title: Branches
slicers:
  - tiles: {id: towns, dimension: town, share: customers}
  - date: {id: days, dimension: joined, periods: [last_30_days, this_year, previous_year]}
  - hierarchy: {id: places, dimensions: [town, branch], count: customers, label: Place}
  - parameter: {id: raise, parameter: uplift}
visuals:
  - kpi: {id: all, measure: customers, title: Customers}
  - kpi: {id: hoped, measure: hoped, title: Hoped}
  - bar: {id: by_branch, measure: customers, by: branch, title: By branch}
bookmarks:
  - name: north
    title: Only the north
    text: What the northern branches have.
    filters: {town: {values: [North]}}
  - name: late
    title: The last 30 days
    filters: {joined: {period: last_30_days}}
    parameters: {uplift: 0.2}
  - name: big
    title: Beside the story
    filters: {amount: {from: 40}}
STORY"""

MEASURES = """\
type: measures/v1
of: customers
parameters:
  uplift: {label: Uplift, from: 0, to: 0.5, step: 0.05, default: 0, format: percent}
measures:
  customers: {expression: count(*), label: Customers, format: integer}
  hoped: {expression: sum(amount * (1 + uplift)), label: Hoped, format: decimal, digits: 1}
dimensions:
  town: {expression: town, label: Town}
  branch: {expression: branch, label: Branch}
  joined: {expression: joined, label: Joined}
  amount: {expression: amount, label: Amount, format: integer}
"""


def report(folder, story=""):
    files = {
        "aurora.yaml": "type: project/v1\nname: Branches\nas_of: 2025-12-31\nlocale: en-GB\n",
        "sources/file.yaml": "type: source/v1\ncsv: {file: people.csv}\n",
        "models/customers.yaml": "type: model/v1\nfrom: file\nkey: id\n",
        "measures/customers.yaml": MEASURES,
        "pages/main.yaml": PAGE.replace("STORY", story),
        "people.csv": "id,town,branch,joined,amount\n" + "".join(
            ",".join(map(str, row)) + "\n" for row in ROWS),
    }
    for name, text in files.items():
        path = folder / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    root = folder / "project"
    aurora("run", root).exits(0)
    return Report(root, root / ".aurora")


def figure(visit, name):
    return visit.evaluate("id => aurora.visual(id).rows[0][0]", name)


def said(root, where, measure="customers", *words):
    conditions = [word for condition in where for word in ("--where", condition)]
    answer = aurora("query", root.project, "--state", root.state, "--json", "--measures", measure,
                    *conditions, *words).exits(0).json
    return answer["rows"][0][0]


@test("tiles show what share each value holds under the other filters, and several add up")
def tiles(folder):
    root = report(folder)
    with root.serve() as server, Visit(server) as visit:
        visit.open("main")
        shares = """() => [...document.querySelectorAll('[data-slicer="towns"] .tile')].map((tile) =>
          tile.innerText.replace(/\\s+/g, " ").trim())"""
        expect_equal(visit.evaluate(shares), ["North 43%", "South 43%", "West 14%"], "the tiles")
        for town in ("North", "South"):
            with visit.drawing():
                visit.window.locator(f'[data-slicer="towns"] [data-value="{town}"]').click()
        expect_equal(figure(visit, "all"), said(root, ["town in ('North', 'South')"]), "customers")
        expect_equal(visit.evaluate(shares), ["North 43%", "South 43%", "West 14%"],
                     "the tiles, which their own choice does not filter")
        visit.click("By branch", "Cedar")
        expect_equal(visit.evaluate(shares), ["North 0%", "South 100%", "West 0%"],
                     "the tiles under another filter")
        visit.expect_no_remarks()


@test("a date slicer picks periods from the as-of date and days of one's own, with keys alone")
def dates(folder):
    root = report(folder)
    with root.serve() as server, Visit(server) as visit:
        visit.open("main")
        button = visit.window.locator('[data-slicer="days"] .dropdown-button')
        button.focus()
        visit.window.keyboard.press("Enter")
        visit.wait("() => document.activeElement.closest('.date-panel')", "the focus in the panel")
        expect_in("As of 31 Dec 2025, the project's date", visit.text(".date-panel .as-of"), "the panel")
        with visit.drawing():
            visit.window.keyboard.press("Enter")
        expect_equal(visit.selections(), [{
            "source": "days", "dimension": "joined", "range": ["2025-12-02", "2025-12-31"],
            "period": "last_30_days"}], "the selection")
        expect_equal(figure(visit, "all"), said(
            root, ["joined >= '2025-12-02' and joined <= '2025-12-31'"]), "customers")
        expect_in("Last 30 days (", visit.text(".filter-line"), "the line of filters")
        with visit.drawing():
            visit.window.get_by_label("Joined, from").fill("2025-11-01")
            visit.window.get_by_label("Joined, from").dispatch_event("change")
        expect_equal(visit.selections(), [{
            "source": "days", "dimension": "joined", "range": ["2025-11-01", "2025-12-31"]}],
            "the selection of one's own days")
        chosen = visit.selections()
        visit.wait("() => location.hash.includes('view=')", "a state in the address")
        visit.drawn = 0
        visit.window.reload()
        visit.wait_until_drawn()
        expect_equal(visit.selections(), chosen, "the selection after a reload")
        visit.expect_no_remarks()


@test("a hierarchy chooses a branch with all that lies in it, one part less, and is searched")
def hierarchy(folder):
    root = report(folder)
    with root.serve() as server, Visit(server) as visit:
        visit.open("main")
        visit.window.locator('[data-slicer="places"] .dropdown-button').click()
        panel = visit.window.locator(".tree-panel")
        visit.wait("() => document.querySelectorAll('.tree > li').length === 3", "three branches")
        south = panel.get_by_role("checkbox", name="South 3")
        with visit.drawing():
            south.check()
        expect_equal(visit.selections(), [{
            "source": "places", "dimension": "town", "dimensions": ["town", "branch"],
            "paths": [["South"]]}], "the selection of a branch")
        expect_equal(figure(visit, "all"), said(root, ["town = 'South'"]), "customers")
        south.focus()
        visit.window.keyboard.press("ArrowRight")
        visit.wait("() => document.querySelectorAll('.branches li').length === 2", "its parts")
        visit.window.keyboard.press("ArrowDown")
        with visit.drawing():
            visit.window.keyboard.press("Space")
        expect_equal(visit.selections()[0]["paths"], [["South", "Dogwood"]], "the paths left")
        expect_equal(figure(visit, "all"), said(
            root, ["town = 'South' and branch = 'Dogwood'"]), "customers")
        expect(visit.evaluate(
            "document.querySelector('.tree input').indeterminate === false && "
            "[...document.querySelectorAll('.tree > li > .branch input')][1].indeterminate"),
            "the branch to be chosen in part", "otherwise")
        panel.get_by_role("searchbox").fill("eL")
        visit.wait("() => document.querySelector('.tree').innerText.includes('West › Elm')",
                   "what the search finds")
        with visit.drawing():
            panel.get_by_role("checkbox", name="West › Elm 1").check()
        expect_equal(figure(visit, "all"), said(
            root, ["(town = 'South' and branch = 'Dogwood') or (town = 'West' and branch = 'Elm')"]),
            "customers")
        visit.expect_no_remarks()


@test("a parameter's slider recomputes what depends on it, is named, and is in the address")
def parameter(folder):
    root = report(folder)
    with root.serve() as server, Visit(server) as visit:
        visit.open("main")
        expect_equal(figure(visit, "hoped"), said(root, [], "hoped"), "the usual figure")
        handle = visit.window.get_by_role("slider", name="Uplift")
        handle.focus()
        for key in ("ArrowRight", "ArrowRight"):
            with visit.drawing():
                visit.window.keyboard.press(key)
        visit.wait("() => aurora.visual('hoped').rows[0][0] > 300", "the raised figure")
        expect_equal(figure(visit, "hoped"), said(root, [], "hoped", "--set", "uplift=0.1"),
                     "the figure with an uplift")
        expect_equal(visit.text(".parameter-value"), "10%", "the slider's value")
        expect_in("What if Uplift: 10%", visit.text(".filter-line"), "the line of filters")
        expect_in("All 7 rows", visit.text(".filter-line"), "the line of filters")
        visit.wait("() => location.hash.includes('view=')", "a state in the address")
        visit.drawn = 0
        visit.window.reload()
        visit.wait_until_drawn()
        expect_equal(figure(visit, "hoped"), said(root, [], "hoped", "--set", "uplift=0.1"),
                     "the figure after a reload")
        visit.clear_all()
        expect_equal(figure(visit, "hoped"), said(root, [], "hoped"), "the figure as usual again")
        visit.expect_no_remarks()


@test("bookmarks are views in a menu, and a story tells them with arrows and its step in the address")
def story(folder):
    root = report(folder, "story: [north, late]\n")
    with root.serve() as server, Visit(server) as visit:
        visit.open("main")
        expect_equal(visit.text(".told h2"), "Only the north", "the first step")
        expect_equal(figure(visit, "all"), said(root, ["town = 'North'"]), "customers in the north")
        expect_equal(visit.evaluate("location.hash"), "#main", "the address of the first step")
        with visit.drawing():
            visit.window.keyboard.press("ArrowRight")
        expect_equal(visit.text(".told h2"), "The last 30 days", "the second step")
        expect_equal(figure(visit, "hoped"), said(
            root, ["joined >= '2025-12-02'"], "hoped", "--set", "uplift=0.2"), "the hoped figure")
        visit.wait("() => location.hash === '#main?step=2'", "the step in the address")
        visit.window.keyboard.press("ArrowRight")  # there is no third step
        with visit.drawing():
            visit.window.locator(".bookmarks-button").click()
            visit.window.locator('[data-bookmark="big"]').click()
        expect_equal(figure(visit, "all"), said(root, ["amount >= 40"]), "customers of the view")
        visit.wait("() => location.hash.startsWith('#main?step=2&view=')", "the view in the address")
        with visit.drawing():
            visit.window.go_back()
        expect_equal(figure(visit, "all"), said(root, ["joined >= '2025-12-02'"]), "customers again")
        with visit.drawing():
            visit.window.get_by_role("button", name="Back", exact=True).click()
        expect_equal(visit.text(".told h2"), "Only the north", "the first step again")
        visit.clear_all()
        visit.wait("() => location.hash.endsWith('view=all')", "that nothing is chosen, in the address")
        visit.drawn = 0
        visit.window.reload()
        visit.wait_until_drawn()
        expect_equal(visit.selections(), [], "the selections after a reload")
        visit.expect_no_remarks()


@test("on a phone, slicers of all kinds are in the sheet and nothing is wider than the window")
def phone(folder):
    root = report(folder)
    with root.serve() as server, Visit(server, width=420, height=800) as visit:
        visit.open("main")
        visit.window.locator(".open-sheet").click()
        for name in ("towns", "days", "places", "raise"):
            expect(visit.window.locator(f'.sheet [data-slicer="{name}"]').is_visible(),
                   f"the slicer {name} in the sheet", "hidden")
        visit.window.locator('.sheet [data-slicer="days"] .dropdown-button').click()
        with visit.drawing():
            visit.window.locator('[data-period="this_year"]').click()
        expect_equal(figure(visit, "all"), said(root, ["joined >= '2025-01-01'"]), "customers")
        wide = visit.evaluate("document.documentElement.scrollWidth")
        expect(wide <= 420, "nothing wider than the window", wide)
        visit.expect_no_remarks()
