"""What doesn't fit a visual folds, says how much is shown, or refuses; parts inside lines, areas, cells and tables; lines
and boxes by the keyboard; ways down in stacked bars and matrices."""

import json

import new_visuals
import reports
from harness import expect, expect_equal, expect_in, shared
from interactions import choose, open_menu

# Characters of an answer: 400 rows would take more.
MOST = 12_000

FILES = {
    **{name: text for name, text in new_visuals.FILES.items() if not name.startswith("pages/")},
    "pages/many.yaml": """\
type: page/v1
title: Many
visuals:
  - bar: {title: A bar for everybody, measure: customers, by: customer, width: 6}
  - bar: {title: Averages of everybody, measure: average, by: customer, width: 6}
  - donut: {title: Everybody a slice, measure: customers, by: customer, width: 6}
  - heat_map: {title: Everybody a row, measure: spending, by: customer, across: habit, width: 6}
  - column: {title: A column for each day, measure: customers, by: joined, width: 6}
  - column: {title: Everybody upwards, measure: spending, by: customer, width: 6}
""",
    "pages/parts.yaml": """\
type: page/v1
title: Parts
visuals:
  - donut: {title: Lively ones, measure: lively, by: region, width: 4}
  - column: {title: Habits, measure: customers, by: habit, width: 4}
  - stacked_bar: {title: Regions and habits, measure: customers, by: region, stack: habit, drill: [city], width: 4}
  - line: {title: By quarter, measure: customers, over: joined, each: quarter, by: region, interaction: highlight, width: 6}
  - treemap: {title: As areas, measure: spending, by: region, parts: channel, interaction: highlight, width: 6}
  - heat_map: {title: As cells, measure: customers, by: plan, across: region, interaction: highlight, width: 6}
  - matrix: {title: As a table, measures: [customers, average], by: [region], across: plan, drill: [city], interaction: highlight, width: 6}
  - scatter: {title: Points, x: age, y: spent, width: 6, height: 5}
  - scatter: {title: Shapes, x: age, y: spent, by: habit, patterns: true, width: 6, height: 5}
""",
}
FILES["measures/customers.yaml"] = FILES["measures/customers.yaml"].replace(
    "dimensions:\n",
    "  lively: {expression: \"count(*) FILTER (WHERE \\\"group\\\" = 'lively')\", label: Lively}\n"
    "dimensions:\n  customer: {expression: id, label: Customer}\n"
    "  spent: {expression: spent, label: Spent, format: currency, digits: 0}\n")


def published(folder):
    return reports.written(folder, FILES, {"customers.csv": new_visuals.rows()})


def report():
    return shared(published)


on_many = reports.on_page("many", report)
on_parts = reports.on_page("parts", report)


def foot(visit, title):
    return visit.card(title).locator(".card-foot").inner_text()


@on_many("too many levels are one, or are said to be left out, or are refused with what to do; no canvas is too high")
def many(visit, report):
    everybody = visit.answer("A bar for everybody")
    expect_equal(len(everybody["rows"]), 51, "bars")
    expect_equal(everybody["rows"][-1], [{"other": 350}, 350], "the bar of all others")
    averages = visit.answer("Averages of everybody")
    largest = sorted(report.query(["average"], ["customer"])["rows"], key=lambda row: -row[1])[49][1]
    expect_equal(len(averages["rows"]), 50, "averages")
    expect(all(row[1] >= largest for row in averages["rows"]), "the largest averages", averages["rows"])
    expect_in("50 of 400 shown, by Average spending", foot(visit, "Averages of everybody"), "the foot")
    expect_equal(len(visit.answer("Everybody a slice")["rows"]), 12, "slices")
    expect_in("60 of 400 shown, by Spending", foot(visit, "Everybody a row"), "the foot of the heat map")
    refusal = visit.card("A column for each day").locator(".state.error").inner_text()
    expect_in("'joined' has", refusal, "the refusal")
    expect_in("each: month", refusal, "what to do")
    for title in ("A bar for everybody", "Averages of everybody", "Everybody a slice", "Everybody a row"):
        size = len(json.dumps(visit.answer(title)))
        expect(size < MOST, f"an answer of {title!r} below {MOST} characters", size)
    tallest = visit.evaluate("Math.max(...[...document.querySelectorAll('canvas')].map(({ height, width }) => Math.max(height, width)))")
    expect(tallest < 8000, "canvases that a browser can hold", tallest)


@on_parts("a filtered count adds up: its donut has shares")
def filtered_count(visit, report):
    expect_equal(visit.card("Lively ones").locator(".card-subtitle").inner_text(), "Share of lively", "the subtitle")
    expect_equal(visit.description["measures"]["lively"]["additive"], True, "lively")
    expect_equal(visit.description["measures"]["average"]["additive"], False, "average")


