"""The pages of segmentations: verdict, segments, other numbers of segments, and the last fit."""

import json
import shutil
from urllib.parse import quote

import reports
from data_pages import SIDEWAYS, answer
from harness import EXAMPLE, aurora, expect, expect_equal, expect_in, expect_not_in, test
from projects import generated
from readers import TOKENS, sign_in, token_file
from reports import Report
from visits import Visit

HOSTILE = "<img src=x onerror=alert(1)> & \"Co\""


def own(folder, evidence="{from: 2, to: 5}"):
    """The example in a folder of its own, with evidence for other numbers of segments."""
    project = folder / "project"
    shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns(".aurora"))
    file = project / "segments/behaviour.yaml"
    lines = [line for line in file.read_text().splitlines() if not line.startswith("evidence:")]
    file.write_text("\n".join(lines) + f"\n# Kept.\nevidence: {evidence}\n")
    return Report(project, folder / "state").publish(generated(folder / "data", 900))


def open_segments(visit, name=None):
    if visit.drawn:
        visit.window.goto("about:blank")
        visit.drawn = 0
    visit.window.goto(f"{visit.address}/#/segments" + (f"/{quote(name)}" if name else ""))
    visit.wait_until_drawn()


def shown(report):
    """What `aurora show segments --json` says, by the segmentation's name."""
    words = aurora("show", "segments", report.project, "--state", report.state, "--json").exits(0).json
    found = words["segmentations"]
    return {each["name"]: each for each in found}


def segment_texts(visit):
    return visit.window.locator(".segment-card").all_inner_texts()


def expect_page(visit, report, known):
    open_segments(visit, known["name"])
    verdicts = {"natural_groups": "Natural groups", "useful_cuts": "Useful cuts of a continuum",
                "nothing": "Nothing there"}
    if known["verdict"]:
        expect_equal(visit.text(".verdict-title"), verdicts[known["verdict"]], "the verdict")
        bare = known["reason"].split(": ", 1)[1]
        expect_in(bare[1:], visit.text(".verdict-reason"), "the reason")
    expect_in(f"computed on {known['rows']:,} of {known['rows']:,} rows", visit.text(".verdict-facts"), "the facts")
    cards = segment_texts(visit)
    expect_equal(len(cards), len(known["segments"]), "cards")
    for card, segment, described in zip(cards, known["segments"], known["described"]):
        expect_in(segment["name"], card, "the name")
        expect_in(f"{segment['size']:,}", card, "the size")
        if described["repeatable"] is not None:
            expect_in(f"{int(described['repeatable'] * 100)}/100", card, "the badge")
    said = visit.window.locator(".calm-list li").all_inner_texts()
    expect_equal(len(said), len(known["findings"]), "findings")
    for words, finding in zip(said, known["findings"]):
        expect_in(finding["message"][1:], words, "a finding")


@test("a page opens for every segmentation, with the figures of aurora show segments")
def segment_pages(folder):
    report = reports.twin()
    with report.serve() as server, Visit(server) as visit:
        open_segments(visit)
        known = shown(report)
        links = visit.window.locator(".panel-table tbody a").count()
        expect_equal(links, len(known), "segmentations listed")
        for name in known:
            expect_page(visit, report, known[name])
            segments = answer(visit, f"segmentations/{name}")["segments"]
            expect_equal([each["size"] for each in segments],
                         [each["size"] for each in known[name]["segments"]], "sizes")
        visit.expect_no_remarks()


@test("the demo's segmentations open, each with its traits and rules")
def segment_pages_demo(folder):
    report = reports.published_demo(folder)
    with report.serve() as server, Visit(server) as visit:
        for name, known in shown(report).items():
            expect_page(visit, report, known)
            for segment in answer(visit, f"segmentations/{name}")["segments"]:
                expect(segment["traits"], f"traits of {segment['name']}", segment)
        visit.expect_no_remarks()


@test("at 420 pixels no page of a segmentation is wider than the window, in light and dark")
def segments_on_a_phone(folder):
    report = own(folder)
    with report.serve() as server:
        for dark in (False, True):
            with Visit(server, 420, dark=dark) as visit:
                for name in (None, "behaviour", "published"):
                    open_segments(visit, name)
                    expect_equal(visit.evaluate(SIDEWAYS), [], f"what sticks out of {name}")
                visit.expect_no_remarks()


