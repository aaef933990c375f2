/** The foot of a page: how many rows it shows, what was done to them, and how to check it all again. */

import { attachPopover, el } from "./dom.js";

export class PageFoot {
  #rows = [null, null];

  /** @param {import("./types.js").Page} page @param {import("./format.js").Formats} format */
  constructor(page, format) {
    this.page = page;
    this.format = format;
    this.words = el("span");
    this.button = el("button", { type: "button", class: "foot-verify" }, "verify");
    const panel = el("div", { class: "about verify-panel" });
    attachPopover(this.button, panel, { onOpen: () => panel.replaceChildren(...this.#explanation()) });
    const dot = el("span", { class: "foot-dot" }, " · ");
    this.element = el("footer", { class: "page-foot" }, this.words, dot, this.button, panel);
    this.refresh();
  }

  /** @param {import("./types.js").Page} page */
  adopt(page) {
    this.page = page;
    this.refresh();
  }

  /** @param {?number} used @param {?number} total */
  setRows(used, total) {
    this.#rows = [used ?? null, total ?? null];
    this.refresh();
  }

  refresh() {
    const [used, total] = this.#rows;
    const { prepared } = this.page;
    const count = (number, one, many) => `${this.format.count(number)} ${number === 1 ? one : many}`;
    const parts = [];
    if (total !== null) parts.push(`${this.format.number(used, { style: "integer" })} of ${count(total, "row", "rows")}`);
    if (prepared) {
      parts.push(prepared.steps
        ? `${count(prepared.steps, "step", "steps")} changed ${count(prepared.cells, "cell", "cells")}`
        : "no step changed a cell");
      if (prepared.set_aside) parts.push(`${count(prepared.set_aside, "row", "rows")} set aside`);
    }
    this.words.replaceChildren(...parts.flatMap((text, index) => [
      index ? " · " : "",
      index === 1 ? el("a", { href: dataAddress(prepared.models) }, text) : text,
    ]));
  }

  #explanation() {
    return [
      el("h3", {}, "Verify these figures"),
      el(
        "p",
        {},
        "This command works everything out once more, from the source files to the last cell, and compares every "
          + "output bit for bit with this run:",
      ),
      el("pre", {}, el("code", {}, `aurora verify --run ${this.page.run}`)),
      el("dl", {}, el("dt", {}, "Run"), el("dd", {}, this.page.run),
        el("dt", {}, "Where"), el("dd", {}, "in the project's folder, where the source files are")),
    ];
  }
}

/** The story of the data: of the only model, or of all. */
const dataAddress = (models) => (models.length === 1 ? `#/data/models/${encodeURIComponent(models[0])}` : "#/data");
