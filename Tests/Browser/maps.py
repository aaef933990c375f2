"""Maps: regions and bubbles, what has no place on them, and what a reader can do with both."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree

import look
import reports
from harness import HOME, aurora, expect, expect_equal, expect_in, expect_not_in, shared, test
from reports import Report
from saved_reports import DRAWN, Saved, save, saved
from visits import Visit

HOSTILE = "<img src=x onerror=window.hacked=1>{b|x}"
# Regions of two degrees in two rows, as far north as Denmark; nobody lives in Empty.
REGIONS = ["Alpha", "Beta", "Gamma", HOSTILE, "Delta", "Empty"]
# What the data calls them; Lost is on no map, and some customers live nowhere.
PARTS = ["A", "Beta", "Gamma", HOSTILE, "Delta", "Lost", ""]
TOWNS = {"Ark": (56.5, 8.5), "Byn": (56.1, 10.2), "Cid": (57.4, 12.8), "Dal": (54.6, 8.9), "Elk": (54.2, 11.1),
         "Fen": (None, None)}


def outlines():
    features = []
    for place, name in enumerate(REGIONS):
        west, south = 8 + 2 * (place % 3), 56 - 2 * (place // 3)
        ring = [[west, south], [west + 1.96, south], [west + 1.96, south + 1.96], [west, south + 1.96], [west, south]]
        features.append({"type": "Feature", "properties": {"name": name, "cp": [0, 0]},
                         "geometry": {"type": "Polygon", "coordinates": [ring]}})
    return json.dumps({"type": "FeatureCollection", "features": features})


def rows():
    lines = ["id,part,town,north,east,age,spent"]
    for number in range(300):
        part = PARTS[number * number * 13 % 31 % 7]
        town = list(TOWNS)[number * 7 % 17 % 6]
        north, east = TOWNS[town]
        lines.append(f"C{number:03},{part},{town},{'' if north is None else north},"
                     f"{'' if east is None else east},{18 + number * 37 % 60},{number * 53 % 900}.5")
    return "\n".join(lines) + "\n"


FILES = {
    "aurora.yaml": "type: project/v1\nname: Maps\nlocale: en-US\ncurrency: EUR\n",
    "geo/regions.geojson": outlines(),
    "sources/people.yaml": "type: source/v1\ncsv: {file: customers.csv}\n",
    "models/customers.yaml": "type: model/v1\nfrom: people\nkey: id\n",
    "measures/customers.yaml": """\
type: measures/v1
of: customers
measures:
  customers: {expression: count(*), label: Customers, format: integer}
  average: {expression: avg(spent), label: Average spending, format: currency, digits: 2}
dimensions:
  part: {expression: part, label: Part}
  town: {expression: town, label: Town}
  north: {expression: north, label: Latitude}
  east: {expression: east, label: Longitude}
  band: {expression: "CASE WHEN age < 40 THEN 'young' ELSE 'old' END", label: Band}
""",
    "pages/maps.yaml": """\
type: page/v1
title: Maps
slicers:
  - list: {dimension: band}
visuals:
  - map:
      title: Customers by part
      measure: customers
      by: part
      geometry: {file: geo/regions.geojson, key: name}
      names: {A: Alpha}
      source: drawn for a test
  - map:
      title: Spending by part
      measure: average
      by: part
      geometry: {file: geo/regions.geojson, key: name}
      names: {A: Alpha}
      classes: 3
      fit: data
  - map: {title: Customers by town, measure: customers, by: town, latitude: north, longitude: east, geometry: geo/regions.geojson}
  - map: {title: Places alone, measure: customers, latitude: north, longitude: east}
  - bar: {title: Bands, measure: customers, by: band, width: 12}
