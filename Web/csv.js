/** Figures as CSV: all digits, a comma, CRLF, and no text that a spreadsheet program would take for a formula. */

const FORMULA = /^[=+\-@\t\r\n]/;

/** @param {*} value a text or a number, never both at once */
function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n']/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {string[]} headings @param {Array<Array<*>>} rows with a mark of byte order, so that Excel reads UTF-8 */
export const csv = (headings, rows) =>
  `\ufeff${[headings, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

/**
 * The figures of a visual, as they are in the answer where they have rows, else as its table has them.
 * @param {import("./types.js").Visual} visual @param {import("./types.js").ChartContext} context
 * @param {?Object} data @param {() => ?import("./types.js").TableContent} table
 * @returns {?string} null where there are none
 */
export function figuresCSV(visual, context, data, table) {
  if (!data || data.error || data.left_out) return null;
  if (data.columns && data.rows) return csv(data.columns.map((name) => heading(visual, context, name)), data.rows);
  if (data.columns && data.series) return csv(pointHeadings(visual, context, data), pointRows(data));
  const content = table();
  return content && csv(
    content.columns.map(({ label }) => label),
    content.rows.map((row) => row.map(({ text }) => text)),
  );
}

function heading(visual, context, name) {
  if (visual.measures.includes(name)) return context.measure(name).label;
  if (visual.dimensions.includes(name)) return context.dimension(name).label;
  return name.replaceAll("_", " ");
}

/** Points, for readers who may see them: their codes become the names of their categories. */
function pointRows({ series: [x, y, codes], categories }) {
  return x.map((value, index) => (codes ? [value, y[index], categories[codes[index]] ?? null] : [value, y[index]]));
}

function pointHeadings(visual, context, { columns }) {
  const names = { x: visual.options.x_label, y: visual.options.y_label };
  return columns.map((name) => (name === "category" && visual.dimensions.length
    ? context.dimension(visual.dimensions[0]).label
    : names[name] ?? name));
}
