/** Customers in the plane of the first two principal components, and the features as arrows in it. */

import { fitLines } from "./chart-text.js";
import { faded, segmentColour } from "./colours.js";
import { el } from "./dom.js";
import { exactAxis, grid, tooltip } from "./echarts-kit.js";

/** Arrows that can be told apart. */
const SHOWN = 10;
/** Colours one after the other, so that the last one drawn doesn't hide the others. */
const LAYERS = 4;
/** From here on the points of a layer are drawn as one path, which takes a fraction of the time. */
const LARGE = 500;
/** Of a name in the canvas (pixels). */
const LINE = 16;
/** Beside the plot, above and below it (pixels). */
const SIDES = 76;
const ENDS = 58;

/**
 * @param {import("./types.js").SegmentPlots} plots `rows` is null in a card, whose foot says them @param {import("./format.js").Formats} format
 * @returns {import("./drawing.js").Drawing}
 */
export function biplot({ biplot: plot, segments, rows }, format) {
  const arrows = plot.arrows
    .map((arrow) => ({ ...arrow, name: arrow.level === null ? arrow.label : `${arrow.label}: ${arrow.level}` }))
    .filter(({ correlations }) => correlations.length === 2)
    .sort((a, b) => length(b) - length(a));
  const shown = arrows.slice(0, SHOWN);
  const known = new Map(segments.map((segment) => [segment.id, segment]));
  const centres = plot.centres.filter(({ scores }) => scores.length === 2).map((each) => ({ ...each, segment: known.get(each.id) }));
  const shares = plot.explained.map((share) => format.share(share));
  const together = plot.explained.reduce((sum, share) => sum + share, 0);
  const axisName = (index) => `Component ${index + 1}${shares[index] ? `, ${shares[index]} of the variance` : ""}`;
  return {
    title: "Biplot",
    label: `Customers along two principal components with ${shown.length} features as arrows; the components hold `
      + `${format.share(together)} of the features' variance`,
    size: "tall",
    isDrawn: shown.length > 0,
    words: [
      `The plane that shows most of the differences: ${format.share(together)} of the features' variance. `
        + (plot.points ? "Each point is a customer, in the colour of the segment. "
          : plot.density ? "The stronger the field, the more customers. " : "")
        + "An arrow points to where customers have more of a feature; the longer, the better the plane shows it. "
        + (arrows.length > SHOWN ? `The ${SHOWN} longest of ${arrows.length} arrows; all are in the table. ` : "")
        + (rows === null ? "" : `Computed on ${format.count(rows)} of ${format.count(rows)} rows.`),
      legend(segments.filter(({ is_hidden: isHidden }) => !isHidden)),
    ],
    option: (colours, width, height) => {
      const reach = arrowReach(plot, centres);
      const bounds = [0, 1].map((index) => extent(plot, shown, reach, index));
      const name = { nameLocation: "middle", nameTextStyle: { color: colours.muted, fontSize: 12 } };
      const axis = (index, options) => exactAxis(colours, (value) => format.short(value, null),
        bounds[index], 5, { name: axisName(index), ...name, ...options });
      return {
        grid: grid({ left: 60, right: 16, top: 12, bottom: 46 }),
        xAxis: axis(0, { nameGap: 28 }),
        yAxis: axis(1, { nameGap: 38 }),
        tooltip: tooltip(colours, ({ seriesId, dataIndex }) => tip(seriesId, dataIndex, { plot, centres, shown, format })),
        series: [
          ...(plot.density ? [fields(plot.density, colours)] : []),
          ...(plot.points ? pointSeries(plot.points, known, colours) : []),
          ...arrowSeries(shown, reach, bounds, colours, [width, height]),
          centreSeries(centres, colours),
        ],
      };
    },
    table: () => ({
      columns: [
        { label: "Feature", number: false }, { label: "r with component 1", number: true }, { label: "r with component 2", number: true },
        ...(arrows.some(({ loadings }) => loadings) ? [{ label: "Loading 1", number: true }, { label: "Loading 2", number: true }] : []),
      ],
      rows: arrows.map(({ name, correlations, loadings }) => [
        { text: name }, ...[...correlations, ...(loadings ?? [])].map((value) => ({
          text: format.number(value, { style: "decimal", digits: 2 }), number: true,
        })),
      ]),
    }),
  };
}

const length = ({ correlations: [x, y] }) => Math.hypot(x, y);

function legend(segments) {
  return el("span", { class: "plot-legend" }, ...segments.map((segment) => {
    const mark = el("span", { class: "dot", "aria-hidden": "true" });
    mark.style.backgroundColor = segment.is_outliers || segment.colour > 8
      ? "var(--category-other)" : `var(--segment-${segment.colour})`;
    return el("span", { class: "plot-key" }, mark, el("span", { dir: "auto" }, segment.name));
  }));
}

/** How long an arrow of correlation 1 is drawn: as far as most customers lie. */
function arrowReach(plot, centres) {
  const far = (xs, ys) => {
    const distances = xs.map((x, index) => Math.hypot(x, ys[index])).sort((a, b) => a - b);
    return distances[Math.floor(distances.length * 0.9)] ?? 0;
  };
  if (plot.points) {
    const [xs, ys] = plot.points.series;
    return far(xs, ys) || 1;
  }
  const rows = plot.density?.rows ?? [];
  const fields = far(rows.map((row) => (row[0] + row[1]) / 2), rows.map((row) => (row[2] + row[3]) / 2));
  return fields || far(centres.map(({ scores }) => scores[0]), centres.map(({ scores }) => scores[1])) || 1;
}

