/** The file has changed meanwhile: both versions beside each other, and the person decides. */

import { el } from "./dom.js";

/**
 * @param {string} file @param {{theirs: {text: string}, mine: ?string, seen: ?string}} versions
 * @param {boolean} canApply whether the change can be made to the file as it is now
 * @returns {Promise<"mine"|"theirs">}
 */
export function showConflict(file, { theirs, mine, seen }, canApply) {
  return new Promise((resolve) => {
    const known = new Set((seen ?? "").split("\n"));
    const version = (title, text) => el(
      "section",
      { class: "conflict-version" },
      el("h3", {}, title),
      el("pre", { dir: "auto", tabindex: "0", "aria-label": title }, ...text.split("\n").map((line) => el(
        "span",
        { class: seen !== null && !known.has(line) ? "conflict-line changed" : "conflict-line" },
        `${line}\n`,
      ))),
    );
    const button = (choice, words, kind, disabled = false) => el("button", {
      type: "button",
      class: `button ${kind}`,
      "data-choice": choice,
      disabled,
      on: { click: () => close(choice) },
    }, words);
    const dialog = el(
      "dialog",
      { class: "edit-panel conflict", "aria-labelledby": "conflict-title" },
      el("h2", { id: "conflict-title" }, "This page has changed meanwhile"),
      el("p", { class: "edit-hint" }, `Somebody has changed ${file} since you opened it. Nothing is written yet.`),
      el(
        "div",
        { class: "conflict-versions" },
        version("In the file now", theirs.text),
        version("Yours", mine ?? "What you saw is no longer known here; your change can be made again."),
      ),
      canApply ? null : el("p", { class: "edit-hint" }, "What your change was about is not in the file any more."),
      el("div", { class: "edit-end" },
        button("theirs", "Keep the file as it is", canApply ? "" : "primary"),
        button("mine", "Apply my change to it", "primary", !canApply)),
    );
    function close(choice) {
      dialog.close();
      dialog.remove();
      resolve(choice);
    }
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      close("theirs");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
