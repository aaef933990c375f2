/** What the pages of segmentations say in plain words. */

import { el } from "./dom.js";

const VERDICTS = {
  natural_groups: "Natural groups",
  useful_cuts: "Useful cuts of a continuum",
  nothing: "Nothing there",
};

/** @param {?string} verdict @param {number} k */
export function verdictTitle(verdict, k) {
  if (verdict) return VERDICTS[verdict] ?? verdict;
  return k < 2 ? "One segment" : "Stated by the project";
}

/** What a verdict means for whoever works with the segments. @param {?string} verdict @param {number} k */
export function verdictWords(verdict, k) {
  switch (verdict) {
    case "natural_groups":
      return "The groups lie further apart than in data that holds none: there is more to them than a method's cuts.";
    case "useful_cuts":
      return "Customers pass gradually from one segment into the next. The borders are a choice, and may be a useful one.";
    case "nothing":
      return "No more than chance brings about. Do not read anything into these segments.";
    default:
      return k < 2
        ? "All customers are alike by these features."
        : "Conditions in the project say who belongs where, so whether the groups are natural is no question.";
  }
}

/** The reason without the verdict that stands above it. @param {string} reason */
export function bareReason(reason, verdict) {
  const title = VERDICTS[verdict];
  const rest = title && reason.startsWith(`${title}: `) ? reason.slice(title.length + 2) : reason;
  return rest[0].toUpperCase() + rest.slice(1);
}

/** Readings of a repeatability, by the thresholds of its badge. */
const READINGS = {
  highly_repeatable: "practically the same customers come together each time",
  repeatable: "mostly the same customers come together each time",
  pattern: "something is there, but who belongs to it is doubtful",
  do_not_trust: "other customers come together each time: do not build on it",
};

/** The badge of a segment that was looked for again on resampled customers. */
export function repeatabilityBadge(repeatable, format) {
  if (!repeatable?.badge) return null;
  return el(
    "span",
    { class: `repeat-badge ${repeatable.reading}`, title: repeatabilityWords(repeatable, format) },
    repeatable.badge,
  );
}

export function repeatabilityWords({ reading, recovered, dissolved, replicates }, format) {
  const lost = dissolved ? `, lost in ${format.count(dissolved)}` : "";
  return `Found again in ${format.count(recovered)} of ${format.count(replicates)} repetitions on resampled `
    + `customers${lost}: ${READINGS[reading] ?? reading}.`;
}

/** A mean or a threshold: as its figure is written, or with the digits that its size asks for. */
export function figure(value, own, format) {
  if (own && own.style !== "integer" && (own.style !== "decimal" || own.digits !== null)) {
    return format.full(value, own);
  }
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 1 ? 1 : 2;
  return format.full(value, { style: "decimal", digits, unit: own?.unit ?? null });
}

/** How far apart means are, by Cohen's thresholds. */
function degree(effect) {
  const size = Math.abs(effect);
  const word = effect > 0 ? "higher" : "lower";
  if (size >= 0.8) return `much ${word}`;
  return size >= 0.5 ? word : `somewhat ${word}`;
}

/** @returns {{words: Node[], detail: string}} */
export function traitWords(trait, format) {
  const label = el("bdi", {}, trait.label);
  if (trait.level !== null) {
    return {
      words: [trait.effect > 0 ? "More often " : "Less often ", el("bdi", {}, trait.level), " · ", label],
      detail: `${format.share(trait.value)} against ${format.share(trait.overall)} of all`,
    };
  }
  return {
    words: [label, `: ${degree(trait.effect)}`],
    detail: `${figure(trait.value, trait.format, format)} against `
      + `${figure(trait.overall, trait.format, format)} on average`,
  };
}

/** A rule as a sentence: its parts, any of which fits. @returns {Node[]} */
export function ruleWords(rule, format) {
  return joined(rule.parts.map((part) => joined(part.map((each) => condition(each, format)), " and ")), ", or ");
}

/** @param {Node[][]} parts */
function joined(parts, between) {
  return parts.flatMap((part, index) => (index ? [document.createTextNode(between), ...part] : part));
}

function condition({ label, at_least: atLeast, below, levels, format: own }, format) {
  const name = el("bdi", { class: "rule-name" }, label);
  const text = (words) => document.createTextNode(words);
  // A threshold is written in full: rounded, it would describe other customers.
  const limit = (value) => format.full(value, own && { ...own, digits: exactDigits(value, own.style) });
  if (levels) {
    const values = levels.map((level) => [el("bdi", {}, level ?? "missing")]);
    return [name, text(" is "), ...joined(values, " or ")];
  }
  if (atLeast !== null && below !== null) return [name, text(` from ${limit(atLeast)} to below ${limit(below)}`)];
  if (atLeast !== null) return [name, text(` from ${limit(atLeast)}`)];
  return below === null ? [name] : [name, text(` below ${limit(below)}`)];
}

function exactDigits(value, style) {
  const shown = style === "percent" ? value * 100 : value;
  const [, decimals = ""] = String(Number(shown.toPrecision(12))).split(".");
  return Math.min(4, decimals.length);
}

/** Names one after the other: "a, b and c". @param {Array<Node|string>} nodes @returns {Array<Node|string>} */
export function listed(nodes) {
  return nodes.flatMap((node, index) => {
    if (index === 0) return [node];
    return [index === nodes.length - 1 ? " and " : ", ", node];
  });
}
