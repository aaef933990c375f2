/** What browser tests may look at: `window.aurora`. It reads; clicking is left to a real mouse. */

/** @param {() => ?import("./page-view.js").PageView} view */
export function exposeHooks(view) {
  const card = (id) => view()?.cards.get(id);
  window.aurora = Object.freeze({
    /** The last answer that a visual has shown. @param {string} id */
    visual: (id) => card(id)?.element.__aurora.data ?? null,
    /**
     * Where to click for a mark, scrolled into sight.
     * @param {string} id @param {*} key as the chart's `markPosition` takes it
     */
    async markPosition(id, key) {
      const found = card(id);
      if (!found) return null;
      const place = await found.markPosition(key);
      if (!place || found.element.contains(document.elementFromPoint(place.x, place.y))) return place;
      found.element.scrollIntoView({ block: "center", behavior: "instant" });
      return found.markPosition(key);
    },
    /** The selections in force. */
    selections: () => structuredClone(view()?.options.selections.all() ?? []),
    /** The run whose figures are shown. */
    run: () => view()?.page.run ?? null,
  });
}
