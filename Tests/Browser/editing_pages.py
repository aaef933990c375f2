"""Editing pages in the browser, and pages that follow their files."""

import shutil

from harness import expect, expect_equal, expect_in, shared, test
from page_states import people, small_report
from readers import sign_in
from reports import Report
from visits import Visit

ROWS = [("Bern", 10 + n, n % 9) for n in range(20)] + [("Oslo", n, 1) for n in range(12)]
PAGE = """\
# What the branches see
type: page/v1
title: People   # kept
slicers:
  - list: {dimension: town}
visuals:
  # How many there are
  - kpi: {measure: customers, title: Customers, width: 3}
  - bar:
      title: Averages  # a finding
      measure: average
      by: town
      width: 6
  - donut: {measure: customers, by: town, title: Towns, width: 3}
"""


def published(folder):
    return small_report(folder, people(ROWS), {"pages/main.yaml": PAGE})


def own(folder):
    made = shared(published)
    shutil.copytree(made.project, folder / "project", symlinks=True)
    return Report(folder / "project", folder / "project/.aurora")


def file_of(report):
    return report.project / "pages/main.yaml"


def begin(visit):
    visit.open("main")
    visit.window.get_by_role("button", name="Edit", exact=True).click()
    visit.wait("document.querySelector('[data-edit-visual=\"2\"]')", "the bars of the cards")


def titles(visit):
    return visit.evaluate("[...document.querySelectorAll('main .card-title')].map((each) => each.textContent)")


@test("what is moved, sized, configured and added in the browser is patched into the file, comments kept, and undone")
def round_trip(folder):
    report = own(folder)
    with report.serve() as server, Visit(server) as visit:
        begin(visit)
        visit.window.get_by_role("button", name="Move Averages later").press("Enter")
        visit.wait("document.querySelectorAll('main .card-title')[2]?.textContent === 'Averages'", "another order")
        visit.wait("document.activeElement?.closest('[data-edit-visual=\"2\"]')", "the focus in the card's bar")
        expect_in("- donut: {measure: customers, by: town, title: Towns, width: 3}\n  - bar:\n      title: Averages  # a finding",
                  file_of(report).read_text(), "the file")
        visit.wait("!document.querySelector('[data-edit=undo]').disabled", "an undo")
        visit.window.locator("[data-edit=undo]").click()
        visit.wait("document.querySelectorAll('main .card-title')[1]?.textContent === 'Averages'", "the order before")
        expect_equal(file_of(report).read_text(), PAGE, "the file after undoing")
        visit.wait("document.querySelector('[data-edit-visual=\"1\"]')", "the bars of the cards")
        visit.window.get_by_role("button", name="Configure Averages").click()
        visit.wait("document.querySelector('.edit-preview')?.dataset.state === 'shown'", "a preview")
        title = visit.window.locator("[data-field=title] input")
        title.fill("Mean: by town")
        visit.window.locator("[data-field=measure] select").select_option("total")
        visit.wait("document.querySelector('.edit-preview .card-title')?.textContent === 'Mean: by town'", "the new title")
        visit.window.get_by_role("button", name="Save", exact=True).click()
        visit.wait("document.querySelectorAll('main .card-title')[1]?.textContent === 'Mean: by town'", "the page")
        expect_equal(file_of(report).read_text(),
                     PAGE.replace("title: Averages  #", 'title: "Mean: by town"  #').replace("measure: average\n", "measure: total\n"),
                     "the file")
        visit.expect_no_remarks()


@test("what was taken back is made again, by buttons and by keys; both are off where there is nothing to do")
def taken_back(folder):
    report = own(folder)
    file = file_of(report)
    moved = "document.querySelectorAll('main .card-title')[2]?.textContent === 'Averages'"

    def expect_can(visit, undo, redo):
        visit.wait(f"document.querySelector('[data-edit=undo]')?.disabled === {str(not undo).lower()} && "
                   f"document.querySelector('[data-edit=redo]')?.disabled === {str(not redo).lower()}",
                   f"undo {undo}, redo {redo}")

    with report.serve() as server, Visit(server) as visit:
        begin(visit)
        expect_can(visit, False, False)
        visit.window.keyboard.press("Control+Shift+Z")
        visit.wait("document.querySelector('.edit-message')?.textContent === 'Nothing was taken back'", "what is told")
        visit.window.get_by_role("button", name="Move Averages later").press("Enter")
        visit.wait(moved, "another order")
        expect_can(visit, True, False)
        later = file.read_text()
        for way, key, text, can in (("undo", None, PAGE, (False, True)), ("redo", None, later, (True, False)),
                                    ("undo", "Control+z", PAGE, (False, True)), ("redo", "Control+Shift+Z", later, (True, False)),
                                    ("undo", "Control+z", PAGE, (False, True)), ("redo", "Control+y", later, (True, False)),
                                    ("undo", "Control+z", PAGE, (False, True))):
            if key:
                visit.window.keyboard.press(key)
            else:
                visit.window.locator(f"[data-edit={way}]").click()
            visit.wait(moved if text == later else f"!({moved})", f"the order after {way}")
            expect_can(visit, *can)
            expect_equal(file.read_text(), text, f"the file after {way} by {key}")
        # A further change forgets what was taken back.
        visit.window.get_by_role("button", name="Move Towns earlier").press("Enter")
        visit.wait("document.querySelectorAll('main .card-title')[1]?.textContent === 'Towns'", "another order")
        expect_can(visit, True, False)
        visit.window.keyboard.press("Control+z")
        expect_can(visit, False, True)
        # What somebody else has written meanwhile is shown, and stays.
        file.write_text(PAGE + "# theirs\n")
        visit.window.keyboard.press("Control+y")
        visit.wait("document.querySelector('.conflict') || document.querySelector('[data-edit=redo]')?.disabled", "that the file has changed")
        if visit.window.locator("[data-choice=theirs]").count():
            visit.window.locator("[data-choice=theirs]").click()
        expect_can(visit, False, False)
        expect_equal(file.read_text(), PAGE + "# theirs\n", "the file")
        visit.remarks[:] = [each for each in visit.remarks if "409" not in each]
        visit.expect_no_remarks()


