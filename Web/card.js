/** The frame of one visual: title, states, table view, "About", footer. What is inside is the chart module's. */

import { attachPopover, el, icon } from "./dom.js";
import { interned } from "./chart-data.js";
import { aboutPanel } from "./about.js";
import { fileMenu } from "./card-files.js";
import { loadChart } from "./chart-module.js";
import { plainTable, tableView } from "./table-view.js";

export class Card {
  /** @type {?import("./types.js").Chart} */
  #chart = null;
  #data = null;
  #highlight = [];
  #asTable = false;
  #module = null;

  /**
   * @param {import("./types.js").Visual} visual @param {import("./types.js").ChartContext} context
   * @param {{run: () => string, clearAll: () => void}} page
   */
  constructor(visual, context, page) {
    this.visual = visual;
    this.context = context;
    this.page = page;
    this.#build();
    this.loaded = this.#load();
  }

  #build() {
    const { id, type, title } = this.visual;
    this.title = el("h2", { class: "card-title", id: `title-${id}`, dir: "auto", title }, title);
    this.subtitle = el("p", { class: "card-subtitle", dir: "auto" }, this.visual.subtitle ?? "");
    this.body = el("div", { class: "card-body" }, el("div", { class: "skeleton" }));
    this.foot = el("footer", { class: "card-foot" });
    this.tableButton = el("button", {
      type: "button",
      class: "icon-button small",
      title: "Show as a table",
      "aria-label": `Show ${title} as a table`,
      "aria-pressed": "false",
      on: { click: () => this.#toggleTable() },
    }, icon("table"));
    const aboutButton = el(
      "button",
      { type: "button", class: "icon-button small", title: "About this figure", "aria-label": `About ${title}` },
      icon("about"),
    );
    const about = el("div", { class: "about" });
    attachPopover(aboutButton, about, {
      onOpen: () => about.replaceChildren(...aboutPanel(this.visual, this.context, this.page.run(), this.#data)),
    });
    this.fileButton = el(
      "button",
      { type: "button", class: "icon-button small", title: "Save this figure", "aria-label": `Save ${title}`, hidden: true },
      icon("save"),
    );
    const files = el("div", { class: "menu" });
    attachPopover(this.fileButton, files, { onOpen: () => files.replaceChildren(...this.#files()) });
    files.addEventListener("click", () => files.hidePopover());
    this.actions = el("div", { class: "card-actions" }, this.tableButton, this.fileButton, files, aboutButton, about);
    const head = el("header", { class: "card-head" }, this.title, this.subtitle);
    const attributes = { "data-visual": id, "data-type": type, "aria-labelledby": `title-${id}`, "aria-busy": "true" };
    this.element = el("article", { class: "card", ...attributes }, head, this.body, this.actions, this.foot);
    this.element.__aurora = { data: null };
  }

  async #load() {
    try {
      // The name is the project's: only a plain word may become an address.
      if (!/^[a-z_]+$/.test(this.visual.type)) throw new Error(`no such kind: ${this.visual.type}`);
      this.#module = await loadChart(this.visual.type);
    } catch {
      this.#showError({
        title: "This kind of chart cannot be shown",
        detail: `There is no chart module “${this.visual.type}”.`,
      });
      return;
    }
    const { frame } = this.#module;
    if (frame) this.element.classList.add(`${frame}-card`);
    if (frame === "kpi" || frame === "prose") this.tableButton.remove();
    if (frame === "prose") this.actions.remove();
    this.#showSubtitle();
    this.holder = el("div", {
      class: "chart",
      role: frame ? null : "group",
      "aria-label": frame ? null : `${this.visual.title}, a chart. The button “Show as a table” gives its figures.`,
    });
  }

  /**
   * Shows an answer. Resolves when it is on the screen.
   * @param {?Object} data @param {import("./types.js").Selection[]} highlight this visual's own selections
   */
  async update(data, highlight) {
    await this.loaded;
    if (!this.#module) return;
    if (data?.folded) {
      for (const key of ["rows", "outliers"]) if (data[key]) data[key] = interned(data[key]);
      for (const total of data.totals ?? []) total.rows = interned(total.rows);
    }
    this.#data = data;
    this.#highlight = highlight;
    this.element.__aurora.data = data;
    this.element.classList.toggle("source", highlight.length > 0);
    this.element.setAttribute("aria-busy", "false");
    this.fileButton.hidden = !data || Boolean(data.error || data.left_out);
    if (data?.error) return this.#showError(data.error);
    if (data?.left_out) {
      this.foot.replaceChildren();
      return this.#showState("empty", "Not in this file", data.left_out);
    }
    this.#showSubtitle();
    this.#showFoot(data);
    if (data && this.#isEmpty(data)) return this.#showEmpty();
    await this.#draw();
  }

  #showSubtitle() {
    const text = this.visual.subtitle ?? this.#module.subtitle?.(this.visual, this.context, this.#data) ?? "";
    this.subtitle.textContent = text;
    this.subtitle.title = text;
    // Until it is known that there is none, its place is kept.
    this.subtitle.hidden = text === "";
  }

  #isEmpty(data) {
    if (this.#module.isEmpty) return this.#module.isEmpty(data);
    return data.rows?.length === 0;
  }

  async #draw() {
    if (!this.#chart) this.body.replaceChildren(this.holder);
    try {
      if (!this.#chart) this.#mount();
      this.#arrange();
      await this.#chart.update(this.#data, this.#highlight);
    } catch (error) {
      // Our own mistake, but only this card's: the others still work.
      this.#showError({ title: "This chart could not be drawn", detail: error.message });
    }
  }

  #mount() {
    this.#chart = this.#module.mount(this.holder, this.visual, this.context);
    this.observer = new ResizeObserver(() => {
      this.#chart.resize?.();
      this.#fitFoot();
    });
    this.observer.observe(this.holder);
  }

  /** Puts the chart back, with its table over it if the reader asked for that. The chart stays laid out behind it. */
  #arrange() {
    this.tableButton.hidden = false;
    const withTable = this.#asTable && this.#data;
    this.holder.classList.toggle("behind", Boolean(withTable));
    if (!withTable) {
      // What is where it belongs stays there: to put it back would take the focus from what is in it.
      const isThere = this.body.childElementCount === 1 && this.body.firstElementChild === this.holder;
      if (!isThere) this.body.replaceChildren(this.holder);
      return;
    }
    const focused = this.body.contains(document.activeElement) ? document.activeElement.textContent : null;
    const content = this.#chart.table?.(this.#data) ?? plainTable(this.#data, this.context);
    const view = tableView(content, {
      caption: this.visual.title,
      isSelected: (clauses) => clauses.every((clause) => this.#highlight.some((own) => holds(own, clause))),
      select: this.context.isSaved ? null : (clauses, add) => this.context.select(clauses, add),
      count: (n) => this.context.format.count(n),
    });
    this.body.replaceChildren(this.holder, view);
    // A selection made in the table redraws the table: the reader stays where they were.
    if (focused !== null) [...view.querySelectorAll("button")].find(
      (button) => button.textContent === focused
    )?.focus();
  }

  #toggleTable() {
    this.#asTable = !this.#asTable;
    this.tableButton.setAttribute("aria-pressed", String(this.#asTable));
    if (this.#chart && this.holder.isConnected) this.#arrange();
  }

  #files() {
    return fileMenu(this.visual, this.context, {
      holder: this.holder?.isConnected ? this.holder : null,
      data: this.#data,
      table: () => this.#chart?.table?.(this.#data) ?? null,
      foot: `${this.foot.textContent ? `${this.foot.firstChild.textContent} · ` : ""}Run ${this.page.run()}`,
    });
  }

  #showFoot(data) {
    if (!data) return this.foot.replaceChildren();
    const count = (n) => this.context.format.count(n);
    const rows = `${count(data.rows_used)} of ${count(data.rows_total)} rows`;
    const parts = [];
    if (data.suppressed > 0) parts.push(
      `${count(data.suppressed)} ${data.suppressed === 1 ? "cell" : "cells"} hidden: fewer than the smallest cell`
    );
    if (data.folded) parts.push("“Other” can't be selected");
    if (this.#module.notes) parts.push(...this.#module.notes(data, this.context));
    this.foot.replaceChildren(
      el(
        "span",
        { class: "computed", title: `Computed on ${rows}` },
        el("span", { class: "foot-lead" }, "Computed on "),
        rows,
      ),
      ...parts.map((text) => el("span", { title: text }, text)));
    this.#fitFoot();
  }

  /** Where a figure's card is too narrow for the whole sentence, its rows say enough. */
  #fitFoot() {
    const line = this.#module.frame === "kpi" ? this.foot.querySelector(".computed") : null;
    if (!line) return;
    line.classList.remove("short");
    line.classList.toggle("short", line.scrollWidth > line.clientWidth);
  }

  #showEmpty() {
    const clear = el(
      "button",
      { type: "button", class: "button", on: { click: () => this.page.clearAll() } },
      "Clear all filters",
    );
    const filtered = this.context.selections().length > 0;
    const { isSaved } = this.context;
    const why = isSaved ? "No row is left under the filters of this report." : filtered
      ? "The filters leave no rows. Remove one of them or widen a range."
      : "The run holds no rows for this figure.";
    this.#showState("empty", "No customers match", why, filtered && !isSaved ? clear : null);
  }

  #showError(error) {
    this.foot.replaceChildren();
    this.element.setAttribute("aria-busy", "false");
    this.#showState("error", error.title, error.detail ?? "");
  }

  #showState(kind, title, detail, action = null) {
    this.tableButton.hidden = true;
    this.body.replaceChildren(el(
      "div",
      { class: `state ${kind}`, role: kind === "error" ? "alert" : "status", title: detail },
      el("strong", {}, title),
      detail ? el("p", {}, detail) : null,
      action,
    ));
  }

  /** After a change of theme: the same figures in other colours. */
  async repaint() {
    if (this.#chart && this.holder.isConnected) await this.#draw();
  }

  /** @param {*} key @returns {?{x: number, y: number}} */
  markPosition(key) {
    return this.holder?.isConnected ? this.#chart?.markPosition?.(key) ?? null : null;
  }

  dispose() {
    this.observer?.disconnect();
    this.#chart?.dispose();
  }
}

/** @param {import("./types.js").Selection} selection @param {import("./types.js").Clause} clause */
function holds(selection, clause) {
  if (selection.dimension !== clause.dimension) return false;
  const { values, range } = selection;
  if (clause.range) return Boolean(range) && range[0] <= clause.range[0] && range[1] >= clause.range[1];
  return Boolean(values) && clause.values.every((value) => values.includes(value));
}
