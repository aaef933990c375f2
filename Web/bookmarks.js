/** The views of a page that have a name: as a menu, or one after the other as a story. */

import { attachPopover, el, icon } from "./dom.js";
import { phrase } from "./phrase.js";

/** @typedef {import("./types.js").Bookmark} Bookmark */

/** The bookmarks that a page tells one after the other. @param {import("./types.js").Page} page @returns {Bookmark[]} */
export const stepsOf = (page) =>
  page.story.map((name) => page.bookmarks.find((bookmark) => bookmark.name === name)).filter(Boolean);

/**
 * Where in its story a page is. @param {import("./types.js").Page} page @param {?number} step counted from 1
 * @returns {?{number: number, bookmark: Bookmark}} null for a page without a story
 */
export function stepAt(page, step) {
  const steps = stepsOf(page);
  const number = Math.min(Math.max(step ?? 1, 1), steps.length);
  return steps.length ? { number, bookmark: steps[number - 1] } : null;
}

/** A bookmark's text with its figures. @param {Bookmark} bookmark @param {import("./format.js").Formats} format */
const wordsOf = ({ text, words }, format) => (words ? phrase(words, format) : [text ?? ""]);

/**
 * A menu of a page's bookmarks; null where it has none.
 * @param {Bookmark[]} bookmarks @param {import("./format.js").Formats} format @param {(bookmark: Bookmark) => void} onChoose
 */
export function bookmarkMenu(bookmarks, format, onChoose) {
  if (!bookmarks.length) return null;
  const button = el("button", { type: "button", class: "button bookmarks-button" }, "Views", icon("chevron"));
  const menu = el("div", { class: "menu bookmarks", role: "group", "aria-label": "Views of this page" });
  menu.append(...bookmarks.map((bookmark) => el(
    "button",
    {
      type: "button",
      class: "menu-entry",
      "data-bookmark": bookmark.name,
      on: {
        click: () => {
          menu.hidePopover();
          onChoose(bookmark);
        },
      },
    },
    el("span", { class: "bookmark-title", dir: "auto" }, bookmark.title),
    bookmark.text ? el("span", { class: "bookmark-text", dir: "auto" }, ...wordsOf(bookmark, format)) : null,
  )));
  attachPopover(button, menu);
  return el("div", { class: "bookmark-menu" }, button, menu);
}

/** A page's bookmarks as steps, with their text above the figures. */
export class Story {
  /**
   * @param {Bookmark[]} steps @param {import("./format.js").Formats} format
   * @param {(step: number) => void} onStep counted from 1
   */
  constructor(steps, format, onStep) {
    this.steps = steps;
    this.format = format;
    this.onStep = onStep;
    this.title = el("h2", { dir: "auto", tabindex: "-1" });
    this.text = el("p", { dir: "auto" });
    this.place = el("span", { class: "told-place" });
    this.back = this.#button("Back", -1);
    this.next = this.#button("Next", 1);
    this.dots = steps.map((step, index) => el("button", {
      type: "button",
      class: "told-dot",
      "aria-label": `Step ${index + 1}: ${step.title}`,
      title: step.title,
      on: { click: () => onStep(index + 1) },
    }));
    this.element = el(
      "section",
      { class: "told", "aria-label": "Story" },
      el("div", { class: "told-words", "aria-live": "polite" }, this.place, this.title, this.text),
      el(
        "div",
        { class: "told-steps" },
        this.back,
        el("div", { class: "told-dots" }, ...this.dots),
        this.next,
      ),
    );
    this.onKey = (event) => this.#keyPressed(event);
    addEventListener("keydown", this.onKey);
  }

  #button(words, by) {
    return el("button", { type: "button", class: "button", on: { click: () => this.onStep(this.step + by) } }, words);
  }

  /** @param {number} step counted from 1 */
  show(step) {
    this.step = step;
    const bookmark = this.steps[step - 1];
    const { title, text } = bookmark;
    this.place.textContent = `${step} of ${this.steps.length}`;
    this.title.textContent = title;
    this.text.replaceChildren(...wordsOf(bookmark, this.format));
    this.text.hidden = !text;
    // A button that is disabled under the hand loses the focus, so these only say that they do nothing.
    this.back.setAttribute("aria-disabled", String(step === 1));
    this.next.setAttribute("aria-disabled", String(step === this.steps.length));
    this.dots.forEach((dot, index) => {
      if (index + 1 === step) dot.setAttribute("aria-current", "step");
      else dot.removeAttribute("aria-current");
    });
  }

  /** The arrows turn the steps, except where they already mean something. @param {KeyboardEvent} event */
  #keyPressed(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const isTaken = event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey ||
      event.target.closest?.("input, select, textarea, [popover], dialog, .tabulator, [role=tree], [role=slider], .tabs");
    if (!by || isTaken) return;
    event.preventDefault();
    this.onStep(this.step + by);
  }

  dispose() {
    removeEventListener("keydown", this.onKey);
  }
}
