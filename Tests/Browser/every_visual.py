"""Whether every visual of a page has the figures that `aurora query` says, whatever is selected on it.

Each kind of visual tells what is to be asked and compares: a generator that yields lists of questions
and is sent their answers. The questions of all visuals are asked together, measures of one model by
the same dimensions in one go. Where a visual shows what follows from rows rather than from a measure,
query counts the rows by their values, and the bins, boxes and points are made of these here.
"""

import collections
import statistics
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from agreement import with_rows
from harness import Failed, expect, expect_equal, expect_near

# What no query tells, and why.
FITTED = "a drawing of a segmentation as it was fitted: of no measure, and filtered by nothing"
NOT_TOLD = {
    "text": "words of the author, without figures of the data",
    "biplot": FITTED, "silhouettes": FITTED, "curves": FITTED, "dendrogram": FITTED,
    "differences": "means of dimensions and tests between groups: query has measures only",
}
# Of these the figures are compared, but not what else they tell:
# heat_map: residuals and the test of the relation; claim: its verdict and tests; finding: its sentence;
# segment_cards: traits and repeatability; recommendation: figures inside its text;
# pair: the interval and the rank correlation; map: which outline a value is.
PARALLEL = 3
EXACT = 1e-9  # relative; for what is added up here instead of in a query


class Question(NamedTuple):
    measures: tuple
    by: tuple
    where: tuple


class Catalogue:
    """The measures and dimensions of a published run."""

    def __init__(self, report):
        self.measures = {each["name"]: each for each in report.show("measures")}
        self.dimensions = {each["name"]: each for each in report.show("dimensions")}

    def model(self, measure):
        return self.measures[measure]["model"]

    def counting(self, dimension):
        """The measure that counts the rows of a dimension's model."""
        model = self.dimensions[dimension]["model"]
        for name, each in self.measures.items():
            if each["model"] == model and "".join(each["expression"].lower().split()) == "count(*)":
                return name
        raise Failed(f"expected a measure count(*) of {model}, the model of {dimension}\n     found    none")

    def adds_up(self, measure):
        text = "".join(self.measures[measure]["expression"].lower().split())
        return text == "count(*)" or (text.startswith("sum(") and text.count("(") == 1)


# --- Selections as conditions -----------------------------------------------------------------


def literal(value):
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, (int, float)) else "'" + value.replace("'", "''") + "'"


def condition(selection):
    """A selection as an author would write it."""
    name = selection["dimension"]
    if selection.get("values") is not None:
        known = [literal(value) for value in selection["values"] if value is not None]
        parts = [f"{name} in ({', '.join(known)})"] if known else []
        parts += [f"{name} is null"] if None in selection["values"] else []
        return " or ".join(parts)
    if selection.get("range"):
        start, end = selection["range"]
        bounds = [(">=", start), ("<=", end)]
        return " and ".join(f"{name} {sign} {literal(bound)}" for sign, bound in bounds if bound is not None)
    raise Failed(f"expected values or a range\n     found    {selection}")


def in_force(visual, selections, slicers):
    """The conditions on a visual: none that it has set itself, nor any that it doesn't take."""
    kept = [each for each in selections if each["source"] != visual["id"]]
    if visual.get("interaction") in ("highlight", "none"):
        kept = [each for each in kept if each["source"] in slicers]
    return tuple(condition(each) for each in kept)


# --- All of a page ----------------------------------------------------------------------------


def expect_every_figure(visit, report):
    """Compares all visuals of a page, under what is selected on it, and the figures that cards write."""
    visuals = visit.description["visuals"]
    answers = visit.evaluate("ids => ids.map((id) => aurora.visual(id))", [each["id"] for each in visuals])
    compare(visit.description, answers, visit.selections(), report)
    return {each["id"]: answer for each, answer in zip(visuals, answers, strict=True)}


def compare(description, answers, selections, report):
    slicers = {each["id"] for each in description["slicers"]}
    work = []
    for visual, answer in zip(description["visuals"], answers, strict=True):
        kind = visual["type"]
        if kind in NOT_TOLD:
            continue
        if kind not in KINDS:
            raise Failed(f"expected a way to compare a {kind}, or a reason in NOT_TOLD\n     found    neither")
        where = in_force(visual, selections, slicers)
        what = f"{visual['title']!r} ({kind}) where {list(where)}"
        expect(answer and "error" not in answer, f"figures of {what}", answer)
        expect_equal(answer["suppressed"], 0, f"hidden cells of {what}")
        work.append((KINDS[kind](Shown(visual, answer, where, what, report.catalogue())), what))
    asked = [(each, next(each), what) for each, what in work]
    while asked:
        told = ask(report, [question for _, questions, _ in asked for question in questions])
        further = []
        for each, questions, what in asked:
            try:
                further.append((each, each.send([told[question] for question in questions]), what))
            except StopIteration:
                pass
        asked = further


