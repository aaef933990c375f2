"""Writes the tables and the plots of docs/benchmarks.md from results.json."""

import plot
from steps import STEPS, WHOLE_JOB
from workers import ROOT

PAGE = ROOT / "docs/benchmarks.md"
BEGIN, END = "<!-- written by Benchmarks/run.py -->", "<!-- until here -->"
PICTURE = [
    "How time and memory of K-Means grow with the rows, on logarithmic scales: a line that rises by one step",
    "from one mark to the next is growth in proportion.", "",
    "<picture>",
    '  <source media="(prefers-color-scheme: dark)" srcset="images/growth-dark.svg">',
    '  <img src="images/growth-light.svg" alt="Time of an update and added memory by rows" width="760">',
    "</picture>",
]
BY_NAME = {step.name: step for step in STEPS}
# Of the memory that K-Means may take above its rows, for ten million of them.
MEMORY_LIMIT = 1.2e9
# And what late passes over them reach at least of the stream.
BANDWIDTH_FLOOR = 0.8


def order(result):
    names = [*BY_NAME, "job"]
    return names.index(result["step"]), result["columns"], result["rows"]


def count(rows):
    if rows % 1_000_000 == 0:
        return f"{rows // 1_000_000}M"
    return f"{rows // 1_000}k" if rows % 1_000 == 0 else str(rows)


def floor_text(ratio, floor):
    return "yes" if ratio >= floor else "**no**"


def steps_table(results):
    lines = [
        "| step | rows × columns | Aurora | rounds | at least | reached | best peer |",
        "|---|---|---|---|---|---|---|",
    ]
    for result in results:
        if result["step"] == "job":
            for name, ratio in result["ratios"].items():
                floor = WHOLE_JOB["floors"][name]
                lines.append(
                    f"| {WHOLE_JOB['title']} | {count(result['rows'])} × {result['columns']} "
                    f"| **{ratio:g}×** | {spread(result, name)} | {floor}× "
                    f"| {floor_text(ratio, floor)} | {name} |"
                )
            continue
        step = BY_NAME[result["step"]]
        if "ratio" not in result:
            lines.append(
                f"| {step.title} | {count(result['rows'])} × {result['columns']} | no peer did the "
                f"same work | | {step.floor}× | **no** | |"
            )
            continue
        low, high = result["spread"]
        lines.append(
            f"| {step.title} | {count(result['rows'])} × {result['columns']} "
            f"| **{result['ratio']:g}×** | {low:g}–{high:g} | {step.floor}× "
            f"| {floor_text(result['ratio'], step.floor)} | {result['best']} |"
        )
    return lines


def spread(result, name):
    pairs = zip(result["peers"][name]["seconds"], result["aurora"]["seconds"])
    ratios = [theirs / ours for theirs, ours in pairs]
    return f"{min(ratios):.3g}–{max(ratios):.3g}"


def missed(results):
    """The steps that stay below their floor somewhere, each with its explanation."""
    lines = []
    for step in STEPS:
        low = [
            result for result in results
            if result["step"] == step.name and result.get("ratio", 0) < step.floor
        ]
        if low:
            sizes = ", ".join(f"{count(r['rows'])} × {r['columns']}" for r in low)
            lines.append(f"- {step.title} ({sizes}): {step.missed or 'not explained yet.'}")
    low = [
        (result["rows"], name) for result in results if result["step"] == "job"
        for name, ratio in result["ratios"].items() if ratio < WHOLE_JOB["floors"][name]
    ]
    if low:
        cases = ", ".join(f"{count(rows)} against {name}" for rows, name in low)
        lines.append(f"- {WHOLE_JOB['title']} ({cases}): {WHOLE_JOB['missed'] or 'not explained yet.'}")
    return ["", "Not reached:", "", *lines] if lines else []


def memory_table(results):
    """What K-Means takes above its rows, and how late passes compare with the stream."""
    lines = [
        "| K-Means, k 6 | added memory | late passes, share of the stream "
        "| at 10M at most 1.2 GB and at least 80 % |",
        "|---|---|---|---|",
    ]
    found = False
    for result in results:
        if result["step"] != "lloyd":
            continue
        own = result["aurora"]
        share = own["pass_bytes"] / own["late_pass_seconds"] / result["stream"]
        lines.append(
            f"| {count(result['rows'])} × {result['columns']} | {own['added_bytes'] / 1e6:,.0f} MB "
            f"| {100 * share:.0f} % |"
        )
        if result["rows"] == 10_000_000:
            reached = share >= BANDWIDTH_FLOOR and own["added_bytes"] <= MEMORY_LIMIT
            lines[-1] += f" {'yes' if reached else '**no**'} |"
        else:
            lines[-1] += "  |"
        found = True
    return ["", *lines] if found else []


def sampled(results):
    lines = [
        f"{count(result['rows'])}: {100 * result['above_reference']:+.3f} %"
        for result in results if "above_reference" in result
    ]
    text = "Inertia of sampled starts above that of starts on all rows, for the worst k (at most 0.1 %): "
    return ["", text + "; ".join(lines) + "."] if lines else []


def write(document):
    results = sorted(document["results"].values(), key=order)
    machine, versions = document["machine"], document["versions"]
    dates = sorted({result["date"] for result in results})
    period = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    others = max(result["others"] or 0 for result in results)
    busy = (
        f" Other programs took up to {others:.0%} of the cores' time, so these ratios are rough."
        if others > 0.05 else ""
    )
    named = ", ".join(f"{name} {version}" for name, version in versions.items() if name != "Aurora")
    lines = [
        BEGIN, "",
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"{machine['system']}; {period}; Aurora {versions['Aurora']}. {named}.{busy}", "",
        *steps_table(results), *missed(results), *sampled(results), *memory_table(results),
        "", END,
    ]
    if plot.write(results):
        lines[-1:] = [*PICTURE, "", END]
    text = PAGE.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN, 1)
    PAGE.write_text(head + "\n".join(lines) + rest.split(END, 1)[1], encoding="utf-8")
