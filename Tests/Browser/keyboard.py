"""Whoever has no mouse, or does not see the page, gets to everything."""

import reports
from agreement import expect_agreement
from harness import expect, expect_equal, expect_in, test
from visits import Visit

FOCUSED = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  return {
    tag: element.tagName, type: element.type ?? "",
    name: element.getAttribute("aria-label") || element.innerText || element.title,
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    sighted: element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    card: element.closest("[data-visual]")?.dataset.visual ?? null,
  };
}"""


def press(visit, key):
    visit.window.keyboard.press(key)


def walk(visit, to, key="Tab", most=80):
    """Presses Tab until something of this name has the focus."""
    names = []
    for _ in range(most):
        press(visit, key)
        names.append(visit.evaluate(FOCUSED)["name"])
        if names[-1].strip().startswith(to):
            return
    raise AssertionError(f"Tab does not reach {to!r}, but {names}")


@test("Tab goes through everything on the page in order, and shows where it is")
def tab_order(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        for page in ("overview", "clusters"):
            visit.open(page)
            stops = []
            for _ in range(100):
                press(visit, "Tab")
                if visit.evaluate("document.activeElement === document.body"):
                    break
                stop = visit.evaluate(FOCUSED)
                visit.window.wait_for_timeout(0)
                if stop["type"] == "range":  # its handle has the outline, which style can't tell
                    box = visit.window.locator(".dual").first
                    focused = box.screenshot()
                    visit.evaluate("window.kept = document.activeElement; window.kept.blur()")
                    expect(box.screenshot() != focused, f"a visible focus on {stop}", "none")
                    visit.evaluate("window.kept.focus()")
                else:
                    expect(stop["outline"] and stop["sighted"], f"a visible focus on {stop}", stop)
                stops.append(stop)
            expect_equal(stops[0]["name"], "Skip to the figures", "the first stop")
            names = [stop["name"].strip() for stop in stops]
            for slicer in visit.description["slicers"]:
                values = visit.description["dimensions"][slicer["dimension"]]["values"]
                wanted = [each["value"] for each in values] if values else [
                    f"{slicer['label']}, {part}"
                    for part in ("from", "lower bound", "upper bound", "to")]
                for name in wanted:
                    expect_in(name, names, f"the stops of {page}")
            cards = [stop["card"] for stop in stops if stop["card"]]
            # Text has nothing to act on.
            order = [visual["id"] for visual in visit.description["visuals"]
                     if visual["type"] != "text"]
            expect_equal(list(dict.fromkeys(cards)), order, f"the cards of {page} in order")
            visit.expect_no_remarks()


@test("slicer, table view, About and theme work by keyboard alone")
def keyboard_only(folder):
    report = reports.twin()
    with report.serve() as server, Visit(server) as visit:
        visit.open("overview")
        walk(visit, "Colours")
        with visit.drawing():
            press(visit, "Enter")
        walk(visit, "Active Retailers")
        with visit.drawing():
            press(visit, "Space")
        source = visit.slicer("Cluster")
        expect_agreement(visit, report, {source: "published = 'Active Retailers'"})
        walk(visit, "Show Purchase style as a table")
        press(visit, "Enter")
        walk(visit, "About Purchase style")
        press(visit, "Enter")
        about = visit.card("Purchase style").locator(".about")
        expect(about.is_visible(), "About to be open", "closed")
        expect_in("count(*)", about.inner_text(), "About")
        press(visit, "Escape")
        expect(not about.is_visible(), "About to be closed", "open")
        expect_in("About Purchase style", visit.evaluate(FOCUSED)["name"], "the focus after Escape")
        card = visit.card("Purchase style")
        press(visit, "Shift+Tab")
        expect_equal(visit.evaluate(FOCUSED)["name"], "Save Purchase style", "the button before About")
        press(visit, "Enter")
        # The browser tells that a popover has opened in a task of its own, and then the focus moves.
        card.locator(".menu :focus").wait_for()
        expect_in("CSV", visit.evaluate(FOCUSED)["name"], "the focus in the menu")
        press(visit, "Escape")
        last = report.query(["customers"], by=["purchase_style"])["rows"][-1][0]
        walk(visit, last, key="Shift+Tab", most=8)
        with visit.drawing():
            press(visit, "Enter")
        chosen = card.locator("button.name[aria-pressed=true]")
        expect_equal(chosen.count(), 1, "pressed names")
        expect_equal(visit.evaluate(FOCUSED)["name"], chosen.inner_text(), "the focus after that")
        style = chosen.inner_text()
        expect_agreement(visit, report, {
            source: "published = 'Active Retailers'",
            visit.visual("Purchase style"): f"purchase_style = '{style}'"})
        visit.expect_no_remarks()


@test("the first stop of Tab skips to the figures")
def skip_link(folder):
    with reports.twin().serve() as server, Visit(server) as visit:
        visit.open("overview")
        press(visit, "Tab")
        press(visit, "Enter")
        expect_equal(visit.evaluate("document.activeElement.id"), "main", "what has the focus")
        press(visit, "Tab")
        expect_equal(visit.evaluate(FOCUSED)["name"].strip(), "Low Touch Explorers", "the next stop")


@test("every control has a name for screen readers, and every visual a heading")
def names(folder):
    with reports.twin().serve() as server:
        for width in (1440, 420):
            with Visit(server, width) as visit:
                for page in ("overview", "clusters"):
                    visit.open(page)
                    for button in visit.window.get_by_role("button", name="as a table").all():
                        button.click()
                    if width == 420:
                        visit.window.get_by_role("button", name="Filters").click()
                    tree = visit.context.new_cdp_session(visit.window).send(
                        "Accessibility.getFullAXTree")["nodes"]
                    roles = ("button", "link", "textbox", "searchbox", "slider", "checkbox",
                             "article", "region", "table", "progressbar", "dialog", "columnheader")
                    found = [(node["role"]["value"], node.get("name", {}).get("value", "").strip())
                             for node in tree
                             if not node["ignored"] and node["role"]["value"] in roles]
                    expect(len(found) > (20 if width == 1440 else 5), "controls", found)
                    expect_equal([each for each in found if not each[1]], [],
                                 f"controls of {page} without a name at {width} pixels")
                    if width == 1440:
                        articles = [name for role, name in found if role == "article"]
                        expect_equal(articles, [
                            visual["title"] for visual in visit.description["visuals"]],
                            f"named visuals of {page}")
                visit.expect_no_remarks()


# Text on what may lie under it.
PAIRS = [(text, ground) for text in ("text", "muted")
         for ground in ("canvas", "surface", "raised", "sunken", "hover", "accent-soft")] + [
    ("on-accent", "accent"), ("danger", "danger-soft"), ("danger", "surface"),
    ("warning", "warning-soft"), ("warning", "surface"), ("accent", "surface"), ("accent", "canvas")]


def luminance(colour):
    def linear(part):
        part /= 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


for _dark in (False, True):
    @test(f"text stands out from what is under it, at least 4.5 to 1 ({'dark' if _dark else 'light'})")
    def contrasts(folder, dark=_dark):
        with reports.twin().serve() as server, Visit(server, dark=dark) as visit:
            visit.open("overview")
            visit.tile("Cluster", "Active Retailers")
            tokens = visit.evaluate("""(names) => {
              const probe = document.body.appendChild(document.createElement("i"));
              const found = names.map((name) => {
                probe.style.color = `var(--${name})`;
                return getComputedStyle(probe).color.match(/[0-9.]+/g).map(Number);
              });
              probe.remove();
              return found;
            }""", [name for pair in PAIRS for name in pair])
            weak = []
            for index, (text, ground) in enumerate(PAIRS):
                ratio = contrast(tokens[index * 2], tokens[index * 2 + 1])
                if ratio < 4.5:
                    weak.append(f"{text} on {ground}: {ratio:.2f}")
            expect_equal(weak, [], "weak pairs of tokens")
            expect_equal(weak_texts(visit), [], "weak texts")
            with visit.drawing():
                visit.evaluate("location.hash = '/data/models/customers'")
            expect_equal(weak_texts(visit), [], "weak texts of a data page")


def weak_texts(visit):
    """Texts of the page itself with too little contrast. (Resting controls may be pale.)"""
    texts = visit.evaluate("""() => {
      const numbers = (colour) => colour.match(/[0-9.]+/g).map(Number);
      const found = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
        if (element.closest("script, noscript, :disabled, .skip-link, [data-dimmed], .dimmed")) continue;
        let ground = element;
        while (ground && (numbers(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
        found.push([walker.currentNode.textContent.trim().slice(0, 40),
          numbers(getComputedStyle(element).color),
          ground ? numbers(getComputedStyle(ground).backgroundColor) : [255, 255, 255]]);
      }
      return found;
    }""")
    expect(len(texts) > 50, "texts", texts)
    return [f"{text!r}: {contrast(colour, ground):.2f}" for text, colour, ground in texts
            if contrast(colour, ground) < 4.5]
