/** What a reader can do with one mark: right click, a long press, or the button of its row in the table. */

import { isOther } from "./chart-data.js";
import { el } from "./dom.js";

/** Pixels between the menu and the edge of the window. */
const EDGE = 12;

export class MarkMenu {
  /** What a mark would select, while it is asked. @type {?{clauses: ?import("./types.js").Clause[]}} */
  #asked = null;
  #panel = null;

  /** Whether a selection was only asked for, and is not to be made. @param {import("./types.js").Clause[]} clauses */
  catches(clauses) {
    if (!this.#asked) return false;
    this.#asked.clauses = clauses;
    return true;
  }

  /**
   * Opens the menu of a mark, where it has one.
   * @param {MouseEvent} event @param {() => void} pick does what a click on the mark does
   * @param {(clauses: import("./types.js").Clause[]) => {words: string, entries: Array<{words: string, act: () => void}>}} describe
   */
  offer(event, pick, describe) {
    const asked = { clauses: null };
    this.#asked = asked;
    try {
      pick();
    } finally {
      this.#asked = null;
    }
    const { clauses } = asked;
    if (!clauses || clauses.some(({ values }) => values?.some(isOther))) return;
    event.preventDefault();
    this.#open(event, describe(clauses));
  }

  close() {
    this.#panel?.remove();
    this.#panel = null;
  }

  #open(event, { words, entries }) {
    this.close();
    if (!entries.length) return;
    const button = event.currentTarget instanceof HTMLButtonElement ? event.currentTarget : null;
    const panel = el(
      "div",
      { class: "menu floating mark-menu", popover: "auto", role: "group", "aria-label": words },
      el("p", { class: "menu-note", dir: "auto" }, words),
      ...entries.map(({ words: entry, act }) => el(
        "button",
        {
          type: "button",
          class: "menu-entry",
          on: {
            click: () => {
              panel.hidePopover();
              act();
            },
          },
        },
        entry,
      )),
    );
    panel.addEventListener("toggle", ({ newState }) => {
      if (newState === "open") return;
      panel.remove();
      if (this.#panel === panel) this.#panel = null;
    });
    this.#panel = panel;
    // In a dialog only what is inside it can be reached.
    (button?.closest("dialog") ?? document.body).append(panel);
    panel.showPopover({ source: button ?? undefined });
    const anchor = button?.getBoundingClientRect();
    const [x, y] = anchor ? [anchor.left, anchor.bottom + 4] : [event.clientX + 2, event.clientY + 2];
    const size = panel.getBoundingClientRect();
    panel.style.left = `${Math.max(EDGE, Math.min(x, innerWidth - size.width - EDGE))}px`;
    panel.style.top = `${Math.max(EDGE, Math.min(y, innerHeight - size.height - EDGE))}px`;
    panel.querySelector("button").focus();
  }
}
