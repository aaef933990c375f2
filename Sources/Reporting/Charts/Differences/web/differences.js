/** Tested differences between two groups, and ties, in plain words. */

import { el, dot } from "/web/dom.js";
import { phrase } from "/web/phrase.js";

const VERDICTS = {
  difference: "Difference",
  same: "Tie: practically the same",
  tie: "Tie",
  formed: "Not tested: formed the groups",
};

/** @type {import("/web/types.js").ChartModule} */
export default {
  frame: "words",
  isEmpty: (data) => data.rows_used === 0,
  subtitle: (visual, context, data) => {
    if (!data || typeof data.tried !== "number") return "";
    if (data.tried === 0) return data.items.length ? "Nothing to test: what is compared formed the groups" : "";
    const tried = `${context.format.count(data.tried)} comparisons tried, p corrected for all of them`;
    return data.exploratory ? `Exploratory, under your filters · ${tried}` : tried;
  },

  mount(container, visual, context) {
    const [segmentation] = visual.dimensions;
    const list = el("ul", { class: "differences" });
    container.append(list);
    const { format } = context;

    const item = ({ verdict, groups, headline, detail }) => el(
      "li",
      { class: `difference ${verdict}` },
      el(
        "p",
        { class: "difference-verdict" },
        el("span", { class: "difference-dots", "aria-hidden": "true" },
          ...groups.map((group) => dot(context.colour(segmentation, group)))),
        VERDICTS[verdict] ?? verdict,
      ),
      el("p", { class: "difference-words", dir: "auto" }, ...phrase(headline, format)),
      el("p", { class: "difference-detail" }, ...phrase(detail, format)),
    );

    function table(data) {
      const heads = ["Dimension", "Higher in", "Lower in", "Higher", "Lower", "Effect (sd)", "p, corrected", "Verdict"];
      const isNumber = new Set([3, 4, 5, 6]);
      const decimal = (value, digits) => format.number(value, { style: "decimal", digits });
      return {
        columns: heads.map((label, index) => ({ label, number: isNumber.has(index) })),
        rows: data.rows.map(([name, level, higher, lower, first, second, , , effect, p, verdict]) => {
          const dimension = context.dimension(name);
          const figure = (value) => (level === null
            ? format.full(value, { ...dimension.format, style: dimension.format?.style ?? "decimal", digits: dimension.format?.digits ?? 2 })
            : format.share(value));
          const value = level === null ? "" : `: ${format.name(level, dimension)}`;
          return [
            { text: dimension.label + value },
            { text: format.name(higher), colour: context.colour(segmentation, higher) },
            { text: format.name(lower), colour: context.colour(segmentation, lower) },
            { text: figure(first), number: true },
            { text: figure(second), number: true },
            { text: decimal(effect, 2), number: true },
            { text: p === null ? format.number(null) : p < 0.001 ? "< 0.001" : decimal(p, 3), number: true },
            { text: VERDICTS[verdict] ?? verdict },
          ];
        }),
      };
    }

    return {
      update(data) {
        list.replaceChildren(...(data.items.length
          ? data.items.map(item)
          : [el("li", { class: "difference nothing" }, data.nothing)]));
      },
      table,
      dispose: () => list.remove(),
    };
  },
};
