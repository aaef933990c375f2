/** Scoring: the segment of a customer who is typed in, or of those in a file. Nothing of them is kept. */

import { scoreRows } from "./api.js";
import { dot, el } from "./dom.js";
import { panel } from "./segments-page.js";
import { adviceBlock, measureWords, nearness, problemNodes, remarkWords, segmentColour } from "./segments-score-words.js";
import { ScoreFile } from "./segments-score-file.js";

/** A page of a segmentation; what is typed in or chosen outlives a new run. */
export class ScorePage {
  #asked = 0;
  #form = null;
  #fields = new Map();

  /** @param {string} name the segmentation @param {import("./format.js").Formats} format */
  constructor(name, format) {
    this.name = name;
    this.format = format;
    this.answer = el("div", { class: "score-answer", "aria-live": "polite" });
    this.formBox = el("div");
    this.file = new ScoreFile(name, format);
  }

  /**
   * @param {import("./types.js").ScoreForm} form @param {?import("./types.js").SegmentProfile} profile
   * @returns {Node[]}
   */
  nodes(form, profile) {
    const known = { form, segments: new Map((profile?.segments ?? []).map((each) => [each.id, each])) };
    const isSame = this.#form && names(this.#form).join("\n") === names(form).join("\n");
    this.known = known;
    this.file.known = known;
    if (!isSame) this.#build(form);
    this.#form = form;
    return [
      panel("score-panel", "One customer", this.formBox, this.answer),
      panel("score-panel", "A file of customers", ...this.file.nodes()),
    ];
  }

