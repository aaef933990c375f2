/** A card for each group; a click filters the page by it. */

import { chosenValues } from "/web/echarts-kit.js";
import { el } from "/web/dom.js";
import { nameEditor } from "/web/name-editor.js";
import { groupTable, phrase } from "/web/phrase.js";
import { repeatabilityBadge } from "/web/segments-words.js";

/** How many cards stand side by side: few in one row, more in rows that are full where that can be. @param {number} count */
const columns = (count) => (count <= 5 ? count : count % 4 && count % 3 === 0 ? 3 : 4);

/** @type {import("/web/types.js").ChartModule} */
export default {
  frame: "groups",
  isEmpty: (data) => data.rows_used === 0,

  mount(container, visual, context) {
    const [segmentation] = visual.dimensions;
    const measure = visual.measures.length ? context.measure(visual.measures[0]) : null;
    const list = el("ul", { class: "group-cards" });
    container.append(list);
    let cards = new Map();

    const select = (value, event) => context.select(
      [{ dimension: segmentation, values: [value] }],
      event.shiftKey || event.ctrlKey || event.metaKey,
    );

    function money([, , , figure, held]) {
      if (!measure || typeof figure !== "number") return null;
      const { format } = context;
      return el(
        "p",
        { class: "group-money" },
        el("span", { class: "group-figure", title: format.full(figure, measure.format) }, shortMoney(figure)),
        el(
          "span",
          { class: "group-held" },
          typeof held === "number" ? `${format.share(held)} of ${lowered(measure.label)}` : lowered(measure.label),
        ),
      );
    }

    function shortMoney(figure) {
      const { format } = context;
      return Math.abs(figure) >= 100_000
        ? format.short(figure, measure.format)
        : format.full(figure, measure.format);
    }

    function size([, rows, share]) {
      const { format } = context;
      if (typeof rows !== "number") return "Hidden";
      return `${format.share(share)} of customers · ${format.count(rows)}`;
    }

    function card(row, { value, segment, repeatable, traits, rest }, chosen) {
      const { format } = context;
      const name = format.name(value, context.dimension(segmentation));
      const isChosen = chosen?.includes(value);
      const button = el(
        "button",
        {
          type: "button",
          class: "group-pick",
          "aria-pressed": String(Boolean(isChosen)),
          title: "Filter the page by this group",
          on: { click: (event) => select(value, event) },
        },
        el("span", { dir: "auto" }, name),
      );
      const head = el("h3", { class: "group-name" }, button);
      const editor = segment === null ? null : nameEditor(head, { segmentation, segment, name }, context.rename);
      const item = el(
        "li",
        { class: "group-card", "data-group": name },
        el("div", { class: "group-head" }, head, editor),
        el("p", { class: "group-size" }, size(row)),
        money(row),
        repeatabilityBadge(repeatable, format),
        traits.length
          ? el("ul", { class: "group-traits" }, ...traits.map(({ words, detail }) => el(
            "li",
            {},
            el("span", { class: "trait-words" }, ...phrase(words, format)),
            " ",
            el("span", { class: "trait-detail" }, ...phrase(detail, format)),
          )))
          : null,
        rest ? el("p", { class: "group-rest" }, rest) : null,
      );
      item.style.setProperty("--group-colour", context.colour(segmentation, value));
      item.classList.toggle("dimmed", Boolean(chosen && !isChosen));
      item.classList.toggle("chosen", Boolean(isChosen));
      // The whole card is a larger target for the mouse; the keyboard has the button.
      item.addEventListener("click", (event) => {
        if (!event.target.closest("button, input, form") && !String(getSelection())) select(value, event);
      });
      return item;
    }

    return {
      update(data, highlight) {
        // Whoever is typing a name is not interrupted by new figures.
        if (list.querySelector("form")) return;
        const chosen = chosenValues(highlight, segmentation);
        const focused = list.contains(document.activeElement)
          ? document.activeElement.closest("[data-group]")?.dataset.group
          : null;
        cards = new Map(data.cards.map((entry, index) => [
          entry.value,
          card(data.rows[index], entry, chosen ? [...chosen] : null),
        ]));
        list.replaceChildren(...cards.values());
        list.style.setProperty("--groups", columns(cards.size));
        if (focused) [...cards.values()].find((item) => item.dataset.group === focused)
          ?.querySelector(".group-pick").focus();
      },
      table: (data) => groupTable(data, visual, context),
      markPosition(value) {
        const place = cards.get(value)?.querySelector(".group-size").getBoundingClientRect();
        return place ? { x: place.x + place.width / 2, y: place.y + place.height / 2 } : null;
      },
      dispose: () => list.remove(),
    };
  },
};

/** A label within a sentence. @param {string} label */
const lowered = (label) => (/^.\p{Ll}/u.test(label) ? label[0].toLowerCase() + label.slice(1) : label);
