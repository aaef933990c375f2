/** Rows as CSV: all digits, a comma, CRLF, and no text that a spreadsheet program would take for a formula. */

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
