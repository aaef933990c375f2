"""Claims with their verdicts, recommendations, flows, radars, drawings of a segmentation: on one small project."""

import look
import new_visuals
import reports
from harness import expect, expect_equal, expect_in, shared

HOSTILE = "<img src=x onerror=alert(1)>"

FILES = {
    **{name: text for name, text in new_visuals.FILES.items() if not name.startswith("pages/")},
    "measures/shapes.yaml": """\
type: measures/v1
of: customers
measures:
  mean_age: {expression: avg(age), label: Average age, format: decimal, digits: 1, unit: years}
  by_web: {expression: count(*) FILTER (WHERE channel = 'web') / count(*), label: By web, format: percent, digits: 0}
""",
    "segments/groups.yaml": """\
type: segment/v1
label: Group
model: customers
features: [column: age, column: spent]
agglomerative: {k: 3}
evidence: {from: 2, to: 4}
""",
    "pages/statements.yaml": f"""\
type: page/v1
title: Statements
slicers:
  - list: {{dimension: region}}
visuals:
  - claim: {{says: Older customers are in the west, measure: mean_age, by: region, highest: west}}
  - claim: {{says: The plan differs by region, measure: customers, by: plan, across: region, differs: true, width: 6, height: 4}}
  - claim: {{says: North leads in the north, measure: customers, by: plan, across: region, dominates: north}}
  - claim: {{says: The channel differs by region, measure: customers, by: channel, across: region, differs: true}}
  - recommendation:
      title: Write to the lively
      text: "{{customers}} of them spend {{average}} on average. {HOSTILE} {{not a measure}}"
      action: Call all {{customers}}.
      size: customers
      for: [{{dimension: habit, values: [lively]}}, {{dimension: age, from: 30}}]
      priority: high
  - recommendation: {{title: Do nothing, text: All is well., action: Wait., size: customers}}
  - sankey: {{title: Regions to plans to habits, measure: customers, through: [region, plan, habit]}}
  - sankey: {{title: Cities to plans, measure: spending, through: [city, plan], top: 4}}
  - radar: {{title: Shapes of habits, measures: [average, mean_age, by_web], by: habit}}
  - radar: {{title: Habits against all, measures: [average, mean_age, by_web, spending], by: habit, scale: average}}
  - curves: {{title: How many, segmentation: groups}}
  - silhouettes: {{title: How they fit, segmentation: groups}}
  - biplot: {{title: How they lie, segmentation: groups}}
  - dendrogram: {{title: How they join, segmentation: groups}}
""",
}


def published(folder):
    return reports.written(folder, FILES, {"customers.csv": new_visuals.rows()})


def report():
    return shared(published)


on_page = reports.on_page("statements", report)


def flows(report, measure, through, where=()):
    """The rows of a sankey without rare levels, step by step."""
    rows = []
    for start, end in zip(through, through[1:]):
        for first, second, value in report.query([measure], [start, end], where)["rows"]:
            rows.append([start, first, end, second, value])
    return rows


def expect_all(visit, report, where=(), without=()):
    """All visuals agree with query but those that made the filter."""
    plain = {
        "Older customers are in the west": (["mean_age"], ["region"]),
        "The plan differs by region": (["customers"], ["plan", "region"]),
        "North leads in the north": (["customers"], ["region", "plan"]),
        "Shapes of habits": (["average", "mean_age", "by_web"], ["habit"]),
    }
    for title, (measures, by) in plain.items():
        if title not in without:
            said = report.query(measures, by, where)
            expect_equal(visit.answer(title)["rows"], said["rows"], f"the rows of {title!r} where {where}")
            expect_equal(visit.answer(title)["rows_used"], said["rows_used"], f"the rows used by {title!r}")
    title = "Regions to plans to habits"
    if title not in without:
        expect_equal(visit.answer(title)["rows"], flows(report, "customers", ["region", "plan", "habit"], where),
                     f"the flows where {where}")
    if "Write to the lively" not in without:
        own = [*where, "habit = 'lively'", "age >= 30"]
        said = report.query(["customers"], where=own)["rows"]
        expect_equal(visit.answer("Write to the lively")["rows"], said, f"the group where {where}")


@on_page("claims, recommendations, flows and radars have the figures of query")
def figures(visit, report):
    expect_all(visit, report)
    expect_equal(visit.answer("Habits against all")["all"],
                 report.query(["average", "mean_age", "by_web", "spending"])["rows"][0], "the figures of all rows")


@on_page("a claim says its verdict in words, its statistics stand under Details, and a filter makes it exploratory")
def verdicts(visit, report):
    said = {title: visit.card(title).locator(".claim-verdict").inner_text() for title in (
        "Older customers are in the west", "The plan differs by region", "North leads in the north",
        "The channel differs by region")}
    expect_equal(said, {
        "Older customers are in the west": "A tie with north, south", "The plan differs by region": "Holds",
        "North leads in the north": "Does not hold", "The channel differs by region": "No difference"}, "the verdicts")
    card = visit.card("Older customers are in the west")
    expect_equal(card.locator(".claim-details").is_visible(), False, "details before a click")
    card.locator("summary").click()
    visit.wait("document.querySelector('.claim-more[open]') !== null", "open details")
    expect_in("Cohen's d", card.locator(".claim-details").inner_text(), "the details")
    visit.tile("Region", "north")
    expect_in("Exploratory, under your filters", visit.card("North leads in the north").inner_text(), "the subtitle")
    expect_equal(visit.card("North leads in the north").locator(".claim-verdict").inner_text(), "Holds",
                 "the verdict in the north")
    expect_equal(visit.card("The plan differs by region").locator(".claim-verdict").inner_text(), "Can't be told",
                 "the verdict of one region")
    expect_all(visit, report, ["region = 'north'"])


