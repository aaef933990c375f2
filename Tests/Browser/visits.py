"""A reader at a browser: opens pages, clicks with a real mouse, and keeps what the console said."""

import contextlib
import json
import os
import time

from harness import Failed, expect_equal

from playwright.sync_api import Error, sync_playwright

CHROMIUM = os.environ.get("AURORA_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]
PHONE = 600  # narrower windows are phones, with a finger instead of a mouse

# Notes when the page was ready first, and everything that moved on it.
WATCH = """(() => {
  const seen = window.seen = { readyAt: null, shifts: [] };
  new PerformanceObserver((list) => {
    for (const { startTime, value, sources } of list.getEntries()) {
      const names = sources.map(({ node }) => node?.className || node?.nodeName || "?");
      seen.shifts.push({ at: startTime, value, names });
    }
  }).observe({ type: "layout-shift", buffered: true });
  new MutationObserver(() => {
    if (seen.readyAt === null && document.documentElement.dataset.ready) seen.readyAt = performance.now();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready"] });
})();"""

_browser = None


@contextlib.contextmanager
def browser():
    """The one browser of all tests; it starts with the first visit."""
    global _browser
    with sync_playwright() as playwright:
        started = []

        def start():
            if not started:
                started.append(playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
            return started[0]

        _browser = start
        try:
            yield
        finally:
            for browser in started:
                browser.close()


class Visit:
    """A window of its own, without the cookies and settings of others; for use with `with`."""

    def __init__(self, server, width=1440, height=900, dark=False, scale=1):
        self.address = f"http://{server.host}:{server.port}"
        self.size = {"width": width, "height": height}
        self.dark = dark
        self.scale = scale
        self.remarks = []
        self.drawn = 0  # how many drawings the page had made when it was last waited for

    def __enter__(self):
        phone = self.size["width"] < PHONE
        self.context = _browser().new_context(
            viewport=self.size, color_scheme="dark" if self.dark else "light", has_touch=phone,
            is_mobile=phone, device_scale_factor=self.scale, locale="en-US",
            timezone_id="UTC")
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(WATCH)
        self.window = self.context.new_page()
        note = self.remarks.append
        self.window.on("console", lambda message: note(f"{message.type}: {message.text}"))
        self.window.on("pageerror", lambda error: note(f"error: {error}"))
        self.window.on("request", self._noteForeign)
        return self

    def __exit__(self, *_):
        self.context.close()

    def _noteForeign(self, request):
        if not request.url.startswith((self.address + "/", "data:", "blob:")):
            self.remarks.append(f"request to another host: {request.url}")

    def expect_no_remarks(self):
        expect_equal(self.remarks, [], "what the console says")

    # --- Waiting ----------------------------------------------------------------------------

    def evaluate(self, script, argument=None):
        return self.window.evaluate(script, argument)

    def wait(self, script, what, argument=None, limit=60):
        """Asks the page until it gives something true. (Its own waiting the page's policy forbids.)"""
        deadline = time.monotonic() + limit
        while True:
            try:
                found = self.evaluate(script, argument)
            except Error as error:  # the page is just being left
                found = None
                if "context was destroyed" not in str(error):
                    raise
            if found:
                return found
            if time.monotonic() > deadline:
                raise Failed(f"expected {what} within {limit} s\n     found    {found!r}; "
                             f"the console says {self.remarks}")
            time.sleep(0.02)

    def wait_until_drawn(self, limit=60):
        """Waits for one more complete drawing than the last time."""
        self.drawn = int(self.wait(
            "before => Number(document.documentElement.dataset.ready ?? 0) > before && "
            "document.documentElement.dataset.ready", f"drawing {self.drawn + 1} of the page",
            self.drawn, limit))

    @contextlib.contextmanager
    def drawing(self):
        """What is done inside makes the page draw anew."""
        yield
        self.wait_until_drawn()

    # --- Pages ------------------------------------------------------------------------------

    def open(self, page):
        if self.drawn:
            self.window.goto("about:blank")  # another hash alone loads nothing
            self.drawn = 0
        answer = self.window.goto(f"{self.address}/#{page}")
        self.wait_until_drawn()
        self.read(page)
        return answer

    def read(self, page):
        """The page's description, as the server gives it."""
        self.description = json.loads(self.evaluate(
            "name => fetch(`/api/v1/pages/${name}`).then((answer) => answer.text())", page))

    def visual(self, title):
        """The id of a visual."""
        found = [each["id"] for each in self.description["visuals"] if each["title"] == title]
        if len(found) != 1:
            raise Failed(f"expected one visual {title!r}\n     found    {found}")
        return found[0]

    def slicer(self, label):
        found = [each["id"] for each in self.description["slicers"] if each["label"] == label]
        if len(found) != 1:
            raise Failed(f"expected one slicer {label!r}\n     found    {found}")
        return found[0]

    def card(self, title):
        return self.window.locator(f'[data-visual="{self.visual(title)}"]')

    def answer(self, title):
        """The figures that a visual shows."""
        return self.evaluate("id => aurora.visual(id)", self.visual(title))

    def rows(self, title):
        """The texts of a table, or of a chart that is shown as one."""
        return self.evaluate(
            """id => [...document.querySelectorAll(
              `[data-visual="${id}"] :is(.tabulator-row, .data-table tbody tr)`)].map((row) =>
                [...row.querySelectorAll(".tabulator-cell, th, td:not(.row-menu)")].map((cell) => cell.innerText.trim()))
            """, self.visual(title))

    def selections(self):
        return self.evaluate("aurora.selections()")

    def run(self):
        return self.evaluate("aurora.run()")

    def text(self, selector):
        return " ".join(self.window.locator(selector).first.inner_text().split())

    # --- Mouse ------------------------------------------------------------------------------

    def place(self, title, key):
        """Where a mark is, once the page has come to rest."""
        found, before = None, None
        while not found or found != before:
            if before:
                time.sleep(0.05)
            before, found = found, self.evaluate(
                "([id, key]) => aurora.markPosition(id, key)", [self.visual(title), key])
            if not found:
                raise Failed(f"expected a mark {key!r} in {title!r}\n     found    none")
        return found["x"], found["y"]

    def click(self, title, key, shift=False):
        """Clicks a mark, and waits for what follows."""
        x, y = self.place(title, key)
        with self.drawing():
            if shift:
                self.window.keyboard.down("Shift")
            self.window.mouse.click(x, y)
            if shift:
                self.window.keyboard.up("Shift")

    def hover(self, title, key):
        """The text of a mark's tooltip."""
        x, y = self.place(title, key)
        self.window.mouse.move(x + 1, y)
        self.window.mouse.move(x, y)
        return self.wait(
            "() => [...document.querySelectorAll('.chart-tooltip')].filter((tip) => "
            "tip.checkVisibility({ opacityProperty: true, visibilityProperty: true }))"
            ".map((tip) => tip.innerText).join('\\n')", f"a tooltip of {key!r} in {title!r}")

    def tile(self, label, value):
        """Clicks a value of a slicer."""
        with self.drawing():
            self.evaluate("scrollTo(0, 0)")
            self.window.locator(f'[data-slicer="{self.slicer(label)}"] [data-value]').filter(
                has_text=value).click()

    def clear_all(self):
        with self.drawing():
            self.window.locator(".clear-all").click()

