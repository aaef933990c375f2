"""The data pages: what was read, what became of it, what it holds, and where a figure comes from."""

import json
from urllib.parse import quote

import reports
from harness import Server, expect, expect_equal, expect_in, expect_not_in, test
from projects import PEOPLE, project
from readers import TOKENS, sign_in, token_file
from reports import Report
from visits import Visit

# What is wider than the window: the page itself may not be, nor anything on it that doesn't scroll.
SIDEWAYS = """() => {
  const root = document.documentElement;
  const wide = [...document.querySelectorAll("main *")].filter((element) => !element.closest(".panel-table")
    && element.checkVisibility() && element.getBoundingClientRect().right > root.clientWidth + 1);
  return [...wide.map((element) => element.className || element.nodeName),
    ...(root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide`] : [])];
}"""

# The rows of the table of a panel, each the texts of its cells.
ROWS = """title => [...document.querySelectorAll(".panel")]
  .filter((panel) => panel.querySelector("h2").textContent === title)
  .flatMap((panel) => [...panel.querySelectorAll("tbody tr")])
  .map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"""

SOME_OF_ALL = {
    "sources/people.yaml": "type: source/v1\ncsv:\n  file: people.csv\nexpect:\n"
                           "  - required: {columns: [town]}\n"}


def open_data(visit, path=""):
    """Opens a data page by its address, as a link would."""
    if visit.drawn:
        visit.window.goto("about:blank")
        visit.drawn = 0
    visit.window.goto(f"{visit.address}/#/data{path}")
    visit.wait_until_drawn()


def answer(visit, path):
    return json.loads(visit.evaluate(
        "path => fetch(`/api/v1/${path}`).then((answer) => answer.text())", path))


def titles(visit):
    return visit.evaluate("[...document.querySelectorAll('.panel h2')].map((title) => title.textContent)")


