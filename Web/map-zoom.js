/** Buttons that bring a map nearer. Dragging moves it then, or draws a box; the wheel still scrolls the page. */

import { el, icon } from "./dom.js";

const STEP = 2;
const NEAREST = 32;

export class MapZoom {
  #level = 1;
  #isForBoxes = false;

  /** @param {string} title of the map @param {() => void} changed draws it again @param {boolean} hasBoxes */
  constructor(title, changed, hasBoxes) {
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
    this.boxes = hasBoxes ? el("button", {
      type: "button", class: "icon-button small", title: "Drag to select, not to move",
      "aria-label": `Drag to select, not to move: ${title}`,
      on: {
        click: () => {
          this.#isForBoxes = !this.#isForBoxes;
          this.#refresh();
          changed();
        },
      },
    }, icon("box")) : null;
    this.element = el("div", { class: "map-zoom" }, this.nearer, this.farther, this.boxes);
    this.#refresh();
  }

  /** Whether dragging draws a box: as long as there is nothing to move, and where the reader says so. */
  get isForBoxes() {
    return this.#level === 1 || this.#isForBoxes;
  }

  #refresh() {
    this.nearer.disabled = this.#level >= NEAREST;
    this.farther.disabled = this.#level <= 1;
    if (!this.boxes) return;
    this.boxes.hidden = this.#level <= 1;
    this.boxes.setAttribute("aria-pressed", String(this.#isForBoxes));
  }

  /** What ECharts needs to know; where the reader has moved the map to, it knows itself. */
  get option() {
    return this.#level === 1 ? { zoom: 1, center: null, roam: false } : { zoom: this.#level, roam: this.isForBoxes ? false : "move" };
  }
}
