/** A slicer over a number: two fields and a slider with two handles. At its end a bound is open. */

import { el } from "./dom.js";

/** Handles move in about this many steps. */
const STEPS = 200;

export class RangeSlicer {
  /**
   * @param {import("./types.js").Slicer} slicer @param {import("./types.js").Dimension} dimension
   * @param {import("./selections.js").Selections} selections @param {import("./format.js").Formats} format
   */
  constructor(slicer, dimension, selections, format) {
    this.selections = selections;
    this.format = format;
    this.fields = [this.#field("from", 0), this.#field("to", 1)];
    this.handles = [this.#handle("Lower bound", 0), this.#handle("Upper bound", 1)];
    this.filled = el("div", { class: "filled" });
    this.label = el("span", { class: "slicer-label" });
    const slider = el("div", { class: "dual" }, el("div", { class: "track" }), this.filled, ...this.handles);
    const range = el("div", { class: "range" }, this.fields[0], slider, this.fields[1]);
    this.element = el("div", { class: "slicer", role: "group", "data-slicer": slicer.id }, this.label, range);
    this.adopt(slicer, dimension);
  }

  /** @param {import("./types.js").Slicer} slicer @param {import("./types.js").Dimension} dimension */
  adopt(slicer, dimension) {
    this.slicer = slicer;
    this.dimension = dimension;
    this.minimum = slicer.minimum ?? 0;
    this.maximum = slicer.maximum ?? this.minimum;
    this.step = niceStep((this.maximum - this.minimum) / STEPS, dimension?.format?.style === "integer");
    const unit = dimension?.format?.style === "currency" ? this.format.currencyName : dimension?.format?.unit;
    this.label.textContent = unit ? `${slicer.label} (${unit})` : slicer.label;
    this.element.setAttribute("aria-label", slicer.label);
    this.fields.forEach((field, index) => field.setAttribute(
      "aria-label",
      `${slicer.label}, ${index ? "to" : "from"}`,
    ));
    // Handles stand on multiples of the step; the ends lie just outside the data, and mean "open".
    this.low = Math.floor(this.minimum / this.step) * this.step;
    this.high = Math.max(this.low + this.step, Math.ceil(this.maximum / this.step) * this.step);
    this.handles.forEach((handle, index) => {
      Object.assign(handle, { min: this.low, max: this.high, step: this.step });
      handle.setAttribute("aria-label", `${slicer.label}, ${index ? "upper" : "lower"} bound`);
    });
  }

  #field(name, index) {
    const field = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", "data-bound": name });
    field.addEventListener("change", () => this.#typed(field, index));
    return field;
  }

  #handle(label, index) {
    const handle = el("input", { type: "range", "aria-label": label });
    handle.addEventListener("input", () => this.#moved(index, true));
    handle.addEventListener("change", () => this.#moved(index, false));
    return handle;
  }

  #typed(field, index) {
    const text = field.value.trim();
    const value = text === "" ? null : parse(text, this.format.locale);
    const range = [...this.#range];
    range[index] = value;
    const wrong = Number.isNaN(value) || (range[0] !== null && range[1] !== null && range[0] > range[1]);
    field.setAttribute("aria-invalid", String(wrong));
    if (!wrong) this.#select(range, false);
  }

  #moved(index, dragging) {
    const [low, high] = this.handles.map((handle) => handle.valueAsNumber);
    if (low > high) this.handles[index].valueAsNumber = index ? low : high;
    const from = this.handles[0].valueAsNumber;
    const to = this.handles[1].valueAsNumber;
    this.#select([from <= this.low ? null : tidy(from), to >= this.high ? null : tidy(to)], dragging);
  }

  get #range() {
    return this.selections.of(this.slicer.id)[0]?.range ?? [null, null];
  }

  #select(range, dragging) {
    if (!dragging && JSON.stringify(range) === JSON.stringify(this.#range) && !this.wasDragging) return;
    this.wasDragging = dragging;
    const open = range[0] === null && range[1] === null;
    this.selections.set(this.slicer.id, open ? null : { dimension: this.slicer.dimension, range }, { dragging });
  }

  refresh() {
    const [from, to] = this.#range;
    const shown = [from ?? this.minimum, to ?? this.maximum];
    this.fields.forEach((field, index) => {
      field.value = plain(shown[index], this.format.locale);
      field.setAttribute("aria-invalid", "false");
    });
    this.handles[0].valueAsNumber = from ?? this.low;
    this.handles[1].valueAsNumber = to ?? this.high;
    this.handles.forEach((handle, index) => handle.setAttribute(
      "aria-valuetext",
      this.format.full(shown[index], this.dimension?.format),
    ));
    const place = (value) => 8 + ((value - this.low) / (this.high - this.low)) * 134;
    const [left, right] = this.handles.map((handle) => (place(handle.valueAsNumber) / 150) * 100);
    this.filled.style.left = `${left}%`;
    this.filled.style.width = `${Math.max(0, right - left)}%`;
  }
}

/** 1, 2 or 5 times a power of ten, not below `raw`. */
function niceStep(raw, whole) {
  if (!(raw > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw * 0.999);
  return whole ? Math.max(1, Math.round(step)) : step;
}

/** 0.30000000000000004 is an artefact of the slider's arithmetic, not what the reader chose. */
const tidy = (value) => Number(value.toPrecision(12));

function plain(value, locale) {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: Math.abs(value) >= 100 ? 2 : 4 }).format(value);
}

/** A number as this locale writes it; NaN where it is none. */
function parse(text, locale) {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const of = (type) => parts.find((part) => part.type === type)?.value ?? "";
  const bare = text.replace(/[\s\u00a0\u202f]/g, "").replaceAll(
    of("group").trim() || "\u0000",
    "",
  ).replace(of("decimal"), ".").replace("−", "-");
  return /^-?\d*\.?\d+(e-?\d+)?$/i.test(bare) ? Number(bare) : NaN;
}
