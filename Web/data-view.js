/** The data pages: what was read, what became of it, and where a figure comes from. */

import { loadLineage, loadTable, loadTables } from "./api.js";
import { el } from "./dom.js";
import { beginDrawing, endDrawing } from "./ready.js";
import { sourcePage } from "./data-source.js";
import { modelPage } from "./data-story.js";
import { lineagePage } from "./data-lineage.js";
import { dataLink, dataTable } from "./data-parts.js";

const PAGES = {
  index: { load: () => loadTables(), draw: indexPage },
  sources: { load: (name) => loadTable("sources", name), draw: sourcePage },
  models: { load: (name) => loadTable("models", name), draw: modelPage },
  lineage: { load: (name) => loadLineage(name), draw: lineagePage },
};

export class DataView {
  #isShown = true;

  /**
   * @param {HTMLElement} root @param {{kind: string, name: ?string}} route
   * @param {{format: import("./format.js").Formats, reader: {customers: boolean}, onLost: (error: import("./api.js").ApiError) => void}} options
   */
  constructor(root, route, options) {
    this.root = root;
    this.route = route;
    this.options = options;
    this.page = { name: `/data/${route.kind}/${route.name}` };
    this.cards = new Map();
  }

  async refresh() {
    const page = PAGES[this.route.kind];
    beginDrawing();
    let answer;
    try {
      answer = await page.load(this.route.name);
    } catch (error) {
      if (this.#isShown) this.options.onLost(error);
      return;
    }
    if (!this.#isShown) return;
    this.page.run = answer.run;
    this.root.replaceChildren(...page.draw(answer, this.options.format, this.options.reader));
    endDrawing();
  }

  fits() {
    return false;
  }

  /** All colours are the style sheet's. */
  repaint() {}

  dispose() {
    this.#isShown = false;
  }
}

/** @param {import("./types.js").DataTables} answer @param {import("./format.js").Formats} format */
function indexPage({ tables }, format) {
  const section = (kind, title, words) => {
    const own = tables.filter((table) => table.kind === kind);
    return el(
      "section",
      { class: "panel" },
      el("h2", {}, title),
      dataTable(
        ["Name", "From", "Rows", "Set aside", "Columns", "Notices"],
        own.map((table) => [
          { node: dataLink(`${kind}s`, table.name), detail: table.description },
          table.origin,
          { number: format.count(table.rows) },
          { number: table.quarantined ? format.count(table.quarantined) : "–", isRaised: table.quarantined > 0 },
          { number: format.count(table.columns) },
          { number: table.notices ? format.count(table.notices) : "–", isRaised: table.notices > 0 },
        ]),
        words,
      ),
    );
  };
  return [
    el(
      "div",
      { class: "page-head" },
      el("h1", {}, "Data"),
      el("p", {}, "What was read, what became of it, and what it holds."),
    ),
    el("p", { class: "totals" }, totals(tables, format)),
    section("source", "Sources", "This project has no sources."),
    section("model", "Models", "This project has no models."),
  ];
}

/** @param {import("./types.js").DataTables["tables"]} tables @param {import("./format.js").Formats} format */
function totals(tables, format) {
  const own = (kind) => tables.filter((table) => table.kind === kind);
  const sum = (list, name) => list.reduce((total, table) => total + table[name], 0);
  const count = (number, one, many) => `${format.count(number)} ${number === 1 ? one : many}`;
  const [sources, models] = [own("source"), own("model")];
  const aside = sum(sources, "quarantined");
  const notices = sum(tables, "notices");
  return [
    count(sources.length, "source", "sources"),
    count(sum(sources, "rows") + aside, "row read", "rows read"),
    aside ? count(aside, "row set aside", "rows set aside") : "none set aside",
    count(models.length, "model", "models"),
    notices ? count(notices, "notice", "notices") : "no notice",
  ].join(" · ");
}
