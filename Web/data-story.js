/** A model: the story of its data, a step at a time. */

import { el } from "./dom.js";
import { clamped, dataHead, dataLink, kindWords, moreButton, noticeList, plain } from "./data-parts.js";
import { qualitySection } from "./data-quality.js";

/** Facts of one step shown at first. */
const SHOWN_FACTS = 3;
/** So many columns are named without being counted. */
const FEW = 4;

/**
 * @param {import("./types.js").DataModel} model @param {import("./format.js").Formats} format
 * @param {{customers: boolean}} reader
 */
export function modelPage(model, format, reader) {
  const changed = model.steps.reduce(
    (sum, step) => sum + Object.values(step.cells_changed).reduce((a, b) => a + b, 0),
    0,
  );
  const words = [
    `${format.count(model.rows_read)} rows read`,
    model.rows === model.rows_read ? null : `${format.count(model.rows)} kept`,
    `${model.steps.length} ${model.steps.length === 1 ? "step" : "steps"}`,
    changed ? `${format.count(changed)} cells changed` : "no cell changed",
  ];
  return [
    dataHead(model.name, model.description),
    el(
      "section",
      { class: "panel" },
      el("h2", {}, "Story"),
      el("p", { class: "lead" }, words.filter(Boolean).join(" · ")),
      noticeList(model.notices.filter(({ about }) => !about.includes("', step "))),
      el(
        "ol",
        { class: "story" },
        entry("Read", [`from `, origin(model)], format.count(model.rows_read)),
        ...model.steps.map((step) => stepEntry(step, format)),
        entry("Stored", [`by its key `, el("code", { dir: "auto" }, model.key ?? "")], format.count(model.rows)),
      ),
    ),
    model.figures.length
      ? el(
        "section",
        { class: "panel" },
        el("h2", {}, "Figures made from it"),
        el("p", { class: "links" }, ...model.figures.map((name) => dataLink("lineage", name))),
      )
      : null,
    ...qualitySection(model, format, model.name, reader.customers),
  ].filter(Boolean);
}

function origin(model) {
  return dataLink(model.origin_kind === "model" ? "models" : "sources", model.origin);
}

function entry(kind, summary, rows, ...rest) {
  return el(
    "li",
    { class: "story-step" },
    el("span", { class: "story-rows" }, rows),
    el("div", { class: "story-body" },
      clamped(el("p", { dir: "auto" }, el("strong", {}, kind), " ", ...summary)),
      ...rest),
  );
}

/** What a step told of itself: the first of many, and the rest on demand. @param {string[]} facts */
function factList(facts) {
  const items = facts.map((fact) => el("li", { dir: "auto" }, fact));
  const list = el("ul", { class: "plain" }, ...items);
  if (items.length <= SHOWN_FACTS + 1) return list;
  const rest = items.slice(SHOWN_FACTS);
  return el("div", {}, list, moreButton(`${rest.length} more`, "Fewer", (open) => {
    for (const item of rest) item.hidden = !open;
  }));
}

/** @param {string[]} names @param {string} what became of them */
function columnsWords(names, what) {
  if (!names.length) return null;
  return names.length > FEW ? `${names.length} columns ${what}: ${names.join(", ")}` : `${names.join(", ")} ${what}`;
}

function stepEntry(step, format) {
  const difference = step.rows_out - step.rows_in;
  const effects = [
    difference
      ? `${format.count(step.rows_in)} → ${format.count(step.rows_out)} rows`
      : null,
    ...Object.entries(step.cells_changed).map(
      ([column, cells]) => `${format.count(cells)} ${cells === 1 ? "cell" : "cells"} of ${column} changed`,
    ),
    columnsWords(step.columns_added, "added"),
    // A step that names what it drops has said it.
    step.columns_removed.every((name) => step.summary.includes(name)) ? null : columnsWords(step.columns_removed, "removed"),
    ...Object.entries(step.fitted).map(([column, value]) => `${column} = ${plain(value)}`),
  ].filter(Boolean);
  const examples = step.examples.map(({ column, before, after }) => el(
    "li",
    { dir: "auto" },
    el("span", { class: "example-column" }, column),
    el("code", {}, before === null ? "–" : plain(before)),
    " → ",
    el("code", {}, after === null ? "–" : plain(after)),
  ));
  return entry(
    kindWords(step.kind),
    // The label says it already.
    [`· ${step.kind === "rename" ? step.summary.replace(/^renamed /, "") : step.summary}`],
    difference ? format.count(step.rows_out) : "",
    effects.length ? clamped(el("p", { class: "effects", dir: "auto" }, effects.join(" · "))) : null,
    step.facts.length ? factList(step.facts) : null,
    examples.length ? el("ul", { class: "examples" }, ...examples) : null,
    noticeList(step.notices),
  );
}
