/** Thin lines under the top bar: a run under way, a run that failed, a server that is gone. */

import { el, icon } from "./dom.js";

/** What a run's progress is called, in per cent where it is known. */
const percent = (fraction) => (
  typeof fraction === "number" ? `${Math.round(Math.min(1, Math.max(0, fraction)) * 100)}%` : ""
);

export class Banners {
  #shown = new Map();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  /** @param {{stage: string, fraction: ?number, detail: ?string}} event */
  progress({ stage, fraction, detail }) {
    this.hide("failed");
    if (!this.#shown.has("progress")) {
      this.parts = {
        stage: el("strong"),
        detail: el("span", { class: "detail" }),
        figure: el("span", { class: "figure" }),
        bar: el("progress", { max: "1", "aria-label": "Progress of the run" }),
      };
      // The numbers move too often to be read out: only the stage is announced.
      this.#show(
        "progress",
        el(
          "div",
          { class: "banner", "aria-live": "off" },
          this.parts.stage,
          this.parts.detail,
          this.parts.figure,
          this.parts.bar,
        ),
      );
    }
    this.parts.stage.textContent = stage;
    this.parts.detail.textContent = detail ?? "";
    this.parts.figure.textContent = percent(fraction);
    if (typeof fraction === "number") this.parts.bar.value = fraction;
    else this.parts.bar.removeAttribute("value");
  }

  /** @param {{message: string, code: string}} event @param {boolean} published whether an earlier run still stands */
  failed({ message, code }, published) {
    this.hide("progress");
    const dismiss = el(
      "button",
      { type: "button", class: "icon-button small", "aria-label": "Dismiss", on: { click: () => this.hide("failed") } },
      icon("close"),
    );
    this.#show("failed", el("div", { class: "banner failed" },
      el("strong", {}, "The new run failed"), el("span", { class: "detail" }, message),
      el("span", { class: "figure" }, published ? "The published run stays as it is" : code), dismiss));
  }

  lost() {
    this.#show(
      "lost",
      el(
        "div",
        { class: "banner lost" },
        el("strong", {}, "Connection lost, retrying"),
        el("span", { class: "detail" }, "The figures on this page are the last ones that arrived."),
      ),
    );
  }

  /** @param {{title: string, detail: string}} error */
  problem({ title, detail }) {
    this.#show(
      "problem",
      el("div", { class: "banner failed" }, el("strong", {}, title), el("span", { class: "detail" }, detail)),
    );
  }

  /** What is worth a sentence, until it is put away. @param {string} title @param {string} detail */
  notice(title, detail) {
    const dismiss = el(
      "button",
      { type: "button", class: "icon-button small", "aria-label": "Dismiss", on: { click: () => this.hide("notice") } },
      icon("close"),
    );
    this.#show(
      "notice",
      el(
        "div",
        { class: "banner notice", role: "status" },
        el("strong", {}, title),
        el("span", { class: "detail", dir: "auto" }, detail),
        dismiss,
      ),
    );
  }

  /**
   * What is wrong with the project's files, so that what was there before is shown.
   * @param {import("./types.js").Mistake[]} mistakes
   */
  mistakes(mistakes) {
    if (!mistakes.length) return this.hide("mistakes");
    const [first] = mistakes;
    const place = [first.file, first.line].filter(Boolean).join(":");
    const more = mistakes.length > 1 ? `and ${mistakes.length - 1} more; aurora check lists all` : "";
    this.#show("mistakes", el("div", { class: "banner failed" },
      el("strong", {}, place),
      el("span", { class: "detail", dir: "auto" }, [first.message, first.hint].filter(Boolean).join(". ")),
      el("span", { class: "figure" }, more || "The page before this mistake is shown")));
  }

  /** @param {string} kind */
  hide(kind) {
    this.#shown.get(kind)?.remove();
    this.#shown.delete(kind);
  }

  #show(kind, element) {
    this.hide(kind);
    element.dataset.banner = kind;
    this.#shown.set(kind, element);
    this.root.append(element);
  }
}
