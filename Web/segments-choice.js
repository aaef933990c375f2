/** How many segments: what was measured of each number, what the criteria choose, and another number's button. */

import { chooseNumber } from "./api.js";
import { el } from "./dom.js";
import { PlotFigure } from "./plot-figure.js";
import { choiceCurves } from "./segments-curves.js";
import { verdictTitle } from "./segments-words.js";

/** As long as the server allows. */
const LONGEST_REASON = 300;

const decimal = (digits) => (value, format) => format.number(value, { style: "decimal", digits });
const whole = (value, format) => format.count(value);
const share = (value, format) => format.share(value);

/** A column of the table: its figure, how it is written, and the criterion that reads it. */
const COLUMNS = [
  { key: "inertia", label: "Inertia", words: "Scatter within the segments", write: whole, criterion: "elbow" },
  { key: "silhouette", label: "Silhouette", words: "How well the segments are apart, −1 to 1", write: decimal(2), criterion: "silhouette" },
  { key: "gap", label: "Gap", words: "Tighter than uniform data by so much, ± its error", write: decimal(2), criterion: "gap" },
  { key: "prediction_strength", label: "Prediction strength", words: "Whether half of the customers foretells the other half, 0 to 1", write: decimal(2), criterion: "prediction_strength" },
  { key: "calinski_harabasz", label: "Calinski-Harabasz", words: "Scatter between against within, higher is better", write: whole, criterion: "calinski_harabasz" },
  { key: "davies_bouldin", label: "Davies-Bouldin", words: "How alike neighbours are, lower is better", write: decimal(2), criterion: "davies_bouldin" },
  { key: "bic", label: "BIC", words: "Fit against complexity, lower is better", write: whole, criterion: "bic" },
  { key: "repeatability", label: "Repeatability", words: "Found again on resampled customers, 0 to 1", write: decimal(2), criterion: "repeatability" },
  { key: "smallest_share", label: "Smallest", words: "The smallest segment's share of the customers", write: share, criterion: null },
];

/**
 * @param {import("./types.js").Segmentation} answer @param {import("./format.js").Formats} format
 * @returns {{node: ?HTMLElement, curves: import("./plot-figure.js").PlotFigure[]}}
 */
export function choiceSection(answer, format, reader) {
  const { choice, stated_k: stated, name } = answer;
  if (!choice) return { node: stated === null ? null : hint(name), curves: [] };
  const current = stated ?? answer.k;
  const curves = choiceCurves(choice.table, current, format).map((drawing) => new PlotFigure({ ...drawing, format }));
  const form = el("div", { class: "number-form" });
  const use = reader.edit && stated !== null
    ? (k, button) => openForm(form, answer, k, button)
    : null;
  const node = el(
    "section",
    { class: "panel choice-panel", "aria-label": "How many segments?" },
    el("h2", {}, "How many segments?"),
    el("p", { class: "lead" }, `Each number was tried on all ${format.count(choice.rows)} customers.${sampled(choice, format)}`),
    el("div", { class: "curves" }, ...curves.map((curve) => curve.element)),
    form,
    numberTable(choice, current, format, use),
    el("p", { class: "quiet-lines" }, el("span", { class: "pick-mark", "aria-hidden": "true" }, "●"),
      " what each criterion chooses by its own rule. The curves show columns of this table."),
    opinionList(choice.jury, format),
  );
  return { node, curves };
}

function hint(name) {
  return el(
    "section",
    { class: "panel choice-panel", "aria-label": "How many segments?" },
    el("h2", {}, "How many segments?"),
    el(
      "p",
      { class: "quiet-lines" },
      "Other numbers of segments were not compared in this run. ",
      el("code", {}, "evidence: {from: 2, to: 8}"),
      " in ",
      el("code", { dir: "auto" }, `segments/${name}.yaml`),
      " compares them in each run.",
    ),
  );
}

