/** Several figures of each group, on an axis each: their shapes side by side. */

import { chosenValues, EChart, roundTicks, strength, tooltip } from "/web/echarts-kit.js";
import { lastOf } from "/web/chart-data.js";
import { fitLines, textWidth, withoutBraces } from "/web/chart-text.js";
import { el } from "/web/dom.js";
import { Legend } from "/web/legend.js";
import { DASHES, SHAPES } from "/web/patterns.js";

/** The lowest group lies on the innermost ring: a shape has an inside. */
const LOWEST = 0.2;
/** Beside an axis's end, for its name (pixels). */
const NAME = { widest: 128, narrowest: 84, height: 58, gap: 14 };

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle(visual, context, data) {
    if (visual.options.scale !== "average") {
      return "Each axis runs from its lowest group, on the inner ring, to its highest, on the rim";
    }
    const percent = "Percent of the figure of all rows, the dashed 100";
    if (!data?.rows?.length) return percent;
    return `${percent}; the rim is ${context.format.count(new Scale(data, true).rim().max)}`;
  },

  notes(data, context) {
    const cut = data.rows.filter((row) => row.slice(1).includes(null)).length;
    return cut === 0 ? [] : [`${context.format.count(cut)} ${cut === 1 ? "group" : "groups"} not drawn: a figure is missing`];
  },

  mount(container, visual, context) {
    const [by] = visual.dimensions;
    const { format } = context;
    const measures = visual.measures.map((name) => context.measure(name));
    const isOfAverage = visual.options.scale === "average";
    const legend = new Legend(context, by);
    const canvas = el("div");
    container.append(el("div", { class: "with-legend" }, legend.element, canvas));
    const chart = new EChart(canvas, context);
    /** @type {?Scale} */
    let scale = null;
    let last = [];

    chart.onMark(({ data }, add) => {
      if (data?.group) context.select([{ dimension: by, values: [data.group.value] }], add);
    });

    const name = (value) => format.name(value, context.dimension(by));

    /** An axis's name, and what its ends stand for. */
    function axisName(axis, width) {
      const { label, format: own } = measures[axis];
      const [low, high] = scale.extent(axis);
      const ends = isOfAverage ? `100 = ${format.short(scale.whole[axis], own)}`
        : low === high ? format.short(low, own) : `${format.short(low, own)} – ${format.short(high, own)}`;
      return { names: fitLines(label, width, 2), ends: fitLines(ends, width, 2) };
    }

    /** As large as its names leave it. */
    function geometry() {
      const width = chart.width < 480 ? NAME.narrowest : NAME.widest;
      const names = measures.map((_, axis) => axisName(axis, width));
      const sides = names.map(({ names: own, ends }, axis) => {
        const across = Math.abs(Math.cos(angleOf(axis, measures.length)));
        const beside = Math.max(...[...own, ...ends].map((line) => textWidth(line))) + NAME.gap;
        return across < 0.05 ? Infinity : (chart.width / 2 - beside) / across;
      });
      const radius = Math.max(40, Math.min(...sides, (chart.height - 2 * NAME.height) / 2));
      return { names, radius, centre: [chart.width / 2, chart.height / 2 + 4] };
    }

    function option(highlight) {
      const theme = context.theme();
      const chosen = chosenValues(highlight, by);
      const { names, radius, centre } = geometry();
      const { max, rings } = scale.rim();
      const { patterns } = visual.options;
      const shape = (group, index) => {
        const opacity = strength(chosen, group.value);
        const colour = context.colour(by, group.value);
        return {
          group,
          name: name(group.value),
          value: group.figures.map((figure, axis) => scale.place(figure, axis)),
          symbol: patterns ? SHAPES[index % SHAPES.length] : "circle",
          symbolSize: patterns ? 9 : 7,
          lineStyle: {
            color: colour,
            opacity,
            width: chosen?.includes(group.value) ? 3 : 2,
            type: patterns ? DASHES[index % DASHES.length] : "solid",
          },
          itemStyle: { color: colour, opacity, borderColor: theme.surface, borderWidth: 1 },
        };
      };
      return {
        aria: { enabled: false },
        tooltip: tooltip(theme, ({ data: { group } }) => (group ? {
          title: name(group.value),
          rows: measures.map(({ label, format: own }, axis) => [
            label, format.full(group.figures[axis], own)
              + (isOfAverage ? ` (${format.number(scale.place(group.figures[axis], axis), { style: "decimal", digits: 0 })})` : ""),
          ]),
        } : {
          title: "All rows", rows: measures.map(({ label, format: own }, axis) => [label, format.full(scale.whole[axis], own)]),
        })),
        radar: {
          center: centre, radius, splitNumber: rings, shape: "polygon",
          indicator: measures.map((_, axis) => ({ name: String(axis), min: 0, max })),
          axisNameGap: 10,
          axisName: {
            formatter: (axis) => {
              const styled = (style) => (line) => `{${style}|${withoutBraces(line)}}`;
              const { names: own, ends } = names[Number(axis)];
              return [...own.map(styled("name")), ...ends.map(styled("ends"))].join("\n");
            },
            rich: {
              name: { color: theme.text, fontSize: 12, lineHeight: 15 },
              ends: { color: theme.muted, fontSize: 11, lineHeight: 15 },
            },
          },
          splitArea: { show: false },
          splitLine: { lineStyle: { color: theme.grid } },
          axisLine: { lineStyle: { color: theme.grid } },
        },
        // A series without data would wipe the lines of all others.
        series: scale.shapes.length === 0 ? [] : [{
          id: "groups", type: "radar", cursor: "pointer", emphasis: { lineStyle: { width: 3 } },
          data: [
            ...(isOfAverage ? [{
              group: null, name: "All rows", value: measures.map(() => 100), symbol: "none",
              lineStyle: { color: theme.muted, width: 1.5, type: "dashed" },
            }] : []),
            ...scale.shapes.map(shape),
          ],
        }],
      };
    }

    return {
      update(data, highlight) {
        scale = new Scale(data, isOfAverage);
        last = highlight;
        legend.update(scale.shapes.map(({ value }) => value), chosenValues(highlight, by));
        if (visual.options.patterns) legend.mark(SHAPES);
        chart.resize();
        return chart.draw(option(highlight));
      },
      resize() {
        if (!scale) return;
        chart.resize();
        chart.draw({ ...option(last), animation: false });
      },
      table: (data) => ({
        columns: [
          { label: context.dimension(by).label, number: false },
          ...measures.map(({ label }) => ({ label, number: true })),
        ],
        rows: [
          ...data.rows.map(([value, ...figures]) => [
            {
              text: name(value), colour: context.colour(by, value),
              clauses: lastOf(value) === 2 ? null : [{ dimension: by, values: [value] }],
            },
            ...figures.map((figure, axis) => ({ text: format.full(figure, measures[axis].format), number: true })),
          ]),
          [
            { text: "All rows" },
            ...data.all.map((figure, axis) => ({ text: format.full(figure, measures[axis].format), number: true })),
          ],
        ],
      }),
      /** @param {*} value of the group: its corner that is furthest from the others */
      markPosition(value) {
        const own = scale.shapes.find((shape) => shape.value === value);
        if (!own) return null;
        const { radius, centre } = geometry();
        const gaps = own.figures.map((figure, axis) => Math.min(Infinity, ...scale.shapes.filter((shape) => shape !== own)
          .map((shape) => Math.abs(scale.place(shape.figures[axis], axis) - scale.place(figure, axis)))));
        const axis = gaps.indexOf(Math.max(...gaps));
        const angle = angleOf(axis, measures.length);
        const far = (radius * scale.place(own.figures[axis], axis)) / scale.rim().max;
        return chart.client([centre[0] + far * Math.cos(angle), centre[1] - far * Math.sin(angle)]);
      },
      dispose: () => chart.dispose(),
    };
  },
};

