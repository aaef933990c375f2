"""One step at one size: Aurora and its peers by turns, medians, ratios, and what was agreed on."""

import statistics

from workers import Refused


def measure(step, workers, repeats, request, peers):
    """The result as it stands in results.json; `failures` says what is wrong with it."""
    answers = {None: []} | {peer: [] for peer in peers}
    failures, notes = [], []
    for turn in range(repeats):
        # Random starts are others in each round, and none of them good luck for one side.
        seeded = f"{request} seed={turn + 1}" if step.seeded else request
        for peer in list(answers):
            try:
                answers[peer].append(workers.ask(peer, seeded))
            except Refused as error:
                if peer is None:
                    raise
                notes.append(f"{peer.label}: {error}")
                del answers[peer]
    own = answers.pop(None)
    result = {
        "rows": workers.rows, "columns": workers.columns, "request": request,
        "aurora": summary(own, step.per_update), "peers": {},
    }
    best = None
    for peer, given in answers.items():
        result["peers"][peer.label] = summary(given, step.per_update)
        reasons = differences(step, own[0], given[0])
        if reasons:
            # A peer that did other work is shown and doesn't count.
            result["peers"][peer.label]["differs"] = reasons
            notes += [f"{peer.label}: {reason}" for reason in reasons]
        elif best is None or cost(result["peers"][peer.label]) < cost(best[1]):
            best = (peer.label, result["peers"][peer.label])
    if best is None:
        failures.append("no peer did the same work")
    else:
        result["best"] = best[0]
        result["ratio"] = round(cost(best[1]) / cost(result["aurora"]), 2)
        rounds = zip(best[1]["seconds"], result["aurora"]["seconds"])
        scale = result["ratio"] / (best[1]["median"] / result["aurora"]["median"])
        ratios = [scale * theirs / ours for theirs, ours in rounds]
        result["spread"] = [round(min(ratios), 2), round(max(ratios), 2)]
    if step.reference:
        compare(step, own[0], workers.ask(None, reference(step, request) + " seed=1"), result, failures)
    if notes:
        result["notes"] = notes
    return result, failures


def reference(step, request):
    """The same range of k by the step's reference."""
    options = [word for word in request.split()[1:] if not word.startswith("sample=")]
    return " ".join([step.reference, *options])


def compare(step, own, full, result, failures):
    """How far sampled starts end above starts on all rows, for the worst k."""
    excess = max(ours / theirs - 1 for ours, theirs in zip(own["inertias"], full["inertias"]))
    result["above_reference"] = excess
    if excess > step.above:
        failures.append(f"inertia is {100 * excess:.2f} % above that of starts on all rows")


def summary(answers, per_update):
    seconds = [answer["seconds"] for answer in answers]
    facts = {"seconds": seconds, "median": statistics.median(seconds)}
    if per_update and "updates" in answers[0]:
        facts["updates"] = answers[0]["updates"]
        facts["per_update"] = statistics.median(
            answer["seconds"] / answer["updates"] for answer in answers
        )
    if "peak_bytes" in answers[0]:
        facts["added_bytes"] = max(a["peak_bytes"] - a["base_bytes"] for a in answers)
    for name in ("late_pass_seconds", "start_seconds"):
        if name in answers[0]:
            facts[name] = statistics.median(answer[name] for answer in answers)
    for name in ("inertia", "inertias", "pass_bytes", "silhouettes", "jaccard"):
        if name in answers[0]:
            facts[name] = answers[0][name]
    return facts


def cost(facts):
    return facts.get("per_update", facts["median"])


def differences(step, own, other):
    """In what a peer's answer is another than Aurora's, beyond what the step allows."""
    found = []
    for field, tolerance in step.agree:
        ours, theirs = as_list(own[field]), as_list(other[field])
        if len(ours) != len(theirs):
            found.append(f"{field}: {len(theirs)} values instead of {len(ours)}")
            continue
        scale = max(map(abs, ours)) if field in ("means", "quartiles") else 0
        worst = max(
            abs(a - b) / max(abs(a), scale, 1e-300) if field != "silhouettes" else abs(a - b)
            for a, b in zip(ours, theirs)
        )
        if worst > tolerance:
            found.append(f"{field} differs by {worst:.2g}")
    return found


def as_list(value):
    return value if isinstance(value, list) else [value]
