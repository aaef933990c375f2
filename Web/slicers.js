/** The slicers of a page, in the bar or, on a phone, in a sheet. */

import { DateSlicer } from "./date-slicer.js";
import { el, icon } from "./dom.js";
import { HierarchySlicer } from "./hierarchy-slicer.js";
import { ListSlicer } from "./list-slicer.js";
import { ParameterSlicer } from "./parameter-slicer.js";
import { RangeSlicer } from "./range-slicer.js";
import { TilesSlicer } from "./tiles-slicer.js";

const KINDS = {
  list: ListSlicer,
  range: RangeSlicer,
  tiles: TilesSlicer,
  segments: TilesSlicer,
  date: DateSlicer,
  hierarchy: HierarchySlicer,
  parameter: ParameterSlicer,
};

export class SlicerBar {
  /**
   * @param {import("./types.js").Page} page @param {import("./selections.js").Selections} selections
   * @param {import("./format.js").Formats} format
   */
  constructor(page, selections, format) {
    this.selections = selections;
    this.page = page;
    this.slicers = page.slicers.map((slicer) => {
      const dimension = page.dimensions[slicer.dimension];
      return new KINDS[slicer.type](slicer, dimension, selections, format, () => this.page);
    });
    this.element = el("div", { class: "slicers" }, ...this.slicers.map((slicer) => slicer.element));
    this.refresh();
  }

  /** @param {import("./types.js").Page} page */
  adopt(page) {
    this.page = page;
    page.slicers.forEach((slicer, index) => this.slicers[index].adopt(slicer, page.dimensions[slicer.dimension]));
    this.refresh();
  }

  /** What slicers show beside their values, by their ids. @param {Object<string, import("./types.js").Figures>} figures */
  setFigures(figures) {
    for (const slicer of this.slicers) slicer.setFigures?.(figures[slicer.slicer.id] ?? null);
  }

  refresh() {
    for (const slicer of this.slicers) slicer.refresh();
  }

  /** The same elements, in a sheet from below; they go home when it closes. */
  openSheet() {
    const home = this.element.parentElement;
    const close = () => this.sheet.close();
    this.sheet = el("dialog", { class: "sheet", "aria-label": "Filters" },
      el(
        "div",
        { class: "sheet-head" },
        el("h2", {}, "Filters"),
        el(
          "button",
          { type: "button", class: "icon-button", "aria-label": "Close", on: { click: close } },
          icon("close"),
        ),
      ),
      this.element,
      el("div", { class: "sheet-end" },
        el("button", { type: "button", class: "button", on: { click: () => this.selections.clear() } }, "Clear all"),
        el("button", { type: "button", class: "button primary", on: { click: close } }, "Show figures")));
    this.sheet.addEventListener("close", () => {
      home.prepend(this.element);
      this.sheet.remove();
      this.sheet = null;
    });
    this.sheet.addEventListener("click", (event) => {
      if (event.target === this.sheet) close();
    });
    document.body.append(this.sheet);
    this.sheet.showModal();
  }

  dispose() {
    this.sheet?.close();
  }
}
