/** What the colours and the bubbles of a map mean. */

import { el } from "./dom.js";

const STEPS = [0, 0.25, 0.5, 0.75, 1];

/** A sample of a colour. @param {string} fill */
function box(fill, className = null) {
  const sample = el("i", { "aria-hidden": "true", class: className });
  if (fill) sample.style.backgroundColor = fill;
  return sample;
}

export class ColourKey {
  /** @param {import("./types.js").ChartContext} context @param {import("./types.js").Measure} measure */
  constructor(context, measure) {
    this.figure = (value) => context.format.number(value, measure.format);
    this.full = (value) => context.format.full(value, measure.format);
    this.element = el("div", { class: "scale-key map-key" });
  }

  /**
   * @param {{scale: import("./map-scale.js").MapScale, fill: (value: number) => string, none: string,
   *   hasEmpty: boolean, hasHidden: boolean}} shown
   */
  update({ scale, fill, none, hasEmpty, hasHidden }) {
    const parts = scale.bounds ? this.#classes(scale.bounds, fill) : this.#range(scale, fill);
    const others = [hasEmpty ? ["empty", none] : null, hasHidden ? ["hatched", "Hidden"] : null].filter(Boolean);
    this.element.replaceChildren(
      ...parts,
      ...others.map(([look, words]) => group(box(null, look), el("span", {}, words))),
    );
  }

  #range({ low, high }, fill) {
    if (!Number.isFinite(low) || !Number.isFinite(high)) return [];
    if (low === high) return [group(box(fill(low)), el("span", {}, this.full(low)))];
    const samples = STEPS.map((step) => box(fill(low + step * (high - low))));
    return [group(el("span", {}, this.figure(low)), ...samples, el("span", {}, this.full(high)))];
  }

  #classes(bounds, fill) {
    return bounds.map(([least, most], index) => {
      const write = index === bounds.length - 1 ? this.full : this.figure;
      const words = least === most ? write(most) : `${this.figure(least)}–${write(most)}`;
      return group(box(fill(least)), el("span", {}, words));
    });
  }
}

export class BubbleKey {
  /** @param {import("./types.js").ChartContext} context @param {import("./types.js").Measure} measure */
  constructor(context, measure) {
    this.full = (value) => context.format.full(value, measure.format);
    this.element = el("div", { class: "scale-key map-key of-bubbles" });
  }

  /** @param {{most: number, diameter: (value: number) => number, fill: string}} shown */
  update({ most, diameter, fill }) {
    const values = most > 0 ? roundValues(most) : [];
    this.element.replaceChildren(...values.map((value) => {
      const sample = box(fill, "bubble");
      const size = `${diameter(value).toFixed(1)}px`;
      [sample.style.width, sample.style.height] = [size, size];
      return group(sample, el("span", {}, this.full(value)));
    }));
  }
}

const group = (...parts) => el("span", { class: "key-group" }, ...parts);

/** The largest round figure, and two below it. @param {number} most */
export function roundValues(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  const large = [5, 2, 1].map((factor) => factor * power).find((value) => value <= most);
  // Whole figures below one would be none.
  return [large / 10, large / 4, large].filter((value) => !Number.isInteger(large) || value >= 1)
    .map((value) => (Number.isInteger(large) ? Math.round(value) : value))
    .filter((value, index, all) => all.indexOf(value) === index);
}
