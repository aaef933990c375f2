"""What is said about groups: the finding, their cards, tested differences, new names; the foot of a page."""

import shutil

from harness import EXAMPLE, expect, expect_equal, expect_in, expect_not_in, test
from projects import generated
from reports import Report
from visits import Visit


def report(folder):
    """The example in a folder of its own, which a page may change."""
    project = folder / "project"
    shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns(".aurora"))
    return Report(project, folder / "state").publish(generated(folder / "data", 900))


def overflow(visit):
    return visit.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@test("the finding, the cards and the differences agree with each other and follow a click on a card")
def groups_follow(folder):
    with report(folder).serve() as server, Visit(server) as visit:
        visit.open("groups")
        cards = visit.answer("The groups")
        expect_equal(len(cards["cards"]), 4, "cards")
        expect_equal(sum(row[1] for row in cards["rows"]), 900, "customers of all cards")
        expect_equal(visit.evaluate(
            "[...document.querySelectorAll('.group-pick')].map((each) => each.textContent)"),
            [row[0] for row in cards["rows"]], "names of the cards")
        sentence = visit.text(".finding-sentence")
        expect_in("900 customers fall into 4 groups.", sentence, "the finding")
        expect_equal(len(visit.answer("Tested differences")["items"]), 3, "differences shown")
        name, rows = cards["rows"][2][:2]
        visit.click("The groups", name)
        expect_equal(visit.selections(), [
            {"source": visit.visual("The groups"), "dimension": "published", "values": [name]}], "the filter")
        expect_equal(visit.text(".finding-sentence"),
                     f"All {rows} customers that match are in one group, {name}.", "the finding of one group")
        expect_equal(len(visit.answer("The groups")["cards"]), 4, "cards under their own filter")
        expect_equal(visit.evaluate("document.querySelectorAll('.group-card.dimmed').length"), 3, "faint cards")
        expect_in("There are no two groups to compare", visit.card("Tested differences").inner_text(), "differences")
        visit.click("The groups", name)
        expect_equal(visit.selections(), [], "filters after the second click")
        visit.expect_no_remarks()


@test("cards are picked by keyboard, and keep the focus")
def groups_keyboard(folder):
    with report(folder).serve() as server, Visit(server) as visit:
        visit.open("groups")
        visit.window.locator(".group-pick").nth(1).focus()
        with visit.drawing():
            visit.window.keyboard.press("Enter")
        name = visit.answer("The groups")["rows"][1][0]
        expect_equal([each["values"] for each in visit.selections()], [[name]], "the filter")
        expect_equal(visit.evaluate("document.activeElement.textContent"), name, "the focus")
        expect_equal(visit.evaluate("document.activeElement.getAttribute('aria-pressed')"), "true", "its state")
        visit.expect_no_remarks()


@test("a group's new name goes into the project's text, and the page follows; hostile text stays text")
def groups_rename(folder):
    made = report(folder)
    file = folder / "project/segments/published.yaml"
    before = file.read_text()
    with made.serve() as server, Visit(server) as visit:
        visit.open("groups")
        run = visit.run()
        visit.window.locator(".rename").nth(1).click()
        field = visit.window.locator(".rename-form input")
        expect_equal(field.input_value(), "Transitional Group", "the name in the field")
        field.fill("Active Retailers")
        visit.window.keyboard.press("Enter")
        visit.wait("document.querySelector('.rename-problem')?.textContent", "a refusal")
        expect_in("is named 'Active Retailers' already", visit.text(".rename-problem"), "the refusal")
        expect_equal(file.read_text(), before, "the project's text after a refusal")
        hostile = "<img src=x onerror=alert(1)> & \"Co\""
        field.fill(hostile)
        visit.window.keyboard.press("Enter")
        visit.wait("run => aurora.run() !== run", "another run", run)
        visit.wait("name => [...document.querySelectorAll('.group-pick')].some((each) => each.textContent === name)",
                   "the new name", hostile)
        expect_equal(visit.evaluate("document.querySelectorAll('.card img').length"), 0, "pictures in cards")
        expect_equal(file.read_text(), before.replace(
            "  - Transitional Group\n", "  - \"" + hostile.replace('"', '\\"') + "\"\n"), "the project's text")
        visit.window.locator(".rename").first.click()
        visit.window.keyboard.press("Escape")
        expect_equal(visit.evaluate("document.querySelector('.rename-form')"), None, "the field after Escape")
        expect_equal([each for each in visit.remarks if "409" not in each], [], "what the console says")