@test("a button uses another number of segments: its line, who chose it and why, and a new run")
def another_number(folder):
    report = own(folder)
    file = report.project / "segments/behaviour.yaml"
    before = file.read_text()
    with report.serve() as server, Visit(server) as visit:
        open_segments(visit, "behaviour")
        choice = answer(visit, "segmentations/behaviour")["choice"]
        rows = visit.window.locator(".number-table tbody tr").all_inner_texts()
        expect_equal(len(rows), len(choice["table"]), "numbers in the table")
        for words, row in zip(rows, choice["table"]):
            expect_in(f"{round(row['inertia']):,}", words, "the inertia")
        visit.window.locator('[data-use="5"]').focus()
        visit.window.keyboard.press("Enter")
        field = visit.window.locator(".number-form input")
        field.fill(HOSTILE)
        visit.window.keyboard.press("Escape")
        expect_equal(visit.evaluate("document.activeElement.dataset.use"), "5", "the focus after Escape")
        expect_equal(file.read_text(), before, "the project's text after Escape")
        visit.window.keyboard.press("Enter")
        visit.window.locator(".number-form input").fill(HOSTILE)
        visit.window.keyboard.press("Enter")
        visit.wait("document.querySelector('.number-saved')", "that it is saved")
        after = file.read_text()
        expect_in("k: 5", after, "the file")
        expect_in(", Segment 5]", after, "the names")
        changed = after.replace("k: 5", "k: 4").replace(", Segment 5]", "]")
        expect_equal(changed.splitlines()[:len(before.splitlines())],
                     before.splitlines(), "all other lines")
        expect_in("chosen: {by: local, why: ", after, "the file")
        visit.wait("document.querySelectorAll('.segment-card').length === 5", "five segments")
        expect_in(HOSTILE, visit.text(".verdict-chosen"), "the reason, as text")
        expect_equal(visit.window.locator("main img").count(), 0, "elements made of text")
        expect_in("Since the last fit", visit.text("main"), "what became of the last fit")
        visit.expect_no_remarks()


@test("a hostile name of a segment stays text, and is given on its page")
def hostile_segment(folder):
    report = own(folder)
    with report.serve() as server, Visit(server) as visit:
        open_segments(visit, "behaviour")
        visit.window.locator(".rename").first.click()
        visit.window.locator(".rename-form input").fill(HOSTILE)
        visit.window.keyboard.press("Enter")
        visit.wait("document.querySelector('.segment-card h3')?.textContent.startsWith('<img')", "the new name")
        expect_equal(visit.window.locator("main img").count(), 0, "elements made of text")
        visit.expect_no_remarks()


@test("a reader without the right to edit has no buttons; small segments and hidden columns are left out")
def without_rights(folder):
    report = own(folder)
    settings = report.project / "aurora.yaml"
    settings.write_text(settings.read_text().replace(
        "privacy:\n", "privacy:\n  hidden: [PURCHASES_TRX]\n  smallest_cell: 200\n"))
    report.publish(folder / "data")
    with report.serve("--token-file", token_file(folder)) as server, Visit(server) as visit:
        visit.window.goto(visit.address)
        visit.wait("location.pathname === '/sign-in'", "the sign-in page")
        sign_in(visit, TOKENS["ben"])
        visit.wait_until_drawn()
        visit.remarks.clear()  # that it was not signed in before
        open_segments(visit, "behaviour")
        expect_equal(visit.window.locator("[data-use], .rename").count(), 0, "buttons")
        told = json.dumps([answer(visit, f"segmentations/behaviour{part}") for part in ("", "/profile", "/plots")])
        expect_not_in("PURCHASES_TRX", told, "the answer")
        small = [each for each in shown(report)["behaviour"]["segments"] if each["size"] < 200]
        expect(small, "a small segment", told)
        for each, card in zip(shown(report)["behaviour"]["segments"], segment_texts(visit)):
            if each in small:
                expect_in("Too few customers", card, "a small segment's card")
                expect_not_in(f"\"size\": {each['size']},", told, "the answer")
        status = visit.evaluate("""fetch('/api/v1/segmentations/behaviour', {method: 'PATCH',
          headers: {'Content-Type': 'application/json'}, body: '{"k": 5, "why": "x"}'}).then(({ status }) => status)""")
        expect_equal(status, 403, "the status of a change")


