"""Reference project 003: its page, and what a click on a mark does to all others."""

import reports
from agreement import as_text, expect_agreement
from harness import expect, expect_equal, expect_in, test
from visits import Visit

CLUSTERS = "Average total spending per cluster"
SEGMENTS = [
    "Low Touch Explorers", "Transitional Group", "Active Retailers", "The Liquidity Holdouts"]


def on_both(sentence):
    """Registers a test for the original file and for its twin."""

    def register(function):
        for name, report in (("the original file", reports.real), ("the twin", reports.twin)):
            def made(folder, report=report):
                with report().serve() as server, Visit(server) as visit:
                    function(visit, report())
                    visit.expect_no_remarks()

            made.__name__, made.__module__ = function.__name__, function.__module__
            test(f"{sentence} ({name})")(made)
        return function

    return register


def on_twin(sentence):
    def register(function):
        @test(sentence)
        def made(folder):
            with reports.twin().serve() as server, Visit(server) as visit:
                function(visit, reports.twin())
                visit.expect_no_remarks()

        made.__name__, made.__module__ = function.__name__, function.__module__
        return function

    return register


@on_both("003 has its KPI strip, cluster filter, pies, histograms and text, with the figures of query")
def overview(visit, report):
    visit.open("overview")
    kinds = [visual["type"] for visual in visit.description["visuals"]]
    expect_equal(kinds, ["kpi"] * 5 + ["donut"] * 3 + ["histogram"] * 3 + ["text"], "the visuals")
    seen = visit.evaluate("""() => ({
      strip: document.querySelectorAll(".kpi-strip .kpi-card .kpi-number").length,
      drawings: document.querySelectorAll(".card canvas").length,
      tiles: [...document.querySelectorAll(".slicer .tile")].map((tile) => tile.innerText.trim()),
      headings: [...document.querySelectorAll(".prose h3")].map((heading) => heading.innerText),
      states: document.querySelectorAll(".state, .skeleton").length,
    })""")
    expect_equal(seen, {"strip": 5, "drawings": 6, "tiles": SEGMENTS, "headings": SEGMENTS,
                        "states": 0}, "the page")
    expect_agreement(visit, report)


@on_both("a click on a slice filters every other visual to what query says, and a second one lets go")
def slice_click(visit, report):
    visit.open("overview")
    before = visit.answer(CLUSTERS)
    visit.click(CLUSTERS, "Active Retailers")
    expect_equal(visit.selections(), [{
        "source": visit.visual(CLUSTERS), "dimension": "published",
        "values": ["Active Retailers"]}], "the selections")
    expect_agreement(visit, report, {visit.visual(CLUSTERS): "published = 'Active Retailers'"})
    expect_equal(visit.answer(CLUSTERS), before, "the figures of the donut that was clicked")
    visit.click(CLUSTERS, "Active Retailers")
    expect_equal(visit.selections(), [], "the selections after the second click")
    expect_agreement(visit, report)


@on_both("the second page agrees with query, whole and with a bar of a cluster clicked")
def bar_click(visit, report):
    visit.open("clusters")
    expect_agreement(visit, report)
    bars = "Customers in each cluster"
    visit.click(bars, "The Liquidity Holdouts")
    expect_agreement(visit, report, {visit.visual(bars): "published = 'The Liquidity Holdouts'"})


@test("the figures of 003 as the original project published them stand on its page")
def published_figures(folder):
    with reports.real().serve() as server, Visit(server) as visit:
        visit.open("overview")
        expect_equal(visit.text('[data-visual="v1"] .kpi-number'), "8,950", "customers")
        visit.open("clusters")
        rows = visit.answer("Customers in each cluster")["rows"]
        expect_equal(rows, [[name, size] for name, size in zip(
            SEGMENTS, [1095, 2180, 3697, 1978], strict=True)], "sizes of the clusters")


