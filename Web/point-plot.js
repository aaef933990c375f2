/** Rows between two number axes: points, coloured by a category where there is one, or how dense they lie. */

import { boxBrush } from "./box-brush.js";
import { boxFields } from "./box-fields.js";
import { chosenValues, EChart, exactAxis, grid, roundTicks, strength, tooltip } from "./echarts-kit.js";
import { fit, textWidth } from "./chart-text.js";
import { blend, faded } from "./colours.js";
import { el } from "./dom.js";
import { Legend } from "./legend.js";
import { SHAPES } from "./patterns.js";

/** From here on points are drawn as one path per category, which is what keeps 50,000 of them quick. */
const LARGE = 3000;
/** Categories take turns in so many layers, so that the last one drawn doesn't hide the others. */
const LAYERS = 5;
/** About so many numbers beside the plot. */
const STEPS = 5;

/** @type {import("./types.js").ChartModule} */
export const pointPlot = {
  subtitle: (visual, context, data) => (
    data?.density ? "Rows per cell: the stronger the colour, the more" : "One point per row"
  ),
  isEmpty: (data) => (data.density ? data.rows.length === 0 : data.series[0].length === 0),
  notes(data, context) {
    if (!data.density) return [];
    const reason = data.many
      ? "too many rows for points to be told apart"
      : context.isSaved ? "single customers are not in this file" : "single customers are not open to you";
    return [`Shown as density: ${reason}`];
  },

  mount(container, visual, context) {
    const name = visual.dimensions[0] ?? null;
    const legend = name ? new Legend(context, name) : null;
    const canvas = el("div", { class: "chart" });
    container.append(el("div", { class: "with-legend" }, legend?.element, canvas));
    const chart = new EChart(canvas, context);
    /** Named where the axes are to be written as their dimensions are. */
    const shown = [visual.options.x, visual.options.y].map((axis) => (axis ? context.dimension(axis) : null));
    const labels = [visual.options.x_label, visual.options.y_label].map((label, axis) =>
      label ?? shown[axis]?.label ?? ""
    );
    const axisNames = visual.options.axes ?? [visual.options.x, visual.options.y];
    const formats = axisNames.map((axis) => (axis ? context.dimension(axis)?.format ?? null : null));
    let data = null;
    let groups = [];
    let last = [];
    let bounds = null;

    let layers = [];

    if (name) chart.onMark(({ seriesIndex }, add) => {
      if (layers[seriesIndex]) context.select([{ dimension: name, values: [layers[seriesIndex].group.value] }], add);
    });

    /** Only what the page can be filtered by can be picked by a box. */
    const canBrush = !context.isSaved && axisNames.every(Boolean) && axisNames[0] !== axisNames[1];
    const ownBox = () => axisNames.map((axis) => last.find((own) => own.dimension === axis && own.range) ?? null);
    const brush = canBrush ? boxBrush(chart, (ranges, add, isBox) => {
      const clauses = axisNames.map((dimension, axis) => ({ dimension, range: ranges[axis] }));
      if (isBox) return context.select(clauses, add);
      // A click beside the box lets go of it.
      const own = ownBox();
      const isInside = own.every((each, axis) => each && each.range[0] <= ranges[axis][0] && each.range[1] >= ranges[axis][0]);
      if (!isInside) letGo();
    }) : null;
    /** What is picked once more is picked no longer. */
    function letGo() {
      const own = ownBox();
      if (own.every(Boolean)) context.select(own.map(({ dimension, range }) => ({ dimension, range })));
    }
    if (canBrush) chart.chart.getZr().on("contextmenu", (event) => {
      if (ownBox().every(Boolean)) chart.offer(event, letGo);
    });
    const rangesOf = () => {
      const own = canBrush ? ownBox() : [null];
      return own.every(Boolean) ? own.map(({ range }) => range) : null;
    };
    const tools = canBrush ? boxFields({
      title: visual.title,
      labels: () => labels,
      box: rangesOf,
      pick: (ranges) => context.select(axisNames.map((dimension, axis) => ({ dimension, range: ranges[axis] }))),
      clear: letGo,
    }) : [];

    /** The box that is picked, as long as it is. */
    function boxSeries(theme) {
      const [x, y] = rangesOf() ?? [];
      return {
        id: "box", type: "scatter", silent: true, data: [], animation: false, z: 4,
        markArea: {
          z: 4,
          silent: true,
          animation: false,
          itemStyle: { color: faded(theme.accent, 0.08), borderColor: theme.accent, borderWidth: 1 },
          data: x ? [[{ coord: [x[0], y[0]] }, { coord: [x[1], y[1]] }]] : [],
        },
      };
    }

    const number = (axis) => (value) => context.format.short(value, formats[axis]);
    const bare = (value, axis) => context.format.full(
      value,
      formats[axis] ?? { style: "decimal", digits: null, unit: null },
    );

    /** A filter doesn't move the axes: points stay where they were. */
    function axes(theme, xs, ys) {
      if (!bounds || context.selections().length === 0) bounds = [[Infinity, -Infinity], [Infinity, -Infinity]];
      bounds = bounds.map((known, axis) => hull(known, axis ? ys : xs));
      const title = { nameTextStyle: { color: theme.muted, fontSize: 12 }, nameLocation: "middle" };
      // Of the labels that are drawn: those of round numbers may be longer than those of the bounds.
      const widths = roundTicks(...padded(bounds[1]), STEPS).map((value) => textWidth(number(1)(value)));
      const left = 16 + Math.max(...widths) + (labels[1] ? 20 : 0);
      const widest = Math.max(...roundTicks(...padded(bounds[0]), 8).map((value) => textWidth(number(0)(value))));
      const across = Math.floor((chart.width - left - 16) / (widest + 20));
      return {
        grid: grid({ left, right: 16, top: 8, bottom: labels[0] ? 44 : 26 }),
        xAxis: exactAxis(theme, number(0), padded(bounds[0]), Math.min(8, Math.max(2, across)), {
          ...title,
          name: fit(labels[0], chart.width - left - 40),
          nameGap: 28,
          splitLine: { show: false },
          axisLine: { show: true, onZero: false, lineStyle: { color: theme.border } },
        }),
        yAxis: exactAxis(theme, number(1), padded(bounds[1]), STEPS, {
          ...title,
          name: fit(labels[1], chart.height - 70),
          nameGap: left - 18,
        }),
      };
    }

    function points() {
      const theme = context.theme();
      const chosen = name ? chosenValues(last, name) : null;
      const total = groups.reduce((sum, group) => sum + group.points.length / 2, 0);
      layers = apart(layered(groups, total > LARGE ? LAYERS : 1), rangesOf());
      const opacity = total > 20000 ? 0.5 : total > 2000 ? 0.65 : 0.8;
      return {
        ...axes(theme, data.series[0], data.series[1]),
        tooltip: tooltip(theme, ({ seriesIndex, dataIndex }) => {
          const { group, points: own } = layers[seriesIndex];
          const [x, y] = [own[dataIndex * 2], own[dataIndex * 2 + 1]];
          return {
            title: name ? group.name : visual.title,
            rows: [[labels[0] || "x", bare(x, 0)], [labels[1] || "y", bare(y, 1)]],
          };
        }),
        series: layers.map(({ group, points: own, isBeside }, index) => ({
          id: `points-${index}`, type: "scatter", dimensions: ["x", "y"], data: own,
          symbol: visual.options.patterns ? SHAPES[groups.indexOf(group) % SHAPES.length] : "circle", symbolSize: total > 20000
            ? 3
            : total > 2000 ? 4 : 6,
          large: own.length > 0 && total > LARGE, largeThreshold: 0, progressive: 0, cursor: name
            ? "pointer"
            : "default", animation: false,
          itemStyle: {
            color: faded(
              name ? context.colour(name, group.value) : theme.accent,
              opacity * (isBeside || strength(chosen, group.value) < 1 ? 0.15 : 1),
            ),
          },
        })),
      };
    }

    /** Root scale: else one crowded corner would leave the rest blank. */
    function density() {
      const theme = context.theme();
      const most = data.rows.reduce((highest, row) => Math.max(highest, row[4] ?? 0), 0);
      const box = rangesOf();
      const isBeside = ([x0, x1, y0, y1]) => box !== null
        && (x1 < box[0][0] || x0 > box[0][1] || y1 < box[1][0] || y0 > box[1][1]);
      return {
        ...axes(theme, data.rows.flatMap((row) => row.slice(0, 2)), data.rows.flatMap((row) => row.slice(2, 4))),
        tooltip: tooltip(theme, ({ dataIndex }) => {
          const [x0, x1, y0, y1, count] = data.rows[dataIndex];
          return {
            title: `${context.format.count(count ?? 0)} rows`,
            rows: [
              [labels[0] || "x", `${bare(x0, 0)} – ${bare(x1, 0)}`],
              [labels[1] || "y", `${bare(y0, 1)} – ${bare(y1, 1)}`],
            ],
          };
        }),
        series: [{
          id: "density",
          type: "custom",
          clip: true,
          encode: { x: [0, 1], y: [2, 3] },
          data: data.rows,
          renderItem({ dataIndex }, api) {
            const [left, bottom] = api.coord([api.value(0), api.value(2)]);
            const [right, top] = api.coord([api.value(1), api.value(3)]);
            const count = api.value(4);
            if (!(count > 0)) return null;
            const kept = isBeside(data.rows[dataIndex]) ? 0.3 : 1;
            return {
              type: "rect",
              shape: { x: left, y: top, width: right - left + 0.5, height: bottom - top + 0.5 },
              style: { fill: blend(theme.surface, theme.accent, kept * (0.12 + 0.88 * Math.sqrt(count / most))) },
            };
          },
        }],
      };
    }

    function draw() {
      if (legend) {
        legend.element.hidden = Boolean(data.density);
        legend.update(groups.map(({ value }) => value), chosenValues(last, name));
        if (visual.options.patterns) legend.mark(SHAPES);
      }
      chart.resize();
      const drawn = data.density ? density() : points();
      return chart.draw({ ...drawn, aria: { enabled: false }, series: [...drawn.series, boxSeries(context.theme())], animation: false });
    }

    return {
      update(answer, highlight) {
        if (answer !== data) groups = answer.density ? [] : byCategory(answer, name, context);
        data = answer;
        last = highlight;
        return draw();
      },
      resize() {
        if (data) draw();
      },
      tools,
      table(answer) {
        if (answer.density) return densityTable(answer, labels, bare, context);
        const [xs, ys, codes] = answer.series;
        const columns = [
          ...(name ? [{ label: context.dimension(name).label, number: false }] : []),
          { label: labels[0] || "x", number: true },
          { label: labels[1] || "y", number: true },
        ];
        const names = (answer.categories ?? []).map((value) => ({
          text: context.format.name(value, context.dimension(name)),
          colour: context.colour(name, value),
          clauses: [{ dimension: name, values: [value] }],
        }));
        const rows = Array.from(xs, (x, index) => [
          ...(name ? [names[codes[index]] ?? { text: context.format.name(null) }] : []),
          { text: bare(x, 0), number: true }, { text: bare(ys[index], 1), number: true },
        ]);
        return { columns, rows };
      },
      /** @param {[number, number]} point */
      markPosition: (point) => chart.place(point),
      dispose() {
        brush?.dispose();
        chart.dispose();
      },
    };
  },
};

