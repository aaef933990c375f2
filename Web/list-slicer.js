/** A slicer over values: tiles while they are few, a drop-down with a search when they are many. */

import { colourOf } from "./colours.js";
import { attachPopover, dot, el, icon } from "./dom.js";

/** More values than this go into a drop-down. */
const MOST_TILES = 8;

export class ListSlicer {
  /**
   * @param {import("./types.js").Slicer} slicer @param {import("./types.js").Dimension} dimension
   * @param {import("./selections.js").Selections} selections @param {import("./format.js").Formats} format
   */
  constructor(slicer, dimension, selections, format) {
    this.selections = selections;
    this.format = format;
    this.element = el("div", { class: "slicer", role: "group", "aria-label": slicer.label, "data-slicer": slicer.id });
    this.adopt(slicer, dimension);
  }

  /** @param {import("./types.js").Slicer} slicer @param {import("./types.js").Dimension} dimension */
  adopt(slicer, dimension) {
    const known = JSON.stringify([slicer, dimension]);
    if (known === this.known) return;
    this.known = known;
    this.slicer = slicer;
    this.dimension = dimension;
    const values = dimension.values;
    this.buttons = new Map();
    const control = values && values.length <= MOST_TILES ? this.#tiles(values) : this.#dropdown(values);
    this.element.replaceChildren(el("span", { class: "slicer-label" }, slicer.label), control);
  }

  get #chosen() {
    return this.selections.of(this.slicer.id)[0]?.values ?? [];
  }

  #choose(values) {
    this.selections.set(this.slicer.id, values.length ? { dimension: this.slicer.dimension, values } : null);
  }

  #toggle(value) {
    const chosen = this.#chosen;
    this.#choose(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  }

  #dot(value) {
    return this.dimension.segmentation ? dot(colourOf(this.dimension, value)) : null;
  }

  #tiles(values) {
    const tiles = values.map(({ value }) => {
      const name = this.format.name(value, this.dimension);
      const click = () => this.#toggle(value);
      const button = el(
        "button",
        { type: "button", class: "button tile", title: name, "data-value": String(value), on: { click } },
        this.#dot(value),
        el("span", { dir: "auto" }, name),
      );
      this.buttons.set(value, button);
      return button;
    });
    return el("div", { class: "tiles" }, ...tiles);
  }

  #dropdown(values) {
    this.value = el("span", { class: "value" });
    this.button = el(
      "button",
      { type: "button", class: "button dropdown-button", "aria-haspopup": "dialog" },
      this.value,
      icon("chevron"),
    );
    const panel = el("div", { class: "dropdown", role: "dialog", "aria-label": this.slicer.label });
    this.options = el("div", { class: "options" });
    this.count = el("span");
    const clear = el(
      "button",
      { type: "button", class: "button quiet", on: { click: () => this.#choose([]) } },
      "Clear",
    );
    panel.append(
      values ? this.#search() : this.#entry(),
      this.options,
      el("div", { class: "dropdown-end" }, this.count, clear),
    );
    attachPopover(this.button, panel, { onOpen: () => this.#fill("") });
    return el("div", {}, this.button, panel);
  }

  #search() {
    const field = el("input", {
      type: "search",
      placeholder: "Search",
      "aria-label": `Search in ${this.slicer.label}`,
      on: { input: () => this.#fill(field.value) },
    });
    return field;
  }

  /** Where there are too many values to list them, the reader types one. */
  #entry() {
    const field = el("input", {
      type: "text",
      placeholder: "Type a value and press Enter",
      "aria-label": `Value of ${this.slicer.label}`,
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !field.value.trim()) return;
      const value = field.value.trim();
      if (!this.#chosen.includes(value)) this.#choose([...this.#chosen, value]);
      field.value = "";
    });
    return field;
  }

  #fill(search) {
    const wanted = search.trim().toLocaleLowerCase(this.format.locale);
    const all = this.dimension.values?.map(({ value }) => value) ?? this.#chosen;
    const searched = (value) => this.format.name(value, this.dimension).toLocaleLowerCase(this.format.locale);
    const shown = all.filter((value) => searched(value).includes(wanted));
    this.buttons.clear();
    this.options.replaceChildren(...shown.map((value) => {
      const box = el("input", { type: "checkbox", on: { change: () => this.#toggle(value) } });
      this.buttons.set(value, box);
      const name = el("span", { dir: "auto" }, this.format.name(value, this.dimension));
      return el("label", { class: "option" }, box, this.#dot(value), name);
    }));
    const nothing = all.length ? "Nothing matches" : "No value chosen";
    if (!shown.length) this.options.append(el("p", { class: "nothing" }, nothing));
    this.refresh();
  }

  refresh() {
    const chosen = this.#chosen;
    // Without a list the options are what was chosen, so they follow the selection.
    if (this.options && !this.dimension.values && chosen.length !== this.buttons.size) {
      if (this.button.getAttribute("aria-expanded") === "true") this.#fill("");
    }
    for (const [value, control] of this.buttons) {
      if (control.type === "checkbox") control.checked = chosen.includes(value);
      else {
        control.setAttribute("aria-pressed", String(chosen.includes(value)));
        const mark = control.querySelector(".dot");
        if (mark) mark.style.backgroundColor = colourOf(this.dimension, value);
      }
    }
    if (!this.button) return;
    this.value.textContent = chosen.length === 0
      ? "All"
      : chosen.length === 1
        ? this.format.name(chosen[0], this.dimension)
        : `${this.format.count(chosen.length)} chosen`;
    this.count.textContent = chosen.length ? `${this.format.count(chosen.length)} chosen` : "";
    this.button.setAttribute("aria-label", `${this.slicer.label}: ${this.value.textContent}`);
    this.button.classList.toggle("active", chosen.length > 0);
  }
}
