/** A drawing with its own table of the same figures; a button changes from one to the other. */

import { el, icon } from "./dom.js";
import { EChart } from "./echarts-kit.js";
import { tableView } from "./table-view.js";
import { theme } from "./theme.js";

export class PlotFigure {
  #chart = null;
  #isTable = false;

  /** @param {import("./drawing.js").Drawing & {format: import("./format.js").Formats}} drawing */
  constructor({ title, label, words = [], size = "", isDrawn = true, option, table, format }) {
    this.title = title;
    this.isDrawn = isDrawn;
    this.option = option;
    this.canvas = el("div", { class: `curve-canvas ${size}`, role: "img", "aria-label": label });
    this.tablePlace = el("div", { class: `plot-table ${size}`, hidden: true });
    this.button = el("button", {
      type: "button", class: "icon-button plot-switch", "aria-pressed": "false", title: "Show as a table",
      "aria-label": `${title}: show as a table`,
      on: { click: () => this.#switch(table, format) },
    }, icon("table"));
    this.element = el(
      "figure",
      { class: "curve" },
      el("figcaption", {}, el("span", {}, title), this.button),
      ...words.filter(Boolean).map((each) => el("p", { class: "plot-words" }, each)),
      this.canvas,
      this.tablePlace,
    );
  }

  #switch(table, format) {
    this.#isTable = !this.#isTable;
    this.button.setAttribute("aria-pressed", String(this.#isTable));
    this.tablePlace.hidden = !this.#isTable;
    this.canvas.hidden = this.#isTable;
    if (!this.#isTable) {
      this.resize();
      return;
    }
    this.tablePlace.replaceChildren(tableView(table(), {
      caption: this.title, isSelected: () => false, select: () => {}, count: (value) => format.count(value),
    }));
  }

  draw() {
    if (!this.isDrawn || this.#isTable || !this.canvas.isConnected) return Promise.resolve();
    this.#chart ??= new EChart(this.canvas, { theme });
    return this.#chart.draw({ animation: false, ...this.option(theme(), this.canvas.clientWidth, this.canvas.clientHeight) });
  }

  resize() {
    if (this.#isTable) return;
    if (this.#chart) this.#chart.resize();
    this.draw();
  }

  dispose() {
    this.#chart?.dispose();
    this.#chart = null;
  }
}
