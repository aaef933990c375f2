"""Lines, treemaps, box plots, heat maps, matrices, cards with comparisons: on one small project."""

from datetime import date, timedelta

import look
import reports
from agreement import with_rows
from harness import expect, expect_equal, expect_in, shared

CITIES = ["Oslo", "Rome", "Bern", "Lima", "Kyiv", "Riga", "Cork", "Nice", "Bari"]


def rows():
    """400 customers; nobody joined in April 2025; the plan goes with the region, the channel with nothing."""
    lines = ["id,joined,city,region,plan,channel,age,spent,group"]
    for number in range(400):
        joined = date(2025, 1, 1) + timedelta(days=number * 7919 % 365)
        if joined.month == 4:
            joined = joined.replace(month=7)
        city = CITIES[min(8, (number * number * 31 % 97) // 9)]
        region = ["north", "south", "west"][number % 3]
        plan = region if number % 5 else ["north", "south", "west"][number // 3 % 3]
        channel = ["branch", "phone", "web"][number // 3 % 3]
        age = 18 + number * 37 % 60 + (40 if number % 67 == 0 else 0)
        lines.append(
            f"C{number:03},{joined},{city},{region},{plan},{channel},{age},"
            f"{number * 53 % 900}.{number % 100:02},{['core', 'lively', 'quiet'][number * 11 % 7 % 3]}")
    return "\n".join(lines) + "\n"


FILES = {
    "aurora.yaml": "type: project/v1\nname: Visuals\nlocale: en-US\ncurrency: EUR\n",
    "sources/people.yaml": """\
type: source/v1
csv: {file: customers.csv}
columns: {joined: {type: date}}
""",
    "models/customers.yaml": "type: model/v1\nfrom: people\nkey: id\n",
    "measures/customers.yaml": """\
type: measures/v1
of: customers
measures:
  customers: {expression: count(*), label: Customers, format: integer}
  spending: {expression: sum(spent), label: Spending, format: currency, digits: 0}
  average: {expression: avg(spent), label: Average spending, format: currency, digits: 2}
dimensions:
  joined: {expression: joined, label: Joined}
  city: {expression: city, label: City}
  region: {expression: region, label: Region}
  plan: {expression: plan, label: Plan}
  channel: {expression: channel, label: Channel}
  habit: {expression: '"group"', label: Habit, order: [core, lively, quiet]}
  age: {expression: age, label: Age, format: integer, unit: years}
""",
    "pages/visuals.yaml": """\
type: page/v1
title: Visuals
slicers:
  - list: {dimension: region}
visuals:
  - kpi: {measure: average, whole: true, over: joined, each: month, width: 3, height: 2}
  - kpi: {measure: spending, title: Spending and its target, target: 200000, width: 3, height: 2}
  - kpi: {measure: customers, title: Customers by quarter, over: joined, each: quarter, width: 3, height: 2}
  - kpi: {measure: average, title: Average once more, against: average, width: 3, height: 2}
  - line: {title: New customers by month, measure: customers, over: joined, each: month, width: 6}
  - line: {title: New customers by region, measure: customers, over: joined, each: month, by: region, width: 6}
  - line: {title: Spending by quarter, measure: spending, over: joined, each: quarter, area: true, width: 6}
  - box_plot: {title: Age by habit, of: age, by: habit, width: 6}
  - treemap: {title: Spending by region and channel, measure: spending, by: region, parts: channel, patterns: true, width: 6}
  - treemap: {title: Customers by city, measure: customers, by: city, top: 5, width: 6}
  - heat_map: {title: The plan goes with the region, measure: customers, by: plan, across: region, colour: residual, width: 6}
  - heat_map: {title: The channel has nothing to do with the region, measure: customers, by: channel, across: region, colour: residual, width: 6}
  - heat_map: {title: Average by city and habit, measure: average, by: city, across: habit, width: 6, height: 6}
  - stacked_bar: {title: Habits in each region, measure: customers, by: region, stack: habit, orientation: vertical, patterns: true, width: 3, height: 6}
  - stacked_bar: {title: Shares of habits in each region, measure: customers, by: region, stack: habit, orientation: vertical, share: true, width: 3, height: 6}
  - bar: {title: The largest cities, measure: customers, by: city, top: 4, width: 4}
  - donut: {title: Cities as parts, measure: customers, by: city, top: 4, patterns: true, width: 4}
  - column: {title: Average of the largest cities, measure: average, by: city, top: 4, width: 4}
  - matrix: {title: Spending in figures, measures: [customers, average], by: [region, channel], across: habit, width: 12, height: 6}
  - matrix: {title: Cities in figures, measures: [customers, spending], by: [city], shade: bars, width: 12, height: 5}
""",
}


def published(folder):
    return reports.written(folder, FILES, {"customers.csv": rows()})


def report():
    return shared(published)


on_page = reports.on_page("visuals", report)


PLAIN = {  # what query says in the same form: measures by dimensions
    "Spending by region and channel": (["spending"], ["region", "channel"]),
    "The plan goes with the region": (["customers"], ["plan", "region"]),
    "Average by city and habit": (["average"], ["city", "habit"]),
    "Habits in each region": (["customers"], ["region", "habit"]),
    "Spending in figures": (["customers", "average"], ["region", "channel", "habit"]),
    "Cities in figures": (["customers", "spending"], ["city"]),
}


def expect_all(visit, report, source=None, where=()):
    """All plain visuals agree with query; that of `source` is not filtered by its own click."""
    for title, (measures, by) in PLAIN.items():
        said = report.query(measures, by, () if title == source else where)
        answer = visit.answer(title)
        expect_equal(with_rows(answer), said["rows"], f"the rows of {title!r} where {where}")
        expect_equal(answer["rows_used"], said["rows_used"], f"the rows used by {title!r}")


def months(report, where=()):
    counts = {}
    for day, count in report.query(["customers"], ["joined"], where)["rows"]:
        counts[day[:7] + "-01"] = counts.get(day[:7] + "-01", 0) + count
    return [[month, count] for month, count in sorted(counts.items())]


@on_page("every new visual has the figures of query, and its card says on how many rows")
def figures(visit, report):
    expect_all(visit, report)
    expect_equal(visit.answer("New customers by month")["rows"], months(report), "months")
    expect_equal(len(months(report)), 11, "months with rows: April has none")
    for total in visit.answer("Spending in figures")["totals"]:
        said = report.query(["customers", "average"], total["by"])
        expect_equal(total["rows"], said["rows"], f"totals by {total['by']}")
    for card in visit.evaluate("[...document.querySelectorAll('.card-foot')].map((foot) => foot.innerText)"):
        expect_in("400 of 400 rows", " ".join(card.split()), "a footer")


@on_page("a line's months filter by their days, and a second click lets go")
def line_click(visit, report):
    title = "New customers by month"
    before = visit.answer(title)["rows"]
    visit.click(title, "2025-07-01")
    expect_equal(visit.selections(), [{"source": visit.visual(title), "dimension": "joined",
                                       "range": ["2025-07-01", "2025-07-31"]}], "the selections")
    expect_equal(visit.answer(title)["rows"], before, "the clicked line")
    expect_all(visit, report, title, ["joined >= '2025-07-01' and joined <= '2025-07-31'"])
    expect_in("Jul 1, 2025 – Jul 31, 2025", visit.text(".filter-line"), "the line of filters")
    visit.click(title, "2025-09-01", shift=True)
    expect_equal(visit.selections()[0]["range"], ["2025-07-01", "2025-09-30"], "the range")
    visit.click(title, "2025-09-01")
    visit.click(title, "2025-09-01")
    expect_all(visit, report)


@on_page("a month without rows is a gap in the line, not a point of zero")
def gap(visit, report):
    drawn = visit.evaluate("""id => {
      const canvas = document.querySelector(`[data-visual="${id}"] .chart canvas`);
      const chart = echarts.getInstanceByDom(canvas.parentElement.parentElement);
      return chart.getOption().series[0].data.map(({ value }) => value);
    }""", visit.visual("New customers by month"))
    expect_equal(len(drawn), 12, "steps")
    expect_equal([index for index, value in enumerate(drawn) if value is None], [3], "gaps")


for _title, _key, _where in (
    ("Spending by region and channel", ["south", "web"], "region = 'south' and channel = 'web'"),
    ("The plan goes with the region", ["west", "north"], "plan = 'west' and region = 'north'"),
    ("Average by city and habit", ["Rome", "quiet"], "city = 'Rome' and habit = 'quiet'"),
    ("Habits in each region", ["north", "lively"], "region = 'north' and habit = 'lively'"),
    ("Spending in figures", ["south", "phone"], "region = 'south' and channel = 'phone'"),
    ("Age by habit", "lively", "habit = 'lively'"),
    ("Customers by city", "Oslo", "city = 'Oslo'"),
):
    @on_page(f"a click in {_title!r} filters all others to what query says, and not itself")
    def mark(visit, report, title=_title, key=_key, where=_where):
        before = visit.answer(title)["rows"]
        visit.click(title, key)
        expect_equal(visit.answer(title)["rows"], before, "the clicked visual")
        expect_all(visit, report, title, [where])
        visit.click(title, key)
        expect_equal(visit.selections(), [], "the selections after a second click")
        expect_all(visit, report)


@on_page("rare levels are one, with the figure of all of them, and can't be selected")
def folded(visit, report):
    said = {city: count for city, count in report.query(["customers"], ["city"])["rows"]}
    largest = sorted(said, key=lambda city: (-said[city], city))[:4]
    answer = visit.answer("The largest cities")
    expect_equal(sorted(row[0] for row in answer["rows"][:-1]), sorted(largest), "the kept cities")
    rest = sum(count for city, count in said.items() if city not in largest)
    expect_equal(answer["rows"][-1], [{"other": 5}, rest], "the rest")
    kept = ", ".join(f"'{row[0]}'" for row in visit.answer("Average of the largest cities")["rows"][:-1])
    other = report.query(["average"], where=[f"city not in ({kept})"])["rows"][0][0]
    expect_equal(visit.answer("Average of the largest cities")["rows"][-1], [{"other": 5}, other],
                 "the average of the rest")
    visit.window.get_by_role("button", name="Show The largest cities as a table").click()
    expect_equal(visit.rows("The largest cities")[-1], ["Other (5 levels)", str(rest)], "the last row")
    expect_equal(visit.card("The largest cities").locator("tbody button.name").count(), 4, "buttons")


@on_page("heat maps say in words whether there is a relation")
def relations(visit, report):
    yes = visit.card("The plan goes with the region").locator(".pair-sentence").inner_text()
    no = visit.card("The channel has nothing to do with the region").locator(".pair-sentence").inner_text()
    expect_in("Plan and Region have a strong relation (Cramér's V\u00a0=\u00a00.", yes, "the sentence")
    expect_in("No relation found between Channel and Region (Cramér's V\u00a0=\u00a00.", no, "the sentence")


@on_page("cards say what their figure is compared with, and the whole once there is a filter")
def comparisons(visit, report):
    card = visit.card("Spending and its target")
    spending = report.query(["spending"])["rows"][0][0]
    share = round(abs(spending / 200000 - 1) * 100)
    expect_in(f"{share}% {'above' if spending > 200000 else 'below'} the target, €200,000",
              card.inner_text(), "the card")
    first = visit.card("Average spending")
    expect_equal(first.locator(".kpi-compared").is_visible(), False, "a comparison without a filter")
    visit.tile("Region", "north")
    whole = report.query(["average"])["rows"][0][0]
    expect_in(f"the whole, €{whole:,.2f}", first.inner_text(), "the card under a filter")
    expect_equal(first.locator(".kpi-trend path").count(), 1, "lines")


@on_page("a matrix is a table with headings, and its names select from the keyboard")
def keyboard(visit, report):
    card = visit.card("Spending in figures")
    expect_equal(card.locator("table.matrix, .matrix table").count(), 1, "tables")
    expect(card.locator("th[scope=row]").count() >= 9, "headings of rows", card.locator("th[scope=row]").count())
    button = card.get_by_role("button", name="quiet")
    button.focus()
    with visit.drawing():
        visit.window.keyboard.press("Enter")
    expect_all(visit, report, "Spending in figures", ["habit = 'quiet'"])
    expect_equal(card.locator("button[aria-pressed=true]").inner_text(), "quiet", "the pressed name")
    expect_equal(visit.evaluate("document.activeElement.innerText"), "quiet", "what has the focus")


for _width in (420, 1440):
    @on_page(f"the new visuals fit at {_width} pixels, in light and dark", _width)
    def widths(visit, report):
        expect_equal(visit.evaluate(look.FAULTS), [], "faults")
        with visit.drawing():
            visit.window.emulate_media(color_scheme="dark")
        expect_equal(visit.evaluate(look.FAULTS), [], "faults in dark")
        expect_equal(visit.evaluate("[...document.querySelectorAll('.state')].map((state) => state.innerText)"),
                     [], "states in place of visuals")