@test("a visual is added by the keyboard alone, with its preview, and stands in the file")
def added(folder):
    report = own(folder)
    with report.serve() as server, Visit(server) as visit:
        begin(visit)
        visit.window.locator("[data-edit=add-visual]").focus()
        visit.window.keyboard.press("Enter")
        visit.wait("document.activeElement?.name === 'kind'", "the focus on a kind")
        visit.window.keyboard.press("ArrowRight")
        visit.wait("document.querySelector('.kind input:checked')?.value === 'column'", "another kind")
        visit.window.locator("[data-field=measure] select").focus()
        visit.window.keyboard.type("customers")
        visit.window.locator("[data-field=by] select").focus()
        visit.window.keyboard.type("town")
        visit.wait("document.querySelector('.edit-preview')?.dataset.state === 'shown'", "a preview")
        visit.window.keyboard.press("Tab")
        visit.window.get_by_role("button", name="Add to the page").press("Enter")
        visit.wait("document.querySelectorAll('main .card').length === 4", "another card")
        expect_equal(file_of(report).read_text(), PAGE + "  - column: {measure: customers, by: town}\n", "the file")
        visit.expect_no_remarks()


@test("an edit of the file appears in the open page, which keeps its filters; its mistakes show in a line")
def followed(folder):
    report = own(folder)
    with report.serve() as server, Visit(server) as visit:
        visit.open("main")
        visit.tile("town", "Oslo")
        chosen = visit.selections()
        file_of(report).write_text(PAGE.replace("title: Towns", "title: Where they live"))
        visit.wait("[...document.querySelectorAll('main .card-title')].at(-1)?.textContent === 'Where they live'", "the title")
        expect_equal(visit.selections(), chosen, "the filters")
        file_of(report).write_text(PAGE.replace("measure: average", "measure: averag"))
        visit.wait("document.querySelector('[data-banner=mistakes]')", "a line about the mistake")
        line = visit.text("[data-banner=mistakes]")
        expect_in("pages/main.yaml:11", line, "the line")
        expect_in("averag", line, "the line")
        expect_equal(titles(visit)[-1], "Where they live", "the page before the mistake")
        file_of(report).write_text(PAGE)
        visit.wait("!document.querySelector('[data-banner=mistakes]')", "no line")
        visit.expect_no_remarks()


@test("a write over what somebody has changed meanwhile shows both versions, and applies where it is told to")
def conflict(folder):
    report = own(folder)
    theirs = PAGE.replace("by: town\n      width: 6", "by: town\n      subtitle: Theirs\n      width: 6")
    with report.serve() as server, Visit(server) as visit:
        begin(visit)
        visit.window.get_by_role("button", name="Configure Averages").click()
        visit.wait("document.querySelector('.edit-preview')?.dataset.state === 'shown'", "a preview")
        visit.window.locator("[data-field=title] input").fill("Mine")
        # Before the page has heard of it: what it holds is what was seen.
        file_of(report).write_text(theirs)
        visit.window.get_by_role("button", name="Save", exact=True).click()
        visit.wait("document.querySelector('.conflict')", "both versions")
        first, second = (visit.window.locator(".conflict-version pre").nth(each).inner_text() for each in (0, 1))
        expect_in("subtitle: Theirs", first, "what is in the file")
        expect_in("title: Mine", second, "what was wanted")
        expect_equal(file_of(report).read_text(), theirs, "the file meanwhile")
        visit.window.locator("[data-choice=mine]").click()
        visit.wait("document.querySelectorAll('main .card-title')[1]?.textContent === 'Mine'", "the page")
        expect_equal(file_of(report).read_text(), theirs.replace("title: Averages", "title: Mine"), "the file")
        visit.remarks[:] = [each for each in visit.remarks if "409" not in each]
        visit.expect_no_remarks()


@test("a reader without the right to edit finds no Edit button")
def without_right(folder):
    report = own(folder)
    tokens = folder / "tokens.txt"
    tokens.touch(mode=0o600)
    tokens.write_text("ben ben-0123456789-abcdefghij customers\neve eve-0123456789-abcdefghij edit\n")
    with report.serve("--token-file", tokens) as server:
        for token, count in (("ben-0123456789-abcdefghij", 0), ("eve-0123456789-abcdefghij", 1)):
            with Visit(server) as visit:
                visit.window.goto(visit.address)
                visit.wait("location.pathname === '/sign-in'", "the sign-in page")
                sign_in(visit, token)
                visit.wait_until_drawn()
                expect_equal(visit.window.locator(".edit-button").count(), count, "Edit buttons")
