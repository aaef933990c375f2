"""What a mark leads to: its menu, the customers behind it, the next level; what marks do to other visuals."""

import csv
import io

import look
import readers
import reports
from harness import expect, expect_equal, expect_in, shared, test
from visits import Visit

BANDS = ["young", "middle", "old"]


def rows():
    lines = ["id,region,city,age,spent"]
    for number in range(240):
        region = ["north", "south", "west"][number % 3]
        city = f"{region} {'ABCD'[number // 3 % 4]}"
        lines.append(f"K{number:03},{region},{city},{18 + number * 37 % 60},{number * 53 % 900}.50")
    return "\n".join(lines) + "\n"


def cards():
    """Of every second customer one card or two, of the others none."""
    lines = ["nr,owner,kind"]
    for number in range(0, 240, 2):
        lines.append(f"{number},K{number:03},{'credit' if number % 3 else 'debit'}")
        if number % 4 == 0:
            lines.append(f"{number + 1000},K{number:03},credit")
    return "\n".join(lines) + "\n"


FILES = {
    "aurora.yaml": "type: project/v1\nname: Marks\nlocale: en-US\ncurrency: EUR\n",
    "sources/people.yaml": "type: source/v1\ncsv: {file: people.csv}\n",
    "sources/card_file.yaml": "type: source/v1\ncsv: {file: cards.csv}\n",
    "models/customers.yaml": """\
type: model/v1
from: people
key: id
steps:
  - bucket: {column: age, into: band, edges: [35, 55], labels: [young, middle, old]}
""",
    "models/cards.yaml": "type: model/v1\nfrom: card_file\nkey: nr\nreferences: {customers: owner}\n",
    "segments/value.yaml": """\
type: segment/v1
label: Value
model: customers
features: [{column: age}, {column: spent}]
k_means: {k: 3, seed: 1}
""",
    "measures/customers.yaml": """\
type: measures/v1
of: customers
measures:
  customers: {expression: count(*), label: Customers, format: integer}
  average: {expression: avg(spent), label: Average spending, format: currency, digits: 2}
dimensions:
  region: {expression: region, label: Region}
  city: {expression: city, label: City}
  band: {expression: band, label: Band}
  age: {expression: age, label: Age, format: integer, unit: years}
  spent: {expression: spent, label: Spent, format: currency}
""",
    "measures/cards.yaml": """\
type: measures/v1
of: cards
measures:
  cards: {expression: count(*), label: Cards, format: integer}
  credit_cards: {expression: count(*) FILTER (WHERE kind = 'credit'), label: Credit cards, format: integer}
dimensions: {kind: {expression: kind, label: Kind}}
""",
    "pages/marks.yaml": """\
type: page/v1
title: Marks
slicers:
  - list: {dimension: band}
visuals:
  - kpi: {measure: customers, title: All of them, width: 4}
  - kpi: {measure: credit_cards, width: 4}
  - bar: {title: Customers by place, measure: customers, by: region, drill: [city, band], width: 6}
  - column: {title: Cards by kind, measure: cards, by: kind, width: 6}
  - column: {title: Bands highlighted, measure: customers, by: band, interaction: highlight, width: 4}
  - stacked_bar: {title: Pieces highlighted, measure: customers, by: band, stack: region, interaction: highlight, width: 4}
  - donut: {title: Slices highlighted, measure: customers, by: region, interaction: highlight, width: 4}
  - histogram: {title: Ages highlighted, of: age, bins: 12, interaction: highlight, width: 4}
  - donut: {title: Untouched, measure: customers, by: band, interaction: none, width: 4}
  - bar: {title: Averages highlighted, measure: average, by: band, interaction: highlight, width: 4}
  - heat_map: {title: Places and bands, measure: customers, by: region, across: band, drill: [city], width: 6}
  - scatter: {title: Age and spending, x: age, y: spent, by: region, width: 6}
  - table: {title: Places in figures, measures: [customers, average], by: [region, band], width: 12}
""",
}


def published(folder):
    return reports.written(folder, FILES, {"people.csv": rows(), "cards.csv": cards()})


