/** Flows from the values of one dimension to those of the next; a click on a value filters by it. */

import { chosenValues, EChart, strength, tooltip } from "/web/echarts-kit.js";
import { goesByValue, hasOwnOrder, isOther, lastOf } from "/web/chart-data.js";
import { fitLines, textWidth } from "/web/chart-text.js";
import { faded } from "/web/colours.js";
import { el } from "/web/dom.js";

/** Of a node, between nodes, and beside their names (pixels). */
const NODE = { width: 14, gap: 8, space: 8 };
/** A node whose name can be read (pixels). */
const LEAST = 28;

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle(visual, context) {
    const names = visual.dimensions.map((name) => context.dimension(name).label);
    return `${context.measure(visual.measures[0]).label}, ${names.join(" → ")}`;
  },

  mount(container, visual, context) {
    const measure = context.measure(visual.measures[0]);
    const { format } = context;
    const heads = el("div", { class: "sankey-heads" }, ...visual.dimensions.map((name) => el(
      "span", { dir: "auto" }, context.dimension(name).label,
    )));
    const canvas = el("div");
    const scroller = el("div", { class: "scroller" }, canvas);
    container.append(el("div", { class: "sankey" }, heads, scroller));
    canvas.style.height = "100%";
    const chart = new EChart(canvas, context);
    let flows = null;
    let last = [];

    chart.onMark(({ dataType, data }, add) => context.select(
      (dataType === "edge" ? [data.flow.from, data.flow.to] : [data.node])
        .map(({ dimension, value }) => ({ dimension, values: [value] })),
      add,
    ));

    const write = (value) => format.full(value, measure.format);
    const name = ({ dimension, value }) => format.name(value, context.dimension(dimension));

    /** Nodes by columns, and the flows between them that are there. */
    function read({ rows }) {
      const columns = visual.dimensions.map(() => new Map());
      const node = (dimension, value) => {
        const place = visual.dimensions.indexOf(dimension);
        const known = columns[place];
        if (!known.has(value)) known.set(value, { dimension, value, place, into: 0, out: 0, key: `${place} ${known.size}` });
        return known.get(value);
      };
      const links = rows.map(([from, start, to, end, value]) => ({ from: node(from, start), to: node(to, end), value }));
      for (const { from, to, value } of links) {
        from.out += value ?? 0;
        to.into += value ?? 0;
      }
      const ordered = columns.map((known, place) => {
        const all = [...known.values()];
        const dimension = context.dimension(visual.dimensions[place]);
        if (goesByValue(visual, dimension) && !hasOwnOrder(dimension)) all.sort((a, b) => size(b) - size(a));
        return all.sort((a, b) => lastOf(a.value) - lastOf(b.value));
      });
      return { links, columns: ordered, drawn: links.filter(({ value }) => value > 0) };
    }

    const size = ({ into, out }) => Math.max(into, out);
    const shown = () => flows.columns.map((column) => column.filter((node) => size(node) > 0));
    const colour = ({ dimension, value }) => context.colour(dimension, value);

    function option(highlight) {
      const theme = context.theme();
      const columns = shown();
      const chosen = new Map(visual.dimensions.map((each) => [each, chosenValues(highlight, each)]));
      const kept = ({ dimension, value }) => strength(chosen.get(dimension), value);
      const widest = (column) => Math.max(0, ...column.map((node) => textWidth(name(node)))) + NODE.space + 4;
      const most = chart.width * (chart.width < 500 ? 0.25 : 0.22);
      const [left, right] = [Math.min(most, widest(columns[0])), Math.min(most, widest(columns.at(-1)))];
      const between = (chart.width - left - right) / Math.max(1, columns.length - 1) - NODE.width - 16;
      const room = (place) => (place === 0 ? left : place === columns.length - 1 ? right : between) - NODE.space;
      const total = (place) => columns[place].reduce((sum, node) => sum + size(node), 0);
      return {
        tooltip: tooltip(theme, ({ dataType, data }) => {
          if (dataType !== "edge") return {
            title: name(data.node),
            rows: [[measure.label, write(size(data.node))], ["Of all", format.share(size(data.node) / total(data.node.place))]],
          };
          const { from, to, value } = data.flow;
          return {
            title: `${name(from)} → ${name(to)}`,
            rows: [
              [measure.label, write(value)],
              [`Of ${name(from)}`, format.share(value / from.out)],
              [`Of ${name(to)}`, format.share(value / to.into)],
            ],
          };
        }),
        series: flows.drawn.length === 0 ? [] : [{
          id: "flows", type: "sankey", left, right, top: 4, bottom: 4, nodeWidth: NODE.width, nodeGap: NODE.gap,
          layoutIterations: 0, draggable: false, emphasis: { focus: "none" }, cursor: "pointer",
          data: columns.flat().map((node) => ({
            node, name: node.key, depth: node.place,
            itemStyle: { color: colour(node), opacity: kept(node), borderWidth: 0 },
            label: {
              position: node.place === 0 ? "left" : "right", distance: NODE.space, formatter: fitLines(name(node), room(node.place), chart.width < 500 ? 3 : 2).join("\n"), lineHeight: 14,
              color: theme.text, opacity: kept(node) === 1 ? 1 : 0.6,
              ...(node.place === 0 || node.place === columns.length - 1 ? {} : { textBorderColor: theme.surface, textBorderWidth: 3 }),
            },
          })),
          links: flows.drawn.map((flow) => ({
            flow, source: flow.from.key, target: flow.to.key, value: flow.value,
            lineStyle: { color: faded(colour(flow.from), kept(flow.from) * kept(flow.to) === 1 ? 0.3 : 0.08), opacity: 1, curveness: 0.5 },
          })),
        }],
      };
    }

    /** Where many values stand in a column, the card scrolls. */
    function draw(animation) {
      const most = Math.max(...shown().map((column) => column.length));
      canvas.style.height = `${Math.max(scroller.clientHeight, most * LEAST)}px`;
      chart.resize();
      return chart.draw({ ...option(last), animation });
    }

    return {
      update(data, highlight) {
        flows = read(data);
        last = highlight;
        return draw(true);
      },
      resize() {
        if (flows) draw(false);
      },
      table() {
        const isPair = visual.dimensions.length === 2;
        const cell = (node) => ({
          text: isPair ? name(node) : `${context.dimension(node.dimension).label}: ${name(node)}`,
          clauses: isOther(node.value) ? null : [{ dimension: node.dimension, values: [node.value] }],
        });
        const [first, second] = visual.dimensions.map((each) => context.dimension(each).label);
        return {
          columns: [
            { label: isPair ? first : "From", number: false },
            { label: isPair ? second : "To", number: false },
            { label: measure.label, number: true },
            { label: isPair ? `Share of ${first}` : "Share of the first", number: true },
          ],
          rows: flows.links.map(({ from, to, value }) => [
            cell(from), cell(to),
            { text: write(value), number: true },
            { text: value === null || from.out === 0 ? "–" : format.share(value / from.out), number: true },
          ]),
        };
      },
      /** @param {[string, *]} key a dimension and its value */
      markPosition([dimension, value]) {
        const series = chart.chart.getModel().getSeriesByIndex(0);
        const place = shown().flat().findIndex((node) => node.dimension === dimension && node.value === value);
        if (!series || place < 0) return null;
        const { x, y, dx, dy } = series.getGraph().getNodeByIndex(place).getLayout();
        return chart.client([series.layoutInfo.x + x + dx / 2, series.layoutInfo.y + y + dy / 2]);
      },
      dispose: () => chart.dispose(),
    };
  },
};
