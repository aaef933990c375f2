/** Answers as charts need them: rows in order, and whether their parts add up. */

/** The levels that are folded into one: each number of them is one object, so that it can be compared. */
const others = new Map();

/** Rare levels that a visual shows as one, "Other". @param {*} value @returns {value is {other: number}} */
export const isOther = (value) => typeof value === "object" && value !== null && "other" in value;

/** Rows with one object for each "Other". @param {Array<Array<*>>} rows */
export const interned = (rows) => rows.map((row) => row.map((value) => {
  if (!isOther(value)) return value;
  if (!others.has(value.other)) others.set(value.other, Object.freeze(value));
  return others.get(value.other);
}));

/** Values with a name, then those without one, then the rest. */
export const lastOf = (value) => (value === null ? 1 : isOther(value) ? 2 : 0);

/** Whether a dimension's order means something. @param {import("./types.js").Dimension} dimension */
export const hasOwnOrder = ({ segmentation, kind, ordered }) =>
  Boolean(segmentation || ordered || kind === "date" || kind === "number");

/**
 * What the page asks for, or else what the dimension suggests: its own order, or the largest first.
 * @param {import("./types.js").Visual} visual @param {import("./types.js").Dimension} dimension
 */
export const goesByValue = (visual, dimension) => (visual.options.sort ?? (
  hasOwnOrder(dimension) ? "dimension" : "value"
)) === "value";

/**
 * Rows in the order of their bars; missing names come last, hidden figures after the others.
 * @param {import("./types.js").Figures} data with one dimension and one measure
 * @param {import("./types.js").Visual} visual
 * @param {import("./types.js").ChartContext} context
 */
export function ordered(data, visual, context) {
  const last = (row) => lastOf(row[0]);
  const size = (row) => row[1] ?? -Infinity;
  return goesByValue(visual, context.dimension(visual.dimensions[0]))
    ? [...data.rows].sort((a, b) => last(a) - last(b) || size(b) - size(a))
    : data.rows;
}

/**
 * Whether figures of parts add up to the figure of the whole: the server knows, who understands the expression.
 * @param {import("./types.js").Measure} measure
 */
export const isAdditive = (measure) => measure.additive;

/**
 * The figures of what is selected in other visuals, by the values of a row, where they are to be seen inside the whole.
 * @param {import("./types.js").Figures} data @param {import("./types.js").Measure} measure
 * @returns {?((...values: Array<*>) => ?number)} null where nothing is selected; null of a figure that is hidden or missing
 */
export function partFigures(data, measure) {
  if (!data.part) return null;
  const figures = new Map(data.part.rows.map((row) => [JSON.stringify(row.slice(0, -1)), row.at(-1)]));
  // Where no row is selected, a sum or a count is 0 and an average is nothing.
  const none = isAdditive(measure) ? 0 : null;
  return (...values) => {
    const key = JSON.stringify(values);
    return figures.has(key) ? figures.get(key) : none;
  };
}

/**
 * "50 of 3,000 shown, by Clients": what a visual leaves out.
 * @param {import("./types.js").Figures} data @param {import("./types.js").ChartContext} context
 */
export function shownWords({ shown = [] }, { dimension, format, measure }) {
  return shown.map(({ dimension: name, shown: kept, of, by }) => {
    const what = shown.length > 1 ? `${dimension(name).label}: ` : "";
    return `${what}${format.count(kept)} of ${format.count(of)} shown, by ${by ? measure(by).label : "rows"}`;
  });
}

/** The largest number below `value`: how a range whose end belongs to the next bin is said with an included end. */
export function justBelow(value) {
  if (value === 0) return -Number.MIN_VALUE;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return bits.getFloat64(0);
}
