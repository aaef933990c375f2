/** Buttons that bring a map nearer. Dragging moves it then; the wheel still scrolls the page. */

import { el } from "./dom.js";

const STEP = 2;
const NEAREST = 32;

export class MapZoom {
  #level = 1;

  /** @param {string} title of the map @param {() => void} changed draws it again */
  constructor(title, changed) {
    const button = (words, sign, step) => el(
      "button",
      { type: "button", class: "icon-button small", title: words, "aria-label": `${words}: ${title}`, on: { click: step } },
      sign,
    );
    const go = (level) => () => {
      this.#level = Math.max(1, Math.min(NEAREST, level()));
      this.#refresh();
      changed();
    };
    this.nearer = button("Zoom in", "+", go(() => this.#level * STEP));
    this.farther = button("Zoom out", "−", go(() => this.#level / STEP));
    this.element = el("div", { class: "map-zoom" }, this.nearer, this.farther);
    this.#refresh();
  }

  #refresh() {
    this.nearer.disabled = this.#level >= NEAREST;
    this.farther.disabled = this.#level <= 1;
  }

  /** What ECharts needs to know; where the reader has moved the map to, it knows itself. */
  get option() {
    return this.#level === 1 ? { zoom: 1, center: null, roam: false } : { zoom: this.#level, roam: "move" };
  }
}
