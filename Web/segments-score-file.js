/** A file of customers: chosen or dropped, its first rows, their segments, and the result as a file. */

import { scoreRows } from "./api.js";
import { csv } from "./csv.js";
import { csvRows } from "./csv-rows.js";
import { dataTable, size } from "./data-parts.js";
import { dot, el } from "./dom.js";
import { fileName, saveFile } from "./save-file.js";
import { adviceBlock, problemNodes, segmentColour } from "./segments-score-words.js";

const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const KINDS = {
  csv: "text/csv",
  tsv: "text/csv",
  txt: "text/csv",
  xlsx: WORKBOOK,
  parquet: "application/vnd.apache.parquet",
  json: "application/json",
};
const MOST_BYTES = 32 * 1024 * 1024;
/** Of a file as much is read to show its beginning. */
const PREVIEW_BYTES = 256 * 1024;
const PREVIEW_ROWS = 5;
const SHOWN_ROWS = 20;
const COLUMNS = ["row", "key", "segment", "segment_name", "distance", "runner_up", "runner_up_name", "margin", "notices"];
/** As `aurora score` writes them into its file. */
const REMARKS = {
  below: "is below the training rows",
  above: "is above the training rows",
  unseen: "has a level that no training row has",
  missing: "is missing",
};

export class ScoreFile {
  #asked = 0;
  #file = null;

