/** One figure. */

import { el } from "/web/dom.js";
import { MISSING } from "/web/format.js";

/** @type {import("/web/types.js").ChartModule} */
export default {
  frame: "kpi",
  // A card without rows still says "–": one figure needs no explanation.
  isEmpty: () => false,

  mount(container, visual, context) {
    const { format } = context.measure(visual.measures[0]);
    const number = el("span", { class: "kpi-number" });
    const unit = el("span", { class: "kpi-unit" });
    const box = el("div", { class: "kpi-value" }, number, " ", unit);
    container.append(box);
    let value = null;

    /** In full where it fits, then smaller, then short. */
    const show = () => {
      box.classList.remove("smaller");
      number.textContent = context.format.number(value, format);
      unit.textContent = number.textContent === MISSING ? "" : format.unit ?? "";
      box.title = context.format.full(value, format);
      if (box.scrollWidth > box.clientWidth) box.classList.add("smaller");
      if (box.scrollWidth > box.clientWidth) number.textContent = context.format.short(value, format);
    };

    return {
      update(data) {
        value = data?.rows?.[0]?.[0] ?? null;
        show();
      },
      resize: show,
      markPosition() {
        const place = number.getBoundingClientRect();
        return { x: place.x + place.width / 2, y: place.y + place.height / 2 };
      },
      dispose: () => box.remove(),
    };
  },
};