@test("the data page lists sources and models with their rows, and leads to each of them")
def data_index(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        open_data(visit)
        expect_equal([row[2] for row in visit.evaluate(ROWS, "Sources")], ["8,950"], "rows of sources")
        expect_equal([row[2] for row in visit.evaluate(ROWS, "Models")], ["8,950"], "rows of models")
        notices = sum(table["notices"] for table in answer(visit, "data")["tables"])
        said = visit.text(".totals")
        for part in ("1 source", "8,950 rows read", "none set aside", "1 model",
                     f"{notices} notice" if notices else "no notice"):
            expect_in(part, said, "the totals")
        for name in ("cc_general", "customers"):
            with visit.drawing():
                visit.window.get_by_role("link", name=name, exact=True).click()
            expect_equal(visit.text("h1"), name, "the page's title")
            with visit.drawing():
                visit.window.get_by_role("navigation", name="Way back").get_by_role(
                    "link", name="Data").click()
        visit.expect_no_remarks()


@test("a model's story tells every step as it was recorded, its rows and what it changed")
def story(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        open_data(visit, "/models/customers")
        model = answer(visit, "data/models/customers")
        told = visit.window.locator(".story-step").all_inner_texts()
        expect_equal(len(told), len(model["steps"]) + 2, "entries of the story")
        expect_in("cc_general", told[0], "the first entry")
        expect_in(model["key"], told[-1], "the last entry")
        for step, words in zip(model["steps"], told[1:]):
            expect_in(step["summary"], words, "a step")
            for column, cells in step["cells_changed"].items():
                expect_in(f"{cells:,} cell", words, f"the step that changed {column}")
            for column in step["columns_added"]:
                expect_in(f"{column} added", words, "a step that adds a column")
        visit.expect_no_remarks()


@test("a long step is cut to two lines on a phone, and a button shows the rest")
def long_step(folder):
    with reports.twin().serve() as server, Visit(server, 420) as visit:
        open_data(visit, "/models/customers")
        step = visit.window.locator(".story-step").filter(has_text="CASE WHEN").first
        more = step.get_by_role("button", name="More").first
        text = step.locator("p").first
        short = text.bounding_box()["height"]
        expect(short < 45, "two lines", short)
        more.focus()
        visit.window.keyboard.press("Enter")
        expect_equal(step.get_by_role("button", name="Less").first.get_attribute("aria-expanded"),
                     "true", "the button's state")
        expect(text.bounding_box()["height"] > short + 15, "more lines than before", short)
        expect(text.evaluate("text => text.scrollHeight <= text.clientHeight + 1"),
               "the whole text", "a part")
        visit.expect_no_remarks()


@test("a figure's popover leads to where it comes from: steps, source columns and the file")
def lineage(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        visit.open("overview")
        visual = next(each for each in visit.description["visuals"]
                      if "avg_total_spending" in each["measures"])
        card = visit.window.locator(f'[data-visual="{visual["id"]}"]')
        card.hover()
        card.get_by_role("button", name="About").click()
        label = visit.description["measures"]["avg_total_spending"]["label"]
        with visit.drawing():
            visit.window.locator(".about:popover-open").get_by_role("link", name=label).click()
        expect_equal(visit.text("h1"), "avg_total_spending", "the page's title")
        expect_in("avg(TOTAL_SPENDING)", visit.text("main"), "how it is computed")
        rows = visit.evaluate(ROWS, "TOTAL_SPENDING")
        expect("CASH_ADVANCE" in [row[0] for row in rows], "a source column CASH_ADVANCE", rows)
        input_hash = answer(visit, "data/sources/cc_general")["files"][0]["sha256"]
        for row in rows:
            expect_equal(row[1], "cc_general", "the source")
            expect(row[4] and input_hash.startswith(row[4]), "the file's hash", row)
        with visit.drawing():
            visit.window.get_by_role("link", name="customers, step").first.click()
        expect_equal(visit.text("h1"), "customers", "the model that the step belongs to")
        with visit.drawing():
            visit.window.go_back()
        expect_equal(visit.text("h1"), "avg_total_spending", "the page before")
        visit.expect_no_remarks()


for _path, _kind in (("sources/cc_general", "source"), ("models/customers", "model")):
    @test(f"a {_kind}'s quality: its findings, and for each column what the profile counted")
    def quality(folder, path=_path):
        with reports.twin().serve() as server, Visit(server) as visit:
            open_data(visit, "/" + path)
            table = answer(visit, "data/" + path)
            profile = table["quality"]
            expect(profile and profile["columns"], "a profile", profile)
            expect_in("Quality", titles(visit), "the panels")
            shown = visit.window.locator(".finding:visible .finding-words").all_inner_texts()
            said = [finding["words"] for finding in profile["findings"]]
            expect_equal(shown, said[:len(shown)], "the findings")
            if len(shown) < len(said):
                visit.window.get_by_role("button", name=f"{len(said) - len(shown)} more").click()
                expect_equal(visit.window.locator(".finding:visible").count(), len(said),
                             "all findings")
            heads = visit.evaluate(
                "[...document.querySelectorAll('.quality-table thead th')].map((head) => head.innerText)")
            rows = {row[0]: dict(zip(heads, row)) for row in visit.evaluate(ROWS, "Columns")}
            expect_equal(list(rows), [column["name"] for column in table["columns"]], "the columns")
            for column in profile["columns"]:
                row = rows[column["name"]]
                expect_equal(row["Missing"].split("\n")[0], f"{column['missing']:,}", "missing values")
                expect_equal(row["Distinct"].split("\n")[0], f"{column['distinct']:,}", "distinct values")
                if column["isPrivate"]:
                    expect_equal(row["Typical"], "–", "what is typical of a private column")
                for level in (column.get("texts") or {}).get("levels", [])[:3]:
                    expect_in(level["value"], row["Distribution"], "the most frequent values")
            drawn = [column for column in profile["columns"]
                     if not column["isPrivate"] and (column.get("numbers") or {}).get("histogram")]
            pictures = visit.evaluate(
                "[...document.querySelectorAll('.bins')].map((picture) => picture.getAttribute('aria-label'))")
            expect_equal(len(pictures), len(drawn), "pictures of a distribution")
            for words, column in zip(pictures, drawn):
                most = max(column["numbers"]["histogram"]["counts"])
                expect(words.startswith(f"{most:,} of {profile['rows']:,} rows"),
                       f"the fullest bin of {column['name']} in words", words)
            visit.expect_no_remarks()


@test("at 420 pixels no data page is wider than the window, in light and dark")
def on_a_phone(folder):
    with reports.twin().serve() as server:
        for dark in (False, True):
            with Visit(server, 420, dark=dark) as visit:
                for path in ("", "/sources/cc_general", "/models/customers",
                             "/lineage/avg_total_spending"):
                    open_data(visit, path)
                    expect_equal(visit.evaluate(SIDEWAYS), [], f"what sticks out of {path}")
                visit.expect_no_remarks()


@test("with Tab and Enter alone one gets from the data to a model and a column's origin")
def by_keyboard(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        open_data(visit)
        for name in ("customers", "TOTAL_SPENDING"):
            for _ in range(120):
                visit.window.keyboard.press("Tab")
                if visit.evaluate("document.activeElement.textContent") == name:
                    break
            focus = visit.evaluate("""() => {
              const style = getComputedStyle(document.activeElement);
              return [document.activeElement.textContent, parseFloat(style.outlineWidth) >= 2];
            }""")
            expect_equal(focus, [name, True], "the focus, to be seen")
            with visit.drawing():
                visit.window.keyboard.press("Enter")
        expect_equal(visit.text("h1"), "customers.TOTAL_SPENDING", "the page's title")
        visit.expect_no_remarks()


@test("a reader without customers' rights sees no cell of any, nor what one may be read from")
def without_customers(folder):
    with reports.twin().serve("--token-file", token_file(folder)) as server, Visit(server) as visit:
        visit.window.goto(visit.address)
        visit.wait("location.pathname === '/sign-in'", "the sign-in page")
        sign_in(visit, TOKENS["ben"])
        visit.wait_until_drawn()
        visit.remarks.clear()  # that it was not signed in before
        open_data(visit, "/models/customers")
        expect_equal(visit.window.locator(".examples").count(), 0, "examples")
        profile = answer(visit, "data/models/customers")["quality"]
        expect(not any((column.get("numbers") or {}).get("quantiles") for column in profile["columns"]),
               "no quantiles", profile["columns"][1])
        expect_not_in("Nothing to note", visit.text("main"), "the page")
        expect_in("told only to readers", visit.text("main"), "the page")
        visit.expect_no_remarks()


@test("a source with rows set aside says so, and how to list them")
def set_aside(folder):
    root = project(folder, files=SOME_OF_ALL)
    report = Report(root, folder / "state").publish(root)
    with Server(root, "--state", report.state) as server, Visit(server, 420) as visit:
        open_data(visit)
        expect_in("10 rows set aside", visit.text(".totals"), "the totals")
        open_data(visit, "/sources/people")
        expect_in("40 read, 10 set aside, 30 kept", visit.text("main"), "the page")
        expect_in("aurora show quarantine --name people", visit.text("main"), "the page")
        expect_equal(visit.evaluate(SIDEWAYS), [], "what sticks out")
        visit.expect_no_remarks()


@test("the second run's pages tell what has moved since the first")
def drift(folder):
    root = project(folder)
    report = Report(root, folder / "state").publish(root)
    moved = PEOPLE.replace(",Bern,", ",Kyiv,").splitlines()
    (root / "people.csv").write_text("\n".join(moved[:31]) + "\n")
    report.publish(root)
    with Server(root, "--state", report.state) as server, Visit(server) as visit:
        open_data(visit, "/sources/people")
        change = answer(visit, "data/sources/people")["drift"]
        expect_in(f"Since run {change['since']}", titles(visit), "the panels")
        expect_in("40 → 30 rows", visit.text("main"), "the page")
        said = visit.window.locator(".finding-words").all_inner_texts()
        for finding in change["findings"]:
            expect_in(finding["words"], said, "what has changed")
        shifts = {row[0]: row[-1] for row in visit.evaluate(ROWS, "Columns")}
        words = {"stable": "as before", "moderate": "a moderate shift", "large": "a large shift"}
        for column in change["columns"]:
            size = (column.get("stability") or {}).get("size")
            expect_in(words.get(size, "–"), shifts[column["name"]], f"the shift of {column['name']}")
        visit.expect_no_remarks()


@test("names of tables that are not there, and hostile ones, are answered in words")
def unknown_names(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        open_data(visit)
        visit.evaluate("name => { location.hash = `/data/models/${name}` }",
                       quote("<img src=x onerror=alert(1)>", safe=""))
        visit.wait("document.querySelector('[data-banner], .blank')?.textContent.includes('there is no model')",
                   "that there is no such model")
        expect_equal(visit.window.locator("main img").count(), 0, "images")
        console = [remark for remark in visit.remarks if "404" not in remark]
        expect_equal(console, [], "what the console says beside the refusal")
