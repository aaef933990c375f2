/** Drawings of how segments lie: biplot, silhouettes, tree of merges, distances to neighbours. */

import { biplot } from "./segments-biplot.js";
import { el } from "./dom.js";
import { grid, tooltip, valueAxis } from "./echarts-kit.js";
import { faded, segmentColour } from "./colours.js";
import { fitLines } from "./chart-text.js";
import { PlotFigure } from "./plot-figure.js";
import { treePlot } from "./segments-tree.js";

/**
 * @param {import("./types.js").SegmentPlots} plots @param {import("./format.js").Formats} format
 * @returns {{node: ?HTMLElement, figures: PlotFigure[]}}
 */
export function plotsSection(plots, format) {
  const figures = [
    plots.biplot ? biplot(plots, format) : null,
    plots.silhouette ? silhouettePlot(plots, format) : null,
    plots.dendrogram ? treePlot(plots, format) : null,
    plots.k_distance ? distancePlot(plots.k_distance, format) : null,
  ].filter(Boolean).map((drawing) => new PlotFigure({ ...drawing, format }));
  if (!figures.length) return { node: null, figures };
  const title = "How the segments lie";
  const node = el(
    "section",
    { class: "panel plots-panel", "aria-label": title },
    el("h2", {}, title),
    el("div", { class: "plots" }, ...figures.map((figure) => figure.element)),
  );
  return { node, figures };
}

const two = (value, format) => format.number(value, { style: "decimal", digits: 2 });

/** How much of the rows was measured. */
export const measuredWords = (measured, rows, format) => (measured === rows
  ? `computed on ${format.count(rows)} of ${format.count(rows)} rows`
  : `measured on ${format.count(measured)} of ${format.count(rows)} rows, drawn at random`);

// MARK: Silhouettes

/** The height of a band that can still be named, as a share of all. */
const LEAST_BAND = 0.035;

/**
 * @param {import("./types.js").SegmentPlots} plots @param {import("./format.js").Formats} format
 * @returns {import("./drawing.js").Drawing}
 */
export function silhouettePlot({ silhouette, segments, rows: all }, format) {
  const { mean, measured, rows } = silhouette;
  const known = new Map(segments.map((segment) => [segment.id, segment]));
  const shown = silhouette.segments.filter(({ points }) => points.length > 1)
    .map((each) => ({ ...each, segment: known.get(each.id) }));
  const total = shown.reduce((sum, each) => sum + each.measured, 0);
  const gap = total * 0.02;
  const least = total * LEAST_BAND;
  const isRaised = shown.some((each) => each.measured < least);
  let start = 0;
  const bands = shown.map((each) => {
    const band = { ...each, from: start, to: start + Math.max(each.measured, least) };
    start = band.to + gap;
    return band;
  });
  const height = Math.max(1, start - gap);
  const lowest = Math.min(0, ...shown.map(({ points }) => points[0].value));
  const highest = Math.max(mean, ...shown.map(({ points }) => points.at(-1).value));
  const below = shown.every((each) => each.below !== null) ? shown.reduce((sum, each) => sum + each.below, 0) : null;
  return {
    title: "Silhouettes",
    label: `Silhouettes of each segment's customers in order, mean ${two(mean, format)}`,
    size: "tall",
    words: [
      `Each band is a segment, each height in it a customer: how much nearer to the own segment than to the next, `
        + `−1 to 1. The dashed line is the mean, ${two(mean, format)}. `
        + (below === null ? "" : `${format.share(below / total)} lie below 0, nearer to another segment. `)
        + `${sentence(measuredWords(measured, rows, format))}, drawn at 101 ranks of each segment.`
        + (rows < all ? ` The other ${format.count(all - rows)} belong to no segment.` : "")
        + (isRaised ? " Very small segments are drawn taller than they are." : ""),
    ],
    option: (colours, width) => {
      const left = Math.min(170, Math.max(84, width * 0.22));
      return {
        grid: grid({ left, right: 16, top: 8, bottom: 30 }),
        xAxis: valueAxis(colours, (value) => two(value, format), {
          min: Math.floor(lowest * 5) / 5, max: Math.ceil(highest * 5) / 5, interval: 0.2,
        }),
        yAxis: valueAxis(colours, null, {
          min: 0, max: height, inverse: true, splitLine: { show: false },
          axisTick: { show: false, customValues: bands.map(({ from, to }) => (from + to) / 2) },
          axisLabel: {
            color: colours.text, fontSize: 12, lineHeight: 14, customValues: bands.map(({ from, to }) => (from + to) / 2),
            formatter: (value) => {
              const band = bands.find(({ from, to }) => value >= from && value <= to);
              return band ? fitLines(band.segment.name, left - 14, 2).join("\n") : "";
            },
          },
        }),
        tooltip: tooltip(colours, ({ seriesId, dataIndex }) => {
          if (seriesId !== "bands") return null;
          const band = bands[dataIndex];
          return {
            title: band.segment.name,
            rows: [
              ["Median", two(middle(band.points), format)],
              ...(band.below === null ? [] : [["Below 0", format.share(band.below / band.measured)]]),
              ["Customers", format.count(band.measured)],
            ],
          };
        }),
        series: [
          {
            id: "bands", type: "custom", data: bands.map(({ from, to }) => [0, from, to]),
            encode: { x: 0, y: [1, 2] },
            renderItem: (params, api) => bandShape(bands[params.dataIndex], segmentColour(colours, bands[params.dataIndex].segment), api),
          },
          {
            id: "mean", type: "line", silent: true, symbol: "none", data: [[mean, 0], [mean, height]],
            lineStyle: { color: colours.text, width: 1.5, type: "dashed" }, z: 5,
          },
        ],
      };
    },
    table: () => ({
      columns: ["Segment", "Measured", "Below 0", "Lowest tenth", "Quartile", "Median", "Quartile", "Highest tenth"]
        .map((label, index) => ({ label, number: index > 0 })),
      rows: shown.map(({ segment, measured: count, below: few, points }) => [
        { text: segment.name },
        { text: format.count(count), number: true },
        { text: few === null ? "–" : format.share(few / count), number: true },
        ...[0.1, 0.25, 0.5, 0.75, 0.9].map((share) => {
          const point = points.find((each) => Math.abs(each.share - share) < 1e-9);
          return { text: point ? two(point.value, format) : "–", number: true };
        }),
      ]),
    }),
  };
}

