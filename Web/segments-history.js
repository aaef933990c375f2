/** What became of the segments of the last fit, in words. */

import { el } from "./dom.js";
import { listed } from "./segments-words.js";

/** @param {import("./types.js").Segmentation} answer @param {import("./format.js").Formats} format */
export function historySection({ identity }, format) {
  if (!identity) return null;
  const name = (text) => el("bdi", { class: "history-name" }, text);
  const flow = ({ name: text, share }) => {
    const node = el("span", {}, name(text));
    if (share !== null) node.append(` (${format.share(share)})`);
    return node;
  };
  const isSplit = new Set(identity.splits.map(({ id }) => id));
  const entries = [
    ...identity.kept.map((each) => [
      "Kept",
      name(each.name),
      each.was === each.name ? null : " (was ",
      each.was === each.name ? null : name(each.was),
      each.was === each.name ? null : ")",
      each.jaccard === null ? null : `: ${format.share(each.jaccard)} of its customers, then and now, are the same`,
    ]),
    ...identity.splits.map(({ name: text, flows }) => [
      "Split", name(text), " went to ", ...listed(flows.map(flow)),
    ]),
    ...identity.merges.map(({ name: text, flows }) => [
      "Merged", name(text), " took in ", ...listed(flows.map(flow)),
    ]),
    ...identity.new.map(({ name: text, nearest }) => [
      "New", name(text), nearest ? ", most like the former " : null, nearest ? name(nearest) : null,
    ]),
    ...identity.gone.map(({ id, name: text, flows }) => [
      "Gone",
      name(text),
      flows.length && !isSplit.has(id) ? "; its customers went to " : null,
      ...(isSplit.has(id) ? [] : listed(flows.map(flow))),
    ]),
  ];
  return el(
    "section",
    { class: "panel history-panel", "aria-label": "Since the last fit" },
    el("h2", {}, "Since the last fit"),
    identity.basis === "rows"
      ? el("p", { class: "lead" }, `The last fit's segments, looked for among ${format.count(identity.rows)} customers of today.`)
      : null,
    el("ul", { class: "history-list" }, ...entries.map(([kind, ...words]) => el(
      "li",
      {},
      el("span", { class: `history-kind ${kind.toLowerCase()}` }, kind),
      el("p", {}, ...words.filter((word) => word !== null)),
    ))),
  );
}