def report():
    return shared(published)


on_page = reports.on_page("marks", report)


def open_menu(visit, title, key):
    """The menu of a mark, by the right button of the mouse."""
    x, y = visit.place(title, key)
    visit.window.mouse.click(x, y, button="right")
    return entries(visit)


def entries(visit):
    return visit.wait(
        "() => { const menu = document.querySelector('.mark-menu:popover-open');"
        "return menu && [...menu.querySelectorAll('.menu-entry')].map((each) => each.innerText); }",
        "the menu of a mark")


def choose(visit, words):
    visit.window.locator(".mark-menu .menu-entry").filter(has_text=words).click()


def wait_for_rows(visit, count):
    """Waits for the rows behind a mark; gives what the dialog holds."""
    visit.wait(
        "words => document.querySelector('.rows-dialog .rows-table') && "
        "document.querySelector('.rows-count').innerText.startsWith(words)",
        f"{count} rows behind the mark", f"{count} of ")
    return visit.evaluate("""() => ({
      title: document.querySelector('.rows-dialog h2').innerText,
      lead: document.querySelector('.rows-lead').innerText,
      count: document.querySelector('.rows-count').innerText,
      heads: [...document.querySelectorAll('.rows-table thead .sorter > span:first-child')].map((each) => each.innerText),
      keys: [...document.querySelectorAll('.rows-table tbody th')].map((each) => each.innerText),
    })""")


def close_rows(visit):
    visit.window.keyboard.press("Escape")
    visit.wait("!document.querySelector('.rows-dialog')", "the dialog to be closed")


@on_page("a right click on a bar leads to the customers behind it, under the filters of the page")
def drill_through(visit, report):
    expect_equal(open_menu(visit, "Customers by place", "north"),
                 ["Go down to City", "Show the customers"], "the menu")
    choose(visit, "Show the customers")
    shown = wait_for_rows(visit, 80)
    expect_in("Customers by place", shown["title"], "the title")
    expect_equal(shown["lead"], "Customers, Region: north", "what the mark is")
    expect_equal(shown["count"], "80 of 240 rows of customers", "the count")
    expect_equal(shown["keys"], [f"K{3 * number:03}" for number in range(50)], "the first page")
    expect_equal(shown["heads"][:2], ["id", "Value"], "the key and the segments come first")
    close_rows(visit)
    expect_equal(visit.selections(), [], "nothing is selected by that")
    visit.tile("Band", "old")
    figure = dict(visit.answer("Customers by place")["rows"])["north"]
    open_menu(visit, "Customers by place", "north")
    choose(visit, "Show the customers")
    shown = wait_for_rows(visit, figure)
    expect_in("under Band: old", shown["count"], "the filters")
    expect(0 < figure < 80, "a filter that leaves some", figure)
    address = visit.window.url
    expect(not any(text in address for text in ["north", *shown["keys"]]),
           "no value of a customer in the address", address)


@on_page("rows are sorted and paged by the server, and kept as CSV")
def sorted_rows(visit, report):
    open_menu(visit, "Customers by place", "south")
    choose(visit, "Show the customers")
    wait_for_rows(visit, 80)
    sorter = visit.window.get_by_role("button", name="Spent", exact=True)
    said = sorted((row.split(",") for row in rows().splitlines()[1:] if ",south," in row),
                  key=lambda row: (float(row[4]), row[0]))
    sorter.click()
    first = "key => document.querySelector('.rows-table tbody th').innerText === key"
    visit.wait(first, "the smallest first", said[0][0])
    visit.window.get_by_role("button", name="Spent", exact=True).click()
    said.sort(key=lambda row: (-float(row[4]), row[0]))
    visit.wait(first, "the largest first", said[0][0])
    visit.window.get_by_role("button", name="Next").click()
    visit.wait(first, "the second page", said[50][0])
    expect_equal(visit.evaluate("document.querySelectorAll('.rows-table tbody tr').length"), 30,
                 "rows on the second page")
    with visit.window.expect_download() as download:
        visit.window.get_by_role("button", name="CSV").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        kept = list(csv.reader(io.StringIO(file.read())))
    expect_equal(kept[0][:4], ["id", "value", "region", "city"], "the columns of the file")
    expect_equal([row[0] for row in kept[1:]], [row[0] for row in said], "the rows of the file")