def ask_for(visit, key):
    field = visit.window.get_by_label("Key of a customer")
    field.focus()
    field.fill(key)
    visit.window.keyboard.press("Enter")


@test("one customer: by keyboard, with the figures of aurora show customer, and gone after a key that is unknown")
def one_customer(folder):
    report = reports.twin()
    with report.serve() as server:
        for width in (1440, 420):
            with Visit(server, width, dark=width == 420) as visit:
                open_segments(visit, "behaviour")
                expect_in("Why a customer is in its segment", visit.text(".customer-answer"), "before the first key")
                for key in ("C10001", "C10009"):
                    ask_for(visit, key)
                    visit.wait("key => document.querySelector('.customer-key')?.textContent === key", f"{key}", key)
                    told = aurora("show", "customer", report.project, "--state", report.state, "--name", "behaviour",
                                  "--key", key, "--json").exits(0).json["customer"][0]
                    expect_equal(visit.text(".customer-head h3 bdi"), told["segment"]["name"], "the segment")
                    expect_equal(visit.text(".customer-next bdi"), told["runner_up"]["name"], "the runner-up")
                    expect_equal(visit.text(".near-badge"), "Borderline" if told["borderline"] else "Not borderline", "the badge")
                    names = visit.window.locator(".customer-features tbody th").all_inner_texts()
                    expect_equal(names, [each["label"] for each in told["features"]], "features")
                    figures = visit.window.locator(".bar-figure").all_inner_texts()
                    for figure, each in zip(figures, told["features"]):
                        shown_figure = float(figure.replace("−", "-").replace("+", ""))
                        expect(abs(shown_figure - each["contribution"]) <= 0.051, f"{each['contribution']}", figure)
                    against = visit.window.locator(".diverging.against").count()
                    expect_equal(against, sum(each["contribution"] < 0 for each in told["features"]), "bars to the left")
                    ways = visit.window.locator(".customer-boundaries li").count()
                    expect_equal(ways, len(told["boundaries"]) + len(told["refused"]), "ways")
                expect_equal(visit.evaluate(SIDEWAYS), [], "what sticks out")
                visit.expect_no_remarks()
                ask_for(visit, HOSTILE)
                visit.wait("document.querySelector('.customer-problem')", "that nobody has that key")
                expect_in("No customer of this run has that key", visit.text(".customer-problem"), "the problem")
                expect_equal(visit.window.locator(".customer-card, main img").count(), 0, "cards, or elements made of text")
                field = visit.evaluate("[document.activeElement.id, document.activeElement.getAttribute('aria-invalid')]")
                expect_equal(field, ["customer-key", "true"], "the field")


@test("a customer that is shown stays through a new run, and who may not see customers has no panel")
def customer_over_runs(folder):
    report = own(folder)
    with report.serve() as server, Visit(server) as visit:
        open_segments(visit, "behaviour")
        ask_for(visit, "C10001")
        visit.wait("document.querySelector('.customer-card')", "a customer")
        before = visit.evaluate("aurora.run()")
        report.publish(generated(folder / "more", 950))
        visit.wait("before => aurora.run() !== before && document.querySelector('.customer-card')", "the new run", before,
                   limit=60)
        expect_equal(visit.evaluate("[document.activeElement.id, document.activeElement.value]"),
                     ["customer-key", "C10001"], "the field")
        visit.expect_no_remarks()
    with report.serve("--token-file", token_file(folder)) as server, Visit(server) as visit:
        visit.window.goto(visit.address)
        visit.wait("location.pathname === '/sign-in'", "the sign-in page")
        sign_in(visit, TOKENS["ben"])
        visit.wait_until_drawn()
        open_segments(visit, "behaviour")
        expect_equal(visit.window.locator(".segment-card").count() > 0, True, "segments")
        expect_equal(visit.window.locator(".customer-panel").count(), 0, "the panel")


def profile_of(report, name):
    words = aurora("show", "profile", report.project, "--state", report.state, "--name", name, "--json").exits(0).json
    return words["profile"][0]


def cells_of(visit):
    """The texts of the rows of the profile's table."""
    return visit.evaluate("""[...document.querySelectorAll(".profile-table tbody tr")]
      .map((row) => [...row.cells].map((cell) => cell.innerText.trim()))""")


