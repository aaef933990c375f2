/** Text on a canvas: how wide it is, and making it fit its place. */

/** Pixels from one line of a label to the next. */
const LINE = 15;

const pen = document.createElement("canvas").getContext("2d");

/** @param {string} text @param {number} [size] @param {number} [weight] @returns {number} pixels */
export function textWidth(text, size = 12, weight = 400) {
  pen.font = `${weight} ${size}px Inter, system-ui, sans-serif`;
  return pen.measureText(text).width;
}

/** Cuts text to a width, with an ellipsis. @param {string} text @param {number} width */
export function fit(text, width) {
  const line = harmless(clean(text));
  if (textWidth(line) <= width) return line;
  const parts = [...line];
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(`${parts.slice(0, middle).join("")}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return `${parts.slice(0, low).join("").trimEnd()}…`;
}

/** Breaks text at spaces and hyphens into at most `lines` lines; what is too long is cut. @returns {string[]} */
export function fitLines(text, width, lines) {
  const words = wordsOf(text);
  const result = [];
  while (words.length && result.length < lines - 1) {
    let line = words.shift();
    while (words.length && textWidth(`${line}${words[0]}`.trimEnd()) <= width) line += words.shift();
    result.push(fit(line.trimEnd(), width));
  }
  if (words.length) result.push(fit(words.join(""), width));
  return result;
}

/** Names beside bands: on as many lines as a band has room for. @param {string[]} names @param {number} width @param {number} band pixels */
export function besideBands(names, width, band) {
  const lines = Math.max(1, Math.min(3, Math.floor((band - 2) / LINE)));
  return names.map((text) => fitLines(text, width, lines).join("\n"));
}

/** How wide a place must be for text on at most two lines. @param {string} text */
export function widthOnTwoLines(text) {
  const words = wordsOf(text);
  const width = (from, to) => textWidth(words.slice(from, to).join("").trimEnd());
  return Math.min(...words.map((_, split) => Math.max(width(0, split), width(split))));
}

/** Words with what follows them: a line may break after a space or a hyphen. */
const wordsOf = (text) => clean(text).match(/[^ -]*[ -]+|[^ -]+$/g) ?? [""];

/** One line, and no longer than anybody could read on a chart: measuring 300 characters is slow. */
const clean = (text) => [...text.replace(/\s+/g, " ").trim()].slice(0, 120).join("");

/**
 * ECharts remembers widths of texts in a plain object: a text like "constructor" or "__proto__" would break that, and with
 * it other charts. A space without width makes another text of it.
 * @param {string} line
 */
const harmless = (line) => (line in {} ? `${line}\u200b` : line);

/** For ECharts' rich text, where braces would be mark-up. @param {string} text */
export const withoutBraces = (text) => text.replaceAll("{", "｛").replaceAll("}", "｝");
