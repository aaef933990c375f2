/** The levels of a visual in their order: what was left above, where the reader is, what is below. */

import { clauseWords } from "./clause-words.js";
import { levelsOf } from "./drills.js";
import { el } from "./dom.js";

/**
 * @param {import("./types.js").Visual} visual at its top level
 * @param {import("./types.js").Clause[]} path @param {import("./types.js").ChartContext} context
 * @param {(level: number) => void} goUp @returns {?HTMLElement} null where there is one level only
 */
export function drillPath(visual, path, context, goUp) {
  const levels = levelsOf(visual);
  if (!levels.length) return null;
  const parts = levels.map((name, level) => {
    const dimension = context.dimension(name);
    if (level > path.length) return el("span", { class: "level below" }, dimension.label);
    if (level === path.length) return el("span", { class: "level here", "aria-current": "step" }, dimension.label);
    const words = `${dimension.label}: ${clauseWords(path[level], dimension, context.format)}`;
    return el(
      "button",
      {
        type: "button",
        class: "level above",
        title: `${words}. Back to all of this level`,
        on: { click: () => goUp(level) },
      },
      el("span", { dir: "auto" }, words),
    );
  });
  const back = el(
    "button",
    {
      type: "button",
      class: "level back",
      "aria-label": "One level up",
      title: "One level up",
      on: { click: () => goUp(path.length - 1) },
    },
    "‹",
  );
  return el(
    "nav",
    { class: "drill-path", "aria-label": `Levels of ${visual.title}` },
    path.length ? back : null,
    ...parts.flatMap((part, index) => (index ? [el("span", { class: "level-mark", "aria-hidden": "true" }, "›"), part] : [part])),
  );
}
