/** The composition root: project → page → figures, and what happens when a run is published meanwhile. */

import { ApiError, loadPage, loadProject } from "./api.js";
import { Banners } from "./banners.js";
import { blank, NoRun } from "./blank.js";
import { dataRoute, DataView } from "./data-view.js";
import { Drills } from "./drills.js";
import { listen } from "./events.js";
import { exportMenu } from "./page-export.js";
import { Formats } from "./format.js";
import { renderHeader } from "./header.js";
import { exposeHooks } from "./hooks.js";
import { PageView } from "./page-view.js";
import { Selections } from "./selections.js";
import { segmentsRoute, SegmentsView } from "./segments-view.js";
import { onThemeChange } from "./theme.js";

const RETRY = 3000;

class App {
  /** @type {?import("./types.js").Project} */
  project = null;
  /** @type {?PageView} */
  view = null;
  /** Selections outlive the visit of a page. @type {Map<string, Selections>} */
  selections = new Map();
  /** How far down visuals are, likewise. @type {Map<string, Drills>} */
  drills = new Map();
  navigation = 0;

  constructor() {
    this.topbar = document.getElementById("topbar");
    this.main = document.getElementById("main");
    this.banners = new Banners(document.getElementById("banners"));
    this.noRun = new NoRun(this.main);
  }

  async start() {
    exposeHooks(() => this.view);
    await Promise.all([this.reload(), fontsReady()]);
    addEventListener("hashchange", () => this.navigate());
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

  /** Asks again for everything. What is on the screen stays until its successor is there. */
  async reload() {
    clearTimeout(this.retry);
    try {
      this.project = await loadProject();
    } catch (error) {
      return this.trouble(error);
    }
    this.format = new Formats(this.project);
    await this.navigate();
  }

  get pageName() {
    const names = this.project.pages.map(({ name }) => name);
    let wanted = location.hash.slice(1);
    try {
      wanted = decodeURIComponent(wanted);
    } catch {
      // A hash that somebody mistyped names no page.
    }
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

  async navigate() {
    const turn = ++this.navigation;
    const route = this.dataRoute;
    const isSegments = route?.kind === "segments";
    const name = isSegments ? "/segments" : route ? "/data" : this.pageName;
    renderHeader(this.topbar, this.project, this.format, name, route ? [] : this.exports(name));
    document.title = this.project.name;
    if (!this.project.run) return this.close(() => this.noRun.show());
    if (route) return isSegments ? this.showSegments(route) : this.showData(route);
    if (name === null) return this.close(() => blank(
      this.main,
      "This project has no pages",
      "Add a file to its pages folder and run it again.",
    ));
    let page;
    try {
      page = await loadPage(name);
    } catch (error) {
      if (turn === this.navigation) this.trouble(error);
      return;
    }
    if (turn !== this.navigation) return;
    this.banners.hide("lost");
    this.banners.hide("problem");
    document.title = `${page.title} – ${this.project.name}`;
    this.show(page);
  }

  /** What makes files of a page, as it is filtered then. @param {?string} name */
  exports(name) {
    const page = this.project.pages.find((each) => each.name === name);
    if (!page || !this.project.run) return [];
    const selections = () => this.selections.get(name)?.all() ?? [];
    const drill = () => this.drills.get(name)?.body() ?? {};
    return exportMenu({ ...page, run: this.project.run.id }, selections, drill, (error) => this.trouble(error));
  }

  showData(route) {
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

  showSegments(route) {
    document.title = `${route.name ?? "Segments"} – ${this.project.name}`;
    if (this.view instanceof SegmentsView && this.view.isOf(route)) return this.view.refresh();
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

  /** @param {import("./types.js").Page} page */
  show(page) {
    if (!this.selections.has(page.name)) this.selections.set(page.name, new Selections());
    const selections = this.selections.get(page.name);
    selections.keepWhatExists(page);
    if (!this.drills.has(page.name)) this.drills.set(page.name, new Drills());
    const drills = this.drills.get(page.name);
    drills.keepWhatExists(page);
    if (this.view?.page.name === page.name && this.view.fits(page)) return this.view.adopt(page);
    const samePage = this.view?.page.name === page.name;
    this.view?.dispose();
    this.noRun.leave();
    if (!samePage) scrollTo(0, 0);
    this.view = new PageView(this.main, page, {
      format: this.format,
      mayEdit: Boolean(this.project.reader.edit),
      maySeeCustomers: Boolean(this.project.reader.customers),
      selections,
      drills,
      onRunChanged: () => this.reload(),
      onLost: (error) => this.trouble(error),
    });
    return this.view.refresh();
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

/** A canvas draws with whatever font is there: Inter must be, before the first chart. */
function fontsReady() {
  return Promise.all(["400", "500", "600"].map((weight) => document.fonts.load(`${weight} 12px Inter`)));
}

new App().start();