@on_parts("what is selected elsewhere is strong in lines, areas, cells and tables, with its figures")
def parts(visit, report):
    visit.click("Habits", "lively")
    where = ["habit = 'lively'"]
    for title, measures, by in [("As areas", ["spending"], ["region", "channel"]),
                                ("As cells", ["customers"], ["plan", "region"]),
                                ("As a table", ["customers", "average"], ["region", "plan"])]:
        answer = visit.answer(title)
        expect_equal(answer["rows"], report.query(measures, by)["rows"], f"the whole of {title!r}")
        expect_equal(answer["part"]["rows"], report.query(measures, by, where)["rows"], f"the part of {title!r}")
        expect_in("Strong: ", foot(visit, title), f"the foot of {title!r}")
    total = visit.answer("As a table")["part"]["totals"][-1]["rows"][0]
    expect_equal(total, report.query(["customers", "average"], [], where)["rows"][0], "the total of the part")
    cell = visit.card("As a table").locator("tbody tr").last.locator("td").nth(-2).inner_text()
    expect_equal(cell, f"{total[0]} of 400", "the total's words")
    expect_in("Selected", visit.hover("As cells", ["north", "north"]), "the tooltip of a cell")
    expect_in("Selected", visit.hover("As areas", ["north", "web"]), "the tooltip of an area")
    ids = visit.evaluate("""async (id) => {
      const { EChart } = await import("/web/echarts-kit.js");
      return EChart.within(document.querySelector(`[data-visual="${id}"]`)).option.series.map((each) => each.id);
    }""", visit.visual("By quarter"))
    expect_equal([each for each in ids if each.startswith("part")], ["part-0", "part-1", "part-2"], "strong lines")
    visit.clear_all()
    expect("part" not in visit.answer("As cells"), "no part", visit.answer("As cells"))


@on_parts("a line is picked by the name at its end, with mouse and keyboard")
def line_names(visit, report):
    names = visit.card("By quarter").locator(".line-name")
    expect_equal(names.evaluate_all("all => all.map((each) => each.ariaLabel)"), ["north", "south", "west"], "the names")
    with visit.drawing():
        names.nth(1).click()
    expect_equal([each["values"] for each in visit.selections()], [["south"]], "the filter")
    visit.wait("document.querySelectorAll('.line-name')[1].ariaPressed === 'true'", "the name to be pressed")
    names.nth(1).focus()
    with visit.drawing():
        visit.window.keyboard.press("Enter")
    expect_equal(visit.selections(), [], "filters after the second time")


@on_parts("both ways down keep what stands across")
def ways_down(visit, report):
    open_menu(visit, "Regions and habits", ["north", "core"])
    with visit.drawing():
        choose(visit, "Go down to City")
    expect_equal(visit.answer("Regions and habits")["rows"],
                 report.query(["customers"], ["city", "habit"], ["region = 'north'"])["rows"], "pieces below")
    visit.card("As a table").locator("tbody button.name").first.click(button="right")
    with visit.drawing():
        choose(visit, "Go down to City")
    below = visit.answer("As a table")
    expect_equal(below["columns"][:2], ["city", "plan"], "the columns below")
    expect_equal(len(visit.card("As a table").locator(".level.above").all()), 1, "the level above")


@on_parts("ranges are typed in place of a box; points beside it step back; axes are written as their dimensions")
def typed_box(visit, report):
    card = visit.card("Points")
    card.scroll_into_view_if_needed()
    card.locator("[aria-label='Pick ranges of Points']").focus()
    visit.window.keyboard.press("Enter")
    visit.wait("document.querySelector('.box-fields:popover-open input')", "the fields")
    expect_equal(card.locator(".box-fields legend").all_inner_texts(), ["Age", "Spent"], "the fields' names")
    for value in ("30", "50", "100", "500"):
        visit.window.keyboard.type(value)
        visit.window.keyboard.press("Tab")
    with visit.drawing():
        visit.window.keyboard.press("Enter")
    expect_equal([(each["dimension"], each["range"]) for each in visit.selections()],
                 [("age", [30, 50]), ("spent", [100, 500])], "the ranges")
    where = ["age >= 30 AND age <= 50 AND spent >= 100 AND spent <= 500"]
    expect_equal(visit.answer("Habits")["rows"], report.query(["customers"], ["habit"], where)["rows"], "those in the box")
    sizes = visit.evaluate("""async (id) => {
      const { EChart } = await import("/web/echarts-kit.js");
      const { series, xAxis } = EChart.within(document.querySelector(`[data-visual="${id}"]`)).option;
      return { points: series.map((each) => each.data.length / 2), colours: series.map((each) => each.itemStyle?.color), name: xAxis.name };
    }""", visit.visual("Points"))
    inside = report.query(["customers"], [], where)["rows"][0][0]
    expect_equal(sizes["points"][:2], [400 - inside, inside], "points beside the box and in it")
    expect(sizes["colours"][0] != sizes["colours"][1], "two strengths", sizes["colours"])
    expect_equal(sizes["name"], "Age", "the axis's name")
    shapes = visit.card("Shapes").locator(".legend .dot").evaluate_all("all => all.map((each) => each.dataset.shape)")
    expect_equal(len(set(shapes)), 3, "shapes in the legend")
    card.locator("[aria-label='Pick ranges of Points']").click()
    visit.wait("document.querySelector('.box-fields:popover-open .quiet')", "a way to let go")
    with visit.drawing():
        card.locator(".box-fields .quiet").click()
    expect_equal(visit.selections(), [], "filters after letting go")
