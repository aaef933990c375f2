"""Every page of an example: all figures as query says, before and after a click on a mark."""

from decimal import ROUND_HALF_UP, Decimal

import reports
from agreement import as_text
from every_visual import expect_every_figure, is_other
from harness import HOME, Failed, expect, expect_equal, expect_in, test
from visits import Visit

# Kinds with marks to click, the easiest to hit first, and which values of a row are a mark's key.
MARKS = {
    "column": lambda values: values[0], "bar": lambda values: values[0], "donut": lambda values: values[0],
    "stacked_bar": lambda values: values, "heat_map": lambda values: values,
    "treemap": lambda values: values if len(values) > 1 else values[0], "map": lambda values: values[0],
    "matrix": lambda values: values[:1], "box_plot": lambda values: values[0], "table": lambda values: values[0],
}


def pages(name):
    return sorted(file.stem for file in (HOME / "Examples" / name / "pages").glob("*.yaml"))


def largest_mark(visual, answer):
    """The values of the row with the largest figure, of those that can be picked; None without one."""
    width = len(visual["dimensions"])
    rows = [row for row in answer["rows"] if row[width] is not None
            and not any(value is None or is_other(value) for value in row[:width])]
    return max(rows, key=lambda row: row[width])[:width] if rows else None


def click_a_mark(visit, answers):
    """Selects something on the page, in a visual where that is possible, else in a slicer."""
    for kind, key in MARKS.items():
        for visual in visit.description["visuals"]:
            values = visual["type"] == kind and largest_mark(visual, answers[visual["id"]])
            place = values and visit.evaluate("([id, key]) => aurora.markPosition(id, key)", [visual["id"], key(values)])
            if not place:
                continue
            with visit.drawing():
                visit.window.mouse.click(place["x"], place["y"])
            said = {each["dimension"]: each["values"] for each in visit.selections()}
            for dimension, value in zip(visual["dimensions"], values):
                expect(dimension not in said or said[dimension] == [value],
                       f"{dimension} to be {value!r} after a click in {visual['title']!r}", said)
            expect(said, f"a selection by a click in {visual['title']!r}", "none")
            return
    for slicer in visit.description["slicers"]:
        if slicer["type"] == "list":
            with visit.drawing():
                visit.window.locator(f'[data-slicer="{slicer["id"]}"] [data-value]').first.click()
            return
    raise Failed("expected a mark or a value to click\n     found    none")


def figure_text(figure, form):
    if figure is not None and form["style"] == "percent":
        small = figure != 0 and abs(figure) < 0.0995 and round(figure * 100, 9) % 1 != 0
        places = Decimal(1).scaleb(-max(form["digits"] or 0, 1 if small else 0))
        return f"{(Decimal(repr(figure)) * 100).quantize(places, ROUND_HALF_UP)}%"
    return as_text(figure, form)


def expect_written(visit, answers):
    """Cards of one figure write it in full, and every other visual on how many rows it rests."""
    for visual in visit.description["visuals"]:
        answer = answers[visual["id"]]
        card = visit.window.locator(f'[data-visual="{visual["id"]}"]')
        if visual["type"] == "kpi":
            shown = figure_text(answer["rows"][0][0], visit.description["measures"][visual["measures"][0]]["format"])
            expect_in(shown, card.inner_text(), f"the card {visual['title']!r}")
        elif answer and card.locator(".computed").is_visible():
            rows = f"{answer['rows_used']:,} of {answer['rows_total']:,} rows"
            expect_in(rows, " ".join(card.inner_text().split()), f"the foot of {visual['title']!r}")


def expect_figures_of(page, report):
    with report.serve() as server, Visit(server) as visit:
        visit.open(page)
        expect_equal(visit.selections(), [], "selections")
        before = expect_every_figure(visit, report)
        expect_written(visit, before)
        if not any(before.values()):
            return  # only text
        click_a_mark(visit, before)
        after = expect_every_figure(visit, report)
        expect_written(visit, after)
        source = {each["source"] for each in visit.selections()}
        kept = [each for each in before if each not in source and after[each] == before[each]]
        expect(len(kept) < len(before), "figures that the selection changes", "none")
        visit.expect_no_remarks()


def figures_of_pages(name, module):
    """Registers a test for each page of an example, as one of a module's."""
    for page in pages(name):
        def made(folder, page=page):
            expect_figures_of(page, reports.example(name))

        made.__name__ = f"figures_of_{name}_{page}".replace("-", "_")
        made.__module__ = module
        test(f"{name}, {page}: every visual has the figures of query, before and after a click on a mark")(made)
