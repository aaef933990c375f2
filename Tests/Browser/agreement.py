"""Whether what a page shows is what `aurora query` says."""

from decimal import ROUND_HALF_UP, Decimal

from harness import expect, expect_equal


def with_rows(answer):
    """The rows of an answer that stand for any: heat maps also tell of pairs that never meet."""
    empty = set(answer.get("empty", []))
    return [row for place, row in enumerate(answer["rows"]) if place not in empty]


def expect_agreement(visit, report, filters=None):
    """Compares every visual of the page with `aurora query`.

    `filters` holds the conditions in force, each with the id of the visual or slicer that it
    comes from: that visual itself is not filtered by it.
    """
    filters = filters or {}
    visuals = [each for each in visit.description["visuals"] if each["type"] != "text"]
    answers = visit.evaluate(
        "ids => ids.map((id) => aurora.visual(id))", [visual["id"] for visual in visuals])
    cards = visit.evaluate(
        "ids => ids.map((id) => document.querySelector(`[data-visual='${id}']`).innerText)",
        [visual["id"] for visual in visuals])
    counted = False  # whether a histogram's bins have been counted by query
    single = [name for each in visuals if each["type"] == "kpi" for name in each["measures"]]
    for visual, answer, text in zip(visuals, answers, cards, strict=True):
        where = [filters[source] for source in filters if source != visual["id"]]
        what = f"{visual['title']!r} where {where}"
        measures, by = visual["measures"], visual["dimensions"]
        if visual["type"] == "kpi":
            said = report.query(single, where=where)
            figure = said["rows"][0][single.index(measures[0])]
            expect_equal(answer["rows"], [[figure]], f"the figure of {what}")
            shown = as_text(figure, visit.description["measures"][measures[0]]["format"])
            expect(shown in text.split(), f"{what} to show {shown}", text)
        elif visual["type"] == "histogram":
            said = report.query(["customers"], where=where)
            expect_all_in_bins(answer, what)
            if not (counted and where):  # under filters one histogram is enough
                expect_bins(answer, report, by[0], where, what)
            counted = True
        elif visual["type"] == "scatter":
            said = report.query(["customers"], by=by[:1], where=where)
            expect_points(answer, said, what)
        else:
            said = report.query(measures, by=by, where=where)
            expect_equal(with_rows(answer), said["rows"], f"the rows of {what}")
        for name in ("rows_used", "rows_total"):
            expect_equal(answer[name], said[name], f"{name} of {what}")
        # Narrow cards leave out "Computed on".
        footer = f"{said['rows_used']:,} of {said['rows_total']:,} rows"
        expect(footer in " ".join(text.split()), f"{what} to say '{footer}'", text)


def expect_all_in_bins(answer, what):
    expect_equal(answer["columns"], ["from", "to", "count"], f"the columns of {what}")
    expect_equal(sum(row[2] for row in answer["rows"]), answer["rows_used"],
                 f"the sum of the bins of {what}")


def expect_bins(answer, report, dimension, where, what):
    """As many rows are in the fullest bin as query counts there, and in the last one."""
    bins = [row for row in answer["rows"] if row[0] is not None]
    fullest = max(range(len(bins)), key=lambda index: bins[index][2])
    for index in {fullest} if where else {fullest, len(bins) - 1}:
        start, end, count = bins[index]
        before = "<=" if index == len(bins) - 1 else "<"
        condition = f"{dimension} >= {start!r} and {dimension} {before} {end!r}"
        said = report.query(["customers"], where=[*where, condition])
        expect_equal(count, said["rows"][0][0], f"the bin of {what} where {condition}")


def expect_points(answer, said, what):
    """One point for each customer, and as many of each category."""
    xs, ys, codes = answer["series"]
    expect_equal([len(ys), len(codes)], [len(xs)] * 2, f"points of {what}")
    counts = {}
    for code in codes:
        counts[answer["categories"][code]] = counts.get(answer["categories"][code], 0) + 1
    expect_equal(counts, {value: count for value, count in said["rows"] if count},
                 f"points of each category of {what}")


def as_text(figure, form):
    """A figure as en-US writes it."""
    if figure is None:
        return "–"
    if form["style"] == "integer":
        return f"{Decimal(repr(figure)).quantize(Decimal(1), ROUND_HALF_UP):,}"
    if form["digits"] is None:
        return f"{figure:,.4f}".rstrip("0").rstrip(".")
    return ("$" if form["style"] == "currency" else "") + f"{figure:,.{form['digits']}f}"
