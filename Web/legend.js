/** A legend of real buttons: names the colours, and selects from the keyboard what a click on the marks selects. */

import { isOther } from "./chart-data.js";
import { dot, el } from "./dom.js";
import { joins } from "./echarts-kit.js";

export class Legend {
  /**
   * @param {import("./types.js").ChartContext} context @param {string} dimension
   * @param {(value: *) => string} [colour] of a value, where its own is not used
   */
  constructor(context, dimension, colour = (value) => context.colour(dimension, value)) {
    this.colour = colour;
    this.context = context;
    this.dimension = dimension;
    this.element = el("div", { class: "legend", role: "group", "aria-label": context.dimension(dimension).label });
  }

  /** @param {Array<*>} values @param {?Array<*>} chosen @param {(value: *) => string} [note] text after the name */
  update(values, chosen, note = () => "") {
    const shape = JSON.stringify(values);
    if (shape !== this.shape) {
      this.shape = shape;
      this.entries = values.map((value) => this.#entry(value));
      this.element.replaceChildren(...this.entries);
    }
    this.entries.forEach((entry, index) => {
      const value = values[index];
      const selected = Boolean(chosen?.includes(value));
      entry.firstChild.style.backgroundColor = this.colour(value);
      entry.lastChild.textContent = `${this.#name(value)}${note(value)}`;
      entry.setAttribute("aria-pressed", String(selected));
      entry.toggleAttribute("data-dimmed", chosen !== null && !selected);
    });
  }

  /** Dots in the shapes of the marks. @param {Array<*>} shapes in turn */
  mark(shapes) {
    this.entries?.forEach((entry, index) => {
      entry.firstChild.dataset.shape = String(shapes[index % shapes.length]);
    });
  }

  #name(value) {
    return this.context.format.name(value, this.context.dimension(this.dimension));
  }

  #entry(value) {
    const click = (event) => this.context.select([{ dimension: this.dimension, values: [value] }], joins(event));
    return el(
      "button",
      { type: "button", class: "legend-entry", disabled: isOther(value), title: this.#name(value), on: { click } },
      dot(null),
      el("span", { dir: "auto" }),
    );
  }
}
