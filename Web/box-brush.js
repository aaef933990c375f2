/** A box drawn over a plot of two numbers picks a range of each; over a map, what lies inside. */

import { el } from "./dom.js";

/** A hand that trembles draws no box (pixels). */
const LEAST = 6;

/**
 * Where boxes are drawn, and what they are measured in.
 * @typedef {{rect: () => ?{x: number, y: number, width: number, height: number},
 *   valueAt: (point: [number, number]) => [number, number]}} BrushGround  `rect`: in pixels; null where nothing may be drawn
 */

/** The one grid of a chart, in the numbers of its axes. @param {import("./echarts-kit.js").EChart} chart @returns {BrushGround} */
const gridOf = ({ chart }) => ({
  rect: () => chart.getModel().getComponent("grid", 0)?.coordinateSystem.getRect() ?? null,
  valueAt: (point) => chart.convertFromPixel({ gridIndex: 0 }, point),
});

/**
 * Lets a mouse draw boxes over a chart. Fingers scroll the page instead.
 * @param {import("./echarts-kit.js").EChart} chart
 * @param {(ranges: [[number, number], [number, number]], add: boolean, isBox: boolean) => void} pick ranges of x and y;
 *   without a box it was a click on the ground at that place
 * @param {BrushGround} [ground]
 */
export function boxBrush(chart, pick, ground = gridOf(chart)) {
  const zr = chart.chart.getZr();
  const box = el("div", { class: "brush-box", hidden: true });
  // Beside ECharts' own layers, which it replaces as it likes.
  chart.container.classList.add("brushed");
  chart.container.append(box);
  let start = null;

  const { rect } = ground;
  const isInside = ({ x, y, width, height }, [left, top]) => left >= x && left <= x + width && top >= y && top <= y + height;
  const clamp = ({ x, y, width, height }, [left, top]) => [
    Math.min(Math.max(left, x), x + width), Math.min(Math.max(top, y), y + height),
  ];
  const joins = ({ event }) => Boolean(event?.shiftKey || event?.ctrlKey || event?.metaKey);
  const stop = () => {
    start = null;
    box.hidden = true;
  };

  zr.on("mousedown", (event) => {
    const grid = rect();
    const isMouse = event.event.button === 0 && (event.event.pointerType ?? "mouse") === "mouse";
    if (grid && isMouse && isInside(grid, [event.offsetX, event.offsetY])) start = [event.offsetX, event.offsetY];
  });
  // Also outside the canvas: a box may end at the edge.
  const move = (event) => {
    if (!start) return;
    const [left, top] = ends(event);
    box.hidden = Math.hypot(left - start[0], top - start[1]) < LEAST;
    box.style.left = `${Math.min(left, start[0])}px`;
    box.style.top = `${Math.min(top, start[1])}px`;
    box.style.width = `${Math.abs(left - start[0])}px`;
    box.style.height = `${Math.abs(top - start[1])}px`;
  };
  const end = (event) => {
    if (!start) return;
    const from = start;
    const to = ends(event);
    const isBox = !box.hidden;
    stop();
    const values = [from, to].map(ground.valueAt);
    const ranges = [0, 1].map((axis) => values.map((value) => value[axis]).sort((a, b) => a - b));
    pick(ranges, joins({ event }), isBox);
  };
  const ends = (event) => {
    const { left, top } = chart.container.getBoundingClientRect();
    return clamp(rect(), [event.clientX - left, event.clientY - top]);
  };
  const key = (event) => {
    if (event.key !== "Escape" || !start) return;
    event.preventDefault();
    stop();
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("keydown", key, true);
  return {
    dispose() {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("keydown", key, true);
    },
  };
}