@test("what is in each segment: the figures of aurora show profile, a paragraph each, and sorting")
def profiles(folder):
    report = own(folder)
    known = profile_of(report, "behaviour")
    with report.serve() as server, Visit(server) as visit:
        open_segments(visit, "behaviour")
        told = answer(visit, "segmentations/behaviour/profile")
        expect_equal(told, known, "the profile")
        expect_in(f"Computed on {known['rows']:,} of {known['rows']:,} rows", visit.text(".profile-panel .lead"), "the lead")
        stories = visit.window.locator(".profile-stories li").all_inner_texts()
        expect_equal(len(stories), len(known["segments"]), "paragraphs")
        for words, segment in zip(stories, known["segments"]):
            expect_in(f"holds {segment['size']:,} customers", words, "a paragraph")
            expect_in(segment["facts"][0]["label"], words, "the strongest fact")
        forming = {each["label"] for each in known["columns"] if each["is_forming"]}
        marked = visit.evaluate("""[...document.querySelectorAll(".profile-table tbody tr")]
          .filter((row) => row.querySelector(".forming-mark")).map((row) => row.cells[0].firstChild.textContent)""")
        expect(marked, "columns that are marked", forming)
        expect(set(marked) <= forming, "only what formed the groups is marked", marked)
        # One segment, sorted by its mean from the keyboard.
        visit.window.locator(".profile-choice").nth(1).focus()
        visit.window.keyboard.press("Enter")
        expect_equal(visit.window.locator(".profile-stories li").count(), 1, "paragraphs of one segment")
        expect_equal(visit.evaluate("document.querySelectorAll('.profile-choice[aria-pressed=true]').length"), 1, "pressed")
        visit.window.locator(".profile-table .sort-button", has_text="Lift").focus()
        visit.window.keyboard.press("Enter")
        expect_equal(visit.evaluate("document.querySelector('.profile-table th[aria-sort=descending]').innerText.trim().slice(0, 4)"),
                     "Lift", "the sorted column")
        lifts = [float(row[3].rstrip("×")) for row in cells_of(visit) if row[3] != "–"]
        expect_equal(lifts, sorted(lifts, reverse=True), "lifts")
        visit.window.locator(".profile-table .more").click()
        expect(len(cells_of(visit)) > 12, "all rows", cells_of(visit))
        expect_not_in("p-value", visit.text(".profile-panel"), "the panel")
        visit.expect_no_remarks()


@test("every drawing of a segmentation's page says what it shows, and has a table of its own")
def drawings(folder):
    report = own(folder)
    (report.project / "segments/tree.yaml").write_text(
        "type: segment/v1\nmodel: customers\nfeatures: [{column: PURCHASES, transform: log1p}, {column: BALANCE}]\n"
        "agglomerative: {k: 3}\nrepeatability: 0\n")
    (report.project / "segments/regions.yaml").write_text(
        "type: segment/v1\nmodel: customers\nfeatures: [{column: PURCHASES_FREQUENCY}, {column: TENURE}]\n"
        "dbscan: {eps: 0.5, minimum_points: 10}\nrepeatability: 0\n")
    report.publish(folder / "data")
    titles = {
        "behaviour": ["Biplot", "Silhouettes", "Inertia by number of segments", "Silhouette by number of segments"],
        "tree": ["Biplot", "Silhouettes", "Tree of merges"],
        "regions": ["Biplot", "Silhouettes", "Distance to neighbours"],
    }
    with report.serve() as server, Visit(server) as visit:
        for name, expected in titles.items():
            open_segments(visit, name)
            figures = visit.window.locator("figure.curve")
            expect_equal([each.split("\n")[0] for each in figures.locator("figcaption").all_inner_texts()], expected, f"drawings of {name}")
            for index, title in enumerate(expected):
                figure = figures.nth(index)
                expect(len(figure.locator("[role=img]").get_attribute("aria-label")) > 30, f"what {title} shows", name)
                expect(figure.locator("canvas").count() > 0, f"a drawing of {title}", name)
                figure.locator(".plot-switch").focus()
                visit.window.keyboard.press("Enter")
                expect_equal(figure.locator(".plot-switch").get_attribute("aria-pressed"), "true", "the button")
                expect(figure.locator("tbody tr").count() > 1, f"rows of the table of {title}", name)
                expect_equal(figure.locator("[role=img]").is_visible(), False, "the drawing behind its table")
                visit.window.keyboard.press("Enter")
                expect_equal(figure.locator("[role=img]").is_visible(), True, "the drawing again")
        visit.expect_no_remarks()
