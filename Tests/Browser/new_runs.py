"""An open page while runs begin, are published, or fail."""

from agreement import expect_agreement
from harness import EXAMPLE, aurora, expect, expect_equal, expect_in, finish, start, test
from page_states import people, small_report
from projects import generated, large_project
from reports import Report
from visits import Visit

@test("without a run the page says so, follows the first one live and appears with it; "
      "the next one shows its progress in a line")
def first_run(folder):
    root, state = large_project(folder), folder / "state"
    (root / "pages").mkdir()
    (root / "pages/main.yaml").write_text(
        "type: page/v1\ntitle: All of them\nvisuals:\n  - kpi: {measure: customers, title: People}\n"
        "  - column: {measure: customers, by: behaviour, title: Groups}\n")
    data = generated(folder / "data", 120_000)
    with Report(root, state).serve() as server, Visit(server) as visit:
        visit.window.goto(visit.address)
        visit.wait("document.querySelector('.blank')?.innerText", "a page without a run")
        expect_in("No run published yet", visit.text(".blank"), "the page")
        expect_in("aurora run", visit.text(".blank"), "the page")
        child = start("run", root, "--data", data, "--state", state)
        visit.wait("document.querySelector('.blank progress').checkVisibility()", "progress")
        seen = set()
        while not visit.evaluate("document.querySelector('[data-visual]') !== null"):
            seen.add(visit.evaluate("document.querySelector('.blank p')?.textContent ?? ''"))
            visit.window.wait_for_timeout(50)
            if child.poll() is not None:
                break
        finish(child).exits(0)
        visit.wait("document.querySelector('[data-visual]')", "figures")
        visit.wait_until_drawn()
        expect(len(seen) > 2, "several stages of progress", seen)
        expect_equal(visit.text(".kpi-number"), "120,000", "people")
        child = start("run", root, "--data", data, "--state", state)
        visit.wait("document.querySelector('[data-banner=progress] strong')?.textContent",
                   "the stage of the second run")
        expect_equal(visit.text(".kpi-number"), "120,000", "people meanwhile")
        with visit.drawing():
            finish(child).exits(0)
        visit.wait("!document.querySelector('[data-banner]')", "no line after the run")
        visit.expect_no_remarks()


@test("an open page moves to a new run, and keeps its filters")
def next_run(folder):
    report = Report(EXAMPLE, folder / "state").publish(generated(folder / "first", 900))
    data = generated(folder / "second", 1400)
    with report.serve() as server, Visit(server) as visit:
        visit.open("overview")
        visit.tile("Cluster", "Active Retailers")
        visit.click("Purchase style", "Balanced")
        before, drawn = visit.selections(), visit.run()
        expect_equal(visit.answer("Total users")["rows_total"], 900, "customers of the first run")
        with visit.drawing():
            report.publish(data)
        visit.wait("run => aurora.run() !== run", "another run", drawn)
        visit.wait("aurora.visual('v1').rows_total === 1400 && "
                   "document.documentElement.dataset.ready", "the new figures")
        expect_equal(visit.selections(), before, "the filters")
        visit.read("overview")
        expect_equal(visit.description["run"], visit.run(), "the run")
        expect_in(f"Run {visit.run()}", visit.text(".topbar"), "the top bar")
        expect_agreement(visit, report, {
            visit.slicer("Cluster"): "published = 'Active Retailers'",
            visit.visual("Purchase style"): "purchase_style = 'Balanced'"})
        visit.wait("!document.querySelector('[data-banner]')", "no banner")
        visit.expect_no_remarks()


@test("a run that fails shows its banner, and the published figures stay")
def failed_run(folder):
    rows = [("Bern", 10 + n, n % 9) for n in range(20)] + [("Oslo", n, 1) for n in range(12)]
    report = small_report(folder, people(rows))
    with report.serve() as server, Visit(server) as visit:
        visit.open("main")
        visit.tile("town", "Oslo")
        run, filters = visit.run(), visit.selections()
        (report.project / "people.csv").write_text(people(rows[:1]))  # fewer than two segments
        result = aurora("run", report.project)
        expect(result.code != 0, "a run that fails", result)
        visit.wait("document.querySelector('[data-banner=failed]')?.innerText", "a banner")
        banner = visit.text("[data-banner=failed]")
        expect_in("The new run failed", banner, "the banner")
        expect_in("The published run stays as it is", banner, "the banner")
        expect_equal([visit.run(), visit.selections()], [run, filters], "the run and the filters")
        expect_agreement(visit, report, {visit.slicer("town"): "town = 'Oslo'"})
        visit.window.get_by_role("button", name="Dismiss").click()
        expect_equal(visit.window.locator("[data-banner]").count(), 0, "banners after that")
        (report.project / "people.csv").write_text(people(rows + rows))
        with visit.drawing():
            aurora("run", report.project).exits(0)
        visit.wait("run => aurora.run() !== run", "another run", run)
        visit.expect_no_remarks()


@test("a filter of a value that a new run no longer has goes with it")
def vanished_value(folder):
    rows = [("Bern", 10 + n, n % 9) for n in range(20)] + [("Oslo", n, 1) for n in range(12)]
    report = small_report(folder, people(rows))
    with report.serve() as server, Visit(server) as visit:
        visit.open("main")
        visit.tile("town", "Oslo")
        (report.project / "people.csv").write_text(people(rows[:20]))
        with visit.drawing():
            aurora("run", report.project).exits(0)
        visit.wait("aurora.selections().length === 0", "no filter")
        visit.wait("aurora.visual('v1').rows_total === 20 && "
                   "document.documentElement.dataset.ready", "the new figures")
        expect_equal(visit.answer("Customers")["rows"], [[20]], "customers")
        visit.expect_no_remarks()