@on_page("from a row to one customer's card with why here, and back, by the keyboard alone")
def why_here(visit, report):
    visit.window.get_by_role("button", name="Show Customers by place as a table").focus()
    visit.window.keyboard.press("Enter")
    more = visit.window.get_by_role("button", name="More about west")
    more.focus()
    visit.window.keyboard.press("Enter")
    expect_equal(entries(visit), ["Go down to City", "Show the customers"], "the menu of a row")
    visit.wait("document.activeElement.matches('.mark-menu .menu-entry')", "the focus in the menu")
    visit.window.keyboard.press("Tab")
    visit.window.keyboard.press("Enter")
    wait_for_rows(visit, 80)
    why = visit.window.get_by_role("button", name="Why K002 is in its segment")
    why.focus()
    visit.window.keyboard.press("Enter")
    visit.wait("document.querySelector('.rows-dialog .customer-card')", "the card")
    expect_in("K002", visit.text(".customer-key"), "whose card it is")
    visit.wait("document.activeElement.matches('.rows-back')", "the focus on the way back")
    visit.window.keyboard.press("Enter")
    visit.wait("document.activeElement.dataset.focus === 'why-K002'", "the focus where it was")
    close_rows(visit)


@on_page("rows behind a figure of cards are cards, and only those that the figure counts")
def own_model(visit, report):
    said = report.query(["cards"], by=["kind"])["rows"]
    open_menu(visit, "Cards by kind", "credit")
    choose(visit, "Show the cards")
    wait_for_rows(visit, dict(said)["credit"])
    close_rows(visit)
    figure = report.query(["credit_cards"])["rows"][0][0]
    visit.card("Credit cards").get_by_role("button", name="Show the cards").click()
    shown = wait_for_rows(visit, figure)
    expect_in("rows of cards", shown["count"], "whose rows they are")
    close_rows(visit)


@test("a reader without the right to see customers is offered none, and the server gives none")
def refused(folder):
    with report().serve("--token-file", readers.token_file(folder)) as server, Visit(server) as visit:
        visit.window.goto(visit.address)
        visit.wait("location.pathname === '/sign-in'", "the sign-in page")
        readers.sign_in(visit, readers.TOKENS["ben"])
        visit.wait_until_drawn()
        visit.open("marks")
        visit.remarks.clear()  # that it was not signed in before
        expect_equal(open_menu(visit, "Customers by place", "north"), ["Go down to City"], "the menu")
        visit.window.keyboard.press("Escape")
        visit.wait("!document.querySelector('.mark-menu')", "the menu to be closed")
        expect_equal(visit.card("All of them").get_by_role("button", name="Show the").count(), 0,
                     "buttons for rows")
        visit.expect_no_remarks()
        for ending in ("", ".csv"):
            answer = visit.evaluate("""async (ending) => {
              const body = JSON.stringify({ visual: "v1", mark: [], selections: [] });
              const headers = { "Content-Type": "application/json" };
              const answer = await fetch(`/api/v1/pages/marks/rows${ending}`, { method: "POST", headers, body });
              return [answer.status, (await answer.json()).code];
            }""", ending)
            expect_equal(answer, [403, "not_permitted"], f"the answer of rows{ending}")


