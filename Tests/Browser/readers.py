"""Signing in and out, and what a reader without customers' rights sees."""

import reports
from agreement import expect_agreement
from harness import expect, expect_equal, expect_in, test
from visits import Visit

TOKENS = {"anna": "anna-0123456789-abcdefghij", "ben": "ben-0123456789-abcdefghij"}


def token_file(folder):
    file = folder / "tokens.txt"
    file.touch(mode=0o600)
    file.write_text(f"anna {TOKENS['anna']} customers\nben {TOKENS['ben']} aggregates\n")
    return file


def sign_in(visit, token):
    visit.window.get_by_label("Access token").fill(token)
    visit.window.keyboard.press("Enter")


@test("a wrong token is refused in words, the right one opens the pages, and signing out closes them")
def signing_in(folder):
    with reports.twin().serve("--token-file", token_file(folder)) as server:
        with Visit(server) as visit:
            visit.window.goto(visit.address)
            visit.wait("location.pathname === '/sign-in'", "the sign-in page")
            expect_equal(visit.evaluate("document.activeElement.id"), "token", "the focus")
            sign_in(visit, "ben-0123456789-abcdefghiX")
            visit.wait("document.querySelector('#problem')?.textContent", "a refusal")
            expect_in("not known", visit.text("#problem"), "the refusal")
            expect_equal(visit.evaluate("document.querySelector('#token').value"), "",
                         "the field after that")
            sign_in(visit, TOKENS["anna"])
            visit.wait_until_drawn()
            expect("token" not in visit.window.url and TOKENS["anna"] not in visit.window.url,
                   "no token in the address", visit.window.url)
            cookie, = visit.context.cookies()
            expect(cookie["httpOnly"] and cookie["sameSite"] == "Strict", "a strict cookie", cookie)
            expect(TOKENS["anna"] not in cookie["value"], "no token in the cookie", cookie)
            visit.read("overview")
            visit.window.get_by_role("button", name="Sign out").click()
            visit.wait("location.pathname === '/sign-in'", "the sign-in page again")
            status = visit.evaluate("fetch('/api/v1/project').then(({ status }) => status)")
            expect_equal(status, 401, "the status without a session")
            visit.window.goto(f"{visit.address}/#clusters")
            visit.wait("location.pathname === '/sign-in'", "the sign-in page once more")


@test("a reader without customers' rights sees density where others see points")
def density(folder):
    report = reports.twin()
    title = "Every customer, by what the clusters were formed from"
    with report.serve("--token-file", token_file(folder)) as server:
        for name in ("ben", "anna"):
            with Visit(server) as visit:
                visit.window.goto(visit.address)
                visit.wait("location.pathname === '/sign-in'", "the sign-in page")
                sign_in(visit, TOKENS[name])
                visit.wait_until_drawn()
                visit.open("clusters")
                visit.remarks.clear()  # that it was not signed in before
                answer = visit.answer(title)
                if name == "anna":
                    expect_agreement(visit, report)
                else:
                    expect_equal(answer["columns"], ["x_from", "x_to", "y_from", "y_to", "count"],
                                 "the columns")
                    expect_equal(sum(row[4] for row in answer["rows"]), 8950, "rows in all cells")
                    expect("series" not in answer, "no points", answer)
                    expect_in("single customers are not open to you",
                              visit.card(title).inner_text(), "the footer")
                    place = visit.evaluate("id => aurora.markPosition(id, [0, 0])",
                                           visit.visual(title))
                    visit.window.mouse.move(place["x"], place["y"])
                visit.click("Customers in each cluster", "Active Retailers")
                expect_equal(visit.answer(title)["rows_used"], report.query(
                    ["customers"], where=["published = 'Active Retailers'"])["rows_used"],
                    "rows of a cluster")
                visit.expect_no_remarks()