@on_page("a recommendation's figures are live, its group filters the page, and its text stays text")
def advice(visit, report):
    card = visit.card("Write to the lively")
    where = ["habit = 'lively'", "age >= 30"]
    count, mean = report.query(["customers", "average"], where=where)["rows"][0]
    words = " ".join(card.inner_text().split())
    expect_in(f"{count} customers now, {int(100 * count / 400 + 0.5)}% of 400", words, "the size")
    expect_in(f"{count} of them spend €{mean:,.2f} on average. {HOSTILE} {{not a measure}}", words, "the text")
    expect_in(f"Call all {count}.", words, "the action")
    expect_equal(card.locator("img").count(), 0, "pictures made of text")
    button = card.get_by_role("button", name="Show this group")
    with visit.drawing():
        button.click()
    expect_equal(sorted(each["dimension"] for each in visit.selections()), ["age", "habit"], "the filters")
    expect_all(visit, report, where, ["Write to the lively"])
    with visit.drawing():
        card.get_by_role("button", name="Show all again").click()
    expect_equal(visit.selections(), [], "the filters after a second click")
    expect_equal(visit.card("Do nothing").get_by_role("button", name="Show this group").count(), 0,
                 "buttons of an advice for all")


@on_page("a click on a value of a flow filters all others, and its table says the same")
def flow_click(visit, report):
    title = "Regions to plans to habits"
    before = visit.answer(title)["rows"]
    visit.click(title, ["plan", "south"])
    expect_equal(visit.selections(), [{"source": visit.visual(title), "dimension": "plan", "values": ["south"]}],
                 "the filter")
    expect_equal(visit.answer(title)["rows"], before, "the clicked flows")
    expect_all(visit, report, ["plan = 'south'"], [title])
    visit.click(title, ["plan", "south"])
    expect_all(visit, report)
    visit.window.get_by_role("button", name=f"Show {title} as a table").click()
    rows = visit.rows(title)
    expect_equal(len(rows), len(before), "rows of the table")
    expect_equal([row[2] for row in rows], [f"{row[4]:,}" for row in before], "figures of the table")
    expect_in("Region: ", rows[0][0], "a name in the table")


@on_page("rare values of a flow are one, which can't be selected")
def flow_fold(visit, report):
    answer = visit.answer("Cities to plans")
    others = [row for row in answer["rows"] if isinstance(row[1], dict)]
    expect_equal({str(row[1]) for row in others}, {"{'other': 5}"}, "what stands for the rest")
    total = sum(row[4] for row in answer["rows"])
    expect(abs(total - report.query(["spending"])["rows"][0][0]) < 1e-6, "all spending", total)
    visit.window.get_by_role("button", name="Show Cities to plans as a table").click()
    expect_in("Other (5 levels)", " ".join(row[0] for row in visit.rows("Cities to plans")), "the table")


@on_page("a click on a shape of a radar filters all others, and its axes say their scale")
def radar_click(visit, report):
    title = "Shapes of habits"
    visit.click(title, "lively")
    expect_all(visit, report, ["habit = 'lively'"], [title])
    visit.click(title, "lively")
    expect_equal(visit.selections(), [], "the filters")
    expect_in("from its lowest group", visit.card(title).inner_text(), "the subtitle")
    expect_in("Percent of the figure of all rows", visit.card("Habits against all").inner_text(), "the subtitle")
    visit.window.get_by_role("button", name="Show Habits against all as a table").click()
    expect_equal([row[0] for row in visit.rows("Habits against all")], ["core", "lively", "quiet", "All rows"],
                 "the table's names")


@on_page("drawings of a segmentation say that no filter applies, stay as they are, and have tables")
def drawings(visit, report):
    titles = ["How many", "How they fit", "How they lie", "How they join"]
    before = {title: visit.answer(title) for title in titles}
    for title in titles:
        expect_in("Group as it was fitted; filters do not apply", visit.card(title).inner_text(), "the subtitle")
        expect(visit.card(title).locator("canvas").count() > 0, "a drawing", title)
    visit.tile("Region", "north")
    expect_equal({title: visit.answer(title) for title in titles}, before, "the drawings under a filter")
    for title in titles:
        visit.window.get_by_role("button", name=f"Show {title} as a table").click()
        expect(len(visit.rows(title)) > 1, "rows of a table", title)
    expect_equal([row[0] for row in visit.rows("How many")], ["1", "2", "3, in use", "4"], "numbers of segments")


for _width in (420, 1440):
    @on_page(f"claims, flows and radars fit at {_width} pixels, in light and dark", _width)
    def widths(visit, report):
        expect_equal(visit.evaluate(look.FAULTS), [], "faults")
        with visit.drawing():
            visit.window.emulate_media(color_scheme="dark")
        expect_equal(visit.evaluate(look.FAULTS), [], "faults in dark")
        expect_equal(visit.evaluate("[...document.querySelectorAll('.state')].map((state) => state.innerText)"),
                     [], "states in place of visuals")