@on_page("down into a bar, further down, and back: the levels say where the reader is")
def drill_down(visit, report):
    title = "Customers by place"
    levels = ".drill-path"
    expect_equal(visit.text(levels), "Region › City › Band", "the levels")
    open_menu(visit, title, "north")
    with visit.drawing():
        choose(visit, "Go down to City")
    expect_equal(visit.answer(title)["rows"],
                 report.query(["customers"], ["city"], ["region = 'north'"])["rows"], "the cities")
    expect_equal(visit.text(levels), "‹ Region: north › City › Band", "the levels below")
    expect_equal(visit.answer("Bands highlighted")["rows"],
                 report.query(["customers"], ["band"])["rows"], "another visual")
    visit.click(title, "north A")
    expect_equal(visit.answer("All of them")["rows"], [[20]], "a mark below filters by both levels")
    open_menu(visit, title, "north A")
    with visit.drawing():
        choose(visit, "Go down to Band")
    expect_equal(visit.answer(title)["rows"],
                 report.query(["customers"], ["band"], ["city = 'north A'"])["rows"], "the bands")
    expect_equal(visit.selections(), [], "what was selected above")
    expect_equal(open_menu(visit, title, "old"), ["Back to City", "Show the customers"], "the last level")
    choose(visit, "Show the customers")
    wait_for_rows(visit, dict(visit.answer(title)["rows"])["old"])
    close_rows(visit)
    with visit.drawing():
        visit.card(title).get_by_role("button", name="One level up").click()
    expect_equal(visit.text(levels), "‹ Region: north › City › Band", "one level up")
    with visit.drawing():
        visit.card(title).get_by_role("button", name="Region: north").click()
    expect_equal(visit.answer(title)["rows"], report.query(["customers"], ["region"])["rows"], "the top")
    open_menu(visit, "Places and bands", ["west", "old"])
    with visit.drawing():
        choose(visit, "Go down to City")
    expect_equal(visit.answer("Places and bands")["rows"],
                 report.query(["customers"], ["city", "band"], ["region = 'west'"])["rows"],
                 "the rows of the heat map")
    visit.clear_all()
    expect_equal(len(visit.answer("Places and bands")["rows"]), 9, "cells after Clear all")


@on_page("highlight shows the selected part inside the whole, others filter or stay")
def highlight(visit, report):
    before = {title: visit.answer(title)["rows"] for title in (
        "Bands highlighted", "Pieces highlighted", "Slices highlighted", "Ages highlighted", "Untouched")}
    visit.click("Places in figures", "south")
    source = visit.selections()
    expect_equal([each["dimension"] for each in source], ["region", "band"], "what a row selects")
    where = [f"{each['dimension']} = '{each['values'][0]}'" for each in source]
    for title, rows in before.items():
        expect_equal(visit.answer(title)["rows"], rows, f"the whole of {title!r}")
    for title, by in (("Bands highlighted", ["band"]), ("Pieces highlighted", ["band", "region"]),
                      ("Slices highlighted", ["region"])):
        expect_equal(visit.answer(title)["part"]["rows"],
                     report.query(["customers"], by, where)["rows"], f"the part of {title!r}")
    said = report.query(["customers"], where=where)["rows"][0][0]
    expect_equal(sum(row[2] for row in visit.answer("Ages highlighted")["part"]["rows"]), said,
                 "the rows of all bins")
    expect("part" not in visit.answer("Untouched"), "no part", visit.answer("Untouched"))
    expect_equal(visit.answer("All of them")["rows"], [[said]], "a card is filtered")
    expect_in(f"Strong: {said} selected", visit.card("Bands highlighted").inner_text(), "the footer")
    band = source[1]["values"][0]
    tip = " ".join(visit.hover("Bands highlighted", band).split())
    expect_in(f"Selected {said}", tip, "the tooltip")
    visit.window.get_by_role("button", name="Show Bands highlighted as a table").click()
    table = {row[0]: row[1:3] for row in visit.rows("Bands highlighted")}
    expect_equal(table[band][1], str(said), "the part in the table")
    with visit.drawing():
        visit.window.keyboard.press("Escape")
    expect_equal(visit.selections(), [], "Escape lets go of marks")
    expect("part" not in visit.answer("Bands highlighted"), "no part any more", None)


