/** The composition root: project → page → figures, and what happens when a run is published meanwhile. */

import { ApiError, loadPage, loadProject, loadState } from "./api.js";
import { Banners } from "./banners.js";
import { blank, NoRun } from "./blank.js";
import { stepAt } from "./bookmarks.js";
import { askedOf, Drills } from "./drills.js";
import { listen } from "./events.js";
import { exportMenu } from "./page-export.js";
import { Formats } from "./format.js";
import { renderHeader } from "./header.js";
import { exposeHooks } from "./hooks.js";
import { readAddress, writeAddress } from "./page-address.js";
import { PageEditor } from "./page-editor.js";
import { PageView } from "./page-view.js";
import { dataRoute, segmentsRoute } from "./routes.js";
import { Selections } from "./selections.js";
import { onThemeChange } from "./theme.js";

const RETRY = 3000;
/** Milliseconds that a page waits for its font. */
const FONT_LIMIT = 1500;
/** In an address: nothing is selected, where the page itself would select something. */
const EMPTY = "all";

class App {
  /** @type {?import("./types.js").Project} */
  project = null;
  /** @type {?PageView} */
  view = null;
  /** Selections outlive the visit of a page. @type {Map<string, Selections>} */
  selections = new Map();
  /** How far down visuals are, likewise. @type {Map<string, Drills>} */
  drills = new Map();
  /** Where each page was left. @type {Map<string, import("./page-address.js").Address>} */
  addresses = new Map();
  /** What states stand for, as far as this window has met them. @type {Map<string, Object>} */
  states = new Map();
  navigation = 0;
  /** Nothing is laid out in other fonts: lines would break anew when these come. */
  fonts = fontsReady();

  constructor() {
    this.topbar = document.getElementById("topbar");
    this.main = document.getElementById("main");
    this.banners = new Banners(document.getElementById("banners"));
    this.editor = new PageEditor({
      view: () => this.view,
      changed: () => this.reload(),
      trouble: (error) => this.trouble(error),
    });
    this.noRun = new NoRun(this.main);
  }

  async start() {
    exposeHooks(() => this.view);
    await this.reload(true);
    addEventListener("hashchange", () => this.navigate(true));
    onThemeChange(() => this.view?.repaint());
    document.querySelector("[data-skip]").addEventListener("click", (event) => {
      // The hash belongs to the pages.
      event.preventDefault();
      this.main.focus();
      this.main.scrollIntoView();
    });
    listen({
      progress: (event) => (this.project?.run ? this.banners.progress(event) : this.noRun.progress(event)),
      published: () => this.published(),
      edited: ({ edition }) => (edition > (this.project?.edition ?? 0) ? this.reload() : null),
      failed: (event) => {
        this.banners.failed(event, Boolean(this.project?.run));
        this.noRun.waiting();
      },
      idle: () => {
        this.banners.hide("progress");
        this.noRun.waiting();
      },
      lost: () => this.banners.lost(),
      // Events of the gap are gone, a publication among them perhaps.
      back: () => this.reload(),
    });
  }

  published() {
    this.banners.hide("progress");
    this.banners.hide("failed");
    return this.reload();
  }

  /**
   * Asks again for everything. What is on the screen stays until its successor is there.
   * @param {boolean} [byAddress] whether selections are the address's; else they stay as they are
   */
  async reload(byAddress = false) {
    clearTimeout(this.retry);
    try {
      [this.project] = await Promise.all([loadProject(), this.fonts]);
    } catch (error) {
      return this.trouble(error);
    }
    this.format = new Formats(this.project);
    this.banners.mistakes(this.project.mistakes ?? []);
    await this.navigate(byAddress);
  }

  get pageName() {
    const names = this.project.pages.map(({ name }) => name);
    const wanted = readAddress(location.hash).page;
    return names.includes(wanted) ? wanted : names[0] ?? null;
  }

  /** What the hash of a page about data or segments asks for, null for the pages of the project. */
  get dataRoute() {
    try {
      const hash = location.hash.slice(1);
      return dataRoute(hash) ?? segmentsRoute(hash);
    } catch {
      return null;
    }
  }

