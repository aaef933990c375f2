"""Every kind of visual, drawn from invented figures that never change, as a text that is kept.

A kept text is what a chart hands to ECharts, or the words of what is no chart, without what depends on
how wide letters are. AURORA_RENEW_SNAPSHOTS=1 writes Tests/Browser/snapshots/ anew: read what changed.
"""

import difflib
import json
import os
from pathlib import Path

import maps
import new_visuals
import reports
from harness import HOME, Failed, expect_equal, shared, test
from visits import Visit

KEPT = Path(__file__).resolve().parent / "snapshots"
RENEW = os.environ.get("AURORA_RENEW_SNAPSHOTS") == "1"

VISUALS = {
    "kpi": "{measure: average, whole: true, over: joined, each: month}",
    "bar": "{measure: customers, by: city, patterns: true}",
    "column": "{measure: average, by: habit, patterns: true}",
    "stacked_bar": "{measure: customers, by: region, stack: habit, patterns: true}",
    "donut": "{measure: customers, by: channel, centre: customers}",
    "histogram": "{of: age, bins: 8}",
    "scatter": "{x: age, y: spent, by: habit, patterns: true}",
    "pair": "{x: age, y: spent}",
    "table": "{measures: [customers, average], by: [region]}",
    "text": "{paragraphs: [{heading: In short, text: Nothing here is of anybody.}]}",
    "line": "{measure: customers, over: joined, each: quarter, by: region, patterns: true}",
    "treemap": "{measure: spending, by: region, parts: channel}",
    "box_plot": "{of: age, by: habit}",
    "heat_map": "{measure: customers, by: plan, across: region, colour: residual}",
    "matrix": "{measures: [customers], by: [region], across: habit}",
    "finding": "{segmentation: groups, measure: spending}",
    "segment_cards": "{segmentation: groups}",
    "differences": "{segmentation: groups, of: [age, region]}",
    "claim": "{says: The north has most customers., measure: customers, by: region, highest: north}",
    "recommendation": "{action: Write to them., text: They spend most., size: customers, "
                      "for: [{dimension: region, values: [north]}]}",
    "sankey": "{measure: customers, through: [region, plan]}",
    "migration": "{segmentation: groups}",
    "radar": "{measures: [customers, spending, average], by: region, patterns: true}",
    "curves": "{segmentation: groups}",
    "silhouettes": "{segmentation: groups}",
    "biplot": "{segmentation: groups}",
    "dendrogram": "{segmentation: tree}",
    "map": "{measure: customers, by: part, geometry: {file: geo/regions.geojson, key: name}, names: {north: Alpha, "
           "south: Beta, west: Gamma}}",
}
SEGMENTS = "type: segment/v1\nmodel: customers\nfeatures: [{column: age}, {column: spent}]\n"
FILES = {
    **{name: text for name, text in new_visuals.FILES.items() if not name.startswith("pages/")},
    "geo/regions.geojson": maps.outlines(),
    "segments/groups.yaml": SEGMENTS + "k_means: {k: 3, seed: 1}\nevidence: {from: 2, to: 4}\n",
    "segments/tree.yaml": SEGMENTS + "agglomerative: {k: 3}\n",
    "pages/all.yaml": "type: page/v1\ntitle: All\nvisuals:\n" + "".join(
        f"  - {kind}: {{id: {kind}, width: 6, {values[1:]}\n" for kind, values in VISUALS.items()),
}
FILES["measures/customers.yaml"] += """\
  spent: {expression: spent, label: Spent, format: currency, digits: 0}
  part: {expression: region, label: Part}
"""

# What a card shows, without what depends on the widths of letters and the size of the window.
READ = """async (kind) => {
  const { EChart } = await import("/web/echarts-kit.js");
  const layout = new Set(["grid", "textStyle", "tooltip", "graphic", "left", "right", "top", "bottom", "center", "radius",
    "nameGap", "nameTextStyle", "axisLabel", "barMaxWidth", "lineStyle.width", "aria", "layoutCenter", "layoutSize",
    "boundingCoords", "zoom", "name", "rich", "splitNumber", "interval", "customValues", "offset", "geoIndex", "map"]);
  // Whether an area has room for its words, and for how many, is a matter of pixels.
  if (kind === "treemap") for (const name of ["label", "upperLabel"]) layout.add(name);
  const plain = (value) => {
    if (typeof value === "function") return "ƒ";
    if (typeof value === "number") return Number.isFinite(value) ? Number(value.toPrecision(4)) : String(value);
    if (ArrayBuffer.isView(value) || Array.isArray(value)) {
      const all = Array.from(value);
      if (all.length <= 12) return all.map(plain);
      return { length: all.length, first: all.slice(0, 3).map(plain), last: plain(all.at(-1)) };
    }
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).filter(([key, each]) => !layout.has(key) && !key.startsWith("animation")
      && each !== undefined).map(([key, each]) => [key, plain(each)]));
  };
  const card = document.querySelector(`[data-type="${kind}"]`);
  const words = (place) => (card.querySelector(place)?.innerText ?? "").split("\\n").map((line) => line.trim()).filter(Boolean);
  const canvases = [...card.querySelectorAll("[_echarts_instance_]")];
  return {
    title: words(".card-title"), subtitle: words(".card-subtitle"), foot: words(".card-foot"), words: words(".card-body"),
    charts: canvases.map((canvas) => plain(EChart.within(canvas).option)),
  };
}"""


def published(folder):
    return reports.written(folder, FILES, {"customers.csv": new_visuals.rows()})


@test("every kind of visual draws what it drew before from the same figures")
def kept_drawings(folder):
    with shared(published).serve() as server, Visit(server) as visit:
        visit.open("all")
        kinds = [each["type"] for each in visit.description["visuals"]]
        expect_equal(kinds, list(VISUALS), "the kinds on the page")
        documented = sorted(path.stem for path in (HOME / "docs/visuals").glob("*.md") if path.stem != "README")
        expect_equal(sorted(kinds), documented, "the kinds that have a page in docs/visuals")
        changed = []
        for kind in kinds:
            text = json.dumps(visit.evaluate(READ, kind), indent=1, ensure_ascii=False) + "\n"
            path = KEPT / f"{kind}.json"
            if RENEW:
                KEPT.mkdir(exist_ok=True)
                path.write_text(text)
            before = path.read_text() if path.exists() else ""
            if text != before:
                lines = difflib.unified_diff(before.splitlines(), text.splitlines(), "kept", "drawn", "", "", 1, "")
                changed.append(f"{kind}:\n" + "\n".join(list(lines)[:12]))
        if changed:
            raise Failed("expected the drawings that are kept in Tests/Browser/snapshots (AURORA_RENEW_SNAPSHOTS=1 "
                         "keeps these)\n     found    " + "\n".join(changed))
        visit.expect_no_remarks()
