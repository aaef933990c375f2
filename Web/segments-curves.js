/** A small line of a figure by the number of segments. The table beside it holds the same figures. */

import { el } from "./dom.js";
import { categoryAxis, EChart, grid, tooltip, valueAxis } from "./echarts-kit.js";
import { theme } from "./theme.js";

export class Curve {
  #chart = null;

  /**
   * @param {string} title @param {Array<{k: number}>} table @param {string} key of the figure
   * @param {number} current the number in use @param {(value: number) => string} write
   */
  constructor(title, table, key, current, write, format) {
    this.title = title;
    this.key = key;
    this.current = current;
    this.write = write;
    this.format = format;
    this.rows = table.filter((row) => row[key] !== null);
    this.canvas = el("div", { class: "curve-canvas" });
    this.element = el(
      "figure",
      { class: "curve", role: "img", "aria-label": `${title}: the figures are in the table below` },
      el("figcaption", {}, title),
      this.canvas,
    );
  }

  draw() {
    if (!this.rows.length || !this.canvas.isConnected) return Promise.resolve();
    this.#chart ??= new EChart(this.canvas, { theme });
    const colours = theme();
    return this.#chart.draw({
      animation: false,
      grid: grid({ left: 52, right: 12, top: 12, bottom: 26 }),
      xAxis: categoryAxis(colours, this.rows.map(({ k }) => this.format.count(k)), { boundaryGap: true }),
      yAxis: valueAxis(colours, this.write, { scale: true }),
      tooltip: tooltip(colours, ({ dataIndex }) => ({
        title: `${this.rows[dataIndex].k} segments`,
        rows: [[this.title.split(" ")[0], this.write(this.rows[dataIndex][this.key])]],
      })),
      series: [{
        id: "curve",
        type: "line",
        symbol: "circle",
        lineStyle: { color: colours.accent, width: 2 },
        data: this.rows.map((row) => ({
          value: row[this.key],
          symbolSize: row.k === this.current ? 12 : 6,
          itemStyle: {
            color: row.k === this.current ? colours.accent : colours.surface,
            borderColor: colours.accent,
            borderWidth: 2,
          },
        })),
      }],
    });
  }

  resize() {
    if (!this.#chart) return;
    this.#chart.resize();
    this.draw();
  }

  dispose() {
    this.#chart?.dispose();
    this.#chart = null;
  }
}
