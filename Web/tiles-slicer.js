/** A slicer of values as buttons, each with how much of a figure it holds under all other filters. */

import { colourOf } from "./colours.js";
import { dot, el } from "./dom.js";

/** More values than this are shown when asked for. */
const SHOWN = 12;

export class TilesSlicer {
  /** @type {?import("./types.js").Figures} */
  #figures = null;
  #isWhole = false;

  /**
   * @param {import("./types.js").Slicer} slicer @param {import("./types.js").Dimension} dimension
   * @param {import("./selections.js").Selections} selections @param {import("./format.js").Formats} format
   * @param {() => import("./types.js").Page} page
   */
  constructor(slicer, dimension, selections, format, page) {
    this.selections = selections;
    this.format = format;
    this.page = page;
    this.element = el("div", { class: "slicer", role: "group", "aria-label": slicer.label, "data-slicer": slicer.id });
    this.adopt(slicer, dimension);
  }

  /** @param {import("./types.js").Slicer} slicer @param {import("./types.js").Dimension} dimension */
  adopt(slicer, dimension) {
    this.slicer = slicer;
    this.dimension = dimension;
    this.#build();
  }

  #build() {
    const focused = document.activeElement?.dataset?.value;
    const values = (this.dimension.values ?? []).map(({ value }) => value);
    const chosen = this.#chosen;
    // What is chosen stays in sight.
    const shown = this.#isWhole ? values : values.filter((value, index) => index < SHOWN || chosen.includes(value));
    this.tiles = new Map(shown.map((value) => [value, this.#tile(value)]));
    const more = values.length - shown.length;
    this.element.replaceChildren(
      el("span", { class: "slicer-label" }, this.#label),
      el(
        "div",
        { class: this.slicer.share ? "tiles with-shares" : "tiles" },
        ...[...this.tiles.values()].map(({ button }) => button),
        more > 0 ? this.#moreButton(more) : null,
        values.length ? null : el("p", { class: "nothing" }, this.#empty),
      ),
    );
    if (focused !== undefined) this.element.querySelector(`[data-value="${CSS.escape(focused)}"]`)?.focus();
    this.refresh();
  }

  get #label() {
    const measure = this.slicer.share ? this.page().measures[this.slicer.share] : null;
    return measure ? `${this.slicer.label}, share of ${measure.label.toLocaleLowerCase(this.format.locale)}` : this.slicer.label;
  }

  get #empty() {
    return this.dimension.values ? "No values" : "More values than tiles can show: use a list";
  }

  get #chosen() {
    return this.selections.of(this.slicer.id)[0]?.values ?? [];
  }

  #tile(value) {
    const name = this.format.name(value, this.dimension);
    const mark = this.dimension.segmentation ? dot(colourOf(this.dimension, value)) : null;
    const figure = this.slicer.share ? el("span", { class: "tile-figure" }) : null;
    const bar = this.slicer.share ? el("span", { class: "tile-bar", "aria-hidden": "true" }) : null;
    const button = el(
      "button",
      { type: "button", class: "button tile", "data-value": String(value), on: { click: () => this.#toggle(value) } },
      mark,
      el("span", { class: "tile-name", dir: "auto" }, name),
      figure,
      bar,
    );
    return { button, name, mark, figure, bar };
  }

  #moreButton(count) {
    const click = () => {
      this.#isWhole = true;
      this.#build();
      this.element.querySelectorAll(".tile")[SHOWN]?.focus();
    };
    return el("button", { type: "button", class: "button quiet", on: { click } }, `${this.format.count(count)} more`);
  }

  #toggle(value) {
    const chosen = this.#chosen;
    const values = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
    this.selections.set(this.slicer.id, values.length ? { dimension: this.slicer.dimension, values } : null);
  }

  /** @param {?import("./types.js").Figures} figures */
  setFigures(figures) {
    this.#figures = figures?.rows ? figures : null;
    this.refresh();
  }

  refresh() {
    const chosen = this.#chosen;
    if (!this.#isWhole && chosen.some((value) => !this.tiles.has(value) && this.#exists(value))) return this.#build();
    for (const [value, { button, mark }] of this.tiles) {
      button.setAttribute("aria-pressed", String(chosen.includes(value)));
      if (mark) mark.style.backgroundColor = colourOf(this.dimension, value);
    }
    if (this.slicer.share) this.#refreshShares();
  }

  #exists(value) {
    return this.dimension.values?.some((entry) => entry.value === value);
  }

  #refreshShares() {
    const rows = new Map(this.#figures?.rows ?? []);
    const figures = [...rows.values()];
    // Where small groups are hidden nobody learns the whole, so figures stand in place of shares.
    const isComplete = figures.every((figure) => figure !== null);
    const whole = isComplete ? figures.reduce((sum, figure) => sum + figure, 0) : Math.max(0, ...figures);
    const format = this.page().measures[this.slicer.share]?.format;
    for (const [value, { button, name, figure, bar }] of this.tiles) {
      const own = this.#figures ? rows.has(value) ? rows.get(value) : 0 : null;
      const share = whole > 0 && own !== null ? own / whole : null;
      const text = !this.#figures
        ? ""
        : own === null ? "hidden" : isComplete ? this.format.share(share ?? 0) : this.format.short(own, format);
      figure.textContent = text;
      bar.style.width = `${Math.max(0, Math.min(1, share ?? 0)) * 100}%`;
      bar.style.backgroundColor = this.dimension.segmentation ? colourOf(this.dimension, value) : "";
      button.classList.toggle("without-rows", own === 0);
      button.title = own === null ? name : `${name}: ${this.format.full(own, format)}`;
    }
  }
}
