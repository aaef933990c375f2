/** A slicer of days: from one to another, or a period that ends with the as-of date. */

import { attachPopover, el, icon } from "./dom.js";

export class DateSlicer {
  /**
   * @param {import("./types.js").Slicer} slicer @param {import("./types.js").Dimension} dimension
   * @param {import("./selections.js").Selections} selections @param {import("./format.js").Formats} format
   */
  constructor(slicer, dimension, selections, format) {
    this.selections = selections;
    this.format = format;
    this.value = el("span", { class: "value" });
    this.button = el(
      "button",
      { type: "button", class: "button dropdown-button", "aria-haspopup": "dialog" },
      this.value,
      icon("chevron"),
    );
    this.panel = el("div", { class: "dropdown date-panel", role: "dialog", "aria-label": slicer.label });
    attachPopover(this.button, this.panel);
    this.label = el("span", { class: "slicer-label" });
    this.element = el(
      "div",
      { class: "slicer", role: "group", "aria-label": slicer.label, "data-slicer": slicer.id },
      this.label,
      el("div", {}, this.button, this.panel),
    );
    this.adopt(slicer, dimension);
  }

  /** @param {import("./types.js").Slicer} slicer @param {import("./types.js").Dimension} dimension */
  adopt(slicer, dimension) {
    this.slicer = slicer;
    this.dimension = dimension;
    this.label.textContent = slicer.label;
    this.fields = [this.#field("From", 0), this.#field("To", 1)];
    this.periods = new Map((slicer.periods ?? []).map((period) => [period.name, this.#period(period)]));
    const clear = el(
      "button",
      { type: "button", class: "button quiet", on: { click: () => this.selections.set(slicer.id, null) } },
      "Clear",
    );
    const days = el("div", { class: "days" }, ...this.fields.map(({ label }) => label));
    const content = slicer.minimum
      ? [this.#asOf(), el("div", { class: "periods" }, ...this.periods.values()), days]
      : [el("p", { class: "nothing" }, "No days in the data")];
    this.panel.replaceChildren(...content.filter(Boolean), el("div", { class: "dropdown-end" }, el("span"), clear));
    this.refresh();
  }

  #day(day) {
    return this.format.date(`${day}T00:00:00Z`, { timeZone: "UTC" });
  }

  #asOf() {
    if (!this.slicer.as_of || !this.periods.size) return null;
    const words = this.slicer.is_as_of_data ? "the last day in the data" : "the project's date";
    return el("p", { class: "as-of" }, `As of ${this.#day(this.slicer.as_of)}, ${words}`);
  }

  #period({ name, label, range }) {
    const click = () => {
      const isChosen = this.#selection?.period === name;
      this.selections.set(this.slicer.id, isChosen ? null : { dimension: this.slicer.dimension, range, period: name });
    };
    return el(
      "button",
      { type: "button", class: "button period", "data-period": name, "aria-pressed": "false", on: { click } },
      el("span", {}, label),
      el("span", { class: "period-days" }, this.format.range(range)),
    );
  }

  #field(words, index) {
    const { minimum, maximum, label } = this.slicer;
    const input = el("input", {
      type: "date",
      min: minimum,
      max: maximum,
      "aria-label": `${label}, ${words.toLowerCase()}`,
      on: { change: () => this.#typed(index) },
    });
    return { input, label: el("label", { class: "day" }, el("span", {}, words), input) };
  }

  get #selection() {
    return this.selections.of(this.slicer.id)[0] ?? null;
  }

  #typed(index) {
    const { input } = this.fields[index];
    const { minimum, maximum } = this.slicer;
    const range = [...(this.#selection?.range ?? [minimum, maximum])];
    // Half a date and one outside the data are still being typed.
    const isGiven = input.value !== "" || !input.validity.badInput;
    range[index] = input.value || (index ? maximum : minimum);
    const isWrong = !isGiven || !input.validity.valid || range[0] > range[1];
    input.setAttribute("aria-invalid", String(isWrong));
    if (isWrong) return;
    const isAll = range[0] === minimum && range[1] === maximum;
    this.selections.set(this.slicer.id, isAll ? null : { dimension: this.slicer.dimension, range });
  }

  refresh() {
    const chosen = this.#selection;
    this.fields.forEach(({ input }, index) => {
      const day = chosen?.range?.[index] ?? (index ? this.slicer.maximum : this.slicer.minimum) ?? "";
      if (input.value !== day) input.value = day;
      input.setAttribute("aria-invalid", "false");
    });
    for (const [name, button] of this.periods) button.setAttribute("aria-pressed", String(chosen?.period === name));
    const period = this.slicer.periods?.find(({ name }) => name === chosen?.period);
    this.value.textContent = chosen ? period?.label ?? this.format.range(chosen.range) : "All days";
    this.button.title = chosen ? this.format.range(chosen.range) : "";
    this.button.setAttribute("aria-label", `${this.slicer.label}: ${this.value.textContent}`);
    this.button.classList.toggle("active", Boolean(chosen));
  }
}
