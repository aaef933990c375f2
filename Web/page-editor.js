/** Editing a page where it is shown: every change is a patch of the page's file, and can be taken back. */

import { changePage, loadPageText, redoPage, undoPage } from "./api.js";
import { el, icon } from "./dom.js";

/** What only those need who edit. */
const loadParts = async () => {
  const [bars, conflict, panel] = await Promise.all([
    import("./edit-bars.js"), import("./edit-conflict.js"), import("./edit-panel.js"),
  ]);
  return { ...bars, ...conflict, ...panel };
};

export class PageEditor {
  #parts = null;
  /** @type {?import("./types.js").PageText} */
  text = null;
  #isOn = false;
  /** What the focus goes to when the page has followed a change. @type {?string} */
  #focus = null;

  /**
   * @param {{view: () => ?import("./page-view.js").PageView, changed: () => Promise<void>,
   *   trouble: (error: import("./api.js").ApiError) => void}} app
   */
  constructor(app) {
    this.app = app;
    this.button = el("button", {
      type: "button",
      class: "button edit-button",
      "aria-pressed": "false",
      title: "Change this page: what is written goes into the project's text",
      on: { click: () => this.toggle() },
    }, icon("pencil"), el("span", {}, "Edit"));
    this.message = el("p", { class: "edit-message", role: "status" });
    this.onKey = (event) => this.#keyPressed(event);
  }

  get view() {
    return this.app.view();
  }

  toggle() {
    return this.#isOn ? this.leave() : this.begin();
  }

  async begin() {
    this.#isOn = true;
    this.button.setAttribute("aria-pressed", "true");
    addEventListener("keydown", this.onKey);
    await this.#show();
  }

  leave() {
    if (!this.#isOn) return;
    this.#isOn = false;
    this.text = null;
    this.button.setAttribute("aria-pressed", "false");
    removeEventListener("keydown", this.onKey);
    document.documentElement.classList.remove("editing");
    for (const element of document.querySelectorAll(".edit-strip, .edit-bar, .edit-slicers, .edit-corner")) element.remove();
  }

  /** After the page has followed a change of its file. @param {Promise<void>} drawn */
  async following(drawn) {
    if (this.#isOn) await this.#show();
    return drawn;
  }

  async #show() {
    const { view } = this;
    this.#parts ??= await loadParts();
    try {
      this.text = await loadPageText(view.page.name);
    } catch (error) {
      this.leave();
      return this.app.trouble(error);
    }
    if (!this.#isOn || this.view !== view) return;
    document.documentElement.classList.add("editing");
    for (const element of document.querySelectorAll(".edit-strip, .edit-bar, .edit-slicers, .edit-corner")) element.remove();
    view.root.prepend(this.#strip());
    view.slicers.element.after(this.#parts.slicerBar(this, this.text.slicers));
    view.page.visuals.forEach((visual, index) => {
      view.cards.get(visual.id).element.append(...this.#parts.cardBar(this, visual, index, view.page.visuals.length));
    });
    const wanted = this.#focus && document.querySelector(this.#focus);
    // At the end of the row there is nowhere further to go: the focus stays in the same bar.
    if (wanted) (wanted.disabled ? wanted.parentElement.querySelector("button:not(:disabled)") : wanted).focus();
    this.#focus = null;
  }

  #strip() {
    const button = (words, sign, act, key, disabled = false, keys = null) => el(
      "button",
      {
        type: "button",
        class: "button",
        "data-edit": key,
        disabled,
        "aria-keyshortcuts": keys,
        title: keys && `${words} (${keys.replace("Control", "Ctrl")})`,
        on: { click: act },
      },
      icon(sign),
      el("span", {}, words),
    );
    const { visuals, slicers, file } = this.text;
    return el(
      "div",
      { class: "edit-strip", role: "group", "aria-label": "Edit this page" },
      el("code", { title: "Changes are written into this file" }, file),
      button("Add a visual", "plus", () => this.#parts.editItem(this, "visuals", visuals.length, null), "add-visual"),
      button("Add a slicer", "plus", () => this.#parts.editItem(this, "slicers", slicers.length, null), "add-slicer"),
      button("Title", "pencil", () => this.#parts.editPage(this), "title"),
      button("Undo", "undo", () => this.undo(), "undo", !this.text.undo, "Control+Z"),
      button("Redo", "redo", () => this.redo(), "redo", !this.text.redo, "Control+Shift+Z"),
      el("button", { type: "button", class: "button primary", "data-edit": "done", on: { click: () => this.leave() } }, "Done"),
      this.message,
    );
  }

  /** @param {string} words */
  tell(words) {
    this.message.textContent = words;
  }

  /**
   * Writes changes. @param {import("./types.js").PageChange[]} changes
   * @param {{focus?: ?string, hash?: string, words?: string}} [options] where the focus goes, and what is said, afterwards
   * @returns {Promise<boolean>} whether they are written, or the person has decided otherwise
   */
  async write(changes, { focus = null, hash = this.text.hash, words = "" } = {}) {
    try {
      await changePage(this.text.page, hash, changes);
    } catch (error) {
      if (error.code === "stale") return this.#resolve(error.more, changes, focus);
      throw error;
    }
    await this.#written(focus, words);
    return true;
  }

  /** The same for what has no form that could show a mistake. */
  async act(changes, options) {
    try {
      await this.write(changes, options);
    } catch (error) {
      this.tell(problemWords(error));
    }
  }

  undo() {
    return this.#turn(undoPage, "undo", "Taken back");
  }

  redo() {
    return this.#turn(redoPage, "redo", "Made again");
  }

  async #turn(ask, name, words) {
    try {
      await ask(this.text.page, this.text.hash);
    } catch (error) {
      if (error.code === "stale") return this.#resolve(error.more, [], null);
      return this.tell(problemWords(error));
    }
    await this.#written(`[data-edit=${name}]`, words);
  }

  /** Undo and redo by the keys that are usual, except where they are a text field's own. @param {KeyboardEvent} event */
  #keyPressed(event) {
    const isTaken = event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey) ||
      event.target.closest?.("input, select, textarea, dialog, [popover]");
    const key = event.key.toLowerCase();
    if (isTaken || !this.text || !["z", "y"].includes(key) || (key === "y" && event.shiftKey)) return;
    event.preventDefault();
    const isRedo = key === "y" || event.shiftKey;
    if (isRedo ? this.text.redo : this.text.undo) (isRedo ? this.redo() : this.undo());
    else this.tell(isRedo ? "Nothing was taken back" : "Nothing is known that could be taken back");
  }

  async #written(focus, words) {
    this.#focus = focus;
    this.tell(words);
    await this.app.changed();
  }

  /** The file is not what was seen: the person decides. */
  async #resolve(more, changes, focus) {
    const again = more.again?.map((index, place) => (index === null ? changes[place] : { ...changes[place], index }));
    const choice = await this.#parts.showConflict(this.text.file, more, Boolean(again?.length));
    if (choice === "mine") return this.write(again, { focus, hash: more.theirs.hash, words: "Applied to the file as it is now" });
    await this.#written(null, "Kept what the file holds");
    return true;
  }
}

/** @param {*} error */
export const problemWords = (error) => [error.title ?? error.message, error.detail].filter(Boolean).join(". ");
