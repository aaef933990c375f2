/** What a page does for a mark besides selecting it: goes down into it, or shows the rows behind it. */

import { markWords } from "./clause-words.js";
import { levelsOf } from "./drills.js";
import { MarkMenu } from "./mark-menu.js";
import { modelWords, openRows } from "./rows-panel.js";

export class MarkActions {
  /** @type {Map<string, MarkMenu>} */
  #menus = new Map();

  /**
   * @param {() => import("./types.js").Page} page
   * @param {{selections: import("./selections.js").Selections, drills: import("./drills.js").Drills,
   *   format: import("./format.js").Formats, maySeeCustomers: boolean}} options
   */
  constructor(page, options) {
    this.page = page;
    this.options = options;
  }

  /** The model whose rows stand behind a visual's figures; null where none do. @param {import("./types.js").Visual} visual */
  modelOf(visual) {
    const { measures, dimensions } = this.page();
    const [measure] = visual.measures;
    const shown = [visual.options.x, ...visual.dimensions].find((name) => dimensions[name]);
    const model = measures[measure]?.model ?? dimensions[shown]?.model;
    return model ? modelWords(model) : null;
  }

  hasRows(visual) {
    return this.options.maySeeCustomers && this.modelOf(visual) !== null;
  }

  hasAny(visual) {
    return levelsOf(visual).length > 0 || this.hasRows(visual);
  }

  #menu(visual) {
    if (!this.#menus.has(visual.id)) this.#menus.set(visual.id, new MarkMenu());
    return this.#menus.get(visual.id);
  }

  /** Whether a click was only asked what it would select. */
  catches(visual, clauses) {
    return this.#menus.get(visual.id)?.catches(clauses) ?? false;
  }

  /** @param {import("./types.js").Visual} visual @param {MouseEvent} event @param {() => void} pick */
  offer(visual, event, pick) {
    this.#menu(visual).offer(event, pick, (clauses) => ({
      words: clauses.length ? this.#words(clauses) : visual.title,
      entries: this.#entries(visual, clauses),
    }));
  }

  #entries(visual, clauses) {
    const entries = [];
    const levels = levelsOf(visual);
    const level = this.options.drills.of(visual.id).length;
    const down = clauses.find(({ dimension }) => dimension === levels[level]);
    const next = this.page().dimensions[levels[level + 1]];
    if (down && next) entries.push({ words: `Go down to ${next.label}`, act: () => this.#goDown(visual, down) });
    if (level > 0) {
      const above = this.page().dimensions[levels[level - 1]];
      entries.push({ words: `Back to ${above?.label ?? levels[level - 1]}`, act: () => this.goUp(visual, level - 1) });
    }
    if (this.hasRows(visual)) entries.push({
      words: `Show the ${this.modelOf(visual)}`,
      act: () => this.showRows(visual, clauses),
    });
    return entries;
  }

  #goDown(visual, clause) {
    // What was chosen above means nothing on the level below; both at once are one change.
    this.options.selections.letGo(new Set([visual.id]));
    this.options.drills.down(visual.id, clause);
  }

  /** @param {import("./types.js").Visual} visual @param {number} level counted from 0 at the top */
  goUp(visual, level) {
    this.options.selections.letGo(new Set([visual.id]));
    this.options.drills.up(visual.id, level);
  }

  /** @param {import("./types.js").Visual} visual @param {import("./types.js").Clause[]} clauses of the mark; none for all */
  showRows(visual, clauses) {
    const { selections, drills, format } = this.options;
    const mark = [...drills.of(visual.id), ...clauses];
    const others = selections.all().filter(({ source }) => source !== visual.id);
    const measure = this.page().measures[visual.measures[0]];
    const figure = measure ? `${measure.label}, ` : "";
    openRows(this.page().name, {
      visual: visual.id,
      mark: mark.map((clause) => ({ source: visual.id, ...clause })),
      selections: selections.all(),
      parameters: selections.parameters(),
    }, {
      title: `The ${this.modelOf(visual)} behind “${visual.title}”`,
      words: mark.length ? `${figure}${this.#words(mark)}` : `${figure}all that is shown`,
      filters: others.length ? this.#words(others) : "",
      format,
    });
  }

  #words(clauses) {
    const { dimensions } = this.page();
    return markWords(clauses, (name) => dimensions[name], this.options.format);
  }

  dispose() {
    for (const menu of this.#menus.values()) menu.close();
  }
}