/** One flat array of points per category, in the dimension's own order. A row without x or y has no point. */
function byCategory({ series: [xs, ys, codes], categories = [] }, name, context) {
  const buckets = new Map();
  for (let index = 0; index < xs.length; index += 1) {
    if (xs[index] === null || ys[index] === null) continue;
    const code = name ? codes?.[index] ?? null : null;
    if (!buckets.has(code)) buckets.set(code, []);
    buckets.get(code).push(xs[index], ys[index]);
  }
  const order = name ? context.dimension(name).values?.map((entry) => entry.value) ?? categories : [];
  const rank = (value) => (order.includes(value) ? order.indexOf(value) : Infinity);
  return [...buckets]
    .map(([code, points]) => ({ value: categories[code] ?? null, points: Float64Array.from(points) }))
    .sort((a, b) => rank(a.value) - rank(b.value) || 0)
    .map((group) => ({ ...group, name: name ? context.format.name(group.value, context.dimension(name)) : "" }));
}

/** Layer by layer, every category its share of points. */
function layered(groups, count) {
  if (count === 1) return groups.map((group) => ({ group, points: group.points }));
  return Array.from({ length: count }, (_, layer) => groups.map((group) => {
    const size = group.points.length / 2;
    const [start, end] = [Math.floor((size * layer) / count), Math.floor((size * (layer + 1)) / count)];
    return { group, points: group.points.subarray(start * 2, end * 2) };
  })).flat();
}

