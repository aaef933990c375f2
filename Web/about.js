/** "About this figure": what it is, how it is computed, from which run. */

import { dataLink } from "./data-parts.js";
import { el } from "./dom.js";

/**
 * @param {import("./types.js").Visual} visual @param {import("./types.js").ChartContext} context
 * @param {string} run @param {?Object} data
 * @returns {Node[]}
 */
export function aboutPanel(visual, context, run, data) {
  const entries = [];
  const add = (term, description) => entries.push(el("dt", {}, term), el("dd", { dir: "auto" }, description));
  const measures = visual.measures.map((name) => context.measure(name));
  for (const measure of measures) add(
    measures.length > 1 ? measure.label : "Computed as",
    el("code", {}, measure.expression),
  );
  const models = [...new Set(measures.map(({ model }) => model))];
  if (models.length) add("From", models.join(", "));
  if (visual.dimensions.length) add("By", visual.dimensions.map((name) => context.dimension(name).label).join(", "));
  if (data && "rows_used" in data) add(
    "Rows",
    `${context.format.count(data.rows_used)} of ${context.format.count(data.rows_total)}`,
  );
  if (data?.suppressed) add(
    "Hidden cells",
    `${context.format.count(data.suppressed)}: fewer customers are in them than the project's smallest cell allows`,
  );
  for (const [term, words] of data?.about ?? []) add(term, words);
  add("Run", run);
  const traced = measures.length
    ? visual.measures.map((name, index) => [name, measures[index].label])
    : [...new Set([visual.options.x, visual.options.y, ...visual.dimensions])]
      .map((name) => [name, name && context.dimension(name)?.label])
      .filter(([, label]) => label);
  if (traced.length && !context.isSaved) add(
    "Where it comes from",
    el("span", { class: "links" }, ...traced.map(([name, label]) => dataLink("lineage", name, label))),
  );
  const descriptions = measures.flatMap(({ description }) => (description ? [
    el("p", { dir: "auto" }, description),
  ] : []));
  return [el("h3", { dir: "auto" }, visual.title), ...descriptions, el("dl", {}, ...entries)];
}
