/** The pages of segmentations: what was found, what makes each segment, and why there are so many. */

import { loadScoreForm, loadSegmentation, loadSegmentations, loadSegmentPlots, loadSegmentProfile } from "./api.js";
import { dataTable } from "./data-parts.js";
import { el } from "./dom.js";
import { beginDrawing, endDrawing } from "./ready.js";
import { CustomerPanel } from "./segments-customer.js";
import { segmentationHead, segmentationPage } from "./segments-page.js";
import { ScorePage } from "./segments-score.js";
import { verdictTitle } from "./segments-words.js";

/** @param {?string} name */
export const segmentsAddress = (name) => (name === null ? "#/segments" : `#/segments/${encodeURIComponent(name)}`);

export class SegmentsView {
  #isShown = true;
  /** @type {import("./plot-figure.js").PlotFigure[]} */
  #curves = [];
  /** @type {?CustomerPanel} */
  #customer = null;
  /** @type {?ScorePage} */
  #score = null;
  #observer = new ResizeObserver(() => this.#curves.forEach((curve) => curve.resize()));

  /**
   * @param {HTMLElement} root @param {{name: ?string, tab: ?string}} route
   * @param {{format: import("./format.js").Formats, reader: {edit: boolean, customers: boolean},
   *   onLost: (error: import("./api.js").ApiError) => void}} options
   */
  constructor(root, route, options) {
    this.root = root;
    this.route = route;
    this.options = options;
    this.page = { name: `/segments/${[route.name, route.tab].filter(Boolean).join("/")}` };
    this.cards = new Map();
    if (route.tab === "score") this.#score = new ScorePage(route.name, options.format);
    else if (route.name !== null && options.reader.customers) this.#customer = new CustomerPanel(route.name, options.format);
    this.#observer.observe(root);
  }

  /** Whether this page can show a later run of the same. @param {{kind: string, name: ?string, tab: ?string}} route */
  isOf(route) {
    return route.kind === "segments" && route.name === this.route.name && route.tab === this.route.tab;
  }

  async refresh() {
    const { name } = this.route;
    beginDrawing();
    let answer;
    let [profile, plots, form] = [null, null, null];
    try {
      if (name === null) answer = await loadSegmentations();
      else if (this.#score) {
        [answer, profile, form] = await Promise.all([loadSegmentation(name), loadSegmentProfile(name), loadScoreForm(name)]);
      }
      else {
        [answer, profile, plots] = await Promise.all([
          loadSegmentation(name),
          loadSegmentProfile(name),
          loadSegmentPlots(name),
        ]);
      }
    } catch (error) {
      if (this.#isShown) this.options.onLost(error);
      return;
    }
    if (!this.#isShown) return;
    // Whoever is typing is not interrupted by a new run.
    if (this.root.querySelector("form:not(.customer-form, .score-form)")) return endDrawing();
    this.page.run = answer.run;
    this.#disposeCurves();
    if (name === null) {
      this.root.replaceChildren(...indexPage(answer, this.options.format));
    } else if (this.#score) {
      const focused = this.root.contains(document.activeElement) ? document.activeElement : null;
      this.root.replaceChildren(segmentationHead(answer, this.options.reader, "score"), ...this.#score.nodes(form, profile));
      focused?.focus({ preventScroll: true });
    } else {
      const { nodes, curves } = segmentationPage(answer, profile, plots, this.options, this.#customer?.node);
      const isAsking = this.#customer !== null && document.activeElement === this.#customer.field;
      this.root.replaceChildren(...nodes);
      if (isAsking) this.#customer.field.focus({ preventScroll: true });
      this.#curves = curves;
      await this.#customer?.refresh();
      await Promise.all(curves.map((curve) => curve.draw()));
    }
    if (this.#isShown) endDrawing();
  }

  fits() {
    return false;
  }

  async repaint() {
    beginDrawing();
    await Promise.all(this.#curves.map((curve) => curve.draw()));
    endDrawing();
  }

  dispose() {
    this.#isShown = false;
    this.#observer.disconnect();
    this.#disposeCurves();
  }

  #disposeCurves() {
    for (const curve of this.#curves) curve.dispose();
    this.#curves = [];
  }
}

/** @param {import("./types.js").Segmentations} answer @param {import("./format.js").Formats} format */
function indexPage({ segmentations }, format) {
  return [
    el(
      "div",
      { class: "page-head" },
      el("h1", {}, "Segments"),
      el("p", {}, "Who is alike, what makes each segment, and how far it can be trusted."),
    ),
    el(
      "section",
      { class: "panel" },
      dataTable(
        ["Name", "Method", "Segments", "Customers", "What was found"],
        segmentations.map((each) => [
          {
            node: el("a", { href: segmentsAddress(each.name), dir: "auto" }, each.label),
            detail: each.description,
          },
          each.method,
          { number: format.count(each.k) },
          { number: format.count(each.rows) },
          verdictTitle(each.verdict, each.k),
        ]),
        "This project has no segmentations. Add a file to its segments folder and run it again.",
      ),
    ),
  ];
}
