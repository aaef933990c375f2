/** The panel that adds or configures a visual or a slicer, with a live preview, and the one for the page's own words. */

import { previewVisual } from "./api.js";
import { Card } from "./card.js";
import { chartContext } from "./chart-context.js";
import { el, icon } from "./dom.js";
import { Fields } from "./edit-fields.js";
import { kindIcon } from "./kind-icons.js";
import { problemWords } from "./page-editor.js";
import { Selections } from "./selections.js";
import { SlicerBar } from "./slicers.js";

/** After the last key, before the server is asked for a preview (ms). */
const PAUSE = 250;

const FRAME = [
  { name: "title", type: "text", required: false, role: null, summary: "what is shown, or what was found" },
  { name: "subtitle", type: "text", required: false, role: null, summary: "the unit, or a remark" },
];
const SIZE = [
  { name: "width", type: "integer", minimum: 1, maximum: 12, required: false, role: null, summary: "in 12ths of the page" },
  { name: "height", type: "integer", minimum: 1, maximum: 12, required: false, role: null, summary: "in rows of the grid" },
];

/**
 * @param {import("./page-editor.js").PageEditor} editor @param {"visuals"|"slicers"} list @param {number} index
 * @param {?import("./types.js").PageItem} item null for a new one
 */
export function editItem(editor, list, index, item) {
  new ItemPanel(editor, list, index, item).open();
}

class ItemPanel {
  #timer = null;
  #abort = null;
  #shown = null;

  constructor(editor, list, index, item) {
    this.editor = editor;
    this.list = list;
    this.index = index;
    this.item = item;
    // What is configured is what was seen, also if the file changes while the panel is open.
    this.hash = editor.text.hash;
    this.kinds = editor.text.kinds[list];
    this.kind = this.kinds.find(({ name }) => name === item?.kind) ?? this.kinds[list === "visuals" && !item ? 1 : 0];
    this.values = { ...item?.values };
  }

  open() {
    const noun = this.list === "visuals" ? "visual" : "slicer";
    const heading = this.item ? `Configure this ${noun}` : `Add a ${noun}`;
    this.problem = el("p", { class: "edit-problem", role: "alert" });
    this.form = el("div", { class: "edit-form" });
    this.preview = el("div", { class: "edit-preview", "aria-label": "Preview", role: "region" });
    this.save = el("button", { type: "submit", class: "button primary" }, this.item ? "Save" : "Add to the page");
    const form = el(
      "form",
      { class: "edit-columns", novalidate: true, on: { submit: (event) => this.#submit(event), input: () => this.#changed() } },
      el("div", { class: "edit-side" }, this.#kindChoice(), this.form),
      el("div", { class: "edit-side preview-side" }, el("h3", {}, "Preview"), this.preview),
      el("div", { class: "edit-end" }, this.problem,
        el("button", { type: "button", class: "button", on: { click: () => this.dialog.close() } }, "Cancel"), this.save),
    );
    this.dialog = panel(heading, form, () => this.#dispose());
    this.#showFields();
    this.dialog.querySelector(this.item ? ".edit-form :is(input, select)" : ".kind input:checked")?.focus();
  }

  #kindChoice() {
    const choice = (kind) => {
      const input = el("input", {
        type: "radio",
        name: "kind",
        value: kind.name,
        checked: kind === this.kind,
        on: {
          change: () => {
            this.values = { ...this.values, ...this.fields.values(false) };
            this.kind = kind;
            this.#showFields();
          },
        },
      });
      return el("label", { class: "kind", title: kind.summary }, input, kindIcon(kind.name), el("span", {}, words(kind.name)));
    };
    this.summary = el("p", { class: "edit-hint" });
    return el("fieldset", { class: "kinds" }, el("legend", {}, "Kind"), ...this.kinds.map(choice), this.summary);
  }

  #showFields() {
    const { kind } = this;
    this.summary.textContent = `${kind.summary[0].toUpperCase()}${kind.summary.slice(1)}.`;
    const frame = this.list === "visuals" ? FRAME : [];
    const size = this.list === "visuals" ? SIZE.map((field) => ({ ...field, usual: kind[field.name] })) : [];
    this.fields = new Fields([...frame, ...kind.fields, ...size], this.values, this.editor.text.names, () => this.#changed());
    this.form.replaceChildren(this.fields.element);
    this.#changed();
  }

  #changed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), PAUSE);
  }

  async #load() {
    this.#abort?.abort();
    const missing = this.fields.missing();
    if (missing.length) {
      this.fields.mark([]);
      return this.#say(`Choose ${missing.map((name) => words(name).toLowerCase()).join(" and ")} to see it.`);
    }
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const draft = {
      action: "add",
      list: this.list,
      kind: this.kind.name,
      values: this.fields.values(),
      selections: this.editor.view.options.selections.all(),
    };
    let answer;
    try {
      answer = await previewVisual(this.editor.text.page, draft, signal);
    } catch (error) {
      if (signal.aborted) return;
      const errors = error.more?.errors ?? [];
      this.fields.mark(errors);
      return this.#say(errors.length ? "What is marked has to change first." : problemWords(error), true);
    }
    if (signal.aborted) return;
    this.fields.mark([]);
    await this.#show(answer);
  }

  #say(text, isProblem = false) {
    this.#clear();
    this.preview.dataset.state = isProblem ? "problem" : "waiting";
    this.preview.replaceChildren(el("p", { class: isProblem ? "edit-problem" : "edit-hint" }, text));
  }

