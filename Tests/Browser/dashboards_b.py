"""The pages of mass-affluent, credit-card and demo-bank, on real data where that is; and scoring customers on a page."""

import csv
import io

import look
import reports
from harness import aurora, expect, expect_equal, expect_in, expect_near, expect_not_in, shared, test
from page_figures import figures_of_pages
from readers import TOKENS, sign_in, token_file
from reports import DEMO, Report
from segments import SIDEWAYS
from visits import Visit
from workbooks import workbook


def published_small_bank(folder):
    aurora("generate", "--customers", 500, "--output", folder / "data").exits(0)
    return Report(DEMO, folder / "state").publish(folder / "data")


def small_bank():
    return shared(published_small_bank)


def pages(visit):
    """The names of all pages, as the top bar has them."""
    visit.window.goto(visit.address)
    visit.wait_until_drawn()
    return visit.evaluate("fetch('/api/v1/project').then((answer) => answer.json()).then(({ pages }) => pages.map(({ name }) => name))")


# --- How they look ----------------------------------------------------------------------------


def expect_whole(visit, what):
    expect_equal(visit.evaluate(look.FAULTS), [], f"faults of {what}")
    states = visit.evaluate("[...document.querySelectorAll('.card .state')].map((state) => state.innerText)")
    expect_equal(states, [], f"states in place of visuals of {what}")


def every_page(report):
    with report.serve() as server:
        with Visit(server) as visit:
            for page in pages(visit):
                visit.open(page)
                expect_whole(visit, page)
                visit.window.set_viewport_size({"width": 1920, "height": 900})
                visit.wait(f"() => ({look.FAULTS})().length === 0", f"no faults of {page} at 1920 pixels", limit=20)
                visit.window.set_viewport_size({"width": 1440, "height": 900})
            visit.expect_no_remarks()
        with Visit(server, 420, dark=True) as visit:
            for page in pages(visit):
                visit.open(page)
                expect_whole(visit, f"{page} at 420 pixels")
            visit.expect_no_remarks()


@test("every page of mass-affluent fits at 420, 1440 and 1920 pixels, and the console says nothing")
def affluent_pages(folder):
    every_page(reports.example("mass-affluent"))


@test("every page of credit-card fits at 420, 1440 and 1920 pixels, and the console says nothing")
def card_pages(folder):
    every_page(reports.real())


@test("every page of demo-bank fits at 420, 1440 and 1920 pixels, and the console says nothing")
def bank_pages(folder):
    every_page(small_bank())


# --- What they say ----------------------------------------------------------------------------


figures_of_pages("mass-affluent", __name__)
figures_of_pages("credit-card", __name__)


def kpis(visit):
    return {card["title"]: card["text"] for card in visit.evaluate("""[...document.querySelectorAll('.kpi-card')].map((card) => ({
      title: card.querySelector('.card-title').innerText, text: card.querySelector('.kpi-number').innerText.trim()}))""")}


@test("mass-affluent: the figures that the reference gives stand on its pages, and so do the original's mistakes")
def affluent_reference(folder):
    with reports.example("mass-affluent").serve() as server, Visit(server) as visit:
        visit.open("customers")
        told = kpis(visit)
        for title, figure in (("Total customers", "3,906"), ("Total mass affluent", "2,904"), ("High potential", "379")):
            expect_equal(told[title], figure, title)
        sizes = [row[1] for row in visit.answer("Three of five customers are in one cluster")["rows"]]
        expect_equal(sizes, [655, 2305, 150, 796], "customers by cluster")
        words = visit.card("What the original got wrong, and what it lacked").inner_text()
        for part in ("7,818,727", "one industry each", "Cuts of a continuum", "aurora export --model customers"):
            expect_in(part, words, "what is said of the clusters")
        visit.open("strategy")
        told = kpis(visit)
        for title, figure in (
                ("Average tenure", "10.66"), ("Purchases of 10 and more", "90.8%"), ("As published, with \"or\"", "2,904"),
                ("With \"and\"", "740"), ("From 50 purchases", "1,947"), ("From a valuation of 9", "2,948")):
            expect_equal(told[title].split()[0], figure, title)
        cards = visit.card("Mass affluent in each cluster").inner_text()
        for part in ("75.7%", "73.9%", "75.3%", "74.2%"):
            expect_in(part, cards, "the share of mass affluent in each cluster")


