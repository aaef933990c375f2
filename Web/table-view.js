/** The figures of a visual as a real HTML table: for keyboards, screen readers, and whoever wants the numbers. */

import { isOther, partFigures } from "./chart-data.js";
import { dot, el, icon } from "./dom.js";

/** Rows on one sheet of the table; all are reachable. */
const SHEET = 200;

/**
 * @param {import("./types.js").TableContent} content
 * @param {{caption: string, isSelected: (clauses: import("./types.js").Clause[]) => boolean,
 *   select: ?(clauses: import("./types.js").Clause[], add: boolean) => void, count: (n: number) => string,
 *   offer?: ?(event: MouseEvent, clauses: import("./types.js").Clause[]) => void}} options  `offer`: the menu of a row
 * @returns {HTMLElement}
 */
export function tableView(content, options) {
  const body = el("tbody");
  const hasMenu = Boolean(options.offer) && content.rows.some((row) => clausesOf(row).length);
  const table = el("table", {},
    el("caption", { class: "visually-hidden" }, options.caption),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        ...content.columns.map(({ label, number }) => el(
          "th",
          { scope: "col", class: number ? "number" : null },
          label,
        )),
        hasMenu ? el("th", { scope: "col" }, el("span", { class: "visually-hidden" }, "More")) : null,
      ),
    ),
    body);
  const view = el(
    "div",
    { class: "data-table", role: "region", tabindex: "0", "aria-label": `${options.caption}, as a table` },
    table,
  );

  const show = (start) => {
    body.replaceChildren(...content.rows.slice(start, start + SHEET).map((cells) => el(
      "tr",
      {},
      ...cells.map((cell, index) => tableCell(cell, index, options)),
      hasMenu ? menuCell(cells, options) : null,
    )));
  };
  show(0);
  if (content.rows.length > SHEET) view.append(pager(content.rows.length, show, options.count));
  return view;
}

/** A cell with clauses is a button: what a click on its mark does, from the keyboard. */
function tableCell(cell, index, { isSelected, select }) {
  const tag = index === 0 && !cell.number ? "th" : "td";
  const attributes = { class: cell.number ? "number" : null, scope: tag === "th" ? "row" : null };
  const parts = [cell.colour ? dot(cell.colour) : null, el("span", { dir: "auto" }, cell.text)];
  if (cell.clauses && select) {
    const pressed = isSelected(cell.clauses);
    const click = (event) => select(cell.clauses, event.shiftKey || event.ctrlKey || event.metaKey);
    return el(
      tag,
      attributes,
      el("button", { type: "button", class: "name", "aria-pressed": String(pressed), on: { click } }, ...parts),
    );
  }
  return el(tag, attributes, cell.colour ? el("span", { class: "name" }, ...parts) : cell.text);
}

/** What the cells of a row select together. @param {import("./types.js").TableCell[]} cells */
const clausesOf = (cells) => cells.flatMap(({ clauses }) => clauses ?? []);

/** What a right click on the row's mark offers, from the keyboard. */
function menuCell(cells, { offer }) {
  const clauses = clausesOf(cells);
  if (!clauses.length) return el("td", { class: "row-menu" });
  const words = cells.filter((cell) => cell.clauses).map(({ text }) => text).join(", ");
  return el(
    "td",
    { class: "row-menu" },
    el(
      "button",
      {
        type: "button",
        class: "icon-button small",
        title: "More about this row",
        "aria-label": `More about ${words}`,
        on: { click: (event) => offer(event, clauses) },
      },
      icon("more"),
    ),
  );
}

function pager(total, show, count) {
  let start = 0;
  const label = el("span", { "aria-live": "polite" });
  const step = (by) => () => {
    start = Math.max(0, Math.min(start + by, total - 1));
    show(start);
    refresh();
  };
  const back = el("button", { type: "button", class: "button quiet", on: { click: step(-SHEET) } }, "Previous");
  const on = el("button", { type: "button", class: "button quiet", on: { click: step(SHEET) } }, "Next");
  const refresh = () => {
    label.textContent = `Rows ${count(start + 1)}–${count(Math.min(start + SHEET, total))} of ${count(total)}`;
    back.disabled = start === 0;
    on.disabled = start + SHEET >= total;
  };
  refresh();
  return el("div", { class: "pager" }, label, back, on);
}

/**
 * The table of a chart that has none of its own: its columns as they are.
 * @param {import("./types.js").Figures} data @param {import("./types.js").ChartContext} context
 * @returns {import("./types.js").TableContent}
 */
export function plainTable(data, context) {
  const { dimensions, measures } = context.visual;
  const columns = [
    ...dimensions.map((name) => ({
      label: context.dimension(name).label,
      number: context.dimension(name).kind === "number",
    })),
    ...measures.map((name) => ({ label: context.measure(name).label, number: true })),
  ];
  const part = partFigures(data, context.measure(measures.at(-1)));
  if (part) columns.push({ label: `${columns.at(-1).label}, selected`, number: true });
  const selected = (row) => (part
    ? [{ text: context.format.full(part(...row.slice(0, -1)), context.measure(measures.at(-1)).format), number: true }]
    : []);
  const rows = data.rows.map((row) => row.map((value, index) => {
    if (index >= dimensions.length) return {
      text: context.format.full(value, context.measure(measures[index - dimensions.length]).format),
      number: true,
    };
    const dimension = context.dimension(dimensions[index]);
    return {
      text: context.format.name(value, dimension),
      number: dimension.kind === "number",
      colour: dimension.segmentation ? context.colour(dimensions[index], value) : null,
      clauses: isOther(value) ? null : [{ dimension: dimensions[index], values: [value] }],
    };
  }).concat(selected(row)));
  return { columns, rows };
}