  async #show({ page, data }) {
    const { format } = this.editor.view.options;
    this.#clear();
    if (this.list === "slicers") {
      const bar = new SlicerBar(page, new Selections(), format);
      this.#shown = bar;
      this.preview.replaceChildren(bar.element);
    } else {
      const [visual] = page.visuals;
      const figures = data.visuals[visual.id] ?? null;
      visual.id = "preview";
      const context = chartContext(visual, () => page, format, { select: () => {}, selections: () => [], rename: null });
      const card = new Card(visual, context, { run: () => page.run, clearAll: () => {} });
      this.#shown = card;
      const height = Math.max(1, visual.height) * 84 + (Math.max(1, visual.height) - 1) * 12;
      card.element.style.height = `${Math.max(96, Math.min(520, height))}px`;
      this.preview.replaceChildren(card.element);
      await card.update(figures, []);
    }
    this.preview.dataset.state = "shown";
  }

  #clear() {
    this.#shown?.dispose();
    this.#shown = null;
  }

  async #submit(event) {
    event.preventDefault();
    const missing = this.fields.missing();
    if (missing.length) {
      this.fields.mark(missing.map((field) => ({ field, message: "this is needed" })));
      this.fields.focus(missing[0]);
      return;
    }
    const changes = this.#changes();
    if (!changes.length) return this.dialog.close();
    this.save.disabled = true;
    this.problem.textContent = "";
    const focus = this.list === "visuals"
      ? `[data-edit-visual="${this.index}"] [data-edit=configure]`
      : `[data-edit-slicer="${this.index}"] [data-edit=configure]`;
    try {
      await this.editor.write(changes, { focus, hash: this.hash, words: this.item ? "Saved" : "Added" });
      this.dialog.close();
    } catch (error) {
      this.problem.textContent = problemWords(error);
      this.fields.mark(error.more?.errors ?? []);
    } finally {
      this.save.disabled = false;
    }
  }

  /** @returns {import("./types.js").PageChange[]} only what is different from what was there */
  #changes() {
    const { list, index } = this;
    const kind = this.kind.name;
    const values = this.fields.values();
    if (!this.item) return [{ action: "add", list, index, kind, values }];
    const old = this.item.values ?? {};
    const changed = {};
    for (const [name, value] of Object.entries(values)) {
      if (JSON.stringify(value) !== JSON.stringify(old[name] ?? null)) changed[name] = value;
    }
    // What the new kind has no place for goes; what no form can show stays.
    const known = new Set(this.fields.names);
    for (const name of Object.keys(old)) if (!known.has(name)) changed[name] = null;
    const isSame = kind === this.item.kind && !Object.keys(changed).length;
    return isSame ? [] : [{ action: "set", list, index, kind, values: changed }];
  }

  #dispose() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#clear();
  }
}

/** The page's title and description. @param {import("./page-editor.js").PageEditor} editor */
export function editPage(editor) {
  const { title, description, names, hash } = editor.text;
  const fields = new Fields([
    { name: "title", type: "text", required: true, role: null, summary: "what the page is called" },
    { name: "description", type: "text", required: false, role: null, summary: "what it answers, in a sentence" },
  ], { title, description }, names, () => {});
  const problem = el("p", { class: "edit-problem", role: "alert" });
  const submit = async (event) => {
    event.preventDefault();
    const values = fields.values();
    const old = { title, description };
    const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== (old[name] ?? null)));
    if (fields.missing().length || !Object.keys(changed).length) return dialog.close();
    try {
      await editor.write([{ action: "page", values: changed }], { focus: "[data-edit=title]", hash, words: "Saved" });
      dialog.close();
    } catch (error) {
      problem.textContent = problemWords(error);
    }
  };
  const form = el(
    "form",
    { novalidate: true, on: { submit } },
    fields.element,
    el("div", { class: "edit-end" }, problem,
      el("button", { type: "button", class: "button", on: { click: () => dialog.close() } }, "Cancel"),
      el("button", { type: "submit", class: "button primary" }, "Save")),
  );
  const dialog = panel("Title of this page", form, () => {});
  dialog.classList.add("small");
  dialog.querySelector("input")?.focus();
}

function panel(heading, content, onClose) {
  const dialog = el("dialog", { class: "edit-panel", "aria-labelledby": "edit-heading" });
  const close = el(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Close", on: { click: () => dialog.close() } },
    icon("close"),
  );
  dialog.append(el("div", { class: "edit-head" }, el("h2", { id: "edit-heading" }, heading), close), content);
  const opener = document.activeElement;
  dialog.addEventListener("close", () => {
    onClose();
    dialog.remove();
    if (document.activeElement === document.body && opener?.isConnected) opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** "Stacked bar" @param {string} name */
export const words = (name) => (name === "kpi" ? "KPI" : `${name[0].toUpperCase()}${name.slice(1)}`.replaceAll("_", " "));