@on_twin("the cluster filter filters all visuals, and several clusters are one or the other")
def slicer(visit, report):
    visit.open("overview")
    source = visit.slicer("Cluster")
    visit.tile("Cluster", "Transitional Group")
    expect_agreement(visit, report, {source: "published = 'Transitional Group'"})
    visit.tile("Cluster", "Active Retailers")
    expect_agreement(visit, report, {
        source: "published in ('Transitional Group', 'Active Retailers')"})
    pressed = visit.evaluate(
        "[...document.querySelectorAll('.tile[aria-pressed=true]')].map((tile) => tile.innerText)")
    expect_equal(pressed, SEGMENTS[1:3], "the tiles that are pressed")


@on_twin("Clear all and a filter's own cross let go of what they say")
def clear_all(visit, report):
    visit.open("overview")
    visit.tile("Cluster", "Transitional Group")
    visit.click("Purchase style", "Balanced")
    visit.click("Balance", 0)
    expect_equal(len(visit.selections()), 3, "how many filters there are")
    filters = visit.window.locator(".filter-line")
    expect_in("Cluster: Transitional Group", filters.inner_text().replace("\n", " "), "the line")
    with visit.drawing():
        visit.window.get_by_role("button", name="Remove the filter Purchase style: Balanced").click()
    expect_equal([each["dimension"] for each in visit.selections()], ["published", "balance"],
                 "what is still filtered by")
    visit.clear_all()
    expect_equal(visit.selections(), [], "the selections after Clear all")
    expect(visit.window.locator(".clear-all").is_disabled(), "Clear all to be at rest", "active")
    expect_equal(visit.window.locator(".chip").count(), 0, "chips")
    expect_agreement(visit, report)


@on_twin("a click on a histogram's bin filters to its range, and shift takes the bins up to another")
def bin_click(visit, report):
    visit.open("overview")
    source = visit.visual("Balance")
    bins = visit.answer("Balance")["rows"]
    visit.click("Balance", 1)
    expect_agreement(visit, report, {
        source: f"balance >= {bins[1][0]!r} and balance < {bins[1][1]!r}"})
    expect_equal(visit.answer("Balance")["rows"], bins, "the bins of the clicked histogram")
    visit.click("Balance", 3, shift=True)
    expect_agreement(visit, report, {
        source: f"balance >= {bins[1][0]!r} and balance < {bins[3][1]!r}"})


@on_twin("a drag over a histogram's bins filters to all of them")
def bin_drag(visit, report):
    visit.open("overview")
    source = visit.visual("Credit limit")
    bins = visit.answer("Credit limit")["rows"]
    start, end = visit.place("Credit limit", 1), visit.place("Credit limit", 4)
    with visit.drawing():
        visit.window.mouse.move(*start)
        visit.window.mouse.down()
        visit.window.mouse.move(*end, steps=4)
        visit.window.mouse.up()
    expect_agreement(visit, report, {
        source: f"credit_limit >= {bins[1][0]!r} and credit_limit < {bins[4][1]!r}"})


@on_twin("shift and a click add a slice, or take it back")
def shift_click(visit, report):
    visit.open("overview")
    source = visit.visual("Monetary style")
    visit.click("Monetary style", "Cash-Focused")
    visit.click("Monetary style", "Mixed-Monetary", shift=True)
    expect_agreement(visit, report, {
        source: "monetary_style in ('Cash-Focused', 'Mixed-Monetary')"})
    visit.click("Monetary style", "Cash-Focused", shift=True)
    expect_agreement(visit, report, {source: "monetary_style = 'Mixed-Monetary'"})


@on_twin("filters of several visuals hold together")
def several_visuals(visit, report):
    visit.open("overview")
    visit.click(CLUSTERS, "Low Touch Explorers")
    visit.click("Purchase style", "Oneoff Dominant")
    expect_agreement(visit, report, {
        visit.visual(CLUSTERS): "published = 'Low Touch Explorers'",
        visit.visual("Purchase style"): "purchase_style = 'Oneoff Dominant'"})


