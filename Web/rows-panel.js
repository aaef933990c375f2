/** The customers behind a mark: their rows, a page at a time, and one customer's card with why it is where it is. */

import { loadCustomer, loadRows, loadRowsFile } from "./api.js";
import { colourOf } from "./colours.js";
import { dot, el, icon } from "./dom.js";
import { fileName, saveFile } from "./save-file.js";
import { customerCard, problemWords } from "./segments-customer.js";

/** Rows on one sheet. */
const SHEET = 50;

/** "customers", "card holders": a model's name as a word. @param {string} model */
export const modelWords = (model) => model.replaceAll("_", " ");

/**
 * Opens the rows behind a mark.
 * @param {string} page @param {{visual: string, measure: ?string, mark: Object[], selections: Object[]}} request
 * @param {{title: string, words: string, filters: string, format: import("./format.js").Formats}} labels
 */
export function openRows(page, request, labels) {
  new RowsPanel(page, request, labels).open();
}

class RowsPanel {
  #asked = 0;
  #sort = null;
  #start = 0;

  constructor(page, request, labels) {
    Object.assign(this, { page, request, labels, format: labels.format });
    this.heading = el("h2", { id: "rows-title", dir: "auto" }, labels.title);
    this.lead = el("p", { class: "rows-lead", dir: "auto" }, labels.words);
    this.count = el("p", { class: "rows-count", role: "status" });
    this.save = el(
      "button",
      { type: "button", class: "button rows-save", hidden: true, on: { click: () => this.#saveFile() } },
      icon("save"),
      "CSV",
    );
    const close = el(
      "button",
      { type: "button", class: "icon-button rows-close", "aria-label": "Close", title: "Close", on: { click: () => this.dialog.close() } },
      icon("close"),
    );
    this.body = el("div", { class: "rows-body", "aria-live": "polite" });
    this.dialog = el(
      "dialog",
      { class: "rows-dialog", "aria-labelledby": "rows-title" },
      el("div", { class: "rows-head" }, el("div", {}, this.heading, this.lead, this.count), this.save, close),
      this.body,
    );
    this.dialog.addEventListener("close", () => {
      this.#asked += 1;
      this.dialog.remove();
    });
    this.dialog.addEventListener("click", ({ target }) => {
      if (target === this.dialog) this.dialog.close();
    });
  }

  open() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.#show();
  }

  #body() {
    const sort = this.#sort ? { sort: this.#sort } : {};
    return { ...this.request, ...sort, start: this.#start, limit: SHEET };
  }

  async #show(focused = null) {
    const asked = ++this.#asked;
    this.body.setAttribute("aria-busy", "true");
    try {
      const answer = await loadRows(this.page, this.#body());
      if (asked !== this.#asked) return;
      this.answer = answer;
      this.#draw(focused);
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#problem(error);
    }
    this.body.removeAttribute("aria-busy");
  }

  #problem(error) {
    this.body.replaceChildren(el("p", { class: "rows-problem", role: "alert" }, problemWords(error)));
  }

  /** @param {?string} focused what had the focus, by its `data-focus` */
  #draw(focused) {
    const { model, total, rows_total: all } = this.answer;
    const { format } = this;
    this.heading.textContent = this.labels.title;
    this.lead.hidden = false;
    this.save.hidden = total === 0;
    const under = this.labels.filters ? `, under ${this.labels.filters}` : "";
    this.count.textContent = `${format.count(total)} of ${format.count(all)} rows of ${modelWords(model)}${under}`;
    if (total === 0) {
      this.body.replaceChildren(el("p", { class: "rows-problem" }, "No row is left under the filters."));
      return;
    }
    const table = el(
      "div",
      { class: "data-table rows-table", role: "region", tabindex: "0", "aria-label": `${this.labels.title}, a table` },
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, ...this.#headings())),
        el("tbody", {}, ...this.answer.rows.map((row) => this.#row(row))),
      ),
    );
    this.body.replaceChildren(table, this.#pager());
    (this.body.querySelector(`[data-focus="${CSS.escape(focused ?? "")}"]:enabled`) ?? table).focus();
  }

  #headings() {
    const headings = this.answer.columns.map((column) => {
      const own = this.#sort?.column === column.name;
      const direction = !own ? "none" : this.#sort.descending ? "descending" : "ascending";
      const click = () => {
        this.#sort = { column: column.name, descending: own ? !this.#sort.descending : false };
        this.#start = 0;
        this.#show(`sort-${column.name}`);
      };
      return el(
        "th",
        { scope: "col", class: isFigure(column) ? "number" : null, "aria-sort": direction },
        el(
          "button",
          { type: "button", class: "sorter", "data-focus": `sort-${column.name}`, title: column.name, on: { click } },
          el("span", { dir: "auto" }, column.label),
          el("span", { class: "sort-mark", "aria-hidden": "true" }, own ? (this.#sort.descending ? "▾" : "▴") : ""),
        ),
      );
    });
    const why = this.answer.segmentations.length ? el("th", { scope: "col" }, el("span", { class: "visually-hidden" }, "Explained")) : null;
    return why ? [headings[0], why, ...headings.slice(1)] : headings;
  }

  #row(row) {
    const { columns, segmentations, key } = this.answer;
    const cells = columns.map((column, index) => el(
      column.name === key ? "th" : "td",
      { scope: column.name === key ? "row" : null, class: isFigure(column) ? "number" : null },
      ...this.#cell(row[index], column),
    ));
    if (!segmentations.length) return el("tr", {}, ...cells);
    const value = row[columns.findIndex(({ name }) => name === key)];
    const why = el(
      "button",
      {
        type: "button",
        class: "button small why-here",
        "data-focus": `why-${value}`,
        "aria-label": `Why ${value} is in its segment`,
        on: { click: () => this.#explain(String(value), segmentations[0].name) },
      },
      "Why here",
    );
    return el("tr", {}, cells[0], el("td", {}, why), ...cells.slice(1));
  }

  #cell(value, { kind, format, segments }) {
    if (value === null) return [el("span", { class: "missing" }, "–")];
    if (segments) return [
      el(
        "span",
        { class: "name" },
        dot(colourOf({ segmentation: true, values: segments.map((each, index) => ({ value: each, colour: index + 1 })) }, value)),
        el("bdi", {}, value),
      ),
    ];
    if (kind === "number" && format) return [this.format.number(value, format)];
    // What nobody has said how to write stays as it is: a year or a code has no thousands.
    return [el("bdi", {}, kind === "boolean" ? this.format.name(value) : String(value))];
  }

  #pager() {
    const { start, rows, total } = this.answer;
    const { format } = this;
    const step = (words, to, focus) => el(
      "button",
      {
        type: "button",
        class: "button quiet",
        "data-focus": focus,
        disabled: to < 0 || to >= total,
        on: {
          click: () => {
            this.#start = to;
            this.#show(focus);
          },
        },
      },
      words,
    );
    return el(
      "div",
      { class: "pager" },
      el("span", {}, `Rows ${format.count(start + 1)}–${format.count(start + rows.length)} of ${format.count(total)}`),
      step("Previous", start - SHEET, "previous"),
      step("Next", start + SHEET, "next"),
    );
  }

  /** One customer's card in place of the rows, and a way back to them. */
  async #explain(key, segmentation) {
    const asked = ++this.#asked;
    this.body.setAttribute("aria-busy", "true");
    let content;
    try {
      content = customerCard(await loadCustomer(segmentation, key), this.format);
    } catch (error) {
      content = el("p", { class: "rows-problem", role: "alert" }, problemWords(error));
    }
    if (asked !== this.#asked) return;
    this.body.removeAttribute("aria-busy");
    const back = el(
      "button",
      { type: "button", class: "button rows-back", on: { click: () => this.#draw(`why-${key}`) } },
      "‹ Back to the rows",
    );
    const others = this.answer.segmentations.length > 1
      ? el(
        "div",
        { class: "tiles", role: "group", "aria-label": "Segmentation" },
        ...this.answer.segmentations.map(({ name, label }) => el(
          "button",
          {
            type: "button",
            class: "button tile",
            "aria-pressed": String(name === segmentation),
            on: { click: () => this.#explain(key, name) },
          },
          label,
        )),
      )
      : null;
    const { label } = this.answer.segmentations.find(({ name }) => name === segmentation);
    this.heading.textContent = `Why this customer is where it is: ${label}`;
    this.lead.hidden = true;
    this.count.textContent = "";
    this.save.hidden = true;
    this.body.replaceChildren(el("div", { class: "rows-card" }, el("div", { class: "rows-ways" }, back, others), content));
    back.focus();
  }

  async #saveFile() {
    this.save.setAttribute("aria-busy", "true");
    try {
      const { start, limit, ...body } = this.#body();
      saveFile(await loadRowsFile(this.page, body), fileName(`${this.labels.title} ${this.answer.run}`, "csv"));
    } catch (error) {
      this.#problem(error);
    } finally {
      this.save.removeAttribute("aria-busy");
    }
  }
}

const isFigure = ({ kind, format }) => kind === "number" && Boolean(format);