function numberTable(choice, current, format, use) {
  const { table, jury } = choice;
  const picked = new Map(jury.opinions.map(({ criterion, k }) => [criterion, k]));
  const columns = COLUMNS.filter(({ key }) => table.some((row) => row[key] !== null));
  const outcomes = (table.at(-1)?.explained ?? []).map((each, index) => ({ ...each, index }));
  const number = (content, isPicked = false) =>
    el("td", { class: isPicked ? "number picked" : "number" }, isPicked
      ? el("span", { class: "pick-mark", title: "This criterion's choice" }, "● ") : null, content,
    isPicked ? el("span", { class: "visually-hidden" }, ", this criterion's choice") : null);
  const row = (each) => el(
    "tr",
    { class: each.k === current ? "current" : null },
    el("th", { scope: "row" }, format.count(each.k), ...marks(each.k, current, jury)),
    ...columns.map(({ key, write, criterion }) => {
      if (each[key] === null) return number("–");
      const error = key === "gap" && each.gap_deviation !== null
        ? ` ± ${format.number(each.gap_deviation, { style: "decimal", digits: 3 })}` : "";
      return number(write(each[key], format) + error, criterion !== null && picked.get(criterion) === each.k);
    }),
    ...outcomes.map(({ index }) => number(format.share(each.explained[index]?.share))),
    el("td", {}, each.verdict ? verdictTitle(each.verdict, each.k) : "–"),
    use ? el("td", {}, useButton(each.k, current, use, format)) : null,
  );
  return el(
    "div",
    { class: "panel-table number-table", tabindex: "0", role: "region", "aria-label": "Figures for each number of segments" },
    el(
      "table",
      {},
      el("thead", {}, el(
        "tr",
        {},
        el("th", { scope: "col" }, "Segments"),
        ...columns.map(({ label, words }) => el("th", { scope: "col", class: "number", title: words }, label)),
        ...outcomes.map(({ label }) => el("th", {
          scope: "col", class: "number", dir: "auto", title: "Share of its variance that lies between the segments (η²)",
        }, `Explains ${label}`)),
        el("th", { scope: "col", title: "Against replicas of the data that hold no groups" }, "What is there"),
        use ? el("th", { scope: "col" }, el("span", { class: "visually-hidden" }, "Choose")) : null,
      )),
      el("tbody", {}, ...table.map(row)),
    ),
  );
}

function marks(k, current, jury) {
  return [
    k === current ? el("span", { class: "k-mark" }, "in use") : null,
    k === jury.recommendation ? el("span", { class: "k-mark recommended" }, "recommended") : null,
  ].filter(Boolean);
}

function useButton(k, current, use, format) {
  if (k < 2 || k === current) return null;
  const button = el("button", { type: "button", class: "button small-button", "data-use": k },
    `Use k = ${format.count(k)}`);
  button.addEventListener("click", () => use(k, button));
  return button;
}

function openForm(place, answer, k, button) {
  const field = el("input", {
    type: "text", required: true, maxlength: LONGEST_REASON, autocomplete: "off", dir: "auto",
    placeholder: "Why this number?", "aria-label": `Why ${k} segments`,
  });
  const problem = el("p", { class: "rename-problem", role: "alert" });
  const save = el("button", { type: "submit", class: "button primary" }, `Use k = ${k}`);
  const close = () => {
    place.replaceChildren();
    button.focus();
  };
  const form = el(
    "form",
    {},
    el("p", {}, `${k} segments instead of ${answer.stated_k}: the reason is kept in the project's text, with your name.`),
    el("div", { class: "number-fields" }, field, save,
      el("button", { type: "button", class: "button", on: { click: close } }, "Cancel")),
    problem,
  );
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    save.disabled = true;
    problem.textContent = "";
    try {
      await chooseNumber(answer.name, k, answer.stated_k, field.value.trim());
    } catch (error) {
      problem.textContent = [error.title ?? error.message, error.detail].filter(Boolean).join(". ");
      save.disabled = false;
      field.focus();
      return;
    }
    place.replaceChildren(el("p", { class: "number-saved", role: "status" },
      `k = ${k} is saved in segments/${answer.name}.yaml; a run is under way`));
  });
  place.replaceChildren(form);
  place.scrollIntoView({ block: "nearest" });
  field.focus();
}

function opinionList({ opinions, summary, dissent }, format) {
  const words = summary.replace(/^k = (\d+), with /, "$1 segments have ");
  return el(
    "div",
    { class: "opinions" },
    el("h3", {}, "What the criteria say"),
    el("p", {}, `${words[0].toUpperCase()}${words.slice(1)}.`, dissent ? ` Dissent: ${dissent}.` : " No dissent."),
    el(
      "ul",
      { class: "opinion-list" },
      ...opinions.map(({ name, k, reason, weight }) => el(
        "li",
        {},
        el("span", { class: "opinion-name" }, name[0].toUpperCase() + name.slice(1)),
        el("span", { class: "opinion-k" }, weight === 0 ? "abstains" : k === null ? "none" : k === 1 ? "no groups" : format.count(k)),
        el("span", { class: "opinion-reason" }, reason),
      )),
    ),
  );
}

/** What was measured on fewer customers than there are. */
function sampled(choice, format) {
  const parts = [
    ["silhouettes", choice.silhouette_rows],
    ["gap", choice.gap_rows],
    ["prediction strength", choice.prediction_rows],
    ["repeatability", choice.repeated_rows],
  ].filter(([, rows]) => rows !== null && rows < choice.rows);
  if (parts.length === 0) return "";
  const words = parts.map(([name, rows]) => `${name} ${format.count(rows)}`).join(", ");
  return ` Some of it was measured on customers drawn at random: ${words}.`;
}
