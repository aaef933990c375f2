/** One large sentence. */

import { el } from "/web/dom.js";
import { groupTable, phrase } from "/web/phrase.js";

/** @type {import("/web/types.js").ChartModule} */
export default {
  frame: "finding",
  // The sentence says so itself.
  isEmpty: () => false,

  mount(container, visual, context) {
    const sentence = el("p", { class: "finding-sentence", dir: "auto" });
    container.append(sentence);
    return {
      update(data) {
        sentence.replaceChildren(...phrase(data.sentence, context.format, { strong: true }));
      },
      table: (data) => groupTable(data, visual, context),
      dispose: () => sentence.remove(),
    };
  },
};
