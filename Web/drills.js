/** How far readers have gone down in the visuals of a page. Plain state, like the selections. */

/**
 * By the visual's id, the clauses through which readers went down, from the top.
 * @typedef {Object<string, import("./types.js").Clause[]>} DrillState
 */

export class Drills extends EventTarget {
  /** @type {DrillState} */
  #paths = {};

  /** What an address says, in place of everything; nobody is told. @param {Object} body as `body` gives it */
  restore(body) {
    this.#paths = Object.fromEntries(Object.entries(body).map(([visual, path]) => [
      visual,
      path.map(({ source: _, ...clause }) => clause),
    ]));
  }

  /** @param {string} visual @returns {import("./types.js").Clause[]} */
  of(visual) {
    return this.#paths[visual] ?? [];
  }

  /** As requests carry it: each clause with the visual that it was chosen in. */
  body() {
    return Object.fromEntries(Object.entries(this.#paths).map(([source, path]) => [
      source,
      path.map((clause) => ({ source, ...clause })),
    ]));
  }

  get isAnywhere() {
    return Object.keys(this.#paths).length > 0;
  }

  /** @param {string} visual @param {import("./types.js").Clause} clause */
  down(visual, clause) {
    this.#set(visual, [...this.of(visual), clause]);
  }

  /** Up to a level, counted from 0 at the top. @param {string} visual @param {number} level */
  up(visual, level) {
    this.#set(visual, this.of(visual).slice(0, level));
  }

  clear() {
    if (!this.isAnywhere) return;
    this.#paths = {};
    this.#announce();
  }

  /** After a new run: drops ways down that the page has no more, silently. @param {import("./types.js").Page} page */
  keepWhatExists(page) {
    const kept = Object.entries(this.#paths).filter(([id, path]) => {
      const visual = page.visuals.find((each) => each.id === id);
      const levels = visual ? levelsOf(visual) : [];
      return path.length < levels.length && path.every(({ dimension }, index) => dimension === levels[index]);
    });
    this.#paths = Object.fromEntries(kept);
  }

  #set(visual, path) {
    const { [visual]: _, ...others } = this.#paths;
    this.#paths = path.length ? { ...others, [visual]: path } : others;
    this.#announce();
  }

  #announce() {
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * What a page is asked for: what is selected, and how far down its visuals are.
 * @param {import("./selections.js").Selections} selections @param {Drills} drills
 * @returns {import("./api.js").Asked}
 */
export const askedOf = (selections, drills) => ({
  selections: selections.all(),
  drill: drills.body(),
  parameters: selections.parameters(),
});

/** The dimensions of a visual's levels, from the top. @param {import("./types.js").Visual} visual @returns {string[]} */
export const levelsOf = (visual) => (visual.drill?.length ? [visual.dimensions[0], ...visual.drill] : []);

/**
 * The visual as it is at a level, as the server answers for it.
 * @param {import("./types.js").Visual} visual @param {number} level 0 at the top
 * @returns {import("./types.js").Visual}
 */
export function atLevel(visual, level) {
  if (level === 0) return visual;
  const [, ...others] = visual.dimensions;
  // The areas of a treemap have no parts below; columns and pieces of bars stay.
  const dimensions = [levelsOf(visual)[level], ...(visual.type === "treemap" ? [] : others)];
  return { ...visual, dimensions };
}
