"""The pages of docs/visuals/: what each kind of visual is for, by examples.

Keys, what they hold and how much is shown come from the program's schema of pages; the drawings are
those by which an editor's chooser shows the kinds. Written here is only what no program knows:
when to use a kind, an example, and what a click on its marks does.
"""

import re

# What the figures of a visual can be saved as, besides being on saved pages.
IMAGES = "PNG, SVG and CSV"
TABLE = "CSV"

# kind: what it is for; an example; what a click does; what it can be saved as.
VISUALS = {
    "kpi": (
        "One figure that a page is read for first, with what it is compared to and how it went.",
        "kpi: {measure: avg_balance, whole: true, over: joined, each: month}",
        "It has no marks; the card's button shows the rows behind it.", TABLE),
    "bar": (
        "Comparing a figure across categories, above all where names are long or many.",
        "bar: {measure: customers, by: occupation, top: 12}",
        "Anywhere in a bar's band selects its value; with Shift, besides those selected.", IMAGES),
    "column": (
        "A figure across few values with an order: bands, ages, grades.",
        "column: {measure: avg_balance, by: age_band}",
        "Anywhere in a column's band selects its value; with Shift, besides those selected.",
        IMAGES),
    "stacked_bar": (
        "How the parts of each category add up, or with `share` how they are divided.",
        "stacked_bar: {measure: customers, by: region, stack: segment, share: true}",
        "A piece selects its bar and its part; the legend selects a part in all bars.", IMAGES),
    "donut": (
        "How a whole is divided into a few parts.",
        "donut: {measure: customers, by: segment, centre: customers}",
        "A slice, or its name in the legend, selects its value.", IMAGES),
    "histogram": (
        "How the values of one number are spread over all rows.",
        "histogram: {of: balance, bins: 40}",
        "A bin selects its range; a range is drawn with the mouse over several.", IMAGES),
    "scatter": (
        "Every row by two of its numbers, with groups as colours.",
        "scatter: {x: balance, y: credit_limit, by: segment, patterns: true}",
        "A point selects its group. A box drawn with the mouse, or its ends typed behind the card's "
        "button “Pick ranges”, selects both ranges; points beside it step back.", IMAGES),
    "pair": (
        "Whether two numbers go together, in a drawing and in a sentence that claims no more than "
        "the rows bear out.",
        "pair: {x: income, y: balance}",
        "As a scatter: a box selects both ranges.", IMAGES),
    "table": (
        "Several figures by one or more dimensions, to be read as numbers and sorted.",
        "table: {measures: [customers, avg_balance], by: [region, segment]}",
        "A row selects the values that it is of.", TABLE),
    "matrix": (
        "Figures by rows and columns with their totals, where shades show what is large.",
        "matrix: {measures: [customers], by: [region, branch], across: segment}",
        "The name of a row or a column selects its values.", TABLE),
    "text": (
        "What has to be said besides the figures, with figures in it that stay true.",
        "text: {paragraphs: [{heading: In short, text: Half of the balances lie with one group.}]}",
        "Nothing.", "the page's own files only"),
    "line": (
        "How a figure goes along time or another order, for all or for each group.",
        "line: {measure: customers, over: joined, each: month, by: segment}",
        "A step selects its days or its value; the name at a line's end, or the legend, selects a "
        "line.", IMAGES),
    "treemap": (
        "Parts of a whole where there are too many for a donut, or parts within parts.",
        "treemap: {measure: balance, by: region, parts: segment}",
        "An area selects its value, or both values.", IMAGES),
    "box_plot": (
        "How a number differs between groups: medians, middle halves, and what lies beyond.",
        "box_plot: {of: balance, by: segment}",
        "Anywhere in a box's band selects its group.", IMAGES),
    "heat_map": (
        "Where two dimensions meet: the figures themselves, or with `colour: residual` which counts "
        "are more or fewer than if the two had nothing to do with each other.",
        "heat_map: {measure: customers, by: risk, across: product, colour: residual}",
        "A cell selects both of its values.", IMAGES),
    "finding": (
        "One sentence that says which group stands out, from the figures as they are now.",
        "finding: {segmentation: segment, measure: balance}",
        "Nothing; the sentence follows the page's filters.", TABLE),
    "segment_cards": (
        "A card for each group: how large it is, what sets it apart, how repeatable it is.",
        "segment_cards: {segmentation: segment}",
        "The name of a group selects it.", TABLE),
    "differences": (
        "What differs between groups by more than chance, and what only seems to.",
        "differences: {segmentation: segment, of: [age, balance, region]}",
        "Nothing; each line opens with what was tested.", TABLE),
    "claim": (
        "A sentence of the project's, tested against the rows: it holds, it doesn't, or it can't "
        "be told.",
        "claim: {says: Spenders have the highest balances., measure: avg_balance, by: segment, highest: "
        "Spenders}",
        "Nothing; “Why” tells of the test.", TABLE),
    "recommendation": (
        "What to do for a group, with the size of that group as it is now.",
        "recommendation: {action: Offer a higher limit., text: They use most of theirs., size: customers, "
        "for: [{dimension: segment, values: [Spenders]}]}",
        "Nothing; the card's button shows the rows of the group.", TABLE),
    "sankey": (
        "How rows, or a sum, flow from the values of one dimension to those of the next.",
        "sankey: {measure: customers, through: [segment_before, segment]}",
        "A flow selects both of its ends, a value itself.", IMAGES),
    "migration": (
        "Which customers changed their segment since the run before, who came and who left.",
        "migration: {segmentation: value}",
        "A flow, or a segment of this run, selects that segment.", IMAGES),
    "radar": (
        "Several figures of a few groups as shapes, to see what kind each is.",
        "radar: {measures: [avg_balance, avg_purchases, avg_payments], by: segment}",
        "A shape, or its name in the legend, selects its group.", IMAGES),
    "curves": (
        "Why a segmentation has as many segments as it has: inertia and silhouette by k.",
        "curves: {segmentation: segment}", "Nothing: it is of the fitted run.", IMAGES),
    "silhouettes": (
        "How well each row lies in its segment, segment by segment.",
        "silhouettes: {segmentation: segment}", "Nothing: it is of the fitted run.", IMAGES),
    "biplot": (
        "The rows in the plane in which they differ most, and which features point where.",
        "biplot: {segmentation: segment}", "Nothing: it is of the fitted run.", IMAGES),
    "dendrogram": (
        "In which order an agglomerative segmentation has joined its groups.",
        "dendrogram: {segmentation: segment}", "Nothing: it is of the fitted run.", IMAGES),
    "map": (
        "A figure by region as its colour, or by place as a bubble, on outlines that the project "
        "brings along.",
        "map: {measure: customers, by: state, geometry: {file: geo/states.geojson, key: name}}",
        "A region or a bubble selects its value.", IMAGES),
}
# Keys that a visual's page doesn't repeat: its card's own.
FRAME = ["id", "title", "subtitle", "width", "height"]
DRAWING = ('<svg xmlns="http://www.w3.org/2000/svg" width="72" height="72" viewBox="0 0 24 24" fill="none" '
           'stroke="#5b6ee1" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">'
           '<path d="{}"/></svg>\n')


