/** A slicer of values that lie in values: a tree whose branches are listed when they are opened, with a search. */

import { loadBranches } from "./api.js";
import { attachPopover, el, icon } from "./dom.js";
import { excluding, including, stateOf } from "./hierarchy.js";

const SEARCH_PAUSE = 200;
const key = (path) => JSON.stringify(path);

export class HierarchySlicer {
  #turn = 0;
  #opened = new Set();
  /** The boxes on the screen, each with its path. @type {Array<{box: HTMLInputElement, path: Array<*>}>} */
  #boxes = [];

  /**
   * @param {import("./types.js").Slicer} slicer @param {import("./types.js").Dimension} dimension
   * @param {import("./selections.js").Selections} selections @param {import("./format.js").Formats} format
   * @param {() => import("./types.js").Page} page
   */
  constructor(slicer, dimension, selections, format, page) {
    Object.assign(this, { slicer, selections, format, page });
    this.value = el("span", { class: "value" });
    this.button = el(
      "button",
      { type: "button", class: "button dropdown-button", "aria-haspopup": "dialog" },
      this.value,
      icon("chevron"),
    );
    this.search = el("input", { type: "search", placeholder: "Search", "aria-label": `Search in ${slicer.label}` });
    this.search.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#fill(), SEARCH_PAUSE);
    });
    this.tree = el("ul", { class: "tree", "aria-label": slicer.label });
    this.tree.addEventListener("keydown", (event) => this.#keyPressed(event));
    this.said = el("span", { role: "status" });
    const clear = el(
      "button",
      { type: "button", class: "button quiet", on: { click: () => this.#choose([]) } },
      "Clear",
    );
    const panel = el(
      "div",
      { class: "dropdown tree-panel", role: "dialog", "aria-label": slicer.label },
      this.search,
      el("div", { class: "options" }, this.tree),
      el("div", { class: "dropdown-end" }, this.said, clear),
    );
    attachPopover(this.button, panel, {
      onOpen: () => {
        this.search.value = "";
        this.#fill();
      },
    });
    this.element = el(
      "div",
      { class: "slicer", role: "group", "aria-label": slicer.label, "data-slicer": slicer.id },
      el("span", { class: "slicer-label" }, slicer.label),
      el("div", {}, this.button, panel),
    );
    this.refresh();
  }

  /** @param {import("./types.js").Slicer} slicer */
  adopt(slicer) {
    this.slicer = slicer;
    this.refresh();
  }

  get #chosen() {
    return this.selections.of(this.slicer.id)[0]?.paths ?? [];
  }

  #choose(paths) {
    const { id, dimension, dimensions } = this.slicer;
    this.selections.set(id, paths.length ? { dimension, dimensions, paths } : null);
  }

  #load(asked, selections = this.selections.all()) {
    return loadBranches(this.page().name, this.slicer.id, {
      ...asked,
      selections,
      parameters: this.selections.parameters(),
    });
  }

  // --- The tree ---------------------------------------------------------------------------------

  async #fill() {
    const turn = ++this.#turn;
    const search = this.search.value.trim();
    this.said.textContent = "";
    try {
      const answer = await this.#load(search ? { search } : { path: [] });
      if (turn !== this.#turn) return;
      this.#boxes = [];
      const none = search ? "Nothing matches" : "No rows under the other filters";
      const items = answer.branches.map((branch) => this.#item(branch, Boolean(search)));
      this.tree.replaceChildren(...items, ...this.#rest(answer, none));
      this.refresh();
      if (!search) await Promise.all(items.map((item) => item.reopen?.()));
    } catch (error) {
      if (turn === this.#turn) this.#trouble(error);
    }
  }

  #trouble(error) {
    this.tree.replaceChildren(el("li", { class: "nothing" }, error.title ?? String(error)));
  }

  /** What the list does not show, in words. */
  #rest({ branches, total }, none) {
    if (!total) return [el("li", { class: "nothing" }, none)];
    if (branches.length === total) return [];
    const words = `${this.format.count(branches.length)} of ${this.format.count(total)}; search for the others`;
    return [el("li", { class: "nothing" }, words)];
  }

  #item({ path, figure, has_more: hasMore }, isFound) {
    const names = path.map((value, level) => this.#name(value, level));
    const name = isFound ? names.join(" › ") : names.at(-1);
    const box = el("input", { type: "checkbox", "data-path": key(path), on: { change: () => this.#toggle(path) } });
    this.#boxes.push({ box, path });
    const format = this.page().measures[this.slicer.count]?.format;
    const count = el("span", { class: "tree-count" }, figure === null ? "hidden" : this.format.short(figure, format));
    const label = el("label", { class: "option" }, box, el("span", { class: "tree-name", dir: "auto" }, name), count);
    const children = el("ul", { class: "branches", "aria-label": name });
    const twist = hasMore && !isFound ? this.#twist(path, name, children) : el("span", { class: "twist" });
    const item = el("li", {}, el("div", { class: "branch" }, twist, label), children);
    item.reopen = () => (this.#opened.has(key(path)) ? twist.open?.() : null);
    return item;
  }

  #twist(path, name, children) {
    const twist = el(
      "button",
      { type: "button", class: "twist", "aria-expanded": "false", "aria-label": `What is in ${name}` },
      icon("chevron"),
    );
    twist.open = async () => {
      twist.setAttribute("aria-expanded", "true");
      this.#opened.add(key(path));
      try {
        const answer = await this.#load({ path });
        if (twist.getAttribute("aria-expanded") !== "true") return;
        const items = answer.branches.map((branch) => this.#item(branch, false));
        children.replaceChildren(...items, ...this.#rest(answer, "No rows under the other filters"));
        this.refresh();
        await Promise.all(items.map((item) => item.reopen()));
      } catch (error) {
        this.#trouble(error);
      }
    };
    twist.shut = () => {
      twist.setAttribute("aria-expanded", "false");
      this.#opened.delete(key(path));
      children.replaceChildren();
      this.#boxes = this.#boxes.filter(({ box }) => box.isConnected);
    };
    twist.addEventListener("click", () => (twist.getAttribute("aria-expanded") === "true" ? twist.shut() : twist.open()));
    return twist;
  }

  #name(value, level) {
    return this.format.name(value, this.page().dimensions[this.slicer.dimensions[level]]);
  }

  /** Arrows go through the tree as in every tree. @param {KeyboardEvent} event */
  #keyPressed(event) {
    const boxes = [...this.tree.querySelectorAll("input[type=checkbox]")];
    const place = boxes.indexOf(document.activeElement);
    if (place < 0) return;
    const item = boxes[place].closest("li");
    const twist = item.querySelector(":scope > .branch > button.twist");
    const isOpen = twist?.getAttribute("aria-expanded") === "true";
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) boxes[place + step]?.focus();
    else if (event.key === "ArrowRight" && twist) isOpen ? boxes[place + 1]?.focus() : twist.open();
    else if (event.key === "ArrowLeft" && isOpen) twist.shut();
    else if (event.key === "ArrowLeft") item.parentElement.closest("li")?.querySelector("input").focus();
    else return;
    event.preventDefault();
  }

  // --- Choosing ---------------------------------------------------------------------------------

  async #toggle(path) {
    const chosen = this.#chosen;
    this.said.textContent = "";
    if (stateOf(chosen, path) !== "all") return this.#choose(including(chosen, path));
    // All that there is, also where other filters leave nothing of it.
    const childrenOf = async (above) => {
      const { branches, total } = await this.#load({ path: above }, []);
      return branches.length === total ? branches.map((branch) => branch.path) : null;
    };
    try {
      const rest = await excluding(chosen, path, childrenOf);
      if (rest) return this.#choose(rest);
      this.said.textContent = "Too many values to leave one out";
    } catch (error) {
      this.said.textContent = error.title ?? String(error);
    }
    return this.refresh();
  }

  refresh() {
    const chosen = this.#chosen;
    for (const { box, path } of this.#boxes) {
      const state = stateOf(chosen, path);
      box.checked = state === "all";
      box.indeterminate = state === "some";
    }
    this.value.textContent = chosen.length === 0
      ? "All"
      : chosen.length === 1
        ? chosen[0].map((value, level) => this.#name(value, level)).join(" › ")
        : `${this.format.count(chosen.length)} chosen`;
    this.button.setAttribute("aria-label", `${this.slicer.label}: ${this.value.textContent}`);
    this.button.classList.toggle("active", chosen.length > 0);
  }
}
