/** What Aurora's ECharts charts have in common: set-up, type and colours, tooltips, clicks, places of marks. */

import { el } from "./dom.js";
import { reducedMotion } from "./theme.js";

/* global echarts */
const FONT = "Inter, system-ui, sans-serif";
/** A drawing that the browser holds back (a hidden tab) must not hold back the page's readiness (ms). */
const LONGEST_DRAWING = 3000;

/** The charts by their containers, for whoever takes an image of one. @type {WeakMap<HTMLElement, EChart>} */
const charts = new WeakMap();

export class EChart {
  #drawn = false;
  /** What was drawn last. @type {?Object} */
  option = null;

  /** The chart inside an element. @param {HTMLElement} element @returns {?EChart} null before the first drawing */
  static within(element) {
    const container = element.matches("[_echarts_instance_]") ? element : element.querySelector("[_echarts_instance_]");
    const chart = container && charts.get(container);
    return chart?.option ? chart : null;
  }

  /** Whether all charts inside an element have been drawn in the size that they have. @param {HTMLElement} element */
  static fitsWithin(element) {
    const found = [...element.querySelectorAll("[_echarts_instance_]")].map((container) => charts.get(container));
    return found.length > 0 && found.every((chart) => chart?.option
      && chart.width === chart.container.clientWidth && chart.height === chart.container.clientHeight);
  }

  /** @param {HTMLElement} container with a size @param {import("./types.js").ChartContext} context */
  constructor(container, context) {
    this.container = container;
    this.context = context;
    this.chart = echarts.init(container, null, { renderer: "canvas" });
    charts.set(container, this);
  }

  /** Replaces what is shown. Series with the same `id` move to their new values. @returns {Promise<void>} when drawn */
  draw(option) {
    const theme = this.context.theme();
    // A drawing that is no visual of a page has no options.
    const patterns = Boolean(this.context.visual?.options.patterns);
    const still = !this.#drawn || reducedMotion() || option.animation === false || matchMedia("print").matches;
    this.#drawn = true;
    const finished = new Promise((resolve) => {
      const done = () => {
        this.chart?.off("finished", done);
        resolve();
      };
      this.chart.on("finished", done);
      setTimeout(done, LONGEST_DRAWING);
    });
    this.option = {
      backgroundColor: "transparent",
      // Descriptions are the card's own; of ECharts' help only the patterns are wanted.
      aria: {
        enabled: patterns,
        label: { enabled: false },
        decal: { show: patterns },
      },
      textStyle: { fontFamily: FONT, fontSize: 12, color: theme.text },
      animationDuration: 160, animationDurationUpdate: 160, animationEasingUpdate: "cubicOut",
      ...option,
      animation: !still,
    };
    // Not `notMerge`: it would make new views each time, without their animations and with a tooltip that crashes.
    this.chart.setOption(this.option, { replaceMerge: ["series"] });
    // Paper doesn't wait for the next frame.
    if (matchMedia("print").matches) this.chart.getZr().flush();
    return finished;
  }

  /** Takes the container's size. The caller draws next: the old option may not fit what it now knows. */
  resize() {
    this.chart.getZr().resize();
  }

  dispose() {
    this.chart.dispose();
  }

  get width() {
    return this.chart.getWidth();
  }

  get height() {
    return this.chart.getHeight();
  }

  /** A click on a mark of a series. @param {(params: Object, add: boolean) => void} handler */
  onMark(handler) {
    this.chart.on("click", (params) => handler(params, joins(params.event.event)));
    this.chart.on("contextmenu", (params) => this.offer(params.event, () => handler(params, false)));
  }

  /** The menu of a mark: what can be done with it besides a click. @param {() => void} pick does what the click does */
  offer({ event }, pick) {
    this.context.offer?.(event, pick);
  }

  /**
   * A click anywhere in a category's band: a bar may be too small to hit.
   * @param {"x"|"y"} axis the category axis @param {(index: number, add: boolean) => void} handler
   */
  onBand(axis, handler) {
    const zr = this.chart.getZr();
    const at = (event) => this.bandAt(axis, event);
    zr.on("click", (event) => {
      const index = at(event);
      if (index !== null) handler(index, joins(event.event));
    });
    zr.on("contextmenu", (event) => {
      const index = at(event);
      if (index !== null) this.offer(event, () => handler(index, false));
    });
    zr.on("mousemove", (event) => zr.setCursorStyle(at(event) === null ? "default" : "pointer"));
  }

