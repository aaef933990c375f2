"""Reference projects 000, 002 and 004: every page of each, on the original files."""

import look
from harness import expect_equal, expect_in, test
from page_figures import figures_of_pages, pages
from reports import example
from visits import Visit

EXAMPLES = ["aurora-dashboard", "banking", "financial-services"]
# What the text of a page says of the original's mistakes, and of the right figures.
MISTAKES = {
    "aurora-dashboard": ("overview", ["6,146", "2,000", "2,057", "1,313", "1.3817", "1.3936"]),
    "banking": ("home", ["2,940", "119", "1,810", "$4,383,966,512.51"]),
    "financial-services": ("customers", ["1,519", "749", "1,112", "Naive_Bayes"]),
}
# A heading that would be cut off at 1440 pixels, and states that no visual may be in.
STATES = """() => [
  ...[...document.querySelectorAll(".card-title, .card-subtitle")].filter(
    (line) => line.clientWidth > 9 && line.scrollWidth > line.clientWidth).map((line) => `${line.textContent} is cut off`),
  ...[...document.querySelectorAll(".card .state")].filter((state) => state.checkVisibility()).map(
    (state) => `${state.closest(".card").querySelector(".card-title").textContent}: ${state.textContent}`),
]"""


def every_page(name):
    def made(folder):
        with example(name).serve() as server, Visit(server) as visit:
            visit.open(pages(name)[0])
            for page in pages(name):
                if page != pages(name)[0]:
                    with visit.drawing():
                        visit.evaluate("page => { location.hash = page; }", page)
                if page == MISTAKES[name][0]:
                    for word in MISTAKES[name][1]:
                        expect_in(word, visit.text(".prose"), f"the text of {page}")
                expect_equal(visit.evaluate(STATES), [], f"faults of {page}")
                expect_equal(visit.evaluate(look.FAULTS), [], f"faults of {page}")
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
    test(f"every page of {_name} says where the original was wrong, and fits every width")(every_page(_name))
    figures_of_pages(_name, __name__)