def ask(report, questions):
    """The answers to questions, each with its own measures only."""
    catalogue = report.catalogue()
    groups = collections.defaultdict(list)
    for question in questions:
        models = {catalogue.model(name) for name in question.measures}
        # The rows that are used are those of the first measure's model.
        key = (*sorted(models), *(question.measures if len(models) > 1 else ()))
        known = groups[key, question.by, question.where]
        known.extend(name for name in question.measures if name not in known)
    asked = [(measures, by, where) for (_, by, where), measures in groups.items()]
    with ThreadPoolExecutor(PARALLEL) as pool:
        found = dict(zip(groups, pool.map(lambda words: report.query(*words), asked), strict=True))
    told = {}
    for question in questions:
        for (key, by, where), said in found.items():
            if (by, where) == (question.by, question.where) and set(question.measures) <= set(said["columns"]):
                models = {catalogue.model(name) for name in question.measures}
                if key[:len(models)] == tuple(sorted(models)):
                    places = [said["columns"].index(name) for name in question.measures]
                    rows = [[*row[:len(by)], *(row[at] for at in places)] for row in said["rows"]]
                    told[question] = {**said, "rows": rows}
                    break
    return told


# --- What is compared of each kind ------------------------------------------------------------


class Shown(NamedTuple):
    visual: dict
    answer: dict
    where: tuple
    what: str
    catalogue: Catalogue

    @property
    def rows(self):
        return with_rows(self.answer)

    @property
    def measures(self):
        return tuple(self.visual["measures"])

    @property
    def by(self):
        return tuple(self.visual["dimensions"])

    def question(self, measures, by=(), more=()):
        return Question(tuple(measures), tuple(by), (*self.where, *more))

    def expect_used(self, said):
        for name in ("rows_used", "rows_total"):
            expect_equal(self.answer[name], said[name], f"{name} of {self.what}")


