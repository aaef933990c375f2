/** What stands in place of a page: no run yet, no such page, nothing to show. */

import { el } from "./dom.js";

/** @param {HTMLElement} root @param {string} title @param {string} [detail] */
export function blank(root, title, detail) {
  root.replaceChildren(el("div", { class: "blank" }, el("h1", {}, title), detail ? el("p", {}, detail) : null));
}

/** The page before the first run: how far that run is, live. */
export class NoRun {
  #visible = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.detail = el("p", { role: "status" });
    this.bar = el("progress", { max: "1", "aria-label": "Progress of the run", hidden: true });
    this.element = el("div", { class: "blank" }, el("h1", {}, "No run published yet"), this.detail, this.bar);
    this.waiting();
  }

  show() {
    this.#visible = true;
    this.root.replaceChildren(this.element);
    document.documentElement.dataset.ready = "0";
  }

  leave() {
    this.#visible = false;
  }

  waiting() {
    this.detail.replaceChildren(
      "Start one with ",
      el("code", {}, "aurora run"),
      ". The page fills by itself as soon as the run is published.",
    );
    this.bar.hidden = true;
  }

  /** @param {{stage: string, fraction: ?number, detail: ?string}} event */
  progress({ stage, fraction, detail }) {
    if (!this.#visible) return;
    this.detail.textContent = detail ? `${stage}: ${detail}` : stage;
    this.bar.hidden = false;
    if (typeof fraction === "number") this.bar.value = fraction;
    else this.bar.removeAttribute("value");
  }
}