  /** @param {boolean} byAddress */
  async navigate(byAddress) {
    const turn = ++this.navigation;
    const route = this.dataRoute;
    const isSegments = route?.kind === "segments";
    const name = isSegments ? "/segments" : route ? "/data" : this.pageName;
    if (route || name !== this.view?.page.name) this.editor.leave();
    renderHeader(this.topbar, this.project, this.format, name, route ? [] : this.exports(name), (page) => this.hrefOf(page));
    document.title = this.project.name;
    if (!this.project.run) return this.close(() => this.noRun.show());
    if (route) return isSegments ? this.showSegments(route, turn) : this.showData(route, turn);
    if (name === null) return this.close(() => blank(
      this.main,
      "This project has no pages",
      "Add a file to its pages folder and run it again.",
    ));
    const address = { ...readAddress(location.hash), page: name };
    let page;
    let state = null;
    try {
      // A page that was not here yet has no selections that could stay.
      const isFirst = !this.selections.has(name);
      [page, state] = await Promise.all([loadPage(name), byAddress || isFirst ? this.stateAt(address) : null]);
    } catch (error) {
      if (turn === this.navigation) this.trouble(error);
      return;
    }
    if (turn !== this.navigation) return;
    this.banners.hide("lost");
    this.banners.hide("problem");
    document.title = `${page.title} – ${this.project.name}`;
    this.show(page, address, state);
  }

  /** @param {string} page */
  hrefOf(page) {
    return writeAddress(this.addresses.get(page) ?? { page, state: null, step: null });
  }

  /** What an address says of the page's selections. @param {import("./page-address.js").Address} address */
  async stateAt({ page, state }) {
    if (!state || state === EMPTY) return { selections: [] };
    if (this.states.has(state)) return this.states.get(state);
    try {
      return await loadState(page, state);
    } catch (error) {
      if (error.code !== "unknown_state") throw error;
      return { selections: [], problem: error };
    }
  }

  /**
   * The figures of a state have come: the address says so from now on.
   * @param {string} name @param {?string} state @param {boolean} isChanged by the reader, who may want to go back
   */
  remember(name, state, isChanged) {
    const view = askedOf(this.selections.get(name), this.drills.get(name));
    if (state) this.states.set(state, view);
    const { step } = this.addresses.get(name);
    const told = stepAt(this.view.page, step)?.bookmark;
    const own = told ? { selections: told.selections, drill: {}, parameters: told.parameters } : null;
    const isAsTold = JSON.stringify(own) === JSON.stringify(view);
    const address = { page: name, step, state: isAsTold ? null : state ?? (told ? EMPTY : null) };
    this.addresses.set(name, address);
    const href = writeAddress(address);
    this.topbar.querySelector("[aria-current][data-page]")?.setAttribute("href", href);
    if (this.pageName !== name || href === location.hash) return;
    // The first page has no hash before anything is selected on it.
    if (!location.hash && !address.state && !address.step) return;
    if (isChanged) history.pushState(null, "", href);
    else history.replaceState(null, "", href);
  }

  /** What makes files of a page, as it is filtered then. @param {?string} name */
  exports(name) {
    const page = this.project.pages.find((each) => each.name === name);
    if (!page || !this.project.run) return [];
    const asked = () => askedOf(this.selections.get(name) ?? new Selections(), this.drills.get(name) ?? new Drills());
    const menu = exportMenu({ ...page, run: this.project.run.id, pdf: this.project.pdf }, asked, (error) => this.trouble(error));
    return this.project.reader.edit ? [this.editor.button, ...menu] : menu;
  }

  // The pages of a project need nothing of these two, which are many modules.