  /** @param {string} name the segmentation @param {import("./format.js").Formats} format */
  constructor(name, format) {
    this.name = name;
    this.format = format;
    this.input = el("input", {
      type: "file", id: "score-file", accept: ".csv,.tsv,.txt,.xlsx,.parquet,.json,text/csv", class: "file-input",
      on: { change: () => this.#choose(this.input.files[0]) },
    });
    this.chosen = el("div", { class: "score-chosen", "aria-live": "polite" });
    this.sheet = el("div", { class: "score-sheet" });
    this.result = el("div", { class: "score-result", "aria-live": "polite" });
    const over = (event) => {
      event.preventDefault();
      this.drop.classList.add("over");
    };
    this.drop = el(
      "div",
      {
        class: "file-drop",
        on: {
          dragover: over,
          dragleave: () => this.drop.classList.remove("over"),
          drop: (event) => {
            event.preventDefault();
            this.drop.classList.remove("over");
            this.#choose(event.dataTransfer.files[0]);
          },
        },
      },
      el("label", { for: "score-file", class: "file-label" }, "Choose a file"),
      this.input,
      el("span", { class: "quiet-lines" }, "or drop it here: CSV, Excel, Parquet or JSON, up to 32 MB and 100,000 rows"),
    );
  }

  /** @returns {Node[]} */
  nodes() {
    const { form } = this.known;
    return [
      el(
        "p",
        { class: "lead" },
        "A header and a row for each customer, with the columns of the model as ",
        el("code", {}, `aurora export --model ${form.model}`),
        " writes them",
        form.columns.length && !form.columns_hidden ? el("span", {}, ". Needed: ", ...form.columns.flatMap(({ name }, index) => [
          index ? ", " : "", el("code", { dir: "auto" }, name),
        ])) : null,
        ". A workbook's formulas count as the values that are stored in it.",
      ),
      this.drop,
      this.chosen,
      this.result,
    ];
  }

  async #choose(file) {
    if (!file) return;
    const asked = ++this.#asked;
    this.#file = file;
    this.result.replaceChildren();
    const ending = file.name.split(".").pop().toLowerCase();
    const type = KINDS[ending];
    if (!type || file.size > MOST_BYTES) {
      const words = type
        ? "It is larger than 32 MB. Send fewer rows at a time, or use aurora score."
        : ending === "xls" ? "Save it as .xlsx: the older kind of workbook can't be read." : "Only CSV, Excel, Parquet and JSON can be read here.";
      this.chosen.replaceChildren(fileLine(file, this.format), el("p", { class: "customer-problem", role: "alert" }, words));
      return;
    }
    const isText = type === "text/csv";
    const rows = isText ? csvRows(await file.slice(0, PREVIEW_BYTES).text(), PREVIEW_ROWS + 1) : null;
    if (asked !== this.#asked) return;
    const button = el("button", { type: "button", class: "button primary", on: { click: () => this.#score(type, button) } }, "Find the segments");
    this.sheet.replaceChildren();
    this.chosen.replaceChildren(...[
      fileLine(file, this.format),
      rows ? preview(rows) : el("p", { class: "quiet-lines" }, "Its first rows can't be shown here."),
      rows ? this.#missing(rows[0] ?? []) : null,
      type === WORKBOOK ? this.sheet : null,
      button,
    ].filter(Boolean));
  }

  /** Needed columns that the header lacks. @param {string[]} header */
  #missing(header) {
    const { columns } = this.known.form;
    const missing = columns.filter(({ name }) => !header.includes(name));
    if (!missing.length) return null;
    return el(
      "ul",
      { class: "calm-list score-problems" },
      ...missing.map(({ name, origin }) => el("li", { dir: "auto" }, el("code", {}, name), " is not among its columns", origin ? `: ${origin}` : "")),
    );
  }

  async #score(type, button) {
    const asked = ++this.#asked;
    const file = this.#file;
    button.disabled = true;
    this.result.replaceChildren(el("p", { class: "quiet-lines" }, "Finding the segments …"));
    let nodes;
    try {
      nodes = this.#shown(await scoreRows(this.name, file, type, this.sheet.querySelector("select")?.value ?? null), file);
    } catch (error) {
      const sheets = error.more?.sheets ?? [];
      const isChoice = error.code === "several_tables" && sheets.length > 1;
      if (isChoice) this.#offer(sheets);
      nodes = isChoice
        ? [el("p", { class: "quiet-lines" }, `${sheets.length} sheets hold something: choose the one with the customers.`)]
        : problemNodes(error);
    }
    button.disabled = false;
    if (asked === this.#asked) this.result.replaceChildren(...nodes);
  }

  /** Which sheet of the workbook is meant. @param {string[]} sheets */
  #offer(sheets) {
    const select = el(
      "select",
      { id: "score-sheet", class: "score-select" },
      ...sheets.map((name) => el("option", { value: name }, name)),
    );
    this.sheet.replaceChildren(el("label", { for: "score-sheet" }, "Sheet"), select);
    select.focus();
  }

  /** @param {import("./types.js").Scores} scores @param {File} file @returns {Node[]} */
  #shown(scores, file) {
    const { format } = this;
    const base = file.name.replace(/\.[^.]*$/, "");
    const save = () => saveFile(
      new Blob([csv(COLUMNS, scores.scores.map(line))], { type: "text/csv" }), fileName(`${base} ${this.name}`, "csv"));
    const number = (value) => (value === null ? null : { number: format.number(value, { style: "decimal", digits: 2 }) });
    return [
      el(
        "div",
        { class: "score-head" },
        el("h3", {}, `${format.count(scores.rows)} ${scores.rows === 1 ? "customer" : "customers"}`),
        el("button", { type: "button", class: "button", on: { click: save } }, "Download as CSV"),
      ),
      scores.notices.length ? el(
        "ul",
        { class: "calm-list score-problems" },
        ...scores.notices.map(({ message, code }) => el("li", { dir: "auto", title: code }, message)),
      ) : null,
      el("ul", { class: "score-groups" }, ...scores.segments.map((each) => this.#group(each))),
      el("h4", {}, scores.rows > SHOWN_ROWS ? `The first ${SHOWN_ROWS} of ${format.count(scores.rows)} rows; the file has all` : "Row by row"),
      dataTable(
        ["Row", "Key", "Segment", "Distance", "Next", "Margin", "Notices"],
        scores.scores.slice(0, SHOWN_ROWS).map((score) => [
          format.count(score.row),
          score.key === null ? null : String(score.key),
          { node: this.#named(score.segment, score.segment_name) },
          number(score.distance),
          score.runner_up === null ? null : { node: this.#named(score.runner_up, score.runner_up_name) },
          number(score.margin),
          remarks(score),
        ]),
        "The file has no rows.",
      ),
    ].filter(Boolean);
  }

  #named(id, name) {
    return el("span", { class: "customer-segment" }, dot(segmentColour(id, this.known)), el("bdi", {}, name));
  }

  #group({ id, name, rows, share }) {
    const { format } = this;
    const bar = el("span", { class: "share-bar" });
    bar.style.width = `${100 * share}%`;
    const item = el(
      "li",
      {},
      el(
        "details",
        {},
        el(
          "summary",
          {},
          el("span", { class: "score-group-name", dir: "auto" }, name),
          el("span", { class: "score-group-figure" }, `${format.count(rows)} · ${format.share(share)}`),
          el("span", { class: "share-track", "aria-hidden": "true" }, bar),
        ),
        ...adviceBlock(id, name, this.known, format),
      ),
    );
    item.style.setProperty("--group-colour", segmentColour(id, this.known));
    return item;
  }
}

const remarks = ({ notices }) => notices.map(({ column, standing }) => `${column} ${REMARKS[standing] ?? standing}`).join("; ");

const line = (score) => COLUMNS.map((name) => (name === "notices" ? remarks(score) : score[name]));

function fileLine(file, format) {
  return el("p", { class: "score-file-name" }, el("strong", { dir: "auto" }, file.name), ` · ${size(file.size, format)}`);
}

/** @param {string[][]} rows */
function preview([header = [], ...rows]) {
  return el(
    "div",
    { class: "panel-table score-preview", tabindex: "0", role: "region", "aria-label": "The file's first rows" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...header.map((name) => el("th", { scope: "col", dir: "auto" }, name)))),
      el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((text) => el("td", { dir: "auto" }, text))))),
    ),
  );
}
