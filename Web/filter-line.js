/** The line that says by what the page is filtered, and lets each filter go. */

import { clauseWords } from "./clause-words.js";
import { el, icon } from "./dom.js";

export class FilterLine {
  /** Rows that remain, and all; null where the page has no figures yet. */
  #rows = [null, null];

  /**
   * @param {import("./types.js").Page} page @param {import("./selections.js").Selections} selections
   * @param {import("./format.js").Formats} format @param {{openSheet: () => void, clearAll: () => void,
   *   isAsItWas: () => boolean}} actions
   */
  constructor(page, selections, format, { openSheet, clearAll, isAsItWas }) {
    this.isAsItWas = isAsItWas;
    this.page = page;
    this.selections = selections;
    this.format = format;
    this.summary = el("span", { class: "summary", role: "status" });
    this.chips = el("div", { class: "chips" });
    this.clear = el("button", {
      type: "button",
      class: "button quiet clear-all",
      on: { click: clearAll },
    });
    this.sheetButton = page.slicers.length
      ? el(
        "button",
        { type: "button", class: "button open-sheet", on: { click: openSheet } },
        icon("filter"),
        "Filters",
      )
      : null;
    this.element = el("div", { class: "filter-line" }, this.sheetButton, this.summary, this.chips, this.clear);
    this.refresh();
  }

  /** @param {import("./types.js").Page} page */
  adopt(page) {
    this.page = page;
    this.refresh();
  }

  /** @param {?number} used @param {?number} total */
  setRows(used, total) {
    this.#rows = [used ?? null, total ?? null];
    this.refresh();
  }

  refresh() {
    const all = this.selections.all();
    const set = Object.entries(this.selections.parameters());
    const count = all.length + set.length;
    const [used, total] = this.#rows;
    const counts = used === null
      ? ""
      : all.length
        ? `${this.format.count(used)} of ${this.format.count(total)} rows`
        : `All ${this.format.count(total)} rows`;
    this.summary.textContent = all.length ? (counts ? `${counts}, filtered by` : "Filtered by") : counts;
    this.chips.replaceChildren(
      ...all.map((selection) => this.#chip(selection)),
      ...set.map(([name, value]) => this.#assumption(name, value)),
    );
    this.clear.textContent = count ? `Clear all (${count})` : "Clear all";
    this.clear.disabled = this.isAsItWas();
  }

  #assumption(name, value) {
    const parameter = this.page.parameters[name];
    const text = this.format.full(value, parameter?.format);
    return this.#dismissable("What if ", parameter?.label ?? name, text, "Take back", () =>
      this.selections.setParameter(name, null));
  }

  #chip(selection) {
    const names = selection.dimensions ?? [selection.dimension];
    const label = names.map((name) => this.page.dimensions[name]?.label ?? name).join(" › ");
    return this.#dismissable("", label, this.#describe(selection), "Remove the filter", () =>
      this.selections.remove(selection));
  }

  #dismissable(lead, label, text, verb, letGo) {
    const click = () => {
      letGo();
      // The chip that had the focus is gone: the next thing to act on is its neighbour or "Clear all".
      (this.chips.querySelector("button") ?? this.clear).focus();
    };
    const words = `${label}: ${text}`;
    return el(
      "button",
      { type: "button", class: "chip", title: words, "aria-label": `${verb} ${words}`, on: { click } },
      el("span", { class: "chip-text" }, el("span", { class: "chip-label" }, `${lead}${label}: `), el("bdi", {}, text)),
      icon("close"),
    );
  }

  #describe(selection) {
    const { source, period, range, dimensions, paths } = selection;
    if (period) {
      const label = this.page.slicers.find(({ id }) => id === source)?.periods?.find((each) => each.name === period)?.label;
      return `${label ?? period} (${this.format.range(range)})`;
    }
    if (paths?.length > 2) return `${this.format.count(paths.length)} chosen`;
    if (paths) return paths.map((path) => path.map((value, level) =>
      this.format.name(value, this.page.dimensions[dimensions[level]])).join(" › ")).join(", ");
    return clauseWords(selection, this.page.dimensions[selection.dimension], this.format);
  }
}