  async showData(route, turn) {
    const { DataView } = await import("./data-view.js");
    if (turn !== this.navigation) return;
    this.view?.dispose();
    this.noRun.leave();
    scrollTo(0, 0);
    document.title = `${route.name ?? "Data"} – ${this.project.name}`;
    this.view = new DataView(this.main, route, {
      format: this.format,
      reader: this.project.reader,
      onLost: (error) => this.close(() => this.trouble(error)),
    });
    return this.view.refresh();
  }

  async showSegments(route, turn) {
    document.title = `${route.name ?? "Segments"} – ${this.project.name}`;
    if (this.view?.isOf?.(route)) return this.view.refresh();
    const { SegmentsView } = await import("./segments-view.js");
    if (turn !== this.navigation) return;
    this.view?.dispose();
    this.noRun.leave();
    scrollTo(0, 0);
    this.view = new SegmentsView(this.main, route, {
      format: this.format,
      reader: this.project.reader,
      onLost: (error) => this.close(() => this.trouble(error)),
    });
    return this.view.refresh();
  }

  /**
   * @param {import("./types.js").Page} page @param {import("./page-address.js").Address} address
   * @param {?{selections: import("./types.js").Selection[], left_out?: number, problem?: ApiError}} state
   */
  show(page, address, state) {
    if (!this.selections.has(page.name)) this.selections.set(page.name, new Selections());
    const selections = this.selections.get(page.name);
    if (!this.drills.has(page.name)) this.drills.set(page.name, new Drills());
    const drills = this.drills.get(page.name);
    this.addresses.set(page.name, { ...this.addresses.get(page.name), ...address });
    const told = stepAt(page, address.step);
    if (state) {
      const shown = told && !address.state ? told.bookmark : state;
      selections.restore(shown);
      drills.restore(shown.drill ?? {});
    }
    const samePage = this.view?.page.name === page.name;
    if (samePage && !state) selections.follow(this.view.page, page);
    this.tellLost(selections.keepWhatExists(page), state);
    drills.keepWhatExists(page);
    if (samePage) {
      const drawn = this.view.fits(page) ? this.view.adopt(page) : this.view.reshape(page);
      if (told) this.view.story.show(told.number);
      return this.editor.following(drawn);
    }
    this.view?.dispose();
    this.noRun.leave();
    scrollTo(0, 0);
    this.view = new PageView(this.main, page, {
      format: this.format,
      mayEdit: Boolean(this.project.reader.edit),
      maySeeCustomers: Boolean(this.project.reader.customers),
      selections,
      drills,
      onRunChanged: () => this.reload(),
      onStep: (step) => this.addresses.set(page.name, { ...this.addresses.get(page.name), step }),
      onState: (sealed, isChanged) => this.remember(page.name, sealed, isChanged),
      onLost: (error) => this.trouble(error),
    });
    if (told) this.view.story.show(told.number);
    return this.view.refresh();
  }

  /** A view that is not wholly what was asked for says so. @param {string[]} lost @param {?Object} state */
  tellLost(lost, state) {
    if (state) this.banners.hide("notice");
    if (state?.problem) return this.banners.notice(state.problem.title, state.problem.detail);
    const parts = [
      lost.length ? `The data or the page no longer has all that was selected of ${lost.join(", ")}.` : null,
      state?.left_out ? "Some of it is not for you to see." : null,
    ].filter(Boolean);
    if (parts.length) this.banners.notice("Some filters were left out", parts.join(" "));
  }

  close(showInstead) {
    this.view?.dispose();
    this.view = null;
    showInstead();
  }

  /** @param {ApiError} error */
  trouble(error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.passing) {
      this.banners.lost();
      this.retry = setTimeout(() => this.reload(), RETRY);
    } else if (this.view) {
      this.banners.problem(error);
    } else {
      this.close(() => blank(this.main, error.title, error.detail));
    }
  }
}

/** Inter, or the certainty that it doesn't come: a canvas draws with whatever font is there. */
function fontsReady() {
  const all = ["400", "500", "600"].map((weight) => document.fonts.load(`${weight} 12px Inter`));
  return Promise.race([Promise.allSettled(all), new Promise((done) => setTimeout(done, FONT_LIMIT))]);
}

new App().start();
