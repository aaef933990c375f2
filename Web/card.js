/** The frame of one visual: title, states, table view, "About", footer. What is inside is the chart module's. */

import { attachPopover, el, icon } from "./dom.js";
import { interned, shownWords } from "./chart-data.js";
import { aboutPanel } from "./about.js";
import { fileMenu } from "./card-files.js";
import { loadChart } from "./chart-module.js";
import { drillPath } from "./drill-path.js";
import { atLevel } from "./drills.js";
import { EChart } from "./echarts-kit.js";
import { FocusMode } from "./focus-mode.js";
import { plainTable, tableView } from "./table-view.js";

export class Card {
  /** @type {?import("./types.js").Chart} */
  #chart = null;
  #data = null;
  #highlight = [];
  #asTable = false;
  /** The size at which the chart was drawn last. */
  #drawnAt = "";
  #module = null;
  /** How many levels down the chart is. */
  #level = 0;

  /**
   * @param {import("./types.js").Visual} visual @param {import("./types.js").ChartContext} context
   * @param {{run: () => string, clearAll: () => void, goUp?: (level: number) => void,
   *   showAll?: ?(() => void), model?: string, csv?: ?(() => Blob|Promise<Blob>), onProblem?: (error: Error) => void}} page
   *   `showAll` shows the rows behind all of it, `csv` is its figures as a file
   */
  constructor(visual, context, page) {
    this.top = { visual, context };
    this.visual = visual;
    this.context = context;
    this.page = page;
    this.focusMode = new FocusMode(this);
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
      onOpen: () => about.replaceChildren(
        ...aboutPanel(this.visual, this.context, this.page.run(), this.#data),
        ...this.#aboutActions(() => about.hidePopover()),
      ),
    });
    this.fileButton = el(
      "button",
      { type: "button", class: "icon-button small file-button", title: "Save this figure", "aria-label": `Save ${title}`, hidden: true },
      icon("save"),
    );
    const files = el("div", { class: "menu" });
    attachPopover(this.fileButton, files, { onOpen: () => files.replaceChildren(...this.#files()) });
    files.addEventListener("click", () => files.hidePopover());
    this.rowsButton = this.page.showAll
      ? el("button", {
        type: "button",
        class: "icon-button small rows-button",
        title: `Show the ${this.page.model}`,
        "aria-label": `Show the ${this.page.model} behind ${title}`,
        on: { click: () => this.page.showAll() },
      }, icon("people"))
      : null;
    this.actions = el(
      "div",
      { class: "card-actions" },
      this.tableButton,
      this.context.isSaved ? null : this.focusMode.button,
      this.rowsButton,
      this.fileButton,
      files,
      aboutButton,
      about,
    );
    this.levels = el("div", { class: "card-levels" });
    const head = el("header", { class: "card-head" }, this.title, this.subtitle, this.levels);
    const attributes = { "data-visual": id, "data-type": type, "aria-labelledby": `title-${id}`, "aria-busy": "true" };
    this.element = el("article", { class: "card", ...attributes }, head, this.body, this.actions, this.foot);
    this.element.__aurora = { data: null };
  }

  /** Takes another place or size on the page. @param {import("./types.js").Visual} visual with the same content */
  become(visual) {
    Object.assign(this.visual, visual);
    this.element.dataset.visual = visual.id;
    this.title.id = `title-${visual.id}`;
    this.element.setAttribute("aria-labelledby", this.title.id);
    for (const name of ["grid-column-end", "grid-row-end", "--tablet-columns"]) this.element.style.removeProperty(name);
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
    this.subtitle.hidden = !this.visual.subtitle && !this.#module.subtitle;
    if (frame === "kpi" || frame === "prose") {
      this.tableButton.remove();
      this.focusMode.button.remove();
    }
    // A mark has its own way to its rows; where the whole card is one figure, the card has it.
    if (frame !== "kpi") this.rowsButton?.remove();
    if (frame === "prose") this.actions.remove();
    this.#showSubtitle();
    this.#makeHolder();
  }

  #makeHolder() {
    const { frame } = this.#module;
    this.holder = el("div", {
      class: "chart",
      role: frame ? null : "group",
      "aria-label": frame ? null : `${this.visual.title}, a chart. The button “Show as a table” gives its figures.`,
    });
  }

  /** Another level is another chart: by another dimension. @param {import("./types.js").Clause[]} path */
  #goTo(path) {
    const { visual, context } = this.top;
    const focused = this.levels.contains(document.activeElement);
    const levels = drillPath(visual, path, context, (level) => this.page.goUp?.(level));
    this.levels.replaceChildren(...(levels && !context.isSaved ? [levels] : []));
    if (focused) this.levels.querySelector("button")?.focus();
    if (path.length === this.#level) return;
    this.#level = path.length;
    this.visual = atLevel(visual, path.length);
    this.context = Object.freeze({ ...context, visual: this.visual });
    this.observer?.disconnect();
    this.#chart?.dispose();
    this.#chart = null;
    this.#makeHolder();
  }

  /**
   * Shows an answer. Resolves when it is on the screen.
   * @param {?Object} data @param {import("./types.js").Selection[]} highlight this visual's own selections
   * @param {import("./types.js").Clause[]} [path] how far down the figures are
   */
  async update(data, highlight, path = []) {
    await this.loaded;
    if (!this.#module) return;
    this.#goTo(path);
    if (data?.folded) {
      for (const key of ["rows", "outliers"]) if (data[key]) data[key] = interned(data[key]);
      if (data.part) data.part.rows = interned(data.part.rows);
      for (const total of [...(data.totals ?? []), ...(data.part?.totals ?? [])]) total.rows = interned(total.rows);
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
      this.#drawnAt = sizeOf(this.holder);
      await this.#chart.update(this.#data, this.#highlight);
      this.focusMode.refresh();
    } catch (error) {
      // Our own mistake, but only this card's: the others still work.
      this.#showError({ title: "This chart could not be drawn", detail: error.message });
    }
  }

  #mount() {
    this.#chart = this.#module.mount(this.holder, this.visual, this.context);
    this.tools?.forEach((tool) => tool.remove());
    this.tools = this.#chart.tools ?? [];
    this.tableButton.after(...this.tools);
    // An observer calls once at its beginning: what has just been drawn at this size need not be drawn again.
    this.observer = new ResizeObserver(() => {
      const size = sizeOf(this.holder);
      if (size === this.#drawnAt && EChart.fitsWithin(this.holder)) return;
      this.#drawnAt = size;
      this.#chart.resize?.();
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
    this.#putTable((view) => this.body.replaceChildren(this.holder, view), this.body);
  }

  /**
   * A selection made in the table redraws the table: the reader stays where they were.
   * @param {(view: HTMLElement) => void} put @param {HTMLElement} place where the table before it is
   */
  #putTable(put, place) {
    const name = (button) => button.ariaLabel ?? button.textContent;
    const focused = place.contains(document.activeElement) ? name(document.activeElement) : null;
    const view = this.#table();
    put(view);
    if (focused !== null) [...view.querySelectorAll("button")].find((button) => name(button) === focused)?.focus();
  }

  #table() {
    const content = this.#chart.table?.(this.#data) ?? plainTable(this.#data, this.context);
    const { offer } = this.context;
    return tableView(content, {
      caption: this.visual.title,
      isSelected: (clauses) => clauses.every((clause) => this.#highlight.some((own) => holds(own, clause))),
      select: this.context.isSaved ? null : (clauses, add) => this.context.select(clauses, add),
      count: (n) => this.context.format.count(n),
      offer: offer && ((event, clauses) => offer(event, () => this.context.select(clauses))),
    });
  }

  /** Puts the figures as a table into a place beside the chart. @param {HTMLElement} place */
  putTableInto(place) {
    if (!this.#chart || !this.#data || !this.holder.isConnected) return place.replaceChildren();
    this.#putTable((view) => place.replaceChildren(view), place);
  }

  /** While the card has the whole window, its table is beside the chart. @param {boolean} isEnlarged */
  setEnlarged(isEnlarged) {
    if (isEnlarged && this.#asTable) this.#toggleTable();
    this.element.classList.toggle("enlarged", isEnlarged);
  }

  #toggleTable() {
    this.#asTable = !this.#asTable;
    this.tableButton.setAttribute("aria-pressed", String(this.#asTable));
    if (this.#chart && this.holder.isConnected) this.#arrange();
  }

  /** A figure's card on a phone has place for one button only: the others are in its panel. @param {() => void} close */
  #aboutActions(close) {
    if (this.#module?.frame !== "kpi") return [];
    const rows = this.rowsButton && el(
      "button",
      { type: "button", class: "button", on: { click: () => { close(); this.page.showAll(); } } },
      `Show the ${this.page.model}`,
    );
    const files = this.fileButton.hidden ? [] : this.#files();
    for (const entry of files) {
      entry.classList.replace("menu-entry", "button");
      entry.addEventListener("click", close);
    }
    return [el("div", { class: "about-actions" }, rows, ...files)];
  }

  #files() {
    return fileMenu(this.visual, this.context, {
      holder: this.holder?.isConnected ? this.holder : null,
      csv: this.#data?.columns ? this.page.csv ?? null : null,
      onProblem: this.page.onProblem,
      foot: `${this.foot.textContent ? `${this.foot.firstChild.textContent} · ` : ""}Run ${this.page.run()}`,
    });
  }

  #showFoot(data) {
    if (!data) return this.foot.replaceChildren();
    const count = (n) => this.context.format.count(n);
    const rows = `${count(data.rows_used)} of ${count(data.rows_total)} rows`;
    const parts = [];
    if (data.part) parts.push(`Strong: ${data.part.rows_used === null ? "the" : count(data.part.rows_used)} selected`);
    if (data.suppressed > 0) parts.push(
      `${count(data.suppressed)} ${data.suppressed === 1 ? "cell" : "cells"} hidden: fewer than the smallest cell`
    );
    if (data.folded) parts.push("“Other” can't be selected");
    parts.push(...shownWords(data, this.context));
    if (this.#module.notes) parts.push(...this.#module.notes(data, this.context));
    this.foot.replaceChildren(
      el(
        "span",
        { class: "computed", title: `Computed on ${rows}` },
        el("span", { class: "foot-lead" }, "Computed on "),
        rows,
      ),
      ...parts.map((text) => el("span", { title: text }, text)));
  }

  #showEmpty() {
    const clear = el(
      "button",
      { type: "button", class: "button", on: { click: () => this.page.clearAll() } },
      "Clear all filters",
    );
    const said = this.#module.empty?.(this.#data);
    if (said) return this.#showState("empty", said.title, said.detail);
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
    this.focusMode.close();
    this.observer?.disconnect();
    this.#chart?.dispose();
  }
}

const sizeOf = ({ clientWidth, clientHeight }) => `${clientWidth} ${clientHeight}`;

/** @param {import("./types.js").Selection} selection @param {import("./types.js").Clause} clause */
function holds(selection, clause) {
  if (selection.dimension !== clause.dimension) return false;
  const { values, range } = selection;
  if (clause.range) return Boolean(range) && range[0] <= clause.range[0] && range[1] >= clause.range[1];
  return Boolean(values) && clause.values.every((value) => values.includes(value));
}
