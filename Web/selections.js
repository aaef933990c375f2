/** What the reader has selected on one page. Plain state; it tells its listeners, and knows nothing of elements. */

/**
 * @typedef {import("./types.js").Selection} Selection
 * @typedef {import("./types.js").Clause} Clause
 */

/** The source of what no slicer and no visual has selected: it filters them all. */
export const PAGE = "page";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** What an item of a page shows, whatever its place and size. */
export const contentOf = ({ id: _, width: _w, height: _h, minimum: _a, maximum: _b, ...content }) => JSON.stringify(content);

export class Selections extends EventTarget {
  /** @type {Selection[]} */
  #list = [];
  /** Parameters that are not as usual. @type {Object<string, number>} */
  #parameters = {};

  /** @returns {Selection[]} */
  all() {
    return this.#list;
  }

  /** @param {string} source @returns {Selection[]} */
  of(source) {
    return this.#list.filter((selection) => selection.source === source);
  }

  /**
   * A click on a mark: selects it alone, or lets it go if it was selected alone; with `add` it joins or leaves.
   * @param {string} source @param {Clause[]} clauses @param {boolean} [add]
   */
  toggle(source, clauses, add = false) {
    const own = this.of(source).map(({ source: _, ...clause }) => clause);
    const next = add && own.length ? combine(own, clauses) : same(own, clauses) ? [] : clauses;
    this.#replace(source, next);
  }

  /**
   * What a slicer says, whole. `dragging` announces that more will follow at once.
   * @param {string} source @param {?Clause} clause null: nothing selected
   */
  set(source, clause, { dragging = false } = {}) {
    this.#replace(source, clause ? [clause] : [], dragging);
  }

  /** @param {Selection} selection */
  remove(selection) {
    this.#list = this.#list.filter((other) => other !== selection);
    this.#announce();
  }

  /** Lets go of all that these have selected. @param {Set<string>} sources */
  letGo(sources) {
    const kept = this.#list.filter(({ source }) => !sources.has(source));
    if (kept.length === this.#list.length) return;
    this.#list = kept;
    this.#announce();
  }

  clear() {
    this.#list = [];
    this.#parameters = {};
    this.#announce();
  }

  /** Whether the page is not as everybody finds it. */
  get isAnything() {
    return this.#list.length > 0 || Object.keys(this.#parameters).length > 0;
  }

  /** What is not as usual, by name. @returns {Object<string, number>} */
  parameters() {
    return this.#parameters;
  }

  /** @param {string} name @param {?number} value null: as usual */
  setParameter(name, value, { dragging = false } = {}) {
    const { [name]: _, ...others } = this.#parameters;
    const next = value === null ? others : { ...others, [name]: value };
    this.#parameters = Object.fromEntries(Object.entries(next).sort(([a], [b]) => (a < b ? -1 : 1)));
    this.#announce(dragging);
  }

  /** Everything in one step, and everybody is told. @param {{selections: Selection[], parameters?: Object<string, number>}} state */
  become(state) {
    this.restore(state);
    this.#announce();
  }

  /**
   * What an address says, in place of everything; nobody is told.
   * @param {{selections: Selection[], parameters?: Object<string, number>}} state
   */
  restore({ selections, parameters = {} }) {
    this.#list = selections;
    this.#parameters = parameters;
  }

  /**
   * After an edit of the page: what made a selection has another id where it has moved.
   * @param {import("./types.js").Page} before @param {import("./types.js").Page} page
   */
  follow(before, page) {
    const ids = new Map();
    for (const list of ["slicers", "visuals"]) {
      const free = page[list].map((item) => ({ id: item.id, content: contentOf(item) }));
      for (const item of before[list]) {
        const content = contentOf(item);
        const same = free.filter((each) => each.content === content);
        const found = same.find(({ id }) => id === item.id) ?? same[0];
        if (!found) continue;
        ids.set(item.id, found.id);
        free.splice(free.indexOf(found), 1);
      }
    }
    this.#list = this.#list.map((selection) => ({ ...selection, source: ids.get(selection.source) ?? selection.source }));
  }

  /**
   * Drops what the page does not have (any more). Nobody is told.
   * @param {import("./types.js").Page} page
   * @returns {string[]} the labels of what was dropped, wholly or in part
   */
  keepWhatExists(page) {
    const sources = new Set([PAGE, ...[...page.slicers, ...page.visuals].map(({ id }) => id)]);
    const lost = new Set();
    this.#list = this.#list.flatMap((selection) => {
      const dimension = page.dimensions[selection.dimension];
      const slicer = page.slicers.find(({ id }) => id === selection.source);
      const kept = dimension && sources.has(selection.source) ? stillThere(selection, dimension, slicer) : null;
      if (!kept || size(kept) < size(selection)) lost.add(dimension?.label ?? selection.dimension);
      return kept ? [kept] : [];
    });
    const names = new Set(page.slicers.map(({ parameter }) => parameter));
    this.#parameters = Object.fromEntries(Object.entries(this.#parameters).filter(([name, value]) => {
      const parameter = names.has(name) ? page.parameters[name] : null;
      const isKept = parameter && value >= parameter.from && value <= parameter.to;
      if (!isKept) lost.add(parameter?.label ?? name);
      return isKept && value !== parameter.default;
    }));
    return [...lost];
  }

  #replace(source, clauses, dragging = false) {
    const others = this.#list.filter((selection) => selection.source !== source);
    this.#list = [...others, ...clauses.map((clause) => ({ source, ...clause }))];
    this.#announce(dragging);
  }

  #announce(dragging = false) {
    this.dispatchEvent(new CustomEvent("change", { detail: { dragging } }));
  }
}

