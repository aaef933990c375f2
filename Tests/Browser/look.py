"""How pages look: widths, themes, paper, and that nothing moves."""

import reports
from harness import expect, expect_equal, expect_in, test
from visits import Visit

PAGES = ["overview", "clusters"]

# What sticks out of the window or of its card, and figures that are cut off.
FAULTS = """() => {
  const faults = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > document.documentElement.clientWidth) faults.push(`the page is ${wide} wide`);
  const boxes = [...document.querySelectorAll(".card")].map((card) => [card, card.getBoundingClientRect()]);
  for (const [card, box] of boxes) {
    const name = card.querySelector(".card-title").textContent;
    if (box.width < 100 || box.height < 60) faults.push(`${name} is ${box.width} by ${box.height}`);
    for (const [other, place] of boxes) {
      const apart = box.right <= place.left + 1 || place.right <= box.left + 1
        || box.bottom <= place.top + 1 || place.bottom <= box.top + 1;
      if (other !== card && !apart) faults.push(`${name} lies on another card`);
    }
    for (const inner of card.querySelectorAll(".card-head, .card-foot, canvas, .kpi-value, .prose, .tabulator")) {
      const place = inner.getBoundingClientRect();
      if (inner.closest(".scroller") || !inner.checkVisibility()) continue;
      if (place.left < box.left - 1 || place.right > box.right + 1
        || place.top < box.top - 1 || place.bottom > box.bottom + 1) faults.push(
          `${inner.className || inner.nodeName} sticks out of ${name}`);
    }
    for (const text of card.querySelectorAll(".prose, .prose-card .card-subtitle")) {
      if (text.scrollHeight > text.clientHeight + 1) faults.push(`the text of ${name} is cut off`);
    }
    const foot = card.querySelector(".computed");
    if (foot && foot.scrollWidth > foot.clientWidth) faults.push(`the footer of ${name} is cut off`);
    for (const number of card.querySelectorAll(".kpi-number")) {
      const below = card.querySelector(".card-foot").getBoundingClientRect();
      if (number.getBoundingClientRect().bottom > below.top + 4) faults.push(`${name} covers its footer`);
      const room = number.parentElement.getBoundingClientRect();
      if (number.getBoundingClientRect().right > room.right + 1) faults.push(`the figure of ${name} is cut off`);
    }
  }
  return faults;
}"""


def expect_still(visit, since, what):
    moved = visit.evaluate(
        "since => window.seen.shifts.filter(({ at }) => at >= since)", since)
    expect(sum(shift["value"] for shift in moved) < 0.01, f"nothing to move {what}", moved)


for _width in (420, 768, 1440, 1920):
    @test(f"at {_width} pixels nothing sticks out or is cut off, in light and dark")
    def at_width(folder, width=_width):
        with reports.twin().serve() as server, Visit(server, width) as visit:
            for page in PAGES:
                visit.window.emulate_media(color_scheme="light")
                visit.open(page)
                expect_equal(visit.evaluate(FAULTS), [], f"faults of {page}")
                with visit.drawing():
                    visit.window.emulate_media(color_scheme="dark")
                expect_equal(visit.evaluate(FAULTS), [], f"faults of {page} in dark")
            visit.expect_no_remarks()


for _width in (420, 1440):
    @test(f"a pair of figures shows its plot and its whole sentence, filtered or not ({_width} pixels)")
    def pairs(folder, width=_width):
        with reports.twin().serve() as server, Visit(server, width) as visit:
            visit.open("exploration")
            visuals = [each for each in visit.description["visuals"] if each["type"] == "pair"]
            for selected in (False, True):
                if selected and width > 600:
                    visit.tile("Cluster", "Active Retailers")
                expect_equal(visit.evaluate(FAULTS), [], "faults")
                for each in visuals:
                    card = visit.card(each["title"])
                    sentence = card.locator(".pair-sentence")
                    answer = visit.answer(each["title"])
                    expect_equal(sentence.inner_text(), answer["correlation"]["sentence"], "the sentence")
                    expect(sentence.evaluate("text => text.scrollHeight <= text.clientHeight + 1"),
                           f"the whole sentence of {each['title']}", "a part")
                    expect(card.locator("canvas").bounding_box()["height"] > 180, "a plot",
                           "next to nothing")
                    expect_equal(answer["rows_used"] < answer["rows_total"],
                                 selected and width > 600, "rows that are filtered")
            visit.expect_no_remarks()


