"""The address of a page holds how it is looked at: reload, back and forward, a link for others."""

import base64

import reports
from agreement import expect_agreement
from harness import expect, expect_equal, expect_in, test
from visits import Visit

CLUSTERS = "Average total spending per cluster"


def hash_of(visit):
    return visit.evaluate("location.hash")


def wait_for_state(visit, what="a state in the address"):
    return visit.wait("() => new URLSearchParams(location.hash.split('?')[1]).get('view')", what)


@test("the address holds the selections in a form that nobody reads, and a reload restores them")
def reload(folder):
    report = reports.twin()
    with report.serve() as server, Visit(server) as visit:
        visit.open("overview")
        expect_equal(hash_of(visit), "#overview", "the address of the page as everybody finds it")
        visit.tile("Cluster", "Transitional Group")
        visit.click("Balance", 0)
        state = wait_for_state(visit)
        sealed = base64.urlsafe_b64decode(state + "=" * (-len(state) % 4))
        for word in (b"Transitional", b"published", b"balance"):
            expect(word not in sealed, f"no {word!r} in the address", sealed)
        chosen = visit.selections()
        visit.drawn = 0
        visit.window.reload()
        visit.wait_until_drawn()
        expect_equal(visit.selections(), chosen, "the selections after a reload")
        low, high = chosen[1]["range"]
        expect_agreement(visit, report, {
            visit.slicer("Cluster"): "published = 'Transitional Group'",
            visit.visual("Balance"): f"balance >= {low!r} and balance <= {high!r}"})
        visit.expect_no_remarks()


@test("back and forward go through the selections, and a cleared page has its plain address again")
def history(folder):
    report = reports.twin()
    with report.serve() as server, Visit(server) as visit:
        visit.open("overview")
        visit.tile("Cluster", "Transitional Group")
        wait_for_state(visit)
        one = visit.selections()
        before = hash_of(visit)
        visit.tile("Cluster", "Active Retailers")
        visit.wait("before => location.hash !== before", "another address", before)
        two = visit.selections()
        with visit.drawing():
            visit.window.go_back()
        expect_equal(visit.selections(), one, "the selections after going back")
        expect_agreement(visit, report, {
            visit.slicer("Cluster"): "published = 'Transitional Group'"})
        with visit.drawing():
            visit.window.go_back()
        expect_equal(visit.selections(), [], "the selections at the beginning")
        with visit.drawing():
            visit.window.go_forward()
        with visit.drawing():
            visit.window.go_forward()
        expect_equal(visit.selections(), two, "the selections after going forward again")
        visit.clear_all()
        visit.wait("() => location.hash === '#overview'", "the plain address")
        visit.expect_no_remarks()


@test("a link shows others the same view, and a page keeps its view while another one is looked at")
def link(folder):
    report = reports.twin()
    with report.serve() as server:
        with Visit(server) as visit:
            visit.open("overview")
            visit.click(CLUSTERS, "Active Retailers")
            wait_for_state(visit)
            address, chosen = visit.evaluate("location.href"), visit.selections()
            with visit.drawing():
                visit.window.locator(".tabs [data-page='clusters']").click()
            expect_equal(visit.selections(), [], "the selections of the other page")
            with visit.drawing():
                visit.window.locator(".tabs [data-page='overview']").click()
            expect_equal(visit.selections(), chosen, "the selections of the page on return")
            expect_equal(visit.evaluate("location.href"), address, "its address")
        with Visit(server) as other:
            other.window.goto(address)
            other.wait_until_drawn()
            other.read("overview")
            expect_equal(other.selections(), chosen, "the selections in another browser")
            expect_agreement(other, report, {
                other.visual(CLUSTERS): "published = 'Active Retailers'"})
            expect_equal(other.evaluate("location.href"), address, "the address there")
            other.expect_no_remarks()


@test("a link that can't be read says so and shows the page without filters")
def broken(folder):
    report = reports.twin()
    with report.serve() as server, Visit(server) as visit:
        visit.open("overview")
        visit.tile("Cluster", "Transitional Group")
        state = wait_for_state(visit)
        # The state of one page is none of another.
        visit.window.goto("about:blank")
        visit.drawn = 0
        visit.window.goto(f"{visit.address}/#clusters?view={state}")
        visit.wait_until_drawn()
        expect_equal(visit.selections(), [], "the selections")
        expect_in("can't be read", visit.text("[data-banner='notice']"), "the notice")
        visit.wait("() => location.hash === '#clusters'", "the plain address")
        remarks = [each for each in visit.remarks if "404" not in each]
        expect_equal(remarks, [], "what the console says besides the 404")


@test("the menu of a page copies the link to what is looked at")
def copy_link(folder):
    report = reports.twin()
    with report.serve() as server, Visit(server) as visit:
        visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visit.open("overview")
        visit.tile("Cluster", "Transitional Group")
        wait_for_state(visit)
        visit.window.get_by_role("button", name="Export").click()
        visit.window.get_by_role("button", name="Copy link to this view").click()
        visit.wait("() => document.querySelector('.menu-said').textContent", "an answer")
        expect_equal(visit.evaluate("navigator.clipboard.readText()"),
                     visit.evaluate("location.href"), "what the clipboard holds")
        visit.expect_no_remarks()
