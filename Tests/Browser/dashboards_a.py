"""Reference projects 000, 002 and 004: every page of each, on the original files."""

from decimal import ROUND_HALF_UP, Decimal

import look
from agreement import as_text
from harness import HOME, Skipped, expect, expect_equal, expect_in, shared, test
from reports import Report
from visits import Visit

FILES = HOME.parent / "shared/data"
# An example, where its files are, and one of them.
EXAMPLES = {
    "aurora-dashboard": ("aurora", "users_data.xlsx"),
    "banking": ("banking", "Banking.csv"),
    "financial-services": (".", "bank_churners/BankChurners.csv"),
}
# A page's slicer and the value of it that is clicked.
SLICERS = {
    "age_bracket": "18-25", "gender": None, "age_then": "18-25", "relationship": "Retail",
    "card_category": "Gold", "demographic": "Men on high incomes",
    "behavioural": "Fading activity", "combined": "Heavy spenders", "spender_age": "25-34",
}
# What the text of a page says of the original's mistakes, and of the right figures.
MISTAKES = {
    "aurora-dashboard": ("overview", ["6,146", "2,000", "2,057", "1,313", "1.3817", "1.3936"]),
    "banking": ("home", ["2,940", "119", "1,810", "$4,383,966,512.51"]),
    "financial-services": ("customers", ["1,519", "749", "1,112", "Naive_Bayes"]),
}
# Visuals whose rows are those of a query, unless rare levels are one.
PLAIN = ("column", "bar", "stacked_bar", "donut", "heat_map", "matrix", "treemap", "table")
# A heading that would be cut off at 1440 pixels, and states that no visual may be in.
STATES = """() => [
  ...[...document.querySelectorAll(".card-title, .card-subtitle")].filter(
    (line) => line.clientWidth > 9 && line.scrollWidth > line.clientWidth).map((line) => `${line.textContent} is cut off`),
  ...[...document.querySelectorAll(".card .state")].filter((state) => state.checkVisibility()).map(
    (state) => `${state.closest(".card").querySelector(".card-title").textContent}: ${state.textContent}`),
]"""


def report(name):
    folder, file = EXAMPLES[name]
    if not (FILES / folder / file).is_file():
        raise Skipped(f"the original files are not at {FILES / folder}")
    return shared(PUBLISHED[name])


def publishing(name):
    def published(folder):
        return Report(HOME / "Examples" / name, folder / "state").publish(FILES / EXAMPLES[name][0])
    return published


PUBLISHED = {name: publishing(name) for name in EXAMPLES}


def pages(name):
    return sorted(file.stem for file in (HOME / "Examples" / name / "pages").glob("*.yaml"))


def expect_figures(visit, report, where, source=None):
    """The cards and one plain visual of a page say what query says."""
    visuals = visit.description["visuals"]
    cards = [each for each in visuals if each["type"] == "kpi"]
    names = sorted({each["measures"][0] for each in cards})
    if names:
        said = dict(zip(names, report.query(names, where=where)["rows"][0], strict=True))
        for card in cards:
            measure = card["measures"][0]
            text = visit.evaluate(
                "id => document.querySelector(`[data-visual='${id}']`).innerText", card["id"])
            shown = figure_text(said[measure], visit.description["measures"][measure]["format"])
            expect_in(shown, text, f"{card['title']!r} where {where}")
    for each in visuals:
        if each["type"] not in PLAIN or each["id"] == source:
            continue
        answer = visit.evaluate("id => aurora.visual(id)", each["id"])
        if any(isinstance(value, dict) for row in answer["rows"] for value in row):
            continue
        said = report.query(each["measures"], each["dimensions"], where)
        expect_equal(answer["rows"], said["rows"], f"the rows of {each['title']!r} where {where}")
        expect_equal(answer["rows_used"], said["rows_used"], f"the rows used by {each['title']!r}")
        return


def figure_text(figure, form):
    if figure is not None and form["style"] == "percent":
        places = Decimal(1).scaleb(-(form["digits"] or 0))
        return f"{(Decimal(repr(figure)) * 100).quantize(places, ROUND_HALF_UP)}%"
    return as_text(figure, form)


def listed(visit):
    """The page's slicers of values that all are there."""
    return [each for each in visit.description["slicers"] if each["type"] == "list"]


def filtered(visit, report):
    """Clicks a value of the first slicer that is known here."""
    for slicer in listed(visit):
        dimension = slicer["dimension"]
        if dimension not in SLICERS:
            continue
        values = visit.description["dimensions"][dimension]["values"]
        value = SLICERS[dimension] or values[0]["value"]
        expect_in(value, [each["value"] for each in values], f"the values of {dimension}")
        with visit.drawing():
            visit.window.locator(
                f'[data-slicer="{slicer["id"]}"] [data-value="{value}"]').first.click()
        return [f"{dimension} = '{value}'"]
    return None


def every_page(name):
    def made(folder):
        with report(name).serve() as server, Visit(server) as visit:
            visit.open(pages(name)[0])
            for page in pages(name):
                if page != pages(name)[0]:
                    with visit.drawing():
                        visit.evaluate("page => { location.hash = page; }", page)
                    visit.read(page)
                if page == MISTAKES[name][0]:
                    for word in MISTAKES[name][1]:
                        expect_in(word, visit.text(".prose"), f"the text of {page}")
                expect_equal(visit.evaluate(STATES), [], f"faults of {page}")
                expect_equal(visit.evaluate(look.FAULTS), [], f"faults of {page}")
                expect_figures(visit, report(name), [])
                where = filtered(visit, report(name))
                expect(where or not listed(visit), f"a known slicer on {page}", listed(visit))
                if where:
                    expect_figures(visit, report(name), where)
                for width in (1920, 420):
                    visit.window.set_viewport_size({"width": width, "height": 900})
                    visit.wait(f"() => ({look.FAULTS})().length === 0",
                               f"nothing to stick out on {page} at {width} pixels", limit=20)
                visit.window.set_viewport_size({"width": 1440, "height": 900})
                visit.wait(f"() => ({look.FAULTS})().length === 0", f"room for {page} again", limit=20)
            visit.expect_no_remarks()

    made.__name__ = f"every_page_of_{name.replace('-', '_')}"
    made.__module__ = __name__
    return made


for _name in EXAMPLES:
    test(f"every page of {_name} has the figures of query, filtered or not, says where the original "
         "was wrong, and fits every width")(every_page(_name))