""",
}


def published(folder):
    return reports.written(folder, FILES, {"customers.csv": rows()})


def report():
    return shared(published)


on_page = reports.on_page("maps", report)


PLAIN = {
    "Customers by part": (["customers"], ["part"]),
    "Spending by part": (["average"], ["part"]),
    "Customers by town": (["customers"], ["town"]),
    "Places alone": (["customers"], ["north", "east"]),
    "Bands": (["customers"], ["band"]),
}


def expect_all(visit, report, source=None, where=()):
    for title, (measures, by) in PLAIN.items():
        said = report.query(measures, by, () if title == source else where)
        answer = visit.answer(title)
        expect_equal(answer["rows"], said["rows"], f"the rows of {title!r} where {where}")
        expect_equal(answer["rows_used"], said["rows_used"], f"the rows used by {title!r}")


def foot(visit, title):
    return " ".join(visit.card(title).locator(".card-foot").inner_text().split())


@on_page("maps have the figures of query, and tell of what has no place on them")
def figures(visit, report):
    expect_all(visit, report)
    said = foot(visit, "Customers by part")
    expect_in("300 of 300 rows", said, "the footer")
    expect_in("2 of 7 values have no place on this map: Lost, Missing", said, "the footer")
    expect_in("Map: drawn for a test", said, "the footer")
    expect_in("1 of 6 values has no place on this map: Fen", foot(visit, "Customers by town"), "the other footer")
    expect_in("No customers", visit.card("Customers by part").locator(".map-key").inner_text(), "the key")
    expect_equal(visit.card("Spending by part").locator(".map-key .key-group").count(), 4, "three classes, and none")
    expect_equal(visit.evaluate("window.hacked ?? null"), None, "what a region's name did")


for _title, _key, _where in (
    ("Customers by part", "A", "part = 'A'"),
    ("Spending by part", HOSTILE, f"part = '{HOSTILE}'"),
    ("Customers by town", "Cid", "town = 'Cid'"),
    ("Places alone", [54.6, 8.9], "north = 54.6 and east = 8.9"),
):
    @on_page(f"a click in {_title!r} filters all others to what query says, and not itself")
    def mark(visit, report, title=_title, key=_key, where=_where):
        before = visit.answer(title)["rows"]
        visit.click(title, key)
        expect_equal(visit.answer(title)["rows"], before, "the clicked map")
        expect_all(visit, report, title, [where])
        visit.click(title, key)
        expect_equal(visit.selections(), [], "the selections after a second click")
        expect_all(visit, report)


@on_page("a tooltip tells of a region, of one without customers, and of a bubble")
def tooltips(visit, report):
    counts = dict(report.query(["customers"], ["part"])["rows"])
    expect_in(f"{counts['A']}", visit.hover("Customers by part", "A"), "a tooltip")
    x, y = visit.place("Customers by part", "Delta")
    across = visit.place("Customers by part", "Beta")[0] - visit.place("Customers by part", "A")[0]
    visit.window.mouse.move(x + across, y)
    visit.wait("[...document.querySelectorAll('.chart-tooltip')].some((tip) => "
               "tip.innerText.includes('Empty') && tip.innerText.includes('No customers'))", "a tooltip of Empty")
    visit.window.mouse.move(1, 1)
    expect_in("Dal", visit.hover("Customers by town", "Dal"), "a bubble's tooltip")


@on_page("a map's table has every value and every region, and selects from the keyboard")
def table(visit, report):
    title = "Customers by part"
    visit.window.get_by_role("button", name=f"Show {title} as a table").click()
    shown = visit.rows(title)
    expect_equal(len(shown), 8, "seven values, and the region without customers")
    expect_equal(shown[-1], ["Empty", "No customers", "Yes"], "the last row")
    expect(["No place"] == [row[2] for row in shown if row[0] == "Lost"], "what is said of Lost", shown)
    button = visit.card(title).get_by_role("button", name="Beta", exact=True)
    button.focus()
    with visit.drawing():
        visit.window.keyboard.press("Enter")
    expect_all(visit, report, title, ["part = 'Beta'"])


@on_page("a map stays where it is while filters come and go")
def steady(visit, report):
    before = visit.place("Customers by town", "Elk")
    visit.click("Customers by part", "A")
    after = visit.place("Customers by town", "Elk")
    expect(all(abs(a - b) < 2 for a, b in zip(before, after)), "the same place", (before, after))


@on_page("a map gives its figures as CSV and itself with its key as PNG and SVG")
def files(visit, report):
    with save(visit, "Customers by part", "CSV") as (_, data):
        found = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        expect_equal(found[0], ["Part", "Customers"], "headings")
        expect_equal(sum(int(row[1]) for row in found[1:]), 300, "the sum of the figures")
    with save(visit, "Customers by part", "PNG") as (name, data):
        expect(name.endswith(".png") and data.startswith(b"\x89PNG") and len(data) > 5000, "an image", len(data))
    for title in ("Customers by part", "Customers by town"):
        with save(visit, title, "SVG") as (_, data):
            image = ElementTree.fromstring(data)
            shapes = [each for each in image.iter() if each.tag.endswith("}path")]
            expect(len(shapes) >= 6, f"shapes of {title}", len(shapes))
            text = "".join(image.itertext())
            expect_in(title, text, "its title")
            expect_in("No customers" if "part" in title else "50", text, "its key")
            expect_not_in("<image", data.decode(), "pictures in it")


@test("a saved report has its maps' outlines inside, and asks for nothing")
def in_a_file(folder):
    file = saved(report(), folder)
    for width, dark in ((1440, True), (420, False)):
        with Saved(file, width=width, dark=dark) as visit:
            visit.show()
            found = visit.evaluate(DRAWN)
            expect_equal((found["canvases"], found["blank"], found["busy"], found["tooWide"]), (5, 0, 0, False),
                         f"canvases and faults at {width} pixels")
            expect_in("2 of 7 values have no place on this map", visit.evaluate("document.body.innerText"), "the file")
            visit.expect_no_remarks()


@test("a reader of figures gets the outlines of the published run only, kept by the browser for ever")
def served(folder):
    with report().serve() as server, Visit(server) as visit:
        visit.open("maps")
        known = visit.answer("Customers by part")["geometry"]["hash"]
        found = visit.evaluate("""async (hash) => {
          const [one, other] = await Promise.all([hash, "0".repeat(64)].map((each) => fetch(`/api/v1/geometries/${each}`)));
          return [one.status, one.headers.get("cache-control"), (await one.json()).features.length, other.status];
        }""", known)
        expect_equal(found, [200, "private, max-age=31536000, immutable", 6, 404], "answers")
        expect(len(visit.remarks) == 1 and "404" in visit.remarks[0], "one remark", visit.remarks)


for _width in (420, 1440):
    @on_page(f"maps fit at {_width} pixels, in light and dark", _width)
    def widths(visit, report):
        expect_equal(visit.evaluate(look.FAULTS), [], "faults")
        with visit.drawing():
            visit.window.emulate_media(color_scheme="dark")
        expect_equal(visit.evaluate(look.FAULTS), [], "faults in dark")
        expect_equal(visit.evaluate("[...document.querySelectorAll('.state')].map((state) => state.innerText)"),
                     [], "states in place of visuals")


def twin_of(name):
    def publish(work):
        aurora("generate", "--like", name, "--output", work / "data").exits(0)
        return Report(HOME / "Examples" / name, work / "state").publish(work / "data")

    return publish


@test("customers by state and by postcode are on the maps of the example")
def postcodes(folder):
    published = reports.example("mass-affluent")
    with published.serve() as server, Visit(server) as visit:
        visit.open("places")
        states = visit.answer("Customers live in three states")
        expect_equal(states["rows"], published.query(["customers"], ["state"])["rows"], "states")
        expect_equal(states["places"], [row[0] for row in states["rows"]], "their regions")
        codes = visit.answer("Customers by postcode")
        expect_equal(codes["rows"], published.query(["customers"], ["postcode"])["rows"], "postcodes")
        lost = codes["places"].count(None)
        expect(lost < len(codes["places"]) * 0.02, "postcodes without a place", lost)
        visit.expect_no_remarks()


@test("the maps of both examples work on their synthetic twins")
def twins(folder):
    for name, titles in (("mass-affluent", ["Customers live in three states", "Customers by postcode"]),
                         ("aurora-dashboard", ["Customers by home state"])):
        work = folder / name
        work.mkdir()
        with twin_of(name)(work).serve() as server, Visit(server) as visit:
            visit.open("places")
            for title in titles:
                placed = [place for place in visit.answer(title)["places"] if place is not None]
                expect(len(placed) > 2, f"places in {title!r}", placed)
            visit.expect_no_remarks()
