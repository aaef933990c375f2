/** The beginning of a CSV file, to show it. What counts is how the server reads it. */

const DELIMITERS = [",", ";", "\t", "|"];

/**
 * @param {string} text the beginning of the file @param {number} most as many rows at most
 * @returns {string[][]} rows of fields; a last row that the text cuts off is among them only if nothing else is
 */
export function csvRows(text, most) {
  const plain = text.replace(/^\ufeff/, "");
  const first = plain.slice(0, plain.search(/[\r\n]|$/));
  const delimiter = DELIMITERS.reduce((best, each) => (first.split(each).length > first.split(best).length ? each : best));
  const rows = [];
  let row = [];
  let field = "";
  let isQuoted = false;
  const endRow = () => {
    row.push(field);
    if (row.length > 1 || field !== "") rows.push(row);
    row = [];
    field = "";
  };
  for (let place = 0; place < plain.length && rows.length < most; place += 1) {
    const character = plain[place];
    if (isQuoted) {
      if (character !== '"') field += character;
      else if (plain[place + 1] === '"') field += plain[++place];
      else isQuoted = false;
    } else if (character === '"' && field === "") isQuoted = true;
    else if (character === delimiter) {
      row.push(field);
      field = "";
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && plain[place + 1] === "\n") place += 1;
      endRow();
    } else field += character;
  }
  if (rows.length < most && (field !== "" || row.length)) endRow();
  return rows;
}
