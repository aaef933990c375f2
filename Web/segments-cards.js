/** A card for each segment: size, how far it can be trusted, what sets it apart, and a rule that describes it. */

import { renameSegment } from "./api.js";
import { el } from "./dom.js";
import { nameEditor } from "./name-editor.js";
import { repeatabilityBadge, ruleWords, traitWords } from "./segments-words.js";

/** Traits shown of a segment. */
const SHOWN_TRAITS = 3;
/** Colours that a theme has for segments. */
const COLOURS = 8;

/** @param {import("./types.js").Segmentation} answer @returns {Node[]} */
export function segmentCards(answer, format, reader) {
  const rename = reader.edit
    ? async (group, name) => {
      await renameSegment(group.segmentation, group.segment, name, group.name);
    }
    : null;
  return [
    el("ul", { class: "segment-cards" }, ...answer.segments.map((each) => card(answer.name, each, format, rename))),
    answer.suppressed
      ? el("p", { class: "quiet-lines" }, "Segments with too few customers to be told of are left blank.")
      : null,
  ].filter(Boolean);
}

function card(segmentation, segment, format, rename) {
  const head = el("h3", { class: "group-name", dir: "auto" }, segment.name);
  const editor = segment.is_outliers
    ? null
    : nameEditor(head, { segmentation, segment: segment.id, name: segment.name }, rename);
  const bar = el("span", { class: "share-bar" });
  bar.style.width = `${100 * (segment.share ?? 0)}%`;
  const item = el(
    "li",
    { class: "segment-card", "data-segment": segment.id },
    el("div", { class: "group-head" }, head, editor),
    el(
      "p",
      { class: "group-size" },
      segment.is_hidden
        ? "Too few customers to be told of"
        : `${format.share(segment.share)} of customers · ${format.count(segment.size)}`,
    ),
    el("span", { class: "share-track", "aria-hidden": "true" }, bar),
    repeatabilityBadge(segment.repeatable, format),
    traitList(segment, format),
    ruleBlock(segment, format),
  );
  const colour = segment.is_outliers || segment.colour > COLOURS
    ? "var(--category-other)" : `var(--segment-${segment.colour})`;
  item.style.setProperty("--group-colour", colour);
  return item;
}

function traitList({ traits, is_hidden: isHidden, is_outliers: isOutliers, statement }, format) {
  if (isHidden) return null;
  if (!traits.length) {
    if (isOutliers) return el("p", { class: "group-rest" }, "Far from every segment.");
    return statement === null ? el("p", { class: "group-rest" }, "Close to the average in all features.") : null;
  }
  return el("ul", { class: "group-traits" }, ...traits.slice(0, SHOWN_TRAITS).map((trait) => {
    const { words, detail } = traitWords(trait, format);
    return el(
      "li",
      {},
      el("span", { class: "trait-words" }, ...words),
      el("span", { class: "trait-detail" }, detail),
    );
  }));
}

function ruleBlock({ rule, statement }, format) {
  if (statement !== null) {
    return el(
      "div",
      { class: "segment-rule" },
      el("p", { class: "rule-label" }, "Stated as"),
      el("p", {}, el("code", { dir: "auto" }, statement)),
    );
  }
  if (!rule) return null;
  return el(
    "div",
    { class: "segment-rule" },
    el("p", {
      class: "rule-label",
      title: "The method itself assigns customers; this rule only describes whom it has put here.",
    }, "A description, not the assignment"),
    el("p", { class: "rule-words" }, ...ruleWords(rule, format)),
    el("p", { class: "rule-figures" },
      `covers ${format.share(rule.coverage)}, right in ${format.share(rule.precision)}`),
  );
}
