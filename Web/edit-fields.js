/** The fields of a form, made from what the server says of a kind of visual. */

import { el, icon } from "./dom.js";

/**
 * @typedef {import("./types.js").EditorField & {usual?: number}} Field
 * @typedef {{element: HTMLElement, value: () => *, input: HTMLElement}} Control
 */

let last = 0;

export class Fields {
  /** @type {Map<string, Control>} */
  #controls = new Map();
  #messages = new Map();
  #fields;

  /**
   * @param {Field[]} fields @param {Object<string, *>} values
   * @param {{measures: Object[], dimensions: Object[], models: string[]}} names @param {() => void} onChange
   */
  constructor(fields, values, names, onChange) {
    this.#fields = fields;
    this.names = fields.map(({ name }) => name);
    this.element = el("div", { class: "edit-fields" }, ...fields.map((field) => {
      const id = `edit-field-${(last += 1)}`;
      const control = controlOf(field, values[field.name] ?? null, names, id, onChange);
      const message = el("p", { class: "edit-problem", id: `${id}-message` });
      control.input.setAttribute("aria-describedby", `${id}-help ${id}-message`);
      this.#controls.set(field.name, control);
      this.#messages.set(field.name, message);
      const label = control.isGroup
        ? el("span", { class: "edit-label", id: `${id}-label` }, labelOf(field))
        : el("label", { class: "edit-label", for: id }, labelOf(field));
      return el(
        "div",
        { class: `edit-field ${field.type === "boolean" ? "check" : ""}`, "data-field": field.name },
        label,
        control.element,
        el("p", { class: "edit-hint", id: `${id}-help` }, field.summary),
        message,
      );
    }));
  }

