/** Flows from the values of one dimension to those of the next; a click on a value filters by it. */

import { chosenValues, strength } from "/web/echarts-kit.js";
import { goesByValue, hasOwnOrder, isOther, lastOf } from "/web/chart-data.js";
import { FlowChart, sizeOf } from "/web/flow-chart.js";

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle(visual, context) {
    const names = visual.dimensions.map((name) => context.dimension(name).label);
    return `${context.measure(visual.measures[0]).label}, ${names.join(" → ")}`;
  },

  mount(container, visual, context) {
    const measure = context.measure(visual.measures[0]);
    const { format } = context;
    const heads = visual.dimensions.map((name) => context.dimension(name).label);
    const chart = new FlowChart(container, context, ({ node, flow }, add) => context.select(
      (flow ? [flow.from, flow.to] : [node]).map(({ mark: { dimension, value } }) => ({ dimension, values: [value] })),
      add,
    ));
    let flows = null;

    const write = (value) => format.full(value, measure.format);
    const nameOf = (dimension, value) => format.name(value, context.dimension(dimension));

    /** Nodes by columns, and the flows between them. */
    function read({ rows }, highlight) {
      const chosen = new Map(visual.dimensions.map((each) => [each, chosenValues(highlight, each)]));
      const columns = visual.dimensions.map(() => new Map());
      const node = (dimension, value) => {
        const place = visual.dimensions.indexOf(dimension);
        const known = columns[place];
        if (!known.has(value)) known.set(value, {
          key: `${place} ${known.size}`, name: nameOf(dimension, value), place, into: 0, out: 0,
          colour: context.colour(dimension, value), strength: strength(chosen.get(dimension), value), mark: { dimension, value },
        });
        return known.get(value);
      };
      const links = rows.map(([from, start, to, end, value]) => {
        const ends = { from: node(from, start), to: node(to, end) };
        return { ...ends, value, strength: ends.from.strength * ends.to.strength === 1 ? 0.3 : 0.08 };
      });
      for (const { from, to, value } of links) {
        from.out += value ?? 0;
        to.into += value ?? 0;
      }
      const ordered = columns.map((known, place) => {
        const all = [...known.values()];
        const dimension = context.dimension(visual.dimensions[place]);
        if (goesByValue(visual, dimension) && !hasOwnOrder(dimension)) all.sort((a, b) => sizeOf(b) - sizeOf(a));
        return all.sort((a, b) => lastOf(a.mark.value) - lastOf(b.mark.value));
      });
      return { links, columns: ordered };
    }

    const total = (place) => flows.columns[place].reduce((sum, node) => sum + sizeOf(node), 0);

    function tip({ node, flow }) {
      if (!flow) return {
        title: node.name,
        rows: [[measure.label, write(sizeOf(node))], ["Of all", format.share(sizeOf(node) / total(node.place))]],
      };
      const { from, to, value } = flow;
      return {
        title: `${from.name} → ${to.name}`,
        rows: [
          [measure.label, write(value)],
          [`Of ${from.name}`, format.share(value / from.out)],
          [`Of ${to.name}`, format.share(value / to.into)],
        ],
      };
    }

    return {
      update(data, highlight) {
        flows = read(data, highlight);
        return chart.draw(heads, flows.columns, flows.links, tip);
      },
      resize: () => chart.resize(),
      table() {
        const isPair = visual.dimensions.length === 2;
        const cell = ({ name, mark: { dimension, value } }) => ({
          text: isPair ? name : `${context.dimension(dimension).label}: ${name}`,
          clauses: isOther(value) ? null : [{ dimension, values: [value] }],
        });
        const [first, second] = heads;
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
      markPosition: ([dimension, value]) => chart.position(({ mark }) => mark.dimension === dimension && mark.value === value),
      dispose: () => chart.dispose(),
    };
  },
};