  /** @returns {?number} index of the band under the pointer */
  bandAt(axis, { offsetX, offsetY }) {
    const { data } = this.chart.getOption()?.[`${axis}Axis`]?.[0] ?? {};
    const grid = this.chart.getModel().getComponent("grid", 0)?.coordinateSystem.getRect();
    if (!data || !grid) return null;
    const [start, extent, place] = axis === "x" ? [grid.x, grid.width, offsetX] : [grid.y, grid.height, offsetY];
    if (place < start || place > start + extent) return null;
    const index = this.chart.convertFromPixel({ [`${axis}AxisIndex`]: 0 }, place);
    return index >= 0 && index < data.length ? index : null;
  }

  /** Client coordinates of a value in the first grid. @param {[*, *]} value */
  place(value) {
    return this.client(this.chart.convertToPixel({ gridIndex: 0 }, value));
  }

  /**
   * Where a point of the canvas is in the window; scrolled into sight in a chart that scrolls.
   * @param {?[number, number]} point
   */
  client(point) {
    if (!point || point.some((part) => !Number.isFinite(part))) return null;
    const scroller = this.container.closest(".scroller");
    scroller?.scrollTo({
      left: point[0] - scroller.clientWidth / 2,
      top: point[1] - scroller.clientHeight / 2,
      behavior: "instant",
    });
    const box = this.container.getBoundingClientRect();
    return { x: box.left + point[0], y: box.top + point[1] };
  }
}

/** Whether a click is to add to what is selected. */
export const joins = (event) => Boolean(event?.shiftKey || event?.ctrlKey || event?.metaKey);

/** The values of one dimension that a visual has selected itself; null: none, all count. */
export function chosenValues(highlight, dimension) {
  const own = highlight.find((selection) => selection.dimension === dimension);
  return own?.values ?? null;
}

/** Opacity of a mark whose value is selected or not. */
export const strength = (chosen, value) => (chosen === null || chosen.includes(value) ? 1 : 0.28);

/**
 * A tooltip made of elements: ECharts' own strings carry style attributes, and text from data must stay text.
 * @param {import("./theme.js").Theme} theme
 * @param {(params: Object) => ?{title: string, rows: [string, string][]}} content
 */
export function tooltip(theme, content, options = {}) {
  return {
    trigger: "item", appendTo: document.body, className: "chart-tooltip", transitionDuration: 0, hideDelay: 0,
    backgroundColor: theme.raised, borderColor: theme.border, borderWidth: 1, padding: 0,
    // Under the marks: over them it would pale them like those that are not selected.
    axisPointer: { type: "shadow", z: 1, shadowStyle: { color: theme.grid, opacity: 0.55 } },
    ...options,
    formatter: (params) => {
      const shown = content(params);
      if (!shown) return "";
      const row = ([label, value]) =>
        el("div", { class: "tip-row" }, el("span", { dir: "auto" }, label), el("span", {}, value));
      return el("div", { class: "tip" }, el("strong", { dir: "auto" }, shown.title), ...shown.rows.map(row));
    },
  };
}

/**
 * A number axis: few lines, short labels.
 * @param {import("./theme.js").Theme} theme @param {(value: number) => string} label
 */
export function valueAxis(theme, label, options = {}) {
  return {
    type: "value", splitNumber: 4, axisLine: { show: false }, axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.grid } },
    axisLabel: { color: theme.muted, fontSize: 12, formatter: label },
    ...options,
  };
}

/** A number axis that ends where its data ends, with about `count` round numbers on it. */
export function exactAxis(theme, label, [min, max], count, options = {}) {
  const customValues = roundTicks(min, max, count);
  const plain = valueAxis(theme, label);
  return {
    ...plain,
    min,
    max,
    ...options,
    axisTick: { ...plain.axisTick, ...options.axisTick, customValues },
    axisLabel: { ...plain.axisLabel, customValues },
  };
}

/** Where a chart's axes enclose: exact, since places for labels are measured. */
export const grid = (sides) => ({ outerBoundsMode: "none", ...sides });

/** An axis of names. @param {import("./theme.js").Theme} theme @param {string[]} names already fitted to their place */
export function categoryAxis(theme, names, options = {}) {
  return {
    type: "category", data: names.map((_, index) => index),
    axisLine: { show: true, lineStyle: { color: theme.border } }, axisTick: { show: false }, splitLine: { show: false },
    ...options,
    axisLabel: {
      color: theme.text,
      fontSize: 12,
      lineHeight: 15,
      interval: 0,
      formatter: (index) => names[Number(index)] ?? "",
      ...options.axisLabel,
    },
  };
}

/** About `count` round numbers between two. @returns {number[]} */
export function roundTicks(from, to, count) {
  const raw = (to - from) / Math.max(1, count);
  if (!(raw > 0)) return [from];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw);
  const ticks = [];
  for (
    let n = Math.ceil(from / step - 1e-9); n * step <= to + step * 1e-9; n += 1
  ) ticks.push(Number((n * step).toPrecision(12)));
  return ticks;
}
