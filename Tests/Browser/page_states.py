"""What a page says when there is nothing, too little, or no server."""

import json

import reports
from agreement import expect_agreement
from harness import Server, aurora, expect, expect_equal, expect_in, test
from projects import FILES, project
from reports import Report
from visits import Visit


def small_report(folder, data, files=None):
    """A run of a small project of people, with a bar of averages and a table of counts."""
    page = """\
type: page/v1
title: People
slicers:
  - list: {dimension: town}
  - range: {dimension: visits}
visuals:
  - kpi: {measure: customers, title: Customers}
  - kpi: {measure: average, title: Average}
  - bar: {measure: average, by: town, title: Averages}
  - donut: {measure: customers, by: town, title: Towns}
  - table: {measures: [customers, average], by: [town], title: Figures}
  - stacked_bar: {measure: customers, by: town, stack: visits_band, title: Bands}
"""
    measures = FILES["measures/customers.yaml"] + (
        "  visits_band: {expression: CASE WHEN visits > 3 THEN 'often' ELSE 'seldom' END}\n")
    files = {"pages/main.yaml": page, "measures/customers.yaml": measures, **(files or {})}
    root = project(folder, data, files)
    aurora("run", root).exits(0)
    return Report(root, root / ".aurora")


def people(rows):
    """Lines of people: (town, amount, visits)."""
    return "id,town,amount,visits\n" + "".join(
        f"P{number:03},{town},{amount},{visits}\n"
        for number, (town, amount, visits) in enumerate(rows))


@test("filters that leave no rows are said so in every visual, with a way back")
def empty(folder):
    report = reports.twin()
    with report.serve() as server, Visit(server) as visit:
        visit.open("clusters")
        for label, value in (("to", "0"), ("from", "-5")):
            field = visit.window.get_by_role("textbox", name=f"Balance, {label}")
            with visit.drawing():
                field.fill(value)
                visit.window.keyboard.press("Enter")
        found = report.query(["customers"], where=["balance >= -5 and balance <= 0"])
        if found["rows_used"]:
            with visit.drawing():
                field = visit.window.get_by_role("textbox", name="Balance, to")
                field.fill("-1")
                visit.window.keyboard.press("Enter")
        states = visit.window.locator(".state.empty")
        expect_equal(states.count(), len(visit.description["visuals"]), "visuals that say so")
        expect_in("No customers match", states.first.inner_text(), "an empty visual")
        expect_in("The filters leave no rows", states.first.inner_text(), "an empty visual")
        expect_in("0 of 8,950 rows", visit.text(".filter-line"), "the line of filters")
        with visit.drawing():
            states.first.get_by_role("button", name="Clear all filters").click()
        expect_equal(states.count(), 0, "empty visuals after that")
        expect_agreement(visit, report)
        visit.expect_no_remarks()


@test("a single figure without rows is a dash, not zero, and a count of nothing is 0")
def empty_figures(folder):
    report = reports.twin()
    with report.serve() as server, Visit(server) as visit:
        visit.open("overview")
        bins = visit.answer("Balance")["rows"]
        limit = visit.answer("Credit limit")["rows"]
        # The largest balances are nobody's who has the smallest limit.
        visit.click("Balance", max(i for i, row in enumerate(bins) if row[2]))
        where = [f"balance >= {bins[-1][0]!r}"]
        expect(limit[0][2] and not report.query(["customers"], where=[
            *where, f"credit_limit < {limit[0][1]!r}"])["rows_used"],
            "no customer in both bins", "some")
        with visit.drawing():
            visit.evaluate("scrollTo(0, 0)")
            # The first bin of the limits is empty now: its table is the way to it.
            visit.window.get_by_role("button", name="Show Credit limit as a table").click()
            visit.card("Credit limit").locator(".data-table button").first.click()
        figures = visit.window.locator(".kpi-number").all_inner_texts()
        expect_equal(figures, ["0", "–", "–", "–", "–"], "the KPI strip")
        visit.expect_no_remarks()


@test("one visual that fails says so, and all others still work")
def one_error(folder):
    report = reports.twin()
    with report.serve() as server, Visit(server) as visit:
        def spoil(route):
            answer = route.fetch()
            body = answer.json()
            body["visuals"]["v7"] = {"error": {
                "code": "query_failed", "title": "The figures could not be computed",
                "detail": "<b>Out of memory</b>"}}
            route.fulfill(response=answer, body=json.dumps(body))

        visit.window.route("**/api/v1/pages/overview/data", spoil)
        visit.open("overview")
        card = visit.card("Purchase style")
        expect_equal(card.locator(".state.error strong").inner_text(),
                     "The figures could not be computed", "the card")
        expect_equal(card.locator(".state.error p").inner_text(), "<b>Out of memory</b>",
                     "its detail")
        expect_equal(visit.window.locator(".state").count(), 1, "cards in such a state")
        visit.click("Monetary style", "Cash-Focused")
        expect_equal(visit.answer("Total users")["rows"], report.query(
            ["customers"], where=["monetary_style = 'Cash-Focused'"])["rows"], "the customers")
        visit.window.unroute("**/api/v1/pages/overview/data")
        visit.clear_all()
        expect_agreement(visit, report)
        visit.expect_no_remarks()


