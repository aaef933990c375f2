/** What is selected in other visuals, strong inside the pale whole. */

/** Opacity of the whole behind its part. */
export const PALE = 0.3;

/**
 * A second bar over each bar of a series, of the part of its figure that is selected.
 * @param {?((value: *) => ?number)} part null where nothing is selected
 * @param {Array<[*, ?number]>} rows @param {(value: *) => string} colour
 * @param {Object} size as of the whole's series, with its labels
 */
export function partSeries(part, rows, colour, size) {
  if (!part) return [];
  return [{
    id: "part",
    type: "bar",
    ...size,
    barGap: "-100%",
    z: 3,
    silent: true,
    data: rows.map((row) => ({
      value: part(row[0]) ?? 0,
      itemStyle: { color: colour(row[0]) },
      label: { show: Boolean(size.label?.show) && reachesFurther(part, row) },
    })),
  }];
}

/** Whether the part is beyond the whole, as an average may be: then it carries the label of both. */
export const reachesFurther = (part, [value, figure]) => part !== null && (part(value) ?? 0) > (figure ?? 0);

/**
 * Both figures: a part of a sum is "12 of 96", an average of a part is beside that of all.
 * @param {?((value: *) => ?number)} part @param {[*, ?number]} row @param {(figure: ?number) => string} write
 * @param {boolean} additive @param {string} [gap] between the figures
 */
export function bothFigures(part, row, write, additive, gap = " ") {
  if (!part) return write(row[1]);
  return `${write(part(row[0]))}${gap}${additive ? `of ${write(row[1])}` : `(all ${write(row[1])})`}`;
}

/**
 * A ground that is strong from the left as far as its part reaches, and pale beyond.
 * @param {string} strong @param {string} pale @param {?number} part @param {?number} whole
 * @returns {string|Object} a colour for ECharts
 */
export function partGround(strong, pale, part, whole) {
  const share = whole > 0 ? Math.min(1, Math.max(0, part ?? 0) / whole) : 0;
  if (share === 0) return pale;
  if (share === 1) return strong;
  return {
    type: "linear", x: 0, y: 0, x2: 1, y2: 0,
    colorStops: [[0, strong], [share, strong], [share, pale], [1, pale]].map(([offset, color]) => ({ offset, color })),
  };
}

/** The line of a tooltip. @param {?((value: *) => ?number)} part @param {[*, ?number]} row @param {(figure: ?number) => string} full */
export const partTip = (part, [value], full) => (part ? [["Selected", full(part(value))]] : []);
