/** A box over a plot of two numbers, by its ends: what a mouse draws, from the keyboard. */

import { attachPopover, el, icon } from "./dom.js";

/**
 * A button that opens the fields.
 * @param {{title: string, labels: () => string[], box: () => ?Array<[number, number]>, pick: (ranges: Array<[number, number]>) => void,
 *   clear: () => void}} options  `box` is the one that is picked, null where none is
 * @returns {HTMLElement[]} the button and its panel
 */
export function boxFields({ title, labels, box, pick, clear }) {
  const button = el(
    "button",
    { type: "button", class: "icon-button small", title: "Pick ranges", "aria-label": `Pick ranges of ${title}` },
    icon("frame"),
  );
  const panel = el("div", { class: "about box-fields" });

  function form() {
    const known = box();
    const names = labels();
    const inputs = names.map((label, axis) => ["From", "To"].map((end, index) => {
      const value = known?.[axis]?.[index];
      return el("input", {
        type: "number", step: "any", required: true, "aria-label": `${label}: ${end.toLowerCase()}`, placeholder: end,
        value: value === undefined ? null : Number(value.toPrecision(6)),
      });
    }));
    const submit = (event) => {
      event.preventDefault();
      const ranges = inputs.map((ends) => ends.map((input) => input.valueAsNumber).sort((a, b) => a - b));
      panel.hidePopover();
      pick(/** @type {Array<[number, number]>} */ (ranges));
    };
    const letGo = () => {
      panel.hidePopover();
      clear();
    };
    return el(
      "form",
      { on: { submit } },
      ...inputs.map((ends, axis) => el("fieldset", {}, el("legend", { dir: "auto" }, names[axis]), ...ends)),
      el(
        "div",
        { class: "box-actions" },
        el("button", { type: "submit", class: "button" }, "Pick these rows"),
        known ? el("button", { type: "button", class: "button quiet", on: { click: letGo } }, "Let go") : null,
      ),
    );
  }

  attachPopover(button, panel, { onOpen: () => panel.replaceChildren(form()) });
  return [button, panel];
}
