/** A small line of a figure by the number of segments. */

import { categoryAxis, grid, tooltip, valueAxis } from "./echarts-kit.js";

/**
 * Inertia and silhouette of each number of segments.
 * @param {Array<{k: number}>} table @param {number} current the number in use
 * @param {import("./format.js").Formats} format @returns {import("./drawing.js").Drawing[]}
 */
export const choiceCurves = (table, current, format) => [
  numberCurve("Inertia by number of segments", table, "inertia", current, (value) => format.short(value, null), format),
  numberCurve("Silhouette by number of segments", table, "silhouette", current,
    (value) => format.number(value, { style: "decimal", digits: 2 }), format),
];

/**
 * @param {string} title @param {Array<{k: number}>} table @param {string} key of the figure
 * @param {number} current the number in use @param {(value: number) => string} write
 * @param {import("./format.js").Formats} format
 * @returns {import("./drawing.js").Drawing}
 */
function numberCurve(title, table, key, current, write, format) {
  const rows = table.filter((row) => row[key] !== null);
  const figure = title.split(" ")[0];
  return {
    title,
    label: `${title}: a line from ${rows[0]?.k ?? 0} to ${rows.at(-1)?.k ?? 0} segments, ${current} in use`,
    isDrawn: rows.length > 0,
    option: (colours, _, height) => ({
      grid: grid({ left: 52, right: 12, top: 12, bottom: 26 }),
      xAxis: categoryAxis(colours, rows.map(({ k }) => format.count(k)), { boundaryGap: true }),
      yAxis: valueAxis(colours, write, { scale: true, splitNumber: height < 160 ? 2 : 4 }),
      tooltip: tooltip(colours, ({ dataIndex }) => ({
        title: `${rows[dataIndex].k} segments`,
        rows: [[figure, write(rows[dataIndex][key])]],
      })),
      series: [{
        id: "curve",
        type: "line",
        symbol: "circle",
        lineStyle: { color: colours.accent, width: 2 },
        data: rows.map((row) => ({
          value: row[key],
          symbolSize: row.k === current ? 12 : 6,
          itemStyle: {
            color: row.k === current ? colours.accent : colours.surface,
            borderColor: colours.accent,
            borderWidth: 2,
          },
        })),
      }],
    }),
    table: () => ({
      columns: [{ label: "Segments", number: false }, { label: figure, number: true }],
      rows: rows.map((row) => [
        { text: `${format.count(row.k)}${row.k === current ? ", in use" : ""}` },
        { text: write(row[key]), number: true },
      ]),
    }),
  };
}