const middle = (points) => points[Math.floor(points.length / 2)].value;

/** The most fitting customer of a segment on top. */
function bandShape({ points, from, to }, colour, api) {
  const at = (value, share) => api.coord([value, to - (to - from) * share]);
  const outline = [
    at(0, points[0].share), ...points.map(({ value, share }) => at(value, share)), at(0, points.at(-1).share),
  ];
  return { type: "polygon", shape: { points: outline }, style: { fill: faded(colour, 0.8), stroke: colour, lineWidth: 1 } };
}

// MARK: Distances to neighbours

function distancePlot(curve, format) {
  const { points, eps, minimum_points: count, suggested_eps: suggested, within, measured, rows } = curve;
  const write = (value) => format.number(value, { style: "decimal", digits: value >= 100 ? 0 : 2 });
  const isRead = suggested !== null && Math.abs(suggested - eps) <= 1e-9 * Math.abs(eps);
  return {
    title: "Distance to neighbours",
    label: `Each customer's distance to the nearest ${count - 1} others, ascending, with eps ${write(eps)}`,
    isDrawn: points.length > 1,
    words: [
      `Within how far each customer has ${format.count(count)} customers, itself the first, in ascending order. The dashed `
        + `line is eps, ${write(eps)}${isRead ? ", read from the curve's bend" : ""}`
        + (within === null ? ". " : `: ${format.share(within / measured)} lie below it. `)
        + (isRead ? "" : suggested === null ? "The curve has no clear bend. " : `The curve bends at ${write(suggested)}. `)
        + `${sentence(measuredWords(measured, rows, format))}, drawn at 201 evenly spaced ranks.`,
    ],
    option: (colours) => ({
      grid: grid({ left: 52, right: 16, top: 12, bottom: 26 }),
      xAxis: valueAxis(colours, (value) => format.share(value), { min: 0, max: 1 }),
      yAxis: valueAxis(colours, (value) => format.short(value, null), {
        max: eps > points.at(-1).distance ? eps * 1.1 : null,
      }),
      tooltip: tooltip(colours, ({ data }) => ({
        title: `${format.share(data[0])} of the customers`, rows: [["within", write(data[1])]],
      })),
      series: [
        {
          id: "curve", type: "line", symbol: "circle", symbolSize: 5, showSymbol: false,
          lineStyle: { color: colours.accent, width: 2 }, itemStyle: { color: colours.accent },
          data: points.map(({ share, distance }) => [share, distance]),
        },
        {
          id: "eps", type: "line", silent: true, symbol: "none", data: [[0, eps], [1, eps]],
          lineStyle: { color: colours.text, width: 1.5, type: "dashed" },
        },
      ],
    }),
    table: () => ({
      columns: [{ label: "Share of the customers", number: true }, { label: "Distance at most", number: true }],
      rows: points.map(({ share, distance }) => [
        { text: format.share(share, 1), number: true }, { text: write(distance), number: true },
      ]),
    }),
  };
}

/** @param {string} words */
const sentence = (words) => words[0].toUpperCase() + words.slice(1);