const size = ({ values, paths }) => (values ?? paths)?.length ?? 1;

/**
 * What of a selection the data has; a period is counted anew, from today's as-of date.
 * @param {Selection} selection @param {import("./types.js").Dimension} dimension
 * @param {import("./types.js").Slicer} [slicer] @returns {?Selection}
 */
function stillThere(selection, dimension, slicer) {
  if (selection.period) {
    const period = slicer?.periods?.find(({ name }) => name === selection.period);
    return period ? { ...selection, range: period.range } : null;
  }
  if (!dimension.values) return selection;
  const exists = (value) => value === null || dimension.values.some((entry) => entry.value === value);
  if (selection.paths) {
    const paths = selection.paths.filter(([value]) => exists(value));
    return paths.length ? { ...selection, paths } : null;
  }
  if (!selection.values) return selection;
  const values = selection.values.filter(exists);
  return values.length ? { ...selection, values } : null;
}

/**
 * Adds clauses dimension by dimension: values join (or, alone and already there, leave), ranges stretch to hold both.
 * @param {Clause[]} own @param {Clause[]} added @returns {Clause[]}
 */
function combine(own, added) {
  const result = new Map(own.map((clause) => [clause.dimension, clause]));
  for (const clause of added) {
    const before = result.get(clause.dimension);
    if (!before) result.set(clause.dimension, clause);
    else if (clause.range) result.set(clause.dimension, {
      ...clause,
      range: hull(before.range ?? clause.range, clause.range),
    });
    else {
      const held = before.values ?? [];
      const leaves = added.length === 1 && clause.values.every((value) => held.includes(value));
      const values = leaves
        ? held.filter((value) => !clause.values.includes(value))
        : [...new Set([...held, ...clause.values])];
      if (values.length) result.set(clause.dimension, { dimension: clause.dimension, values });
      else result.delete(clause.dimension);
    }
  }
  return [...result.values()];
}

/** Of numbers, or of days as ISO 8601 writes them. */
const hull = (a, b) => [a[0] < b[0] ? a[0] : b[0], a[1] > b[1] ? a[1] : b[1]];
