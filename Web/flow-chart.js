/** Flows between the nodes of neighbouring columns, as Sankey drew them. */

import { EChart, tooltip } from "./echarts-kit.js";
import { fitLines, textWidth } from "./chart-text.js";
import { faded } from "./colours.js";
import { el } from "./dom.js";

/** Of a node, between nodes, and beside their names (pixels). */
const NODE = { width: 14, gap: 8, space: 8 };
/** A node whose name can be read (pixels). */
const LEAST = 28;

/**
 * @typedef {{key: string, name: string, place: number, into: number, out: number, colour: string, strength: number,
 *   mark: *}} FlowNode  `place`: its column, `mark`: what the caller knows it by
 * @typedef {{from: FlowNode, to: FlowNode, value: number, strength: number, mark: *}} Flow  `strength`: 0–1
 */

export const sizeOf = ({ into, out }) => Math.max(into, out);

export class FlowChart {
  #columns = [];
  #flows = [];
  #tip = null;

  /**
   * @param {HTMLElement} container @param {import("./types.js").ChartContext} context
   * @param {(item: {node?: FlowNode, flow?: Flow}, add: boolean) => void} pick
   */
  constructor(container, context, pick) {
    this.context = context;
    this.heads = el("div", { class: "sankey-heads" });
    this.canvas = el("div");
    this.scroller = el("div", { class: "scroller" }, this.canvas);
    container.append(el("div", { class: "sankey" }, this.heads, this.scroller));
    this.canvas.style.height = "100%";
    this.chart = new EChart(this.canvas, context);
    this.chart.onMark(({ data }, add) => pick(data, add));
  }

  /**
   * Draws flows; those of nothing are left out, and nodes without any. Where many nodes stand in a column, the card scrolls.
   * @param {string[]} heads of the columns @param {FlowNode[][]} columns in the order of each, from above
   * @param {Flow[]} flows @param {(item: {node?: FlowNode, flow?: Flow}) => Object} tip
   */
  draw(heads, columns, flows, tip, animation = true) {
    this.heads.replaceChildren(...heads.map((head) => el("span", { dir: "auto", title: head }, head)));
    this.#columns = columns.map((column) => column.filter((node) => sizeOf(node) > 0));
    this.#flows = flows.filter(({ value }) => value > 0);
    this.#tip = tip;
    return this.#draw(animation);
  }

  resize() {
    if (this.#tip) this.#draw(false);
  }

  #draw(animation) {
    const most = Math.max(0, ...this.#columns.map((column) => column.length));
    this.canvas.style.height = `${Math.max(this.scroller.clientHeight, most * LEAST)}px`;
    this.chart.resize();
    return this.chart.draw({ ...this.#option(), animation });
  }

  #option() {
    const theme = this.context.theme();
    const [columns, { width }] = [this.#columns, this.chart];
    const isNarrow = width < 500;
    const widest = (column) => Math.max(0, ...column.map(({ name }) => textWidth(name))) + NODE.space + 4;
    const most = width * (isNarrow ? 0.25 : 0.22);
    const [left, right] = [Math.min(most, widest(columns[0])), Math.min(most, widest(columns.at(-1)))];
    const between = (width - left - right) / Math.max(1, columns.length - 1) - NODE.width - 16;
    const isOuter = (place) => place === 0 || place === columns.length - 1;
    const room = (place) => (place === 0 ? left : isOuter(place) ? right : between) - NODE.space;
    return {
      tooltip: tooltip(theme, ({ data }) => this.#tip(data)),
      series: this.#flows.length === 0 ? [] : [{
        id: "flows", type: "sankey", left, right, top: 4, bottom: 4, nodeWidth: NODE.width, nodeGap: NODE.gap,
        layoutIterations: 0, draggable: false, emphasis: { focus: "none" }, cursor: "pointer",
        data: columns.flat().map((node) => ({
          node, name: node.key, depth: node.place,
          itemStyle: { color: node.colour, opacity: node.strength, borderWidth: 0 },
          label: {
            position: node.place === 0 ? "left" : "right", distance: NODE.space,
            formatter: fitLines(node.name, room(node.place), isNarrow ? 3 : 2).join("\n"), lineHeight: 14,
            color: theme.text, opacity: node.strength === 1 ? 1 : 0.6,
            ...(isOuter(node.place) ? {} : { textBorderColor: theme.surface, textBorderWidth: 3 }),
          },
        })),
        links: this.#flows.map((flow) => ({
          flow, source: flow.from.key, target: flow.to.key, value: flow.value,
          lineStyle: { color: faded(flow.from.colour, flow.strength), opacity: 1, curveness: 0.5 },
        })),
      }],
    };
  }

  /** The middle of a node on the screen. @param {(node: FlowNode) => boolean} isIt @returns {?{x: number, y: number}} */
  position(isIt) {
    const series = this.chart.chart.getModel().getSeriesByIndex(0);
    const place = this.#columns.flat().findIndex(isIt);
    if (!series || place < 0) return null;
    const { x, y, dx, dy } = series.getGraph().getNodeByIndex(place).getLayout();
    return this.chart.client([series.layoutInfo.x + x + dx / 2, series.layoutInfo.y + y + dy / 2]);
  }

  dispose() {
    this.chart.dispose();
  }
}
