/** What a chart gets from the page that it is on. */

import { colourOf } from "./colours.js";
import { theme } from "./theme.js";

/**
 * @param {import("./types.js").Visual} visual
 * @param {() => import("./types.js").Page} page as it is now: a new run brings another
 * @param {import("./format.js").Formats} format
 * @param {{select: Function, geometry?: Function, selections: () => import("./types.js").Selection[], rename: ?Function,
 *   isSaved?: boolean, offer?: ?Function}} actions
 * @returns {import("./types.js").ChartContext}
 */
export function chartContext(visual, page, format, actions) {
  return Object.freeze({
    isSaved: false,
    offer: null,
    ...actions,
    visual,
    format,
    theme,
    dimension: (name) => page().dimensions[name] ?? {
      label: name,
      kind: "category",
      segmentation: false,
      values: null,
      format: null,
    },
    measure: (name) => page().measures[name] ?? {
      label: name,
      description: null,
      model: "",
      expression: "",
      format: { style: "decimal", digits: null, unit: null },
      additive: false,
    },
    dimensions: () => page().dimensions,
    colour: (name, value) => colourOf(page().dimensions[name], value),
  });
}