@test("an answer that is an error leaves the figures and says what happened")
def whole_error(folder):
    report = reports.twin()
    with report.serve() as server, Visit(server) as visit:
        visit.open("overview")
        visit.window.route("**/api/v1/pages/overview/data", lambda route: route.fulfill(
            status=500, content_type="application/problem+json", body=json.dumps({
                "type": "about:blank", "status": 500, "code": "internal",
                "title": "The server failed", "detail": "It is on record."})))
        visit.window.locator("[data-value]").first.click()
        visit.wait("document.querySelector('[data-banner=problem]')?.innerText", "a banner")
        expect_in("The server failed", visit.text("[data-banner=problem]"), "the banner")
        expect_equal(visit.text(".kpi-number"), "8,950", "the figure that still stands there")
        visit.window.unroute("**/api/v1/pages/overview/data")


class ServerAt(Server):
    """A server on the port that another one had."""

    def __init__(self, report, port):
        super().__init__(report.project)
        self.words = ("serve", report.project, "--port", port, "--json", "--state", report.state)


@test("a server that goes is noticed, and when it is back the page goes on with its filters")
def lost_server(folder):
    report = reports.twin()
    with report.serve() as server:
        with Visit(server) as visit:
            visit.open("overview")
            visit.tile("Cluster", "Active Retailers")
            server.__exit__()
            visit.wait("document.querySelector('[data-banner=lost]')?.innerText", "a banner")
            expect_in("Connection lost", visit.text("[data-banner=lost]"), "the banner")
            expect_equal(visit.answer("Total users")["rows"], report.query(
                ["customers"], where=["published = 'Active Retailers'"])["rows"],
                "the figures that still stand there")
            visit.window.locator("[data-value]", has_text="Transitional Group").click()
            with ServerAt(report, server.port):
                visit.wait("!document.querySelector('[data-banner=lost]')", "no banner")
                visit.wait("document.documentElement.dataset.ready", "figures")
                expect_agreement(visit, report, {
                    visit.slicer("Cluster"):
                        "published in ('Active Retailers', 'Transitional Group')"})
                others = [remark for remark in visit.remarks if "ERR_" not in remark]
                expect_equal(others, [], "what the console says besides the lost connection")


@test("cells below privacy.smallest_cell are hidden on the page as by query, and it says so")
def suppressed(folder):
    rows = [("Bern", 10 + n, n % 9) for n in range(20)] + [("Oslo", 5, 1)] * 12 + [
        ("Rome", 900, 2)] * 2 + [("Paris", 70, 8)] * 3
    report = small_report(folder, people(rows), {
        "aurora.yaml": FILES["aurora.yaml"] + "  smallest_cell: 5\n"})
    with report.serve() as server, Visit(server) as visit:
        visit.open("main")
        said = report.query(["customers", "average"], by=["town"])["rows"]
        hidden = [row[0] for row in said if row[1] is None]
        expect_in("Rome", hidden, "the hidden towns")
        expect_in("Paris", hidden, "the hidden towns")
        expect_equal(visit.answer("Figures")["rows"], said, "the table")
        card = visit.card("Figures")
        expect_in(f"{2 * len(hidden)} cells hidden: fewer than the smallest cell",
                  " ".join(card.inner_text().split()), "the table's footer")
        for town in hidden:
            expect_in([town, "–", "–"], visit.rows("Figures"), "the table")
        for title, measures in (("Averages", 1), ("Towns", 1), ("Figures", 2)):
            expect_equal(visit.answer(title)["suppressed"], measures * len(hidden),
                         f"hidden cells of {title}")
        visit.window.get_by_role("button", name="About Figures").click()
        expect_in("fewer customers are in them", visit.text(".about:popover-open"), "About")
        expect("900" not in visit.evaluate("document.body.innerText"), "no hidden figure", "900")
        visit.expect_no_remarks()


@test("figures and names that are missing are – and Missing, in the page's own words")
def missing(folder):
    rows = [("Bern", 10 + n, n % 9) for n in range(20)] + [("Oslo", "", 1)] * 4 + [
        ("", 7, 3)] * 5
    report = small_report(folder, people(rows), {"segments/value.yaml": None})
    with report.serve() as server, Visit(server) as visit:
        visit.open("main")
        shown = visit.rows("Figures")
        expect_in(["Oslo", "4", "–"], shown, "the table")
        expect_in(["Missing", "5", "7"], shown, "the table")
        expect_equal(shown[-1][0], "Missing", "the last row")
        visit.window.get_by_role("button", name="Show Averages as a table").click()
        expect_in(["Oslo", "–"], visit.rows("Averages"), "the bar's figures")
        expect_equal(visit.hover("Towns", None).split()[:3], ["Missing", "customers", "5"],
                     "the tooltip of the rows without a town")
        visit.click("Towns", None)
        expect_equal(visit.selections()[0]["values"], [None], "the filter")
        expect_equal(visit.answer("Customers")["rows"], [[5]], "customers without a town")
        expect_in("Missing", visit.text(".chips"), "the chips")
        visit.expect_no_remarks()
