/** What the data pages share: links, tables, lists of notices. */

import { el } from "./dom.js";

/** @param {"sources"|"models"|"lineage"} kind @param {string} name @param {string} [words] */
export function dataLink(kind, name, words = name) {
  return el("a", { href: `#/data/${kind}/${encodeURIComponent(name)}`, dir: "auto" }, words);
}

/** The head of a page with the way back. @param {string} title @param {?string} description */
export function dataHead(title, description, ...rest) {
  return el(
    "div",
    { class: "page-head data-head" },
    el("nav", { class: "crumbs", "aria-label": "Way back" }, el("a", { href: "#/data" }, "Data"), ...rest),
    el("h1", { dir: "auto" }, title),
    description ? el("p", { dir: "auto" }, description) : null,
  );
}

/**
 * @param {string[]} heads @param {Array<Array<string|{number: string, isRaised?: boolean}|{node: Node, detail: ?string}|null>>} rows
 * @param {string} empty what is said where there are no rows
 */
export function dataTable(heads, rows, empty) {
  if (!rows.length) return el("p", { class: "nothing" }, empty);
  const isNumber = (column) => rows.every((row) => row[column] === null || row[column]?.number !== undefined);
  const cell = (content, column) => {
    if (content?.number !== undefined) {
      return el("td", { class: content.isRaised ? "number raised" : "number" }, content.number);
    }
    const node = content?.node ?? content ?? "–";
    const detail = content?.detail ? el("div", { class: "detail", dir: "auto" }, content.detail) : null;
    return column === 0
      ? el("th", { scope: "row", dir: "auto" }, node, detail)
      : el("td", { dir: "auto" }, node, detail);
  };
  return el(
    "div",
    { class: "panel-table", tabindex: "0", role: "region", "aria-label": heads.join(", ") },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...heads.map((head, column) =>
        el("th", { scope: "col", class: isNumber(column) ? "number" : null }, head)))),
      el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map(cell)))),
    ),
  );
}

/** @param {Array<{message: string, code: string}>} notices */
export function noticeList(notices) {
  if (!notices.length) return null;
  return el(
    "ul",
    { class: "notices" },
    ...notices.map(({ message, code }) => el("li", { dir: "auto", title: code }, message)),
  );
}

/**
 * A button that shows the rest of something and hides it again.
 * @param {string} more @param {string} fewer @param {(open: boolean) => void} show called at once with false
 */
export function moreButton(more, fewer, show) {
  let isOpen = false;
  const button = el("button", { type: "button", class: "more", "aria-expanded": "false" }, more);
  button.addEventListener("click", () => {
    isOpen = !isOpen;
    button.textContent = isOpen ? fewer : more;
    button.setAttribute("aria-expanded", String(isOpen));
    show(isOpen);
  });
  show(false);
  return button;
}

/** A paragraph of a few lines, and a button for the rest where there is more. @param {HTMLElement} paragraph */
export function clamped(paragraph) {
  let isShort = true;
  const button = moreButton("More", "Less", (open) => {
    isShort = !open;
    paragraph.classList.toggle("clamped", isShort);
  });
  button.hidden = true;
  new ResizeObserver(() => {
    if (isShort) button.hidden = paragraph.scrollHeight <= paragraph.clientHeight + 1;
  }).observe(paragraph);
  return el("div", {}, paragraph, button);
}

/** A step's kind as a person reads it: "parse_dates" is "Parse dates". @param {string} kind */
export function kindWords(kind) {
  const words = kind.replaceAll("_", " ");
  return words[0].toUpperCase() + words.slice(1);
}

/** A decimal without the zeros at its end. @param {string} text */
export function plain(text) {
  return /^-?\d+\.\d*$/.test(text) ? text.replace(/\.?0+$/, "") : text;
}

/** Terms and what they are. @param {Array<[string, string|Node]>} entries */
export function facts(entries) {
  return el("dl", { class: "facts" }, ...entries.flatMap(([term, words]) => [
    el("dt", {}, term),
    el("dd", { dir: "auto" }, words),
  ]));
}

/** @param {number} bytes @param {import("./format.js").Formats} format */
export function size(bytes, format) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let power = 0;
  let value = bytes;
  while (value >= 1000 && power < units.length - 1) {
    value /= 1000;
    power += 1;
  }
  return `${format.number(value, { style: "decimal", digits: power && value < 10 ? 1 : 0 })} ${units[power]}`;
}
