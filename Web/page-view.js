/** One page: its slicers, its grid of cards, and the one request that fills them all. */

import { loadData, loadFigures, loadGeometry, renameSegment } from "./api.js";
import { bookmarkMenu, stepsOf, Story } from "./bookmarks.js";
import { Card } from "./card.js";
import { chartContext } from "./chart-context.js";
import { isOther } from "./chart-data.js";
import { el } from "./dom.js";
import { askedOf } from "./drills.js";
import { FilterLine } from "./filter-line.js";
import { hasOverlay } from "./focus-mode.js";
import { layOut } from "./layout.js";
import { MarkActions } from "./mark-actions.js";
import { PageFoot } from "./page-foot.js";
import { beginDrawing, endDrawing } from "./ready.js";
import { contentOf } from "./selections.js";
import { SlicerBar } from "./slicers.js";

/** While a handle is dragged, at most one request in this time (ms). */
const DRAG_PAUSE = 120;

export class PageView {
  #sequence = 0;
  #timer = null;
  #abort = null;
  /** Whether the reader has changed the selections since the address was last told. */
  #isChanged = false;
  #isDragging = false;

  /**
   * @param {HTMLElement} root @param {import("./types.js").Page} page
   * @param {{format: import("./format.js").Formats, mayEdit: boolean, maySeeCustomers: boolean,
   *   selections: import("./selections.js").Selections, drills: import("./drills.js").Drills,
   *   onRunChanged: () => void, onState: (state: ?string, isChanged: boolean) => void, onStep: (step: number) => void,
   *   onLost: (error: import("./api.js").ApiError) => void}} options
   */
  constructor(root, page, options) {
    this.page = page;
    this.options = options;
    this.root = root;
    this.#build();
    this.onChange = ({ detail }) => this.#selectionsChanged(detail?.dragging);
    options.selections.addEventListener("change", this.onChange);
    options.drills.addEventListener("change", this.onChange);
    this.onKey = (event) => this.#key(event);
    document.addEventListener("keydown", this.onKey);
  }

  /** @param {Card[]} [old] cards that may be kept, with what they show */
  #build(old = []) {
    const { page, options } = this;
    const { selections, drills, format } = options;
    const clearAll = () => {
      selections.clear();
      drills.clear();
    };
    this.marks = new MarkActions(() => this.page, options);
    const kept = new Map();
    for (const visual of page.visuals) {
      const same = old.filter((card) => ![...kept.values()].includes(card) && contentOf(card.visual) === contentOf(visual));
      const found = same.find((card) => card.visual.id === visual.id) ?? same[0];
      if (found) kept.set(visual.id, found);
    }
    for (const card of old) if (![...kept.values()].includes(card)) card.dispose();
    for (const visual of page.visuals) kept.get(visual.id)?.become(visual);
    this.cards = new Map(page.visuals.map((visual) => [visual.id, kept.get(visual.id) ?? this.#card(visual, clearAll)]));
    this.slicers = new SlicerBar(page, selections, format);
    this.filterLine = new FilterLine(page, selections, format, {
      openSheet: () => this.slicers.openSheet(),
      clearAll,
      isAsItWas: () => !selections.isAnything && !drills.isAnywhere,
    });
    const toolbar = el(
      "div",
      { class: "toolbar", role: "group", "aria-label": "Filters" },
      page.slicers.length ? this.slicers.element : null,
      this.filterLine.element,
    );
    const steps = stepsOf(page);
    this.story = steps.length ? new Story(steps, format, (step) => this.#turnTo(step)) : null;
    const others = page.bookmarks.filter((bookmark) => !steps.includes(bookmark));
    const menu = bookmarkMenu(others, format, (bookmark) => this.#become(bookmark));
    this.foot = new PageFoot(page, format);
    this.grid = el("div", { class: "grid", "data-first": old.length ? null : "modules" });
    layOut(this.grid, [...this.cards.values()]);
    Promise.all([...this.cards.values()].map((card) => card.loaded)).then(() => {
      if (this.grid.hasAttribute("data-first")) this.grid.dataset.first = "figures";
    });
    this.root.replaceChildren(
      el(
        "div",
        { class: "page-head" },
        el("div", { class: "page-title" }, el("h1", { dir: "auto" }, page.title), menu),
        page.description ? el("p", { dir: "auto" }, page.description) : null,
      ),
      ...(this.story ? [this.story.element] : []),
      toolbar, this.grid, this.foot.element);
  }

  /** @param {import("./types.js").Visual} visual @param {() => void} clearAll */
  #card(visual, clearAll) {
    const context = this.#context(visual);
    return new Card(visual, context, {
      run: () => this.page.run,
      clearAll,
      goUp: (level) => this.marks.goUp(visual, level),
      showAll: this.marks.hasRows(visual) ? () => this.marks.showRows(visual, [], context) : null,
      model: this.marks.modelOf(visual),
      csv: () => loadFigures(this.page.name, visual.id, askedOf(this.options.selections, this.options.drills)),
      onProblem: this.options.onLost,
    });
  }

  /** @param {import("./types.js").Visual} visual @returns {import("./types.js").ChartContext} */
  #context(visual) {
    const { selections, format } = this.options;
    return chartContext(visual, () => this.page, format, {
      // Many levels as one are no value that could be selected.
      select: (clauses, add = false) => {
        if (this.marks.catches(visual, clauses)) return;
        if (clauses.some(({ values }) => values?.some(isOther))) return;
        const isMore = add && selections.of(visual.id).length > 0;
        selections.toggle(visual.id, isMore ? clauses : [...this.options.drills.of(visual.id), ...clauses], add);
      },
      offer: this.marks.hasAny(visual) ? (event, pick) => this.marks.offer(visual, event, pick) : null,
      selections: () => selections.all(),
      geometry: loadGeometry,
      rename: this.options.mayEdit
        ? ({ segmentation, segment, name }, wanted) => renameSegment(segmentation, segment, wanted, name)
        : null,
    });
  }

  /** Escape lets go of what was clicked in visuals; slicers stay. */
  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented || hasOverlay()) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea")) return;
    this.options.selections.letGo(new Set(this.page.visuals.map(({ id }) => id)));
  }

