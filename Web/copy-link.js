/** Copies the address of what is looked at; where the browser does not let us, it is shown to be copied by hand. */

import { el } from "./dom.js";

/** @returns {HTMLElement} a line for a menu: a button, and what became of it */
export function copyLinkEntry() {
  const words = "Copy link to this view";
  const said = el("span", { class: "menu-said", role: "status" });
  const field = el("input", { type: "text", readonly: true, class: "link-field", "aria-label": "Link to this view" });
  field.hidden = true;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = "Copied";
    } catch {
      // Only secure origins have a clipboard, and readers may refuse it.
      field.value = location.href;
      field.hidden = false;
      field.select();
      said.textContent = "Copy the marked text";
    }
  };
  const button = el(
    "button",
    { type: "button", class: "menu-entry", title: "Filters are in the link, in a form that nobody can read", on: { click: copy } },
    words,
  );
  const element = el("div", { class: "copy-link" }, button, said, field);
  return element;
}

/** As it was before the menu was opened. @param {HTMLElement} element */
export function resetCopyLink(element) {
  element.querySelector(".menu-said").textContent = "";
  element.querySelector(".link-field").hidden = true;
}