def exact(value):
    """Values of dimensions that can be compared: 0 and 0.0 are one."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def table(rows, width):
    made = {tuple(exact(value) for value in row[:width]): row[width:] for row in rows}
    expect_equal(len(made), len(rows), "rows with values of their own")
    return made


def expect_same(found, wanted, what):
    """Two tables by their values; the first row that differs is told."""
    expect_equal(sorted(map(repr, found.keys() - wanted.keys())), [], f"rows of {what} that query lacks")
    expect_equal(sorted(map(repr, wanted.keys() - found.keys())), [], f"rows of query that {what} lacks")
    for values, figures in wanted.items():
        expect_equal(found[values], figures, f"the row {list(values)} of {what}")


def near(found, wanted, what):
    if wanted is None or found is None:
        expect_equal(found, wanted, what)
    else:
        expect_near(found, wanted, EXACT * max(1, abs(wanted)), what)


def is_other(value):
    return isinstance(value, dict)


def broken_down(shown, rows, by, used=True):
    """Rows of dimensions and measures; rare levels may be one."""
    (said,) = yield [shown.question(shown.measures, by)]
    if used:
        shown.expect_used(said)
    width = len(by)
    named = [{exact(row[at]) for row in rows if not is_other(row[at])} for at in range(width)]
    folded = [at for at in range(width) if any(is_other(row[at]) for row in rows)]
    plain = [row for row in rows if not any(map(is_other, row[:width]))]
    expect_same(
        table(plain, width),
        {values: row for values, row in table(said["rows"], width).items()
         if not any(values[at] not in named[at] for at in folded)},
        shown.what)
    others = [row for row in rows if any(map(is_other, row[:width]))]
    if not others:
        return
    expect_equal(len(folded), 1, f"dimensions of {shown.what} with rare levels")
    (at,) = folded
    rest = [row for row in said["rows"] if exact(row[at]) not in named[at]]
    names = {exact(row[at]) for row in rest}
    known = ", ".join(literal(value) for value in sorted({row[at] for row in plain if row[at] is not None}, key=repr))
    outside = f"{by[at]} not in ({known})" + (f" or {by[at]} is null" if None in names else "")
    inner = tuple(name for place, name in enumerate(by) if place != at)
    (whole,) = yield [shown.question(shown.measures, inner, (outside,))]
    wanted = table(whole["rows"], len(inner))
    expect_equal(len(others), len(wanted), f"rows of all other levels of {shown.what}")
    for row in others:
        values = tuple(exact(value) for place, value in enumerate(row[:width]) if place != at)
        for found, figure in zip(row[width:], wanted[values], strict=True):
            near(found, figure, f"the figure of all other levels, {list(values)}, of {shown.what}")
        if not inner:
            expect_equal(row[at]["other"], len(names), f"how many other levels {shown.what} has")


def plain(shown):
    yield from broken_down(shown, shown.rows, shown.by)
    part = shown.answer.get("part")
    expect(part is None, f"no part of {shown.what}, for which there is no comparison", part)


def kpi(shown):
    options = shown.visual["options"]
    expect(not options["over"], f"no line in {shown.what}, for which there is no comparison", options)
    figure = shown.measures[:1]
    beside = shown.answer.get("compared") or {"with": "nothing"}
    expect(beside["with"] in ("nothing", "measure", "whole"), f"a way to compare what {shown.what} is compared with", beside)
    other = [shown.question((options["against"],))] if beside["with"] == "measure" else []
    other += [Question(figure, (), ())] if beside["with"] == "whole" else []
    said, *compared = yield [shown.question(figure), *other]
    expect_equal(shown.rows, said["rows"], f"the figure of {shown.what}")
    shown.expect_used(said)
    for each in compared:
        expect_equal(beside["value"], each["rows"][0][0], f"what {shown.what} is compared with")


def matrix(shown):
    yield from broken_down(shown, shown.rows, shown.by)
    for total in shown.answer["totals"]:
        yield from broken_down(shown, total["rows"], tuple(total["by"]), used=False)


def radar(shown):
    yield from broken_down(shown, shown.rows, shown.by)
    (whole,) = yield [shown.question(shown.measures)]
    expect_equal([shown.answer["all"]], whole["rows"], f"the figures of all rows of {shown.what}")


def sankey(shown):
    pairs = list(zip(shown.by, shown.by[1:]))
    answers = yield [shown.question(shown.measures, pair) for pair in pairs]
    wanted = {}
    for (start, end), said in zip(pairs, answers, strict=True):
        shown.expect_used(said)
        wanted |= {(start, row[0], end, row[1]): row[2:] for row in said["rows"]}
    expect_same({tuple(row[:4]): row[4:] for row in shown.rows}, wanted, shown.what)


def recommendation(shown):
    group = tuple(condition(clause) for clause in shown.answer["clauses"])
    said, whole = yield [shown.question(shown.measures, more=group), shown.question(shown.measures)]
    expect_equal(shown.rows, said["rows"], f"the size of the group of {shown.what}")
    expect_equal(shown.answer["whole"], whole["rows"][0][0], f"the size of all of {shown.what}")
    shown.expect_used(said)


def groups(shown):
    """Groups with their rows and what they hold of a measure."""
    by = shown.by[:1]
    count = (shown.catalogue.counting(by[0]),)
    rows, *held = yield [shown.question(count, by),
                         *([shown.question(shown.measures, by), shown.question(shown.measures)] if shown.measures else [])]
    shown.expect_used(rows)
    sizes = table(rows["rows"], 1)
    found = table(shown.rows, 1)
    expect_same({key: row[:1] for key, row in found.items() if row[0]}, sizes, shown.what)
    total = sum(size for (size,) in sizes.values())
    figures = table(held[0]["rows"], 1) if held else {}
    for key, row in found.items():
        what = f"of {key[0]} in {shown.what}"
        near(row[1], row[0] / total, f"the share {what}")
        if held and row[0]:
            expect_equal(row[2], figures[key][0], f"the figure {what}")
            if row[3] is not None:
                near(row[3], row[2] / held[1]["rows"][0][0], f"the share of the figure {what}")


# --- Of rows, by how often query counts each value --------------------------------------------


def histogram(shown):
    (name,) = shown.by
    (said,) = yield [shown.question((shown.catalogue.counting(name),), (name,))]
    shown.expect_used(said)
    bins = [row for row in shown.rows if row[0] is not None]
    counts = [0] * len(bins)
    missing = 0
    for value, count in said["rows"]:
        if value is None:
            missing += count
            continue
        inside = [at for at, (start, end, _) in enumerate(bins)
                  if start <= value and (value < end or (at == len(bins) - 1 and value <= end))]
        expect_equal(len(inside), 1, f"bins of {shown.what} with {value}")
        counts[inside[0]] += count
    expect_equal([row[2] for row in bins], counts, f"the bins of {shown.what}")
    expect_equal(sum(row[2] for row in shown.rows if row[0] is None), missing, f"rows without a value in {shown.what}")


def points(shown):
    """Every row with both values, as a point."""
    options = shown.visual["options"]
    axes = tuple(options.get("axes") or (options["x"], options["y"]))
    expect("series" in shown.answer, f"points in {shown.what}", list(shown.answer))
    (said,) = yield [shown.question((shown.catalogue.counting(axes[0]),), axes + shown.by)]
    shown.expect_used(said)
    wanted = collections.Counter()
    for x, y, *category, count in said["rows"]:
        if x is not None and y is not None:
            wanted[float(x), float(y), *category] += count
    xs, ys, *codes = shown.answer["series"]
    names = [[shown.answer["categories"][code]] for code in codes[0]] if codes else [[]] * len(xs)
    found = collections.Counter((float(x), float(y), *name) for x, y, name in zip(xs, ys, names, strict=True))
    expect_equal(dict((found - wanted).most_common(3)), {}, f"points of {shown.what} that query lacks")
    expect_equal(dict((wanted - found).most_common(3)), {}, f"points of query that {shown.what} lacks")
    relation = shown.answer.get("correlation")
    if relation and relation["pearson"] is not None:
        expect_equal(relation["rows"], len(xs), f"rows of the correlation of {shown.what}")
        near(relation["pearson"], statistics.correlation(xs, ys), f"the correlation of {shown.what}")


def quantile(values, share):
    """Type 7 of Hyndman and Fan: between neighbours by distance."""
    place = (len(values) - 1) * share
    below = int(place)
    return values[below] + (values[min(below + 1, len(values) - 1)] - values[below]) * (place - below)


def box_plot(shown):
    name = shown.visual["options"]["x"]
    (said,) = yield [shown.question((shown.catalogue.counting(name),), (*shown.by, name))]
    shown.expect_used(said)
    width = len(shown.by)
    values, outside = collections.defaultdict(list), collections.Counter()
    for *group, value, count in said["rows"]:
        if value is not None:
            values[tuple(group)] += [float(value)] * count
    expect_equal(shown.answer["whiskers"], "tukey", f"whiskers of {shown.what}")
    found = {tuple(row[:width]): row[width:] for row in shown.rows if row[width]}
    expect_equal(found.keys(), values.keys(), f"boxes of {shown.what}")
    for group, all_values in values.items():
        all_values.sort()
        lower, median, upper = (quantile(all_values, share) for share in (0.25, 0.5, 0.75))
        reach = 1.5 * (upper - lower)
        within = [each for each in all_values if lower - reach <= each <= upper + reach]
        below = sum(each < lower - reach for each in all_values)
        wanted = [len(all_values), within[0], lower, median, upper, within[-1], below,
                  len(all_values) - len(within) - below]
        for figure, each, words in zip(found[group], wanted, shown.answer["columns"][width:], strict=True):
            near(figure, each, f"{words} of {list(group)} in {shown.what}")
        outside.update((*group, each) for each in all_values if not lower - reach <= each <= upper + reach)
    shown_outside = {(*row[:width], float(row[width])): row[width + 1] for row in shown.answer["outliers"]}
    if shown_outside:
        expect_equal(shown_outside, dict(outside), f"the values beyond the whiskers of {shown.what}")


def line(shown):
    expect(not shown.visual["options"]["each"], f"no periods in {shown.what}, for which there is no comparison", "some")
    yield from plain(shown)


KINDS = {
    **dict.fromkeys(("bar", "column", "stacked_bar", "donut", "treemap", "heat_map", "table", "map", "claim"), plain),
    "kpi": kpi, "matrix": matrix, "radar": radar, "sankey": sankey, "recommendation": recommendation, "line": line,
    "finding": groups, "segment_cards": groups, "histogram": histogram, "scatter": points, "pair": points,
    "box_plot": box_plot,
}
