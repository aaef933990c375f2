/** "About this figure": what it is, how it is computed, from which run. */

import { el } from "./dom.js";

/**
 * @param {import("./types.js").Visual} visual @param {import("./types.js").ChartContext} context
 * @param {string} run @param {?Object} data
 * @returns {Node[]}
 */
export function aboutPanel(visual, context, run, data) {
  const entries = [];
  const add = (term, ...descriptions) => entries.push(el("dt", {}, term), ...descriptions.map((part) => el("dd", { dir: "auto" }, part)));
  for (const name of visual.measures) {
    const measure = context.measure(name);
    add(measure.label, ...(measure.description ? [measure.description] : []), el("code", {}, measure.expression));
    add("Of", measure.model);
  }
  if (visual.dimensions.length) add("By", visual.dimensions.map((name) => context.dimension(name).label).join(", "));
  if (data && "rows_used" in data) add("Rows", `${context.format.count(data.rows_used)} of ${context.format.count(data.rows_total)}`);
  if (data?.suppressed) add("Hidden cells", `${context.format.count(data.suppressed)}, because fewer customers are in them than the project's smallest cell allows`);
  add("Run", run);
  return [el("h3", { dir: "auto" }, visual.title), el("dl", {}, ...entries)];
}
