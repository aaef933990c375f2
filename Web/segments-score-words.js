/** What scores say in words: nearness, notices, what is known of a segment, what is wrong with what was sent. */

import { clauseWords } from "./clause-words.js";
import { el } from "./dom.js";
import { phrase } from "./phrase.js";

/** Colours that a theme has for segments. */
const COLOURS = 8;
/** As docs/http-api.md defines borderline. */
const NEAR_SHARE = 0.1;
const NEAR_ODDS = 2 * Math.log(3);

/** @typedef {{form: import("./types.js").ScoreForm, segments: Map<number, Object>}} Known */

/** @param {?number} id @param {Known} known */
export function segmentColour(id, { segments }) {
  const segment = segments.get(id);
  return segment && !segment.is_outliers && segment.colour <= COLOURS ? `var(--segment-${segment.colour})` : "var(--category-other)";
}

/** Whether the next segment is hardly farther; null where the method can't tell. */
export function nearness({ distance, margin }, measure) {
  if (distance === null || margin === null) return null;
  if (measure === "distance") return margin <= NEAR_SHARE * (distance + margin);
  return measure === "minus_two_log_density" ? margin <= NEAR_ODDS : null;
}

/** @param {string} measure */
export const measureWords = (measure) => (measure === "distance"
  ? "In the units of the scaled features: how far it is to the segment's centre, and how much farther to the next"
  : "−2 · log(weight · density); a margin is twice the log of the odds between two segments");

const STANDINGS = {
  below: "is below all customers that the segments were formed of",
  above: "is above all customers that the segments were formed of",
  unseen: "has a level that none of those customers has",
  missing: "is missing",
};

/** @param {{column: string, standing: string}} notice @param {Known} known */
export function remarkWords({ column, standing }, { form }) {
  const label = form.columns.find(({ name }) => name === column)?.label ?? column;
  return el("span", {}, el("bdi", {}, label), ` ${STANDINGS[standing] ?? standing}`, standing === "missing" ? "." : ": this segment rests on less.");
}

/**
 * Whether a condition holds of a customer; null where the form doesn't ask for what it takes.
 * @param {import("./types.js").ScoreCondition} condition @param {?Object<string, *>} row as it was typed in
 */
function holds({ column, values, range }, row) {
  if (!row || column === null) return null;
  const value = row[column] ?? null;
  if (values) return values.some((each) => (each === null ? value === null : value !== null && String(each) === String(value)));
  const number = value === null ? NaN : Number(value);
  return number >= (range[0] ?? -Infinity) && number <= (range[1] ?? Infinity);
}

/** A recommendation for a customer of a segment. @param {Object} one @param {?Object<string, *>} row */
function recommended({ title, conditions, text, action, page, page_title: source }, row, format) {
  const open = conditions.filter((condition) => holds(condition, row) === null);
  return el(
    "li",
    { class: "score-recommendation" },
    title ? el("strong", { dir: "auto" }, title) : null,
    open.length ? el(
      "p",
      { class: "score-condition" },
      "For those with ",
      el("bdi", {}, open.map((each) => `${each.label}: ${clauseWords(each, each, format)}`).join(", ")),
      row ? ", which this form does not ask for" : "",
    ) : null,
    el("p", { dir: "auto" }, ...phrase(text, format)),
    el("p", { class: "score-action", dir: "auto" }, ...phrase(action, format)),
    el("a", { href: `#${encodeURIComponent(page)}`, class: "score-source", dir: "auto" }, source),
  );
}

/**
 * What is in a segment, and what the project's pages advise.
 * @param {number} id @param {Known} known @param {?Object<string, *>} [row] of one customer, as it was typed in
 * @returns {Node[]}
 */
export function adviceBlock(id, name, { form, segments }, format, row = null) {
  const story = segments.get(id)?.story;
  const advice = form.advice.filter(({ segment }) => segment === name);
  const others = form.recommendations.filter(({ segments: own, conditions }) =>
    own.includes(name) && conditions.every((condition) => holds(condition, row) !== false));
  return [
    story?.length ? el("div", { class: "score-story" }, el("h4", {}, "Who they are"), el("p", {}, ...phrase(story, format))) : null,
    advice.length || others.length ? el(
      "div",
      { class: "score-advice" },
      el("h4", {}, "What the pages recommend"),
      el("ul", {}, ...others.map((each) => recommended(each, row, format)), ...advice.map(({ heading, text, page, page_title: title }) => el(
        "li",
        {},
        heading && heading !== name ? el("strong", { dir: "auto" }, heading) : null,
        el("p", { dir: "auto" }, ...phrase(text, format)),
        el("a", { href: `#${encodeURIComponent(page)}`, class: "score-source", dir: "auto" }, title),
      ))),
    ) : null,
  ].filter(Boolean);
}

/** @param {import("./api.js").ApiError} error @returns {Node[]} */
export function problemNodes(error) {
  const all = error.errors?.length > 1 ? error.errors : [];
  return [
    el("p", { class: "customer-problem", role: "alert", dir: "auto" }, [error.title ?? error.message, error.detail].filter(Boolean).join(". ")),
    all.length ? el(
      "ul",
      { class: "calm-list score-problems" },
      ...all.map(({ message, hint }) => el("li", { dir: "auto" }, [message, hint].filter(Boolean).join(". "))),
    ) : null,
  ].filter(Boolean);
}
