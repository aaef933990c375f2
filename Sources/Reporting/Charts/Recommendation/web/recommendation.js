/** An advice: for whom, how many these are now, why, and what to do. */

import { el } from "/web/dom.js";
import { phrase } from "/web/phrase.js";

const PRIORITIES = { high: "High priority", medium: "Medium priority", low: "Low priority" };

/** @type {import("/web/types.js").ChartModule} */
export default {
  frame: "advice",
  isEmpty: () => false,

  mount(container, visual, context) {
    const { format } = context;
    const { priority } = visual.options;
    const measure = context.measure(visual.measures[0]);
    const group = el("ul", { class: "advice-group", "aria-label": "For" });
    const size = el("span", { class: "advice-size" });
    const share = el("span", { class: "advice-share" });
    const text = el("p", { class: "advice-text", dir: "auto" });
    const action = el("p", { class: "advice-action", dir: "auto" });
    let clauses = [];
    const button = context.isSaved ? null : el("button", {
      type: "button", class: "button advice-show", "aria-pressed": "false",
      on: { click: () => context.select(clauses, false) },
    }, "Show this group");
    container.append(el(
      "div",
      { class: "advice" },
      priority ? el("p", { class: `advice-priority ${priority}` }, PRIORITIES[priority]) : null,
      el("div", { class: "advice-head" }, el("p", { class: "advice-count" }, size, " ", share), group),
      text,
      el("div", { class: "advice-do" }, action, button),
    ));

    const clauseWords = ({ dimension, values, range }) => {
      const known = context.dimension(dimension);
      if (values) return values.map((value) => format.name(value, known)).join(", ");
      const [from, to] = range.map((bound) => (bound === null ? null : format.full(bound, known.format)));
      return from === null ? `up to ${to}` : to === null ? `from ${from}` : `${from} to ${to}`;
    };

    return {
      update(data, highlight) {
        ({ clauses } = data);
        const [[count]] = data.rows;
        size.textContent = format.full(count, measure.format);
        const label = measure.label.replace(/^.(?=\p{Ll})/u, (first) => first.toLowerCase());
        share.textContent = count === null
          ? `${label}: too few to be told of`
          : `${label} now${typeof data.whole === "number" && data.whole > 0
            ? `, ${format.share(count / data.whole)} of ${format.full(data.whole, measure.format)}` : ""}`;
        group.replaceChildren(...clauses.map((clause) => el(
          "li",
          { dir: "auto" },
          el("span", { class: "advice-dimension" }, context.dimension(clause.dimension).label),
          " ",
          clauseWords(clause),
        )));
        text.replaceChildren(...phrase(data.text, format, { strong: true }));
        action.replaceChildren(...phrase(data.action, format, { strong: true }));
        if (!button) return;
        const isShown = highlight.length > 0;
        button.hidden = clauses.length === 0;
        button.setAttribute("aria-pressed", String(isShown));
        button.textContent = isShown ? "Show all again" : "Show this group";
      },
      table: (data) => ({
        columns: [{ label: "Figure", number: false }, { label: measure.label, number: true }],
        rows: [
          [{ text: "The group now" }, { text: format.full(data.rows[0][0], measure.format), number: true }],
          ...(data.whole === null ? [] : [[{ text: "All" }, { text: format.full(data.whole, measure.format), number: true }]]),
        ],
      }),
      dispose: () => container.replaceChildren(),
    };
  },
};