def drawings(script):
    """The chooser's drawings by kind."""
    return dict(re.findall(r'^  (\w+): "([^"]+)",$', script, re.M))


def keys(example):
    """The keys of an example's map, whatever they hold."""
    found, depth, name = [], 0, ""
    for character in example[example.index("{") + 1:-1]:
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(character, 0)
        if depth == 0 and character == ":":
            found.append(name.strip())
        name = "" if depth == 0 and character == "," else name + character
    return [re.split(r"[\s,]", key)[-1] for key in found]


def words(kind):
    return kind.replace("_", " ").capitalize()


def limits(limit, has_top):
    """How much is shown, and what becomes of more."""
    if not limit:
        return "None of its own."
    text = re.sub(r"\d{4,}", lambda number: f"{int(number[0]):,}", limit)
    parts = [f"Shown at most: {text}."]
    if "Other" in limit:
        parts.append("A figure that doesn't add up has no “Other”: then those with the most are shown, "
                     "and the foot says of how many." if "through" not in limit else "")
    if "figures" in limit or "`by`;" in limit:
        parts.append("More figures are refused, with what to do.")
    if has_top:
        parts.append("`top` states another number.")
    return " ".join(filter(None, parts))


def pages(schema, script, page, key_table, table):
    """All pages and drawings, by their paths.

    schema: of a page; script: the text of Web/kind-icons.js; the others write Markdown.
    """
    kinds = schema["properties"]["visuals"]["items"]["properties"]
    if set(kinds) != set(VISUALS):
        raise SystemExit(f"Scripts/visuals.py: {sorted(set(kinds) ^ set(VISUALS))}")
    drawn, made, index = drawings(script), {}, []
    for name, kind in kinds.items():
        purpose, example, click, saved = VISUALS[name]
        summary, _, limit = kind["description"].partition(". Shown at most: ")
        properties = kind["properties"]
        stated = keys(example)
        wrong = [key for key in stated if key not in properties]
        missing = [key for key in kind.get("required", []) if key not in stated]
        if wrong or missing:
            raise SystemExit(f"Scripts/visuals.py: the example of {name} has {wrong}, lacks {missing}")
        own = {key: value for key, value in properties.items()
               if key not in FRAME and key != "interaction"}
        reacts = "`highlight`" if "highlight" in properties["interaction"].get("enum", []) else ""
        deeper = " Readers go down by `drill`, from a mark's menu." if "drill" in own else ""
        made[f"docs/visuals/{name}.md"] = page(
            f"# {words(name)}", f"![{words(name)}](thumbnails/{name}.svg)",
            summary[:1].upper() + summary[1:] + ".", purpose,
            f"```yaml\nvisuals:\n  - {example}\n```",
            key_table({**kind, "properties": own}),
            "† marks keys that must be there. "
            + ", ".join(f"`{key}`" for key in [*FRAME, "interaction"])
            + " are [every visual's](README.md#every-visual).",
            f"**A click.** {click}{deeper}",
            "**Selections elsewhere** filter it" + (
                f", or with `interaction: highlight` are shown inside the whole, or with `none` "
                "leave it as it is." if reacts else ", or with `interaction: none` leave it as it is."),
            "**Limits.** " + limits(limit, "top" in own),
            f"**Saved as** {saved}; with its page as HTML, PDF"
            + ("." if name == "text" else " and XLSX."))
        made[f"docs/visuals/thumbnails/{name}.svg"] = DRAWING.format(drawn[name])
        index.append([f"![](thumbnails/{name}.svg)", f"[{words(name)}]({name}.md)",
                      f"{summary}", purpose])
    frame = {key: kinds["bar"]["properties"][key] for key in [*FRAME, "interaction"]}
    made["docs/visuals/README.md"] = page(
        "# Visuals", "What a page is made of. [pages/NAME.yaml](../files/page.md) has all keys "
        "of a page at once.",
        table(["", "kind", "what it is", "what it is for"], index),
        "## Every visual", "Each has a title, a table of the same figures, “About”, and on how many "
        "rows it was computed; nothing is left out silently.", key_table({"properties": frame}))
    return made
