/** One visual in the whole window, its table beside it; Esc or the same button brings it back to its place. */

import { el, icon } from "./dom.js";

/** What lies over a page and has the Escape key first. */
export const hasOverlay = () => document.querySelector(":popover-open, dialog[open], .focus-mode") !== null;

export class FocusMode {
  #room = null;
  #place = null;
  /** What the rest of the page was before it could not be reached. @type {HTMLElement[]} */
  #others = [];

  /** @param {import("./card.js").Card} card */
  constructor(card) {
    this.card = card;
    this.table = el("div", { class: "card-beside" });
    this.button = el(
      "button",
      { type: "button", class: "icon-button small focus-button", on: { click: () => (this.isOpen ? this.close() : this.open()) } },
    );
    this.#label();
    this.onKey = (event) => this.#key(event);
  }

  get isOpen() {
    return this.#room !== null;
  }

  #label() {
    const { title } = this.card.visual;
    const [name, words] = this.isOpen ? ["shrink", "Back to the page"] : ["enlarge", "Enlarge"];
    this.button.replaceChildren(icon(name));
    this.button.title = words;
    this.button.setAttribute("aria-label", this.isOpen ? words : `${words} ${title}`);
  }

  open() {
    const { element, visual } = this.card;
    this.#place = el("div", { class: "card-place" });
    this.#place.style.cssText = element.style.cssText;
    element.replaceWith(this.#place);
    element.append(this.table);
    this.#room = el("div", { class: "focus-mode", role: "dialog", "aria-modal": "true", "aria-label": visual.title }, element);
    // Tooltips belong to the page and lie above all of it: so this is no dialog of the browser's.
    this.#others = [...document.body.children].filter((each) => !each.inert && each.tagName !== "SCRIPT");
    for (const other of this.#others) if (!other.matches(".chart-tooltip")) other.inert = true;
    document.body.append(this.#room);
    document.documentElement.classList.add("has-focus-mode");
    document.addEventListener("keydown", this.onKey);
    this.card.setEnlarged(true);
    this.#label();
    this.refresh();
    this.button.focus();
  }

  close() {
    if (!this.isOpen) return;
    const { element } = this.card;
    this.table.remove();
    this.table.replaceChildren();
    this.card.setEnlarged(false);
    this.#place.replaceWith(element);
    this.#room.remove();
    this.#room = null;
    this.#place = null;
    for (const other of this.#others) other.inert = false;
    document.documentElement.classList.remove("has-focus-mode");
    document.removeEventListener("keydown", this.onKey);
    this.#label();
    this.button.focus();
  }

  /** The table, after the figures have changed. */
  refresh() {
    if (this.isOpen) this.card.putTableInto(this.table);
  }

  #key(event) {
    const hasOther = document.querySelector(":popover-open, dialog[open]") !== null;
    if (event.key !== "Escape" || event.defaultPrevented || hasOther) return;
    event.preventDefault();
    this.close();
  }
}