/** The layers in two where a box is picked: the points in it, and those beside it. */
function apart(layers, box) {
  if (!box) return layers;
  const [[left, right], [low, high]] = box;
  return layers.flatMap(({ group, points }) => {
    const [inside, beside] = [[], []];
    for (let place = 0; place < points.length; place += 2) {
      const [x, y] = [points[place], points[place + 1]];
      (x >= left && x <= right && y >= low && y <= high ? inside : beside).push(x, y);
    }
    return [
      { group, points: Float64Array.from(beside), isBeside: true },
      { group, points: Float64Array.from(inside), isBeside: false },
    ];
  });
}

/** The range that holds another one and these values. */
function hull([low, high], values) {
  for (const value of values) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** A little air around the outermost points. */
function padded([low, high]) {
  const margin = (high - low) * 0.03 || 1;
  return [low - margin, high + margin];
}

function densityTable(answer, labels, bare, context) {
  return {
    columns: [
      { label: labels[0] || "x", number: false },
      { label: labels[1] || "y", number: false },
      { label: "Rows", number: true },
    ],
    rows: answer.rows.map(([x0, x1, y0, y1, count]) => [
      { text: `${bare(x0, 0)} – ${bare(x1, 0)}` }, { text: `${bare(y0, 1)} – ${bare(y1, 1)}` },
      { text: count === null ? context.format.number(null) : context.format.count(count), number: true },
    ]),
  };
}