/** The first axis points up, the others follow against the clock. */
const angleOf = (axis, count) => Math.PI / 2 + (2 * Math.PI * axis) / count;

/** Groups with all of their figures, and where these lie on their axes. */
class Scale {
  /** @param {{rows: Array<Array<*>>, all: number[]}} data @param {boolean} isOfAverage */
  constructor({ rows, all }, isOfAverage) {
    this.whole = all;
    this.isOfAverage = isOfAverage;
    this.shapes = rows.filter((row) => !row.slice(1).includes(null))
      .map(([value, ...figures]) => ({ value, figures })).sort((a, b) => lastOf(a.value) - lastOf(b.value));
  }

  /** The lowest and the highest figure of an axis. */
  extent(axis) {
    const figures = this.shapes.map((shape) => shape.figures[axis]);
    return [Math.min(...figures), Math.max(...figures)];
  }

  /** Where a group's figure lies on its axis: 0 at the centre. */
  place(figure, axis) {
    if (this.isOfAverage) return (100 * figure) / this.whole[axis];
    const [low, high] = this.extent(axis);
    return high === low ? (1 + LOWEST) / 2 : LOWEST + ((1 - LOWEST) * (figure - low)) / (high - low);
  }

  /** What the end of each axis stands for, and how many rings lead there. */
  rim() {
    if (!this.isOfAverage) return { max: 1, rings: 5 };
    const places = this.shapes.flatMap(({ figures }) => figures.map((figure, axis) => this.place(figure, axis)));
    const highest = Math.max(100, ...places);
    const ticks = roundTicks(0, highest, 4);
    const step = ticks[1] - ticks[0];
    const rings = Math.ceil(highest / step - 1e-9);
    return { max: rings * step, rings };
  }
}
