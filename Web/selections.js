/** What the reader has selected on one page. Plain state; it tells its listeners, and knows nothing of elements. */

/**
 * @typedef {import("./types.js").Selection} Selection
 * @typedef {import("./types.js").Clause} Clause
 */

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export class Selections extends EventTarget {
  /** @type {Selection[]} */
  #list = [];

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
    this.#announce();
  }

  /** After a new run: drops what no longer exists on the page, silently. @param {import("./types.js").Page} page */
  keepWhatExists(page) {
    const sources = new Set([...page.slicers, ...page.visuals].map(({ id }) => id));
    this.#list = this.#list.flatMap((selection) => {
      const dimension = page.dimensions[selection.dimension];
      if (!dimension || !sources.has(selection.source)) return [];
      if (selection.range || !dimension.values) return [selection];
      const values = selection.values.filter((value) => value === null || dimension.values.some(
        (entry) => entry.value === value
      ));
      return values.length ? [{ ...selection, values }] : [];
    });
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
