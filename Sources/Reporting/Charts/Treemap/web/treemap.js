/** Areas as large as their figures; divided by a second dimension where there is one. */

import { chosenValues, EChart, strength, tooltip } from "/web/echarts-kit.js";
import { lastOf, partFigures } from "/web/chart-data.js";
import { PALE, partGround } from "/web/chart-part.js";
import { fit, textWidth, withoutBraces } from "/web/chart-text.js";
import { blend, faded, inkOn } from "/web/colours.js";

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle: (visual, context) => context.measure(visual.measures[0]).label,
  isEmpty: (data) => data.rows.every((row) => !(row.at(-1) > 0)),
  notes(data) {
    const left = data.rows.filter((row) => row.at(-1) !== null && row.at(-1) < 0).length;
    return left ? [`${left} below zero ${left === 1 ? "has" : "have"} no area: see the table`] : [];
  },

  mount(container, visual, context) {
    const [by, part] = visual.dimensions;
    const measure = context.measure(visual.measures[0]);
    const chart = new EChart(container, context);
    let last = null;
    let data = null;
    let total = 0;
    /** What is selected in other visuals. */
    let selected = null;
    const sizes = new Map();

    chart.onMark(({ data: node }, add) => {
      if (node?.clauses) context.select(node.clauses, add);
    });

    const name = (dimension, value) => context.format.name(value, context.dimension(dimension));
    const figure = (value) => context.format.marks([total], measure.format)(value);

    /** A node with its words and its colours. */
    function node(values, value, fill, kept, children) {
      const dimensions = [by, part].slice(0, values.length);
      const words = values.map((each, index) => name(dimensions[index], each));
      const theme = context.theme();
      const ink = kept === 1 && !selected ? inkOn(fill) : theme.text;
      // A halo: a ground of the words would be as large as the area, and hide what is on it.
      const halo = selected ? theme.surface : visual.options.patterns ? fill : null;
      const around = halo ? { textBorderColor: halo, textBorderWidth: 4 } : {};
      const own = selected && !children ? selected(...values) : null;
      // Solid colours: ECharts pales see-through ones of an area a second time.
      const pale = blend(theme.surface, fill, PALE);
      const ground = selected && !children ? partGround(blend(theme.surface, fill, kept), pale, own, value) : faded(fill, kept);
      const id = JSON.stringify(values);
      const label = { color: ink, ...around, ...inside(id, words.at(-1), figure(value)) };
      return {
        id, name: words.join(", "), value, words, key: values, own,
        clauses: values.map((each, index) => ({ dimension: dimensions[index], values: [each] })),
        itemStyle: { color: ground, borderColor: children ? (selected ? pale : faded(fill, kept)) : theme.surface },
        label,
        upperLabel: { show: true, color: ink, ...around, formatter: heading(id, words[0], figure(value)) },
        children,
      };
    }

    /** What an area has room for: its name and figure, or its name; a figure that is cut would be another figure. */
    function inside(id, words, number) {
      const { width, height } = sizes.get(id) ?? { width: 0, height: 0 };
      const room = width - 14;
      if (room < 20 || height < 22) return { show: false };
      const text = withoutBraces(fit(words, room));
      const both = height >= 40 && textWidth(number) <= room;
      // Two letters of a name would name nothing.
      const isNamed = text.length > 4 || !text.endsWith("…");
      return { show: isNamed, formatter: both ? `${text}\n${number}` : text };
    }

    function heading(id, words, number) {
      const room = (sizes.get(id)?.width ?? 0) - 14;
      if (room < 20) return "";
      const beside = room - textWidth(number) - 8;
      return withoutBraces(beside > 30 && textWidth(words) <= beside ? `${words}  ${number}` : fit(words, room));
    }

    /** Draws twice: how much of a label fits is known once the areas are. */
    function draw() {
      sizes.clear();
      chart.draw({ ...option(last), animation: false });
      chart.chart.getModel().getSeriesByIndex(0).getData().tree.root.eachNode((node) => {
        const { width, height } = node.getLayout();
        sizes.set(node.getId(), { width, height });
      });
      return chart.draw({ ...option(last), animation: false });
    }

    function nodes(highlight) {
      const theme = context.theme();
      const rows = data.rows.filter((row) => row.at(-1) > 0);
      const [chosen, chosenParts] = [chosenValues(highlight, by), part ? chosenValues(highlight, part) : null];
      const groups = [...new Set(rows.map((row) => row[0]))];
      return groups.map((group) => {
        const own = rows.filter((row) => row[0] === group);
        const sum = own.reduce((whole, row) => whole + row.at(-1), 0);
        // Areas that are named need no colours to tell them apart; those that are divided do.
        const plain = !part && !context.dimension(by).segmentation && lastOf(group) === 0;
        const fill = plain ? theme.accent : context.colour(by, group);
        if (!part) return node([group], sum, fill, strength(chosen, group), undefined);
        const sorted = [...own].sort((a, b) => lastOf(a[1]) - lastOf(b[1]) || b.at(-1) - a.at(-1));
        const children = sorted.map((row, index) => node(
          [group, row[1]],
          row.at(-1),
          // Neighbours differ a little: the border tells them apart, the shade tells the order.
          blend(fill, theme.surface, Math.min(0.45, 0.08 + 0.06 * index)),
          strength(chosen, group) * strength(chosenParts, row[1]),
          undefined,
        ));
        return node([group], sum, fill, strength(chosen, group), children);
      });
    }

    function option(highlight) {
      const theme = context.theme();
      const inner = { fontSize: 12, lineHeight: 15, overflow: "truncate", padding: [5, 6], position: "insideTopLeft" };
      return {
        tooltip: tooltip(theme, ({ data: node }) => (node?.words
          ? {
            title: node.words.join(", "),
            rows: [
              [measure.label, context.format.full(node.value, measure.format)],
              ["Share of what is shown", context.format.share(node.value / total)],
              ...(selected && node.own !== null ? [["Selected", context.format.full(node.own, measure.format)]] : []),
            ],
          }
          : null)),
        series: [{
          id: "areas", type: "treemap", animation: false, left: 0, right: 0, top: 0, bottom: 0,
          roam: false, nodeClick: false, breadcrumb: { show: false }, visibleMin: 0, sort: part ? true : "desc",
          cursor: "pointer", emphasis: { disabled: true },
          label: { show: true, ...inner },
          upperLabel: { show: Boolean(part), height: 22, fontSize: 12, overflow: "truncate", padding: [0, 6] },
          levels: part
            ? [{ itemStyle: { gapWidth: 4, borderWidth: 0, borderColor: theme.surface }, upperLabel: { show: false } }, { itemStyle: { gapWidth: 1, borderWidth: 2 } }, {
              itemStyle: { gapWidth: 0, borderWidth: 1 },
            }]
            : [{ itemStyle: { gapWidth: 2, borderWidth: 0, borderColor: theme.surface } }, { itemStyle: { gapWidth: 0, borderWidth: 0 } }],
          data: nodes(highlight),
        }],
      };
    }

    return {
      update(answer, highlight) {
        data = answer;
        selected = partFigures(data, measure);
        last = highlight;
        total = data.rows.reduce((sum, row) => sum + Math.max(0, row.at(-1) ?? 0), 0);
        return draw();
      },
      resize() {
        if (!data) return;
        chart.resize();
        draw();
      },
      /** @param {*} key a value, or with parts [value, part] */
      markPosition(key) {
        const wanted = JSON.stringify(part ? key : [key]);
        const { root } = chart.chart.getModel().getSeriesByIndex(0).getData().tree;
        let found = null;
        root.eachNode((each) => {
          if (each.getId() === wanted) found = each;
        });
        if (!found) return null;
        const { width, height } = found.getLayout();
        let [x, y] = [width / 2, height / 2];
        for (let each = found; each; each = each.parentNode) {
          x += each.getLayout().x ?? 0;
          y += each.getLayout().y ?? 0;
        }
        return chart.client([x, y]);
      },
      dispose: () => chart.dispose(),
    };
  },
};