  #build(form) {
    this.answer.replaceChildren();
    this.#fields.clear();
    if (form.columns_hidden || !form.columns.length) {
      this.formBox.replaceChildren(el("p", { class: "quiet-lines" }, form.columns_hidden
        ? "Columns that no reader gets take part, so a form can't ask for them. A file that has them can be scored."
        : "This segmentation needs no column."));
      return;
    }
    const fields = form.columns.map((column) => this.#field(column));
    this.formBox.replaceChildren(
      el(
        "p",
        { class: "lead" },
        "Figures that are usual here stand in the form. Change them to those of the customer; nothing is kept.",
      ),
      el(
        "form",
        { class: "score-form", novalidate: true, on: { submit: (event) => this.#submit(event) } },
        el("div", { class: "score-fields" }, ...fields),
        el(
          "div",
          { class: "score-buttons" },
          el("button", { type: "submit", class: "button primary" }, "Find the segment"),
          el("button", { type: "button", class: "button quiet", on: { click: () => this.#reset() } }, "Usual figures again"),
        ),
      ),
    );
  }

  #field(column) {
    const id = `score-${column.name}`;
    const factor = column.format?.style === "percent" ? 100 : 1;
    const input = column.levels ? levelChoice(column, id) : el("input", {
      type: "text", id, inputmode: column.kind === "number" ? "decimal" : null, autocomplete: "off", spellcheck: "false",
      "aria-describedby": `${id}-hint`, placeholder: column.required ? null : "missing",
    });
    const usual = () => {
      input.value = usualText(column, factor);
      input.removeAttribute("aria-invalid");
    };
    usual();
    this.#fields.set(column.name, { column, input, usual, factor });
    return el(
      "div",
      { class: "score-field" },
      el("label", { for: id, dir: "auto", title: column.origin ?? column.name }, column.label, unit(column)),
      input,
      el("p", { class: "score-hint", id: `${id}-hint` }, hint(column, this.format)),
    );
  }

  #reset() {
    for (const { usual } of this.#fields.values()) usual();
    this.answer.replaceChildren();
  }

  /** The row as it is sent; null where a field holds no number, or lacks one. */
  #row() {
    const row = {};
    let first = null;
    for (const { column, input, factor } of this.#fields.values()) {
      const text = input.value.trim();
      const number = column.kind === "number" && text !== "" ? Number(text.replace(/\s/g, "")) : null;
      const isWrong = (text === "" && column.required) || (number !== null && !Number.isFinite(number));
      input.removeAttribute("aria-invalid");
      if (isWrong) {
        input.setAttribute("aria-invalid", "true");
        first ??= { input, column };
      }
      row[column.name] = text === "" ? null : number === null ? text : number / factor;
    }
    if (!first) return row;
    first.input.focus();
    const words = first.input.value.trim() === "" ? "is needed" : "is no number; a point stands before decimals";
    this.answer.replaceChildren(el("p", { class: "customer-problem", role: "alert" }, el("bdi", {}, first.column.label), ` ${words}.`));
    return null;
  }

  async #submit(event) {
    event.preventDefault();
    const asked = ++this.#asked;
    const row = this.#row();
    if (row === null) return;
    this.answer.setAttribute("aria-busy", "true");
    let nodes;
    try {
      const scores = await scoreRows(this.name, JSON.stringify({ rows: [row] }), "application/json");
      nodes = [this.#card(scores, row)];
    } catch (error) {
      nodes = problemNodes(error);
    }
    if (asked !== this.#asked) return;
    this.answer.removeAttribute("aria-busy");
    this.answer.replaceChildren(...nodes);
  }

  /** @param {import("./types.js").Scores} scores @param {Object<string, *>} row as it was typed in */
  #card({ scores: [score], measure }, row) {
    const { format, known } = this;
    const number = (value) => format.number(value, { style: "decimal", digits: 2 });
    const near = nearness(score, measure);
    const card = el(
      "div",
      { class: "customer-card score-card", "data-segment": score.segment },
      el(
        "div",
        { class: "customer-head" },
        el("p", { class: "customer-key" }, "This customer is one of"),
        el("h3", {}, el("bdi", { class: "score-name" }, score.segment_name), near === null ? null : el(
          "span",
          { class: near ? "near-badge near" : "near-badge", title: "Borderline is who is hardly nearer to the own segment than to the next one" },
          near ? "Borderline" : "Not borderline",
        )),
        score.runner_up === null ? null : el("p", { class: "customer-next" }, "Next: ", el(
          "span", { class: "customer-segment" }, dot(segmentColour(score.runner_up, known)), el("bdi", {}, score.runner_up_name),
        )),
        score.distance === null ? null : el(
          "p",
          { class: "score-figures", title: measureWords(measure) },
          "Distance ", el("strong", { class: "score-distance" }, number(score.distance)),
          score.margin === null ? null : el("span", {}, " · the next is ", el("strong", { class: "score-margin" }, number(score.margin)), " farther"),
        ),
      ),
      score.notices.length ? el(
        "ul",
        { class: "score-notices" },
        ...score.notices.map((notice) => el("li", {}, remarkWords(notice, known))),
      ) : null,
      ...adviceBlock(score.segment, score.segment_name, known, format, row),
    );
    card.style.setProperty("--group-colour", segmentColour(score.segment, known));
    return card;
  }
}

const names = (form) => form.columns.map(({ name, kind }) => `${name} ${kind}`);

function levelChoice({ levels, required, usual }, id) {
  const shown = levels.map((level) => el("option", { value: level, selected: level === usual }, level));
  if (!required) shown.push(el("option", { value: "" }, "missing"));
  return el("select", { id, class: "score-select", "aria-describedby": `${id}-hint` }, ...shown);
}

function usualText({ usual, kind, whole, levels }, factor) {
  if (usual === null || usual === undefined) return "";
  if (levels || kind !== "number") return String(usual);
  return String(whole ? Math.round(usual) : Number((usual * factor).toPrecision(6)));
}

function unit({ format }) {
  const word = format?.style === "percent" ? "%" : format?.unit;
  return word ? el("span", { class: "score-unit" }, ` (${word})`) : null;
}

function hint({ lowest, highest, kind, levels, levels_total: total, format: own }, format) {
  if (levels) return total > levels.length ? `${format.count(levels.length)} of ${format.count(total)} levels` : "";
  if (lowest === null || highest === null) return "";
  const words = (value) => (kind === "date" ? format.name(value, { kind: "date" }) : format.full(value, own ?? { style: "decimal", digits: null }));
  return `Customers here: ${words(lowest)} to ${words(highest)}`;
}