@on_twin("a piece of a stacked bar filters by its bar and its part")
def stacked_bar(visit, report):
    visit.open("clusters")
    title = "Purchase style within each cluster"
    before = visit.answer(title)
    visit.click(title, ["Active Retailers", "Balanced"])
    expect_agreement(visit, report, {
        visit.visual(title): "published = 'Active Retailers' and purchase_style = 'Balanced'"})
    expect_equal(visit.answer(title), before, "the figures of the clicked bars")


@on_twin("a click on a table's row filters by it")
def table_row(visit, report):
    visit.open("clusters")
    title = "The clusters in figures"
    visit.click(title, "Transitional Group")
    expect_agreement(visit, report, {visit.visual(title): "published = 'Transitional Group'"})
    chosen = visit.card(title).locator(".tabulator-row.chosen")
    expect_equal(chosen.count(), 1, "marked rows")
    expect_in("Transitional Group", chosen.inner_text(), "the marked row")


@on_twin("a click on a point filters by its cluster")
def scatter_point(visit, report):
    visit.open("clusters")
    title = "Every customer, by what the clusters were formed from"
    xs, ys, codes = visit.answer(title)["series"]
    # The point that stands most alone: the outermost one.
    outermost = max(range(len(xs)), key=lambda index: abs(ys[index]))
    cluster = visit.answer(title)["categories"][codes[outermost]]
    visit.click(title, [xs[outermost], ys[outermost]])
    expect_agreement(visit, report, {visit.visual(title): f"published = '{cluster}'"})


@on_twin("a range is moved by arrow keys and typed into its fields; the ends are included")
def range_slicer(visit, report):
    visit.open("clusters")
    source = visit.slicer("Balance")
    handle = visit.window.get_by_role("slider", name="Balance, upper bound")
    highest = float(handle.get_attribute("max"))
    step = float(handle.get_attribute("step"))
    handle.focus()
    for _ in range(3):
        with visit.drawing():
            visit.window.keyboard.press("ArrowLeft")
    bound = highest - 3 * step
    expect_equal(visit.selections()[0]["range"], [None, bound], "the range")
    expect_agreement(visit, report, {source: f"balance <= {bound!r}"})
    field = visit.window.get_by_role("textbox", name="Balance, from")
    with visit.drawing():
        field.fill("1,000")
        visit.window.keyboard.press("Enter")
    expect_agreement(visit, report, {source: f"balance >= 1000 and balance <= {bound!r}"})
    field.fill("a lot")
    visit.window.keyboard.press("Tab")
    expect_equal(field.get_attribute("aria-invalid"), "true", "aria-invalid after nonsense")
    expect_equal(visit.selections()[0]["range"], [1000, bound], "the range after nonsense")


@on_twin("the table view and the tooltip of a donut hold its figures, and its names select")
def table_view(visit, report):
    visit.open("overview")
    said = report.query(["avg_total_spending"], by=["published"])["rows"]
    form = visit.description["measures"]["avg_total_spending"]["format"]
    figures = [[name, as_text(value, form)] for name, value in said]
    tip = visit.hover(CLUSTERS, said[1][0])
    expect_equal(" ".join(tip.split()), f"{said[1][0]} Average total spending "
                 f"{as_text(said[1][1], form)}", "the tooltip")
    visit.window.get_by_role("button", name=f"Show {CLUSTERS} as a table").click()
    expect_equal(visit.rows(CLUSTERS), figures, "the table")
    with visit.drawing():
        visit.card(CLUSTERS).locator("button.name").nth(2).click()
    expect_agreement(visit, report, {visit.visual(CLUSTERS): f"published = '{said[2][0]}'"})


@on_twin("each page keeps its own filters while the other one is looked at")
def between_pages(visit, report):
    visit.open("overview")
    visit.click(CLUSTERS, "Active Retailers")
    with visit.drawing():
        visit.window.get_by_role("link", name="Clusters compared").click()
    visit.read("clusters")
    expect_equal(visit.selections(), [], "filters of the other page")
    expect_agreement(visit, report)
    with visit.drawing():
        visit.window.get_by_role("link", name="Credit card segmentations").click()
    visit.read("overview")
    expect_agreement(visit, report, {visit.visual(CLUSTERS): "published = 'Active Retailers'"})
