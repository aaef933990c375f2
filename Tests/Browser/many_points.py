"""A page with 50,000 points is there in time, and it asks nobody else for anything."""

import reports
from agreement import expect_agreement
from harness import expect, expect_equal, expect_in, expect_not_in, test
from visits import Visit

# From the request of the page to everything being on the screen, in ms.
LIMIT = 2000
# Meant are 1.5 seconds: a machine that others use takes up to twice as long.
SMALL_LIMIT = 3000
ATTEMPTS = 6  # the machine may be busy with something else


@test("each page over 8,950 customers is ready in 3 seconds at most, from a browser that knows nothing",
      alone=True)
def cold_pages(folder):
    with reports.twin().serve() as server:
        with Visit(server) as visit:
            visit.open("overview")
            pages = [page["name"] for page in visit.evaluate(
                "fetch('/api/v1/project').then((answer) => answer.json())")["pages"]]
        expect(len(pages) > 3, "several pages", pages)
        for page in pages:
            times = []
            while len(times) < ATTEMPTS and min(times, default=SMALL_LIMIT) >= SMALL_LIMIT:
                with Visit(server) as visit:
                    visit.open(page)
                    times.append(visit.evaluate("window.seen.readyAt"))
                    visit.expect_no_remarks()
            expect(min(times) < SMALL_LIMIT, f"'{page}' to be ready in {SMALL_LIMIT} ms",
                   [f"{time:.0f} ms" for time in times])


@test("a page with 50,000 points is ready in under 2 seconds, with nothing on the console",
      alone=True)
def in_time(folder):
    times = []
    with reports.large_twin().serve() as server:
        for attempt in range(ATTEMPTS):
            with Visit(server) as visit:
                visit.open("clusters")
                times.append(visit.evaluate("window.seen.readyAt"))
                if attempt == 0:
                    expect_agreement(visit, reports.large_twin())
                points = visit.answer("Every customer, by what the clusters were formed from")
                expect_equal(len(points["series"][0]), 50_000, "points")
                visit.expect_no_remarks()
            if min(times) < LIMIT:
                break
    expect(min(times) < LIMIT, f"the page to be ready in {LIMIT} ms",
           [f"{time:.0f} ms" for time in times])


@test("pages come under a strict content security policy, and nothing from another host")
def policy(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        asked = []
        visit.window.on("request", lambda request: asked.append(request.url))
        headers = visit.open("clusters").headers
        policy = {part.split()[0]: part.split()[1:]
                  for part in headers["content-security-policy"].split(";") if part.strip()}
        expect_equal(policy.get("script-src", policy["default-src"]), ["'self'"], "script-src")
        expect(policy["default-src"] in (["'none'"], ["'self'"]), "a default-src of one's own",
               policy)
        for words in policy.values():
            for word in ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"):
                expect_not_in(word, words, "the policy")
        expect_in("frame-ancestors", policy, "the policy")
        expect(len(asked) > 10, "the page to ask for its files", asked)
        visit.expect_no_remarks()
        # The policy is in force: an inline script does not run.
        visit.evaluate("""() => {
          const script = document.createElement("script");
          script.textContent = "window.hacked = 1";
          document.head.append(script);
        }""")
        expect_equal(visit.evaluate("window.hacked ?? null"), None, "what an inline script did")