@test("a story that names a group follows its new name: at once, after the run, and without a word of values that are gone")
def groups_story(folder):
    made = report(folder)
    with made.serve() as server, Visit(server) as visit:
        visit.open("groups")
        run = visit.run()
        visit.window.locator(".rename").nth(1).click()
        visit.window.locator(".rename-form input").fill("Quiet: ones")
        visit.window.keyboard.press("Enter")
        visit.wait("[...document.querySelectorAll('.group-pick')].some((each) => each.textContent === 'Quiet: ones')", "the name")
        for when in ("before the run", "after it"):
            visit.open("story")
            visit.window.locator(".told-dot").nth(4).click()
            visit.wait("aurora.selections().some(({ values }) => values?.includes('Quiet: ones'))", f"the group {when}")
            expect_equal(visit.evaluate("document.querySelectorAll('[data-banner=notice]').length"), 0, f"what is gone {when}")
            visit.wait("run => aurora.run() !== run", "another run", run, limit=60)
        visit.expect_no_remarks()


@test("the foot of a page tells rows, steps and how to verify")
def groups_foot(folder):
    with report(folder).serve() as server, Visit(server) as visit:
        visit.open("groups")
        prepared = visit.description["prepared"]
        expect_equal(visit.text(".page-foot > span"),
                     f"900 of 900 rows · {prepared['steps']} steps changed {prepared['cells']:,} cells", "the foot")
        visit.window.locator(".foot-verify").click()
        visit.wait("document.querySelector('.verify-panel code')", "an explanation")
        expect_equal(visit.text(".verify-panel code"), f"aurora verify --run {visit.run()}", "the command")
        visit.window.keyboard.press("Escape")
        visit.click("The groups", visit.answer("The groups")["rows"][0][0])
        used = visit.answer("What each group owes")["rows_used"]
        expect_in(f"{used} of 900 rows", visit.text(".page-foot > span"), "the foot under a filter")
        visit.expect_no_remarks()


@test("details are in About and nowhere on the face of the page")
def groups_details(folder):
    with report(folder).serve() as server, Visit(server) as visit:
        visit.open("groups")
        face = visit.evaluate("document.querySelector('main').innerText")
        for word in ("Silhouette", "K-Means", "k ="):
            expect_not_in(word, face, "the page")
        visit.window.get_by_role("button", name="About The groups").click()
        visit.wait("document.querySelector('.about:popover-open dl')", "About")
        about = visit.window.locator(".about:popover-open").inner_text()
        for word in ("K-Means, k = 4", "Silhouette", "TOTAL_SPENDING"):
            expect_in(word, about, "About")
        visit.expect_no_remarks()


@test("cards are one column on a phone and a row on a desk, in both themes, with nothing beyond the edge")
def groups_sizes(folder):
    with report(folder).serve() as server:
        for width, columns in ((1440, 4), (800, 2), (420, 1)):
            with Visit(server, width=width, dark=width == 800) as visit:
                visit.open("groups")
                expect(overflow(visit) <= 0, f"nothing beyond the edge at {width}", overflow(visit))
                found = visit.evaluate(
                    "new Set([...document.querySelectorAll('.group-card')].map((each) => each.offsetLeft)).size")
                expect_equal(found, columns, f"columns at {width}")
                clipped = visit.evaluate("""[...document.querySelectorAll(
                  '.group-card *, .finding-sentence, .difference *')].filter((each) =>
                    each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== 'inline')
                  .map((each) => each.className)""")
                expect(not clipped, "no clipped words", clipped)
                visit.expect_no_remarks()