  /** By name; null for what is left open. @param {boolean} [all] whether also what is left open is named */
  values(all = true) {
    const entries = [...this.#controls].map(([name, control]) => [name, control.value()]);
    return Object.fromEntries(all ? entries : entries.filter(([, value]) => value !== null));
  }

  /** The names of fields that are needed and left open. @returns {string[]} */
  missing() {
    return this.#fields.filter(({ name, required }) => required && this.#controls.get(name).value() === null)
      .map(({ name }) => name);
  }

  /** @param {Array<{field: ?string, message: string, hint?: ?string}>} errors */
  mark(errors) {
    for (const [name, message] of this.#messages) {
      const own = errors.filter(({ field }) => field === name);
      message.textContent = own.map(({ message: text, hint }) => [text, hint].filter(Boolean).join(". ")).join(" ");
      this.#controls.get(name).input.setAttribute("aria-invalid", String(own.length > 0));
    }
  }

  /** @param {string} name */
  focus(name) {
    this.#controls.get(name)?.input.focus();
  }
}

const labelOf = ({ name, required }) =>
  `${name[0].toUpperCase()}${name.slice(1)}`.replaceAll("_", " ") + (required ? "" : " (optional)");

/** @returns {Control & {isGroup?: boolean}} */
function controlOf(field, value, names, id, onChange) {
  if (field.type === "object" && field.list) return objects(field, value ?? [], onChange);
  if (field.list || field.type === "names") return nameList(field, value ?? [], names, id, onChange);
  if (field.role) return choice(optionsFor(field, names), value, id, field.required);
  switch (field.type) {
    case "choice": return choice([{ options: field.choices.map((name) => ({ name, label: name })) }], value, id, field.required);
    case "boolean": {
      const input = el("input", { type: "checkbox", id, checked: value === true });
      return { element: input, input, value: () => (input.checked ? true : value === false ? false : null) };
    }
    case "integer":
    case "number": {
      const input = el("input", {
        type: "number",
        id,
        min: field.minimum,
        max: field.maximum,
        step: field.type === "integer" ? 1 : "any",
        placeholder: field.usual ? `${field.usual}, if left open` : null,
      });
      input.value = value ?? "";
      return { element: input, input, value: () => (input.value === "" ? null : Number(input.value)) };
    }
    case "text":
    case "expression": {
      const input = el("input", { type: "text", id, dir: "auto", autocomplete: "off" });
      input.value = value ?? "";
      return { element: input, input, value: () => input.value.trim() || null };
    }
    default: {
      // A form for this there is none: it stays as the file has it.
      const input = el("p", { class: "edit-hint", id, tabindex: "-1" }, "This is changed in the file.");
      return { element: input, input, value: () => value };
    }
  }
}

/** What a field may name, in groups. */
function optionsFor({ role }, names) {
  if (role === "model") return [{ options: names.models.map((name) => ({ name, label: name })) }];
  const isMeasure = ["measure", "sum", "count"].includes(role);
  const fits = {
    measure: () => true,
    sum: ({ additive }) => additive,
    count: ({ count }) => count,
    dimension: () => true,
    number: ({ kind }) => kind === "number",
    date: ({ kind }) => kind === "date",
    segmentation: ({ segmentation }) => segmentation,
  }[role] ?? (() => true);
  const all = (isMeasure ? names.measures : names.dimensions).filter(fits);
  const models = [...new Set(all.map(({ model }) => model))];
  if (models.length < 2) return [{ options: all }];
  return models.map((model) => ({ label: model, options: all.filter((each) => each.model === model) }));
}

function choice(groups, value, id, required) {
  const options = groups.flatMap(({ options: list }) => list.map(({ name }) => name));
  const labels = groups.flatMap(({ options: list }) => list.map(({ label }) => label));
  const isShared = (label) => labels.indexOf(label) !== labels.lastIndexOf(label);
  const option = ({ name, label, description }) => el(
    "option",
    { value: name, selected: name === value, title: description ?? name },
    isShared(label) ? `${label} (${name})` : label,
  );
  const select = el(
    "select",
    { id, required },
    el("option", { value: "" }, required ? "Choose\u2026" : "\u2013"),
    // What the file names and nobody knows stays until somebody chooses otherwise.
    value !== null && !options.includes(value) ? el("option", { value, selected: true }, String(value)) : null,
    ...groups.flatMap(({ label, options: list }) => (
      label ? [el("optgroup", { label }, ...list.map(option))] : list.map(option)
    )),
  );
  return { element: select, input: select, value: () => select.value || null };
}

/** Names in an order: chosen ones with a button that takes them away, and a list to add from. */
function nameList(field, value, names, id, onChange) {
  const chosen = [value].flat().map(String);
  const list = el("ul", { class: "edit-names" });
  const groups = field.role ? optionsFor(field, names) : [];
  const labels = new Map(groups.flatMap(({ options }) => options.map(({ name, label }) => [name, label])));
  const add = field.role ? choice(groups, null, id, false).element : el("input", { type: "text", id, autocomplete: "off" });
  if (field.role) add.firstElementChild.textContent = "Add\u2026";
  function show() {
    list.replaceChildren(...chosen.map((name, index) => el("li", {}, el("span", { dir: "auto" }, labels.get(name) ?? name), el("button", {
      type: "button",
      class: "icon-button small",
      "aria-label": `Take ${labels.get(name) ?? name} away`,
      on: {
        click: () => {
          chosen.splice(index, 1);
          show();
          add.focus();
          onChange();
        },
      },
    }, icon("close")))));
    for (const option of add.options ?? []) option.disabled = chosen.includes(option.value);
  }
  add.addEventListener("change", () => {
    const name = add.value.trim();
    if (name && !chosen.includes(name)) chosen.push(name);
    add.value = "";
    show();
    onChange();
  });
  show();
  return { element: el("div", { class: "edit-name-list" }, list, add), input: add, value: () => (chosen.length ? [...chosen] : null) };
}

/** Parts with fields of their own, like the paragraphs of a text. */
function objects(field, value, onChange) {
  const parts = value.map((each) => ({ ...each }));
  const box = el("div", { class: "edit-objects", tabindex: "-1" });
  function show() {
    box.replaceChildren(...parts.map((part, index) => el(
      "fieldset",
      { class: "edit-object" },
      el("legend", {}, `Part ${index + 1}`),
      ...field.fields.map(({ name, required, summary }) => {
        const isLong = name === "text";
        const input = el(isLong ? "textarea" : "input", {
          type: isLong ? null : "text",
          rows: isLong ? "4" : null,
          "aria-label": `${labelOf({ name, required })} of part ${index + 1}`,
          placeholder: summary,
          dir: "auto",
          on: { input: () => { part[name] = input.value || undefined; } },
        });
        input.value = part[name] ?? "";
        return input;
      }),
      el("button", {
        type: "button",
        class: "button",
        on: {
          click: () => {
            parts.splice(index, 1);
            show();
            onChange();
          },
        },
      }, "Remove this part"),
    )), el("button", {
      type: "button",
      class: "button",
      on: {
        click: () => {
          parts.push({});
          show();
          box.querySelectorAll("fieldset").item(parts.length - 1).querySelector("input, textarea").focus();
        },
      },
    }, icon("plus"), "Add a part"));
  }
  show();
  const needed = field.fields.filter(({ required }) => required).map(({ name }) => name);
  return {
    element: box,
    input: box,
    isGroup: true,
    value: () => {
      const whole = parts.filter((part) => needed.every((name) => part[name]))
        .map((part) => Object.fromEntries(Object.entries(part).filter(([, text]) => text)));
      return whole.length ? whole : null;
    },
  };
}
