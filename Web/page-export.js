/** The menu that makes a file of a page: as it is filtered now, with figures only. */

import { loadReport } from "./api.js";
import { copyLinkEntry, resetCopyLink } from "./copy-link.js";
import { attachPopover, el, icon } from "./dom.js";
import { fileName, saveFile } from "./save-file.js";

const FORMATS = [
  { format: "html", words: "Report (HTML)", title: "One file that shows this page anywhere, without a server" },
  { format: "pdf", words: "Report (PDF)", title: "The same page on A4, printed by the server" },
  { format: "xlsx", words: "Figures (Excel)", title: "A sheet for each visual, numbers with their formats" },
];

/**
 * @param {{name: string, title: string, run: string, pdf: boolean}} page  `pdf`: whether the server can print
 * @param {() => import("./api.js").Asked} asked
 * @param {(error: import("./api.js").ApiError) => void} onProblem
 * @returns {Node[]}
 */
export function exportMenu(page, asked, onProblem) {
  const button = el(
    "button",
    { type: "button", class: "button export-button", title: "Make a file of this page" },
    icon("save"),
    el("span", {}, "Export"),
  );
  const save = async (format) => {
    button.setAttribute("aria-busy", "true");
    try {
      saveFile(await loadReport(page.name, format, asked()), fileName(`${page.title} ${page.run}`, format));
    } catch (error) {
      onProblem(error);
    } finally {
      button.removeAttribute("aria-busy");
    }
  };
  const entry = (words, title, act) => el(
    "button",
    {
      type: "button",
      class: "menu-entry",
      title,
      on: {
        click: () => {
          menu.hidePopover();
          act();
        },
      },
    },
    words,
  );
  const link = copyLinkEntry();
  const menu = el(
    "div",
    { class: "menu" },
    link,
    ...FORMATS.map(({ format, words, title }) => (format !== "pdf" || page.pdf
      ? entry(words, title, () => save(format))
      : el("p", { class: "menu-note menu-missing" }, "Report (PDF): the server has no Chromium to print with. Print below instead."))),
    entry("Print", "What the browser prints is laid out for A4", () => window.print()),
    el("p", { class: "menu-note" }, "Files hold figures only, under the filters as they are. No customers' rows."),
  );
  attachPopover(button, menu, { onOpen: () => resetCopyLink(link) });
  return [button, menu];
}
