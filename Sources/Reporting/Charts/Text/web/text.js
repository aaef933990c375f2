/** Paragraphs: what was found, and what to do. One that speaks of a segment carries its colour. */

import { dot, el } from "/web/dom.js";
import { phrase } from "/web/phrase.js";

/** @type {import("/web/types.js").ChartModule} */
export default {
  frame: "prose",
  isEmpty: () => false,

  mount(container, visual, context) {
    const paragraphs = visual.options.paragraphs ?? [];
    const owner = (segment) => {
      const candidates = visual.dimensions.length ? visual.dimensions : Object.keys(context.dimensions());
      return candidates.find((name) => context.dimension(name).segmentation && context.dimension(name).values?.some(
        ({ value }) => value === segment
      )) ?? null;
    };
    const sections = paragraphs.map(({ heading, segment, text }) => {
      const dimension = segment ? owner(segment) : null;
      const mark = dimension ? dot(null) : null;
      // Until its figures are known, words with places for them would only jump.
      const words = el("p", { dir: "auto" }, visual.options.live ? "" : text);
      const element = el("section", {}, mark, heading ? el("h3", { dir: "auto" }, heading) : null, words);
      return { element, mark, dimension, segment, words };
    });
    const prose = el(
      "div",
      { class: sections.some(({ mark }) => mark) ? "prose chart" : "prose chart plain" },
      ...sections.map(({ element }) => element),
    );
    container.append(prose);

    return {
      update(data) {
        data?.paragraphs?.forEach((parts, index) => sections[index].words.replaceChildren(...phrase(parts, context.format)));
        for (const { element, mark, dimension, segment } of sections) {
          if (!dimension) continue;
          mark.style.backgroundColor = context.colour(dimension, segment);
          const chosen = context.selections().filter((selection) => selection.dimension === dimension);
          element.classList.toggle("dimmed", chosen.some(({ values }) => !values?.includes(segment)));
        }
      },
      dispose: () => prose.remove(),
    };
  },
};