@test("the popover of a pair leads to where both of its figures come from")
def pair_origin(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        visit.open("exploration")
        each = next(each for each in visit.description["visuals"] if each["type"] == "pair")
        visit.card(each["title"]).get_by_role("button", name="About").click()
        links = visit.window.locator(".about:popover-open a")
        expect_equal([link.get_attribute("href") for link in links.all()],
                     [f"#/data/lineage/{each['options'][axis]}" for axis in "xy"], "links")
        with visit.drawing():
            links.first.click()
        expect_equal(visit.text("h1"), each["options"]["x"], "the page's title")
        visit.expect_no_remarks()


@test("a window that changes its width takes its charts with it")
def resized(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        visit.open("overview")
        for width in (1920, 900, 620):
            visit.window.set_viewport_size({"width": width, "height": 900})
            visit.wait(f"() => ({FAULTS})().length === 0", f"no faults at {width} pixels", limit=20)
        visit.expect_no_remarks()


for _width in (420, 1440):
    @test(f"nothing moves once the page is there, nor when it is filtered ({_width} pixels)")
    def stillness(folder, width=_width):
        with reports.twin().serve() as server, Visit(server, width) as visit:
            for page in PAGES:
                visit.open(page)
                visit.window.wait_for_timeout(300)
                expect_still(visit, 0, f"while {page} is loading and after")
                title = visit.description["visuals"][5 if page == "overview" else 0]["title"]
                visit.place(title, "Active Retailers")  # scrolls there
                visit.window.wait_for_timeout(50)
                before = visit.evaluate("performance.now()")
                visit.click(title, "Active Retailers")
                visit.window.wait_for_timeout(200)
                expect_still(visit, before, f"when {page} is filtered")
            visit.expect_no_remarks()


@test("the chosen theme is kept, and charts are drawn in it")
def theme(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        visit.open("overview")
        shade = "getComputedStyle(document.body).backgroundColor"
        light = visit.evaluate(shade)
        button = visit.window.get_by_role("button", name="Colours")
        before = visit.card("Purchase style").screenshot()
        for _ in range(2):  # from the system's over light to dark
            with visit.drawing():
                button.click()
        expect(visit.evaluate(shade) != light, "another background in dark", light)
        expect(visit.card("Purchase style").screenshot() != before, "another drawing", "the same")
        visit.open("overview")
        expect(visit.evaluate(shade) != light, "the dark theme after loading anew", light)
        visit.expect_no_remarks()


@test("pages made from generated files say so, and only they do")
def badge(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        visit.open("overview")
        expect_equal(visit.window.locator(".badge").all_inner_texts(), ["Synthetic data"], "badges")
    with reports.real().serve() as server, Visit(server) as visit:
        visit.open("overview")
        expect_equal(visit.window.locator(".badge").count(), 0, "badges")


@test("on paper there are no controls, but the filters in words and every footer")
def paper(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        visit.open("overview")
        visit.click("Purchase style", "Balanced")
        visit.window.emulate_media(media="print")
        visit.window.wait_for_timeout(200)
        seen = visit.evaluate("""() => {
          const visible = (selector) => [...document.querySelectorAll(selector)].filter(
            (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1);
          return {
            controls: visible("button, input, select, a, form").filter(
              // These are read, too: what is filtered by, names of colours, what the steps changed.
              (element) => !element.matches(".chip, .legend-entry, .page-foot a")).map((element) => element.outerHTML),
            icons: visible(".chip svg, .card-actions").length,
            background: getComputedStyle(document.body).backgroundColor,
            feet: visible(".card-foot .computed").map((foot) => foot.innerText),
            filters: visible(".chip").map((chip) => chip.innerText.trim()),
          };
        }""")
        expect_equal(seen["controls"], [], "controls on paper")
        expect_equal(seen["icons"], 0, "icons on paper")
        expect_equal(seen["background"], "rgb(255, 255, 255)", "the paper's colour")
        expect_equal(len(seen["feet"]), 11, "footers")
        for foot in seen["feet"]:
            expect_in(" rows", foot, "a footer")
        expect_equal(seen["filters"], ["Purchase style: Balanced"], "the filters in words")
        expect(visit.window.pdf().startswith(b"%PDF"), "a PDF", "something else")
        visit.expect_no_remarks()
