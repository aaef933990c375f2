"""Draws how time and memory of K-Means grow with the rows: an SVG for light pages, one for dark."""

import math

from workers import ROOT

FOLDER = ROOT / "docs/images"
WIDTH, HEIGHT, PANEL = 760, 300, 330
TOP, BOTTOM, LEFT = 48, 40, 60
COLOURS = {
    "light": {"page": "#ffffff", "text": "#1f2430", "quiet": "#5c6370", "line": "#d9dde3",
              10: "#2463c6", 17: "#b0541a"},
    "dark": {"page": "#14171d", "text": "#e8eaee", "quiet": "#a2a9b5", "line": "#353b46",
             10: "#7fb0ff", 17: "#f2a369"},
}


def write(results):
    """Whether there are sizes enough to draw."""
    runs = [result for result in results if result["step"] == "lloyd" and result["rows"] >= 100_000]
    if len({result["rows"] for result in runs}) < 2:
        return False
    first = min(runs, key=lambda run: (run["rows"], run["columns"]))["aurora"]["per_update"]
    panels = [
        ("Time of an update, as a multiple", [
            (run["columns"], run["rows"], run["aurora"]["per_update"] / first) for run in runs
        ], lambda value: f"{value:g}×"),
        ("Memory added to the rows, MB", [
            (run["columns"], run["rows"], run["aurora"]["added_bytes"] / 1e6) for run in runs
        ], lambda value: f"{value:,.0f}"),
    ]
    for theme, colours in COLOURS.items():
        drawn = [draw(index, panel, colours) for index, panel in enumerate(panels)]
        text = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'font-family="Inter, system-ui, sans-serif" font-size="12">\n'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colours["page"]}"/>\n'
            + "\n".join(drawn) + "\n</svg>\n"
        )
        (FOLDER / f"growth-{theme}.svg").write_text(text, encoding="utf-8")
    return True


def draw(index, panel, colours):
    title, points, label = panel
    left = LEFT + index * (PANEL + 50)
    right, bottom = left + PANEL - LEFT, HEIGHT - BOTTOM
    values = [value for _, _, value in points if value > 0]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) + 0.05)
    x = lambda rows: left + (right - left) * (math.log10(rows) - 4.8) / 2.4
    y = lambda value: bottom - (bottom - TOP) * (math.log10(value) - low) / (high - low)
    lines = [text(left - 40, 24, title, colours["text"], weight=600)]
    for power in range(low, high + 1):
        height = y(10.0**power)
        lines.append(line(left, height, right, height, colours["line"]))
        lines.append(text(left - 8, height + 4, label(10.0**power), colours["quiet"], "end"))
    for rows, name in ((100_000, "100k"), (1_000_000, "1M"), (10_000_000, "10M rows")):
        lines.append(text(x(rows), bottom + 20, name, colours["quiet"], "middle"))
    for columns in sorted({columns for columns, _, _ in points}):
        lines += series(
            [(x(rows), y(value)) for own, rows, value in points if own == columns and value > 0],
            f"{columns} columns", colours[columns])
    return "\n".join(lines)


def series(places, name, colour):
    places.sort()
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    lines = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>']
    lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in places]
    x, y = places[len(places) // 2]
    below = 18 if name.startswith("10") else -10
    return lines + [text(x, y + below, name, colour, "start" if below > 0 else "end")]


def line(x1, y1, x2, y2, colour):
    return f'<line x1="{x1}" y1="{y1:.1f}" x2="{x2}" y2="{y2:.1f}" stroke="{colour}"/>'


def text(x, y, words, colour, anchor="start", weight=400):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{words}</text>'
    )
