/** What a reader may take away of one visual: its figures as CSV, its chart as an image. */

import { hasImage, pngImage, svgImage } from "./chart-image.js";
import { el } from "./dom.js";
import { fileName, saveFile } from "./save-file.js";

/**
 * The entries of a card's menu.
 * @param {import("./types.js").Visual} visual @param {import("./types.js").ChartContext} context
 * @param {{holder: ?HTMLElement, csv: ?(() => Blob|Promise<Blob>), onProblem?: (error: Error) => void,
 *   foot: string}} shown  `csv`: the visual's figures; null where it has none, or nobody to ask
 * @returns {Node[]}
 */
export function fileMenu(visual, context, shown) {
  const entry = (words, title, save) => el(
    "button",
    { type: "button", class: "menu-entry", title, on: { click: save } },
    words,
  );
  const labels = { title: visual.title, foot: shown.foot };
  const isDrawn = hasImage(shown.holder);
  const entries = [
    shown.csv === null ? null : entry("Figures (CSV)", "All digits, for a spreadsheet", async () => {
      try {
        saveFile(await shown.csv(), fileName(visual.title, "csv"));
      } catch (error) {
        shown.onProblem?.(error);
      }
    }),
    isDrawn ? entry("Image (PNG)", "The chart as it is shown", async () => saveFile(
      await pngImage(shown.holder, context.theme(), labels),
      fileName(visual.title, "png"),
    )) : null,
    isDrawn ? entry("Drawing (SVG)", "The chart in lines, for any size", () => saveFile(
      svgImage(shown.holder, context.theme(), labels),
      fileName(visual.title, "svg"),
    )) : null,
  ].filter(Boolean);
  return entries.length ? entries : [el("p", { class: "menu-nothing" }, "There are no figures to save.")];
}