@test("credit-card: the figures that the reference gives stand on its pages, and so do the original's mistakes")
def card_reference(folder):
    with reports.real().serve() as server, Visit(server) as visit:
        visit.open("overview")
        expect_equal(list(kpis(visit).values()), ["8,950", "0.8773", "0.4904", "0.1351", "11.52"], "the strip")
        spent = {name: round(figure) for name, figure in visit.answer("Average total spending per cluster")["rows"]}
        expect_equal(list(spent.values()), [4464, 320, 1881, 2631], "average total spending")
        visit.open("rewards")
        sizes = [row[1] for row in visit.answer("What the clusters do with the card")["rows"]]
        expect_equal(sizes, [1095, 2180, 3697, 1978], "sizes")
        words = visit.card("What the original got wrong, and what it lacked").inner_text()
        for part in ("Two names say the opposite", "2,042", "A pie of averages", "13,645.92"):
            expect_in(part, words, "the original's mistakes")


# --- Scoring ----------------------------------------------------------------------------------


def open_score(visit, name):
    visit.window.goto(f"{visit.address}/#/segments/{name}/score")
    visit.wait_until_drawn()


def scored(report, file, *words):
    return aurora("score", report.project, "published", file, "--state", report.state, *words).exits(0)


@test("one customer is scored by keyboard: the segment of aurora score, notices, what it is like and what is recommended")
def score_form(folder):
    report = reports.twin()
    values = {"PURCHASES_FREQUENCY": "0.9", "CASH_ADVANCE_FREQUENCY": "0", "PURCHASES_TRX": "900", "CASH_ADVANCE_TRX": "0",
              "TOTAL_SPENDING": "1850.5"}
    file = folder / "one.csv"
    file.write_text(f"{','.join(values)}\n{','.join(values.values())}\n")
    said = scored(report, file, "--json").json["scores"][0]
    with report.serve() as server:
        for width in (1440, 420):
            with Visit(server, width, dark=width == 420) as visit:
                open_score(visit, "published")
                for name, value in values.items():
                    field = visit.window.locator(f"#score-{name}")
                    expect(field.input_value() != "", "a usual figure", name)
                    field.focus()
                    field.fill(value)
                visit.window.keyboard.press("Enter")
                visit.wait("document.querySelector('.score-card')", "the segment")
                expect_equal(visit.text(".score-name"), said["segment_name"], "the segment")
                expect_equal(visit.text(".customer-next bdi"), said["runner_up_name"], "the runner-up")
                for kind in ("distance", "margin"):
                    expect_near(float(visit.text(f".score-{kind}").replace(",", "")), said[kind], 0.0051, kind)
                expect_equal(visit.window.locator(".score-notices li").count(), len(said["notices"]), "notices")
                expect_in("above all customers", visit.text(".score-notices"), "the notice of 900 purchases")
                expect_in(said["segment_name"], visit.text(".score-story"), "who they are")
                expect_equal(visit.window.locator(".score-advice li").count(), 2, "recommendations of two pages")
                expect_equal(visit.evaluate(SIDEWAYS), [], f"what sticks out at {width}")
                field.fill("<b>many</b>")
                visit.window.keyboard.press("Enter")
                visit.wait("document.querySelector('.customer-problem')", "that it is no number")
                expect_equal(visit.window.locator(".score-card, main b").count(), 0, "cards, or elements made of text")
                expect_equal(visit.evaluate("document.activeElement.id"), "score-TOTAL_SPENDING", "the focus")
                visit.expect_no_remarks()


@test("a file of customers: its first rows, the segments of aurora score, and the same result as a file")
def score_upload(folder):
    report = reports.twin()
    aurora("export", report.project, "--state", report.state, "--model", "customers", "--output", folder / "all.csv").exits(0)
    lines = (folder / "all.csv").read_text().splitlines()[:31]
    key = lines[1].split(",")[0]
    lines[1] = lines[1].replace(key, "=HYPERLINK(1)", 1)
    lines[2] = lines[2].replace(lines[2].split(",")[0], "<i>C</i>", 1)
    file = folder / "new.csv"
    file.write_text("\n".join(lines) + "\n")
    said = scored(report, file, "--json").json
    scored(report, file, "--output", folder / "said.csv")
    with report.serve() as server, Visit(server) as visit:
        open_score(visit, "published")
        visit.window.locator("#score-file").set_input_files(str(file))
        visit.wait("document.querySelectorAll('.score-preview tbody tr').length === 5", "five rows")
        expect_in("=HYPERLINK(1)", visit.text(".score-preview"), "the preview")
        visit.window.get_by_role("button", name="Find the segments").click()
        visit.wait("document.querySelector('.score-groups')", "the segments")
        expect_equal(visit.text(".score-head h3"), "30 customers", "the rows")
        sizes = visit.window.locator(".score-group-figure").all_inner_texts()
        expect_equal([int(each.split()[0]) for each in sizes], [each["rows"] for each in said["segments"]], "sizes")
        names = visit.evaluate("[...document.querySelectorAll('.score-result .panel-table tbody tr')].map((row) => row.cells[2].innerText.trim())")
        expect_equal(names, [each["segment_name"] for each in said["scores"][:20]], "the first rows")
        with visit.window.expect_download() as waiting:
            visit.window.get_by_role("button", name="Download as CSV").click()
        found = list(csv.DictReader(io.StringIO(open(waiting.value.path(), encoding="utf-8-sig", newline="").read())))
        wanted = list(csv.DictReader(open(folder / "said.csv", newline="")))
        expect_equal(list(found[0]), list(wanted[0]), "columns")
        for name in ("row", "segment", "segment_name", "runner_up_name", "notices"):
            expect_equal([row[name] for row in found], [row[name] for row in wanted], name)
        for one, other in zip(found, wanted):
            expect_near(float(one["distance"]), float(other["distance"]), 1e-9, "a distance")
        expect_equal(found[0]["key"], "'=HYPERLINK(1)", "a key that a spreadsheet would compute")
        expect_equal(visit.window.locator("main i").count(), 0, "elements made of text")
        expect_equal(visit.evaluate(SIDEWAYS), [], "what sticks out")
        (folder / "bad.csv").write_text("CUST_ID,PURCHASES_TRX\nX,3\n")
        visit.window.locator("#score-file").set_input_files(str(folder / "bad.csv"))
        visit.wait("document.querySelector('.score-chosen .score-problems')", "what it lacks")
        expect_in("TOTAL_SPENDING", visit.text(".score-chosen .score-problems"), "what it lacks")
        (folder / "book.xls").write_bytes(b"PK")
        visit.window.locator("#score-file").set_input_files(str(folder / "book.xls"))
        visit.wait("document.querySelector('.score-chosen .customer-problem')", "that it is not read")
        expect_in("as .xlsx", visit.text(".score-chosen .customer-problem"), "what is read")
        visit.expect_no_remarks()