/** What an axis has to hold: all marks, and the arrows with room for their names. */
function extent(plot, shown, reach, index) {
  const rows = plot.density?.rows ?? [];
  const marks = plot.points?.series[index] ?? [...rows.map((row) => row[2 * index]), ...rows.map((row) => row[2 * index + 1])];
  const tips = shown.map(({ correlations }) => correlations[index] * reach * (index === 0 ? 1.6 : 1.15));
  const all = [...tips, ...plot.centres.map(({ scores }) => scores[index] ?? 0), 0];
  const low = marks.reduce((least, value) => Math.min(least, value), Math.min(...all));
  const high = marks.reduce((most, value) => Math.max(most, value), Math.max(...all));
  const room = 0.04 * (high - low || 1);
  return [low - room, high + room];
}

function pointSeries(points, known, colours) {
  const [xs, ys, ids] = points.series;
  const layers = [...known.keys()].flatMap((id) => Array.from({ length: LAYERS }, (_, layer) => ({ id, layer, data: [] })));
  const place = new Map(layers.map((each) => [`${each.id} ${each.layer}`, each]));
  const size = xs.length > 5000 ? 3 : xs.length > 1000 ? 4 : 6;
  xs.forEach((x, index) => place.get(`${ids[index]} ${index % LAYERS}`)?.data.push([x, ys[index]]));
  return layers.sort((a, b) => a.layer - b.layer).map(({ id, layer, data }) => ({
    id: `points ${id} ${layer}`, type: "scatter", silent: true, data, symbolSize: size,
    large: data.length > 0 && xs.length > LARGE, largeThreshold: 0, progressive: 0,
    itemStyle: { color: faded(segmentColour(colours, known.get(id)), xs.length > 2000 ? 0.4 : 0.6) },
  }));
}

function fields({ rows }, colours) {
  const most = Math.max(1, ...rows.map((row) => row[4]));
  return {
    id: "fields", type: "custom", data: rows.map((row) => [(row[0] + row[1]) / 2, (row[2] + row[3]) / 2, row[4]]),
    renderItem: (params, api) => {
      const [x0, x1, y0, y1, count] = rows[params.dataIndex];
      const [left, top] = api.coord([x0, y1]);
      const [right, bottom] = api.coord([x1, y0]);
      return {
        type: "rect", shape: { x: left, y: top, width: right - left, height: bottom - top },
        style: { fill: faded(colours.accent, 0.08 + 0.82 * Math.sqrt(count / most)) },
      };
    },
  };
}

/**
 * How far each name is moved down (pixels), so that those of one side don't lie over each other.
 * @param {number[]} lines of each name
 */
function moved(tips, lines, [low, high], tall) {
  const moves = tips.map(() => 0);
  for (const isRight of [true, false]) {
    const side = tips.map(([x, y], index) => ({ index, isOwn: x >= 0 === isRight, top: tall * (high - y) / (high - low) }))
      .filter(({ isOwn }) => isOwn).sort((a, b) => a.top - b.top || a.index - b.index);
    let free = -Infinity;
    for (const { index, top } of side) {
      const half = lines[index] * LINE / 2;
      const place = Math.max(top, free + half);
      moves[index] = place - top;
      free = place + half;
    }
  }
  return moves;
}

function arrowSeries(shown, reach, bounds, colours, [width, height]) {
  const tips = shown.map(({ correlations: [x, y] }) => [x * reach, y * reach]);
  const room = ([x]) => {
    const inner = width - SIDES;
    const place = inner * (x - bounds[0][0]) / (bounds[0][1] - bounds[0][0]);
    return Math.max(48, Math.min(width < 500 ? 90 : 170, (x >= 0 ? inner - place : place) - 14));
  };
  const names = shown.map(({ name }, index) => fitLines(name, room(tips[index]), 2));
  const moves = moved(tips, names.map(({ length }) => length), bounds[1], height - ENDS);
  return [
    {
      id: "arrows", type: "lines", coordinateSystem: "cartesian2d", silent: true, z: 6,
      symbol: ["none", "arrow"], symbolSize: 8, lineStyle: { color: colours.text, width: 1.5, opacity: 0.9, curveness: 0 },
      data: tips.map((tip) => ({ coords: [[0, 0], tip] })),
    },
    {
      id: "tips", type: "scatter", z: 7, symbolSize: 10, itemStyle: { color: "transparent" },
      data: tips.map((tip, index) => ({
        value: tip,
        label: {
          show: true, offset: [0, moves[index]], position: tip[0] >= 0 ? "right" : "left", formatter: names[index].join("\n"),
          align: tip[0] >= 0 ? "left" : "right", lineHeight: LINE - 1,
          color: colours.text, fontSize: 11, backgroundColor: faded(colours.surface, 0.72), padding: [1, 3], borderRadius: 3,
        },
      })),
    },
  ];
}

function centreSeries(centres, colours) {
  return {
    id: "centres", type: "scatter", z: 8, symbol: "diamond", symbolSize: 15,
    data: centres.map(({ scores, segment }) => ({
      value: scores,
      itemStyle: { color: segmentColour(colours, segment), borderColor: colours.surface, borderWidth: 2 },
    })),
  };
}

function tip(series, index, { plot, centres, shown, format }) {
  const two = (value) => format.number(value, { style: "decimal", digits: 2 });
  if (series === "centres") {
    return {
      title: centres[index].segment?.name ?? "", rows: centres[index].scores.map((score, axis) => [`Mean of component ${axis + 1}`, two(score)]),
    };
  }
  if (series === "tips") {
    return { title: shown[index].name, rows: shown[index].correlations.map((r, axis) => [`r with component ${axis + 1}`, two(r)]) };
  }
  if (series === "fields") return { title: `${format.count(plot.density.rows[index][4])} customers`, rows: [] };
  return null;
}