  #turnTo(step) {
    if (step < 1 || step > this.story.steps.length || step === this.story.step) return;
    this.story.show(step);
    this.options.onStep(step);
    this.#become(this.story.steps[step - 1]);
  }

  #become(bookmark) {
    this.options.drills.restore({});
    this.options.selections.become(bookmark);
  }

  #selectionsChanged(dragging) {
    beginDrawing();
    this.#isChanged = true;
    this.slicers.refresh();
    this.filterLine.refresh();
    clearTimeout(this.#timer);
    this.#isDragging = dragging;
    this.#timer = setTimeout(() => this.refresh(), dragging ? DRAG_PAUSE : 0);
  }

  /** Fetches and shows the figures. Of several calls under way only the last one is shown. */
  async refresh() {
    const sequence = ++this.#sequence;
    this.#abort?.abort();
    this.#abort = new AbortController();
    beginDrawing();
    let answer;
    try {
      answer = await loadData(
        this.page.name,
        askedOf(this.options.selections, this.options.drills),
        this.#abort.signal,
      );
    } catch (error) {
      if (sequence !== this.#sequence || error.name === "AbortError") return;
      this.options.onLost(error);
      return;
    }
    if (sequence !== this.#sequence) return;
    if (answer.run !== this.page.run) this.options.onRunChanged();
    // What a hand is still moving is no place to come back to.
    if (!this.#isDragging) {
      this.options.onState(answer.state, this.#isChanged);
      this.#isChanged = false;
    }
    this.slicers.setFigures(answer.slicers);
    this.filterLine.setRows(answer.rows_used, answer.rows_total);
    this.foot.setRows(answer.rows_used, answer.rows_total);
    await Promise.all([...this.cards.values()].map((card) => card.update(
      answer.visuals[card.visual.id] ?? null,
      this.options.selections.of(card.visual.id),
      this.options.drills.of(card.visual.id),
    )));
    if (sequence !== this.#sequence) return;
    this.grid.removeAttribute("data-first");
    endDrawing();
  }

  /** The same layout from a new run: cards stay, figures change. @param {import("./types.js").Page} page */
  adopt(page) {
    this.page = page;
    this.slicers.adopt(page);
    this.filterLine.adopt(page);
    this.foot.adopt(page);
    return this.refresh();
  }

  /** Another layout of the same page: what shows the same keeps its card. @param {import("./types.js").Page} page */
  reshape(page) {
    const top = scrollY;
    this.page = page;
    this.slicers.dispose();
    this.#build([...this.cards.values()]);
    scrollTo(0, top);
    return this.refresh();
  }

  /** Whether a page can take this one's place without rebuilding. @param {import("./types.js").Page} page */
  fits(page) {
    const shape = ({ name, title, description, slicers, visuals, bookmarks, story }) => JSON.stringify({
      name,
      title,
      description,
      visuals,
      story,
      bookmarks: bookmarks.map((bookmark) => [bookmark.name, bookmark.title, bookmark.text, bookmark.words]),
      slicers: slicers.map(({ id, type, dimension, label, share }) => [id, type, dimension, label, share]),
    });
    return shape(page) === shape(this.page);
  }

  async repaint() {
    beginDrawing();
    this.slicers.refresh();
    await Promise.all([...this.cards.values()].map((card) => card.repaint()));
    endDrawing();
  }

  dispose() {
    this.story?.dispose();
    this.#sequence += 1;
    this.#abort?.abort();
    clearTimeout(this.#timer);
    this.options.selections.removeEventListener("change", this.onChange);
    this.options.drills.removeEventListener("change", this.onChange);
    document.removeEventListener("keydown", this.onKey);
    this.marks.dispose();
    this.slicers.dispose();
    for (const card of this.cards.values()) card.dispose();
  }
}
