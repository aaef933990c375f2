/** What is selected in other visuals, strong inside the pale whole. */

/** Opacity of the whole behind its part. */
export const PALE = 0.3;

/**
 * A second bar over each bar of a series, of the part of its figure that is selected.
 * @param {?((value: *) => ?number)} part null where nothing is selected
 * @param {Array<[*, ?number]>} rows @param {(value: *) => string} colour @param {Object} size as of the whole's series
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
    data: rows.map(([value]) => ({ value: part(value) ?? 0, itemStyle: { color: colour(value) } })),
  }];
}

/** The line of a tooltip. @param {?((value: *) => ?number)} part @param {[*, ?number]} row @param {(figure: ?number) => string} full */
export const partTip = (part, [value], full) => (part ? [["Selected", full(part(value))]] : []);
