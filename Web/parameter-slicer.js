/** A slider for a number that measures use: what would be if it were another. */

import { el } from "./dom.js";

export class ParameterSlicer {
  /**
   * @param {import("./types.js").Slicer} slicer @param {undefined} dimension
   * @param {import("./selections.js").Selections} selections @param {import("./format.js").Formats} format
   * @param {() => import("./types.js").Page} page
   */
  constructor(slicer, dimension, selections, format, page) {
    Object.assign(this, { slicer, selections, format, page });
    this.label = el("span", { class: "slicer-label" });
    this.handle = el("input", { type: "range", class: "parameter-handle" });
    this.handle.addEventListener("input", () => this.#moved(true));
    this.handle.addEventListener("change", () => this.#moved(false));
    this.value = el("output", { class: "parameter-value" });
    this.back = el(
      "button",
      { type: "button", class: "button quiet", on: { click: () => this.#set(null) } },
      "Reset",
    );
    this.element = el(
      "div",
      { class: "slicer", role: "group", "data-slicer": slicer.id },
      this.label,
      el("div", { class: "parameter" }, this.handle, this.value, this.back),
    );
    this.adopt(slicer);
  }

  /** @param {import("./types.js").Slicer} slicer */
  adopt(slicer) {
    this.slicer = slicer;
    this.parameter = this.page().parameters[slicer.parameter];
    const { label, description, from, to, step } = this.parameter;
    this.label.textContent = label;
    this.label.title = description ?? "";
    this.element.setAttribute("aria-label", label);
    // The step first: a browser rounds what it is told to the steps that it knows.
    Object.assign(this.handle, { step, min: from, max: to });
    this.handle.setAttribute("aria-label", description ? `${label}: ${description}` : label);
    this.refresh();
  }

  #moved(dragging) {
    this.#set(Number(this.handle.valueAsNumber.toPrecision(12)), dragging);
  }

  #set(value, dragging = false) {
    const isUsual = value === this.parameter.default;
    this.selections.setParameter(this.slicer.parameter, isUsual ? null : value, { dragging });
  }

  refresh() {
    const set = this.selections.parameters()[this.slicer.parameter];
    const value = set ?? this.parameter.default;
    this.handle.value = String(value);
    const text = this.format.full(value, this.parameter.format);
    this.value.textContent = text;
    this.handle.setAttribute("aria-valuetext", text);
    this.back.disabled = set === undefined;
    this.back.title = `Back to ${this.format.full(this.parameter.default, this.parameter.format)}`;
    this.element.classList.toggle("active", set !== undefined);
  }
}