@on_page("Escape lets go of marks and leaves slicers; the legend filters, shift adds")
def escape(visit, report):
    visit.tile("Band", "young")
    legend = visit.card("Pieces highlighted").locator(".legend-entry")
    with visit.drawing():
        legend.filter(has_text="north").click()
    with visit.drawing():
        legend.filter(has_text="west").click(modifiers=["Shift"])
    said = report.query(["customers"], where=["region in ('north', 'west')", "band = 'young'"])
    expect_equal(visit.answer("All of them")["rows"], said["rows"], "both parts of the legend")
    with visit.drawing():
        visit.window.keyboard.press("Escape")
    expect_equal([each["dimension"] for each in visit.selections()], ["band"], "what is left")
    visit.clear_all()
    expect_equal(visit.selections(), [], "nothing is left")


@on_page("a box over points filters to its two ranges, and a click beside it lets go")
def box(visit, report):
    title = "Age and spending"
    start, end = visit.place(title, [30.5, 200.2]), visit.place(title, [50.5, 700.2])
    with visit.drawing():
        visit.window.mouse.move(*start)
        visit.window.mouse.down()
        visit.window.mouse.move(*end, steps=4)
        visit.window.mouse.up()
    ranges = {each["dimension"]: each["range"] for each in visit.selections()}
    expect_equal(sorted(ranges), ["age", "spent"], "what is filtered by")
    for name, (low, high) in {"age": (30.5, 50.5), "spent": (200.2, 700.2)}.items():
        expect(abs(ranges[name][0] - low) < 5 and abs(ranges[name][1] - high) < 5,
               f"{name} from {low} to {high}", ranges[name])
    where = [f"{name} >= {low!r} and {name} <= {high!r}" for name, (low, high) in ranges.items()]
    expect_equal(visit.answer("All of them")["rows"], report.query(["customers"], where=where)["rows"],
                 "the customers in the box")
    expect_equal(len(visit.answer(title)["series"][0]), 240, "points of the plot itself")
    beside = visit.place(title, [70.5, 850.2])
    with visit.drawing():
        visit.window.mouse.click(*beside)
    expect("age" not in {each["dimension"] for each in visit.selections()}, "no box", visit.selections())


def enlarge(visit, title):
    visit.card(title).get_by_role("button", name=f"Enlarge {title}").click()
    visit.wait("document.querySelector('.focus-mode .card-beside tbody tr')", "one visual in the window")


for _width in (420, 1440):
    @test(f"one visual in the whole window with its table, the focus kept inside, at {_width} pixels")
    def focus_mode(folder, width=_width):
        title = "Customers by place"
        with report().serve() as server, Visit(server, width) as visit:
            visit.open("marks")
            enlarge(visit, title)
            seen = visit.evaluate("""() => {
              const card = document.querySelector(".focus-mode .card").getBoundingClientRect();
              const table = document.querySelector(".card-beside").getBoundingClientRect();
              return { card: card.width / innerWidth, shown: table.width > 120 && table.height > 120,
                rows: document.querySelectorAll(".card-beside tbody tr").length,
                wide: Math.max(0, document.documentElement.scrollWidth - innerWidth) };
            }""")
            expect(seen["card"] > 0.9 and seen["shown"], "the whole window with a table", seen)
            expect_equal((seen["rows"], seen["wide"]), (3, 0), "rows of the table; what sticks out")
            for _ in range(12):
                visit.window.keyboard.press("Tab")
                expect(visit.evaluate("document.activeElement === document.body || "
                                      "Boolean(document.activeElement.closest('.focus-mode'))"),
                       "the focus inside", visit.evaluate("document.activeElement.outerHTML"))
            with visit.drawing():
                visit.window.locator(".card-beside tbody button.name").first.click()
            expect_equal(len(visit.selections()), 1, "selections made in the window")
            expect_equal(visit.evaluate(
                "document.querySelectorAll('.card-beside [aria-pressed=true]').length"), 1, "what is marked")
            visit.window.keyboard.press("Escape")
            visit.wait("!document.querySelector('.focus-mode')", "the page again")
            expect_equal(len(visit.selections()), 1, "the selection stays")
            expect_equal(visit.evaluate("document.activeElement.ariaLabel"), f"Enlarge {title}", "the focus")
            expect_equal(visit.evaluate(look.FAULTS), [], "faults of the page")
            visit.expect_no_remarks()
