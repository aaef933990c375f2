/** The names at the ends of lines as buttons: drawn by the chart, picked from here with the keyboard or a click. */

import { isOther } from "./chart-data.js";
import { el } from "./dom.js";
import { joins } from "./echarts-kit.js";

export class LineNames {
  /** @param {import("./types.js").ChartContext} context @param {string} dimension the lines are of its values */
  constructor(context, dimension) {
    this.context = context;
    this.dimension = dimension;
    this.buttons = new Map();
    this.element = el("div", { role: "group", "aria-label": context.dimension(dimension).label });
  }

  /**
   * @param {Array<{line: *, name: string, x: number, y: number, width: number}>} ends the middle of each name's left edge, in pixels
   * @param {?Array<*>} chosen the lines that are picked
   */
  place(ends, chosen) {
    const shown = new Set(ends.map(({ line }) => line));
    for (const [line, button] of this.buttons) if (ends.length && !shown.has(line)) this.#drop(line, button);
    this.element.hidden = ends.length === 0;
    for (const { line, name, x, y, width } of ends) {
      if (!this.buttons.has(line)) this.#add(line, name);
      const button = this.buttons.get(line);
      button.style.left = `${x}px`;
      button.style.top = `${y - 8}px`;
      button.style.width = `${width}px`;
      button.setAttribute("aria-pressed", String(Boolean(chosen?.includes(line))));
    }
  }

  #add(line, name) {
    const click = (event) => this.context.select([{ dimension: this.dimension, values: [line] }], joins(event));
    const contextmenu = (event) => this.context.offer?.(event, () => click(event));
    const button = el("button", {
      type: "button", class: "line-name", "aria-label": name, title: name,
      disabled: isOther(line) || this.context.isSaved, on: { click, contextmenu },
    });
    this.buttons.set(line, button);
    this.element.append(button);
  }

  #drop(line, button) {
    this.buttons.delete(line);
    button.remove();
  }
}
