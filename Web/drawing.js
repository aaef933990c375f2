/** Drawings of a fitted segmentation on a page: what its own page shows, in the frame of a card. */

import { el } from "./dom.js";
import { EChart } from "./echarts-kit.js";

/**
 * A drawing before it has a frame.
 * @typedef {Object} Drawing
 * @property {string} title
 * @property {string} label what is drawn, for whoever can't see it
 * @property {Array<?string|Node>} [words]
 * @property {string} [size] a class of the canvas on a segmentation's own page: its height
 * @property {boolean} [isDrawn] false where there is nothing to draw
 * @property {(theme: import("./theme.js").Theme, width: number, height: number) => Object} option of ECharts
 * @property {() => import("./types.js").TableContent} table
 */

/**
 * The module of a kind of visual that draws a segmentation as it was fitted.
 * @param {(data: Object, format: import("./format.js").Formats) => Drawing[]} build
 * @param {(drawings: Drawing[]) => import("./types.js").TableContent} [table] of all of them
 * @returns {import("./types.js").ChartModule}
 */
export const drawingModule = (build, table = ([first]) => first.table()) => ({
  subtitle: (visual, context) => `${context.dimension(visual.dimensions[0]).label} as it was fitted; filters do not apply`,
  isEmpty: () => false,

  mount(container, visual, context) {
    const legend = el("div", { class: "drawing-legend" });
    const place = el("div", { class: "drawing-canvases" });
    const words = el("p", { class: "drawing-words" });
    container.append(el("div", { class: "drawing" }, legend, place, words));
    let drawings = [];
    let charts = [];

    // A canvas may change its size while the card keeps its own. What was drawn at this size already need not be again.
    const observer = new ResizeObserver(() => {
      const isOther = charts.some(({ container, width, height }) => container.clientWidth !== width || container.clientHeight !== height);
      if (isOther) draw();
    });

    function draw() {
      return Promise.all(charts.map((chart, index) => {
        chart.resize();
        return chart.draw({ animation: false, ...drawings[index].option(context.theme(), chart.width, chart.height) });
      }));
    }

    return {
      update(data) {
        drawings = build(data, context.format).filter(({ isDrawn = true }) => isDrawn);
        const said = drawings.flatMap((drawing) => drawing.words ?? []).filter(Boolean);
        legend.replaceChildren(...said.filter((each) => typeof each !== "string"));
        words.replaceChildren(said.filter((each) => typeof each === "string").join(" "));
        words.hidden = words.textContent === "";
        if (charts.length !== drawings.length) {
          for (const chart of charts) chart.dispose();
          observer.disconnect();
          const canvases = drawings.map(() => el("div", { role: "img" }));
          place.replaceChildren(...drawings.map(({ title }, index) => el(
            "div", { class: "drawing-canvas" }, drawings.length > 1 ? el("p", {}, title) : el("span"), canvases[index],
          )));
          charts = canvases.map((canvas) => new EChart(canvas, context));
          for (const canvas of canvases) observer.observe(canvas);
        }
        charts.forEach((chart, index) => chart.container.setAttribute("aria-label", drawings[index].label));
        return draw();
      },
      table: () => table(drawings),
      dispose() {
        observer.disconnect();
        for (const chart of charts) chart.dispose();
      },
    };
  },
});