@test("a workbook is scored in the browser as its rows are as CSV; of several sheets one is chosen, by keyboard too")
def score_workbook(folder):
    report = reports.twin()
    with report.serve() as server, Visit(server) as visit:
        visit.window.goto(f"{visit.address}/#/segments/published/score")
        visit.wait("document.querySelector('#score-file')", "the page")
        columns = visit.evaluate(
            "fetch('/api/v1/segmentations/published/score').then((answer) => answer.json()).then(({ columns }) => columns)")
        rows = [["CUST_ID", *(each["name"] for each in columns)],
                *([f"N{number}", *(each["usual"] + number / 8 for each in columns)] for number in range(4))]
        workbook(folder / "book.xlsx", {"Read me": [["Made by hand"], ["in spring"]], "Old": rows[:2], "New": rows})
        (folder / "book.csv").write_text("".join(",".join(map(str, row)) + "\n" for row in rows))
        found = []
        for name in ("book.csv", "book.xlsx"):
            visit.window.locator("#score-file").set_input_files(str(folder / name))
            visit.window.get_by_role("button", name="Find the segments").press("Enter")
            if name == "book.xlsx":
                visit.wait("document.activeElement?.id === 'score-sheet'", "the focus on the sheets")
                expect_equal(visit.evaluate("[...document.querySelectorAll('#score-sheet option')].map((each) => each.value)"),
                             ["Read me", "Old", "New"], "the sheets")
                visit.window.locator("#score-sheet").select_option("New")
                visit.window.get_by_role("button", name="Find the segments").press("Enter")
            visit.wait("document.querySelectorAll('.score-result tbody tr').length === 4", f"the rows of {name}")
            found.append(visit.evaluate("[...document.querySelectorAll('.score-result tbody tr')].map((row) => row.innerText)"))
            visit.window.reload()
            visit.wait("document.querySelector('#score-file')", "the page")
        expect_equal(found[0], found[1], "the rows of both")
        expect_equal([each for each in visit.remarks if "422" not in each], [], "what the console says")


@test("who may not see single customers has no page to score them")
def score_rights(folder):
    report = reports.twin()
    with report.serve("--token-file", token_file(folder)) as server, Visit(server) as visit:
        visit.window.goto(visit.address)
        visit.wait("location.pathname === '/sign-in'", "the sign-in page")
        sign_in(visit, TOKENS["ben"])
        visit.wait_until_drawn()
        visit.window.goto(f"{visit.address}/#/segments/published")
        visit.wait("document.querySelector('.verdict-panel')", "the segmentation")
        expect_equal(visit.window.locator(".subtabs").count(), 0, "the way there")
        for method in ("GET", "POST"):
            status = visit.evaluate(
                "method => fetch('/api/v1/segmentations/published/score', { method }).then(({ status }) => status)", method)
            expect_equal(status, 403, f"the status of {method}")
        visit.window.goto(f"{visit.address}/#/segments/published/score")
        visit.wait("document.querySelector('.blank, .banner')", "that it is not allowed")
        expect_not_in("score-form", visit.evaluate("document.querySelector('main').innerHTML"), "the page")
