/** What a table holds: what is worth a look, each column, columns that go together, and what has changed. */

import { distribution, numberWriter } from "./data-distribution.js";
import { dataLink, dataTable, moreButton } from "./data-parts.js";
import { el } from "./dom.js";

/** Findings shown at first. */
const SHOWN_FINDINGS = 8;
/** Correlations weaker than this are of no use in a list. */
const STRONG = 0.5;
const SHOWN_PAIRS = 10;
const SEVERITIES = { serious: "Serious", look: "Worth a look", note: "Note" };
const SHIFTS = { stable: "as before", moderate: "a moderate shift", large: "a large shift" };

/**
 * @param {{name: string, columns: Array<{name: string, type: string, reading?: ?string, missing?: number}>,
 *   quality: ?import("./types.js").Quality, drift: ?import("./types.js").Drift}} table
 * @param {import("./format.js").Formats} format
 * @param {?string} model whose columns have a lineage; null for a source
 * @param {boolean} mayCustomers whether the reader may see single customers
 */
export function qualitySection(table, format, model, mayCustomers) {
  const { quality, drift } = table;
  const isWhole = mayCustomers && quality?.columns.every(isFull);
  if (!quality) return [panel("Columns", plainColumns(table, format, model))];
  return [
    panel("Quality", el("p", { class: "lead" }, lead(quality, format)), findingList(quality.findings, isWhole), limits(quality)),
    drift ? panel(`Since run ${drift.since}`, ...driftWords(drift, format, mayCustomers)) : null,
    panel(
      "Columns",
      el(
        "p",
        { class: "lead" },
        "Typical of numbers: the median with its quartiles, below it the lowest to the highest. Outliers lie beyond "
          + "the quartiles by more than one and a half times their distance.",
      ),
      columnTable(table, format, model),
    ),
    quality.correlations?.pairs?.length
      ? panel("Columns that go together", ...pairs(quality.correlations.pairs, format, model))
      : null,
  ].filter(Boolean);
}

const panel = (title, ...content) => el("section", { class: "panel" }, el("h2", {}, title), ...content);

function columnName(name, model) {
  return model ? dataLink("lineage", `${model}.${name}`, name) : name;
}

/** Where a run kept no profile. */
function plainColumns({ columns }, format, model) {
  return dataTable(
    model ? ["Column", "Type"] : ["Column", "Type", "How it is read", "Missing"],
    columns.map(({ name, type, reading, missing }) => [
      { node: columnName(name, model) },
      type,
      ...(model ? [] : [reading ?? "as it stands", { number: missing ? format.count(missing) : "–" }]),
    ]),
    "There are no columns.",
  );
}

function lead({ rows, key, duplicates, columns }, format) {
  const cells = rows * columns.length;
  const missing = columns.reduce((sum, column) => sum + column.missing, 0);
  const butKey = key ? ` but ${key}` : "";
  return [
    `${format.count(rows)} rows`,
    missing ? `${format.share(missing / cells)} of ${format.count(cells)} cells missing` : "no cell missing",
    duplicates
      ? `${format.count(duplicates)} ${duplicates === 1 ? "row says" : "rows say"} the same as an earlier one in every `
        + `column${butKey}`
      : `no two rows are the same in every column${butKey}`,
  ].join(" · ");
}

function limits({ limits: words }) {
  if (!words?.length) return null;
  return el("ul", { class: "quiet-lines" }, ...words.map((line) => el("li", { dir: "auto" }, line)));
}

/** False where figures that a single customer may be read from were left out for this reader. */
function isFull({ isPrivate, distinct, numbers, dates }) {
  if (isPrivate || distinct === 0) return true;
  if (numbers && numbers.notFinite === 0) return Boolean(numbers.quantiles);
  return !dates || dates.notFinite > 0 || Boolean(dates.minimum);
}

/** @param {?import("./types.js").Finding[]} findings worst first @param {boolean} isWhole else none may mean hidden */
function findingList(findings, isWhole, none = "Nothing to note.") {
  if (!findings?.length) {
    return el(
      "p",
      { class: "nothing" },
      isWhole ? none : "What is worth a look is told only to readers who may see single customers and small cells.",
    );
  }
  const items = findings.map(({ severity, words }, index) => el(
    "li",
    { class: `finding ${severity}`, dir: "auto" },
    el(
      "span",
      { class: severity === findings[index - 1]?.severity ? "severity repeated" : "severity" },
      el("span", {}, SEVERITIES[severity] ?? severity),
    ),
    " ",
    el("span", { class: "finding-words" }, words),
  ));
  const list = el("ul", { class: "findings" }, ...items);
  if (items.length <= SHOWN_FINDINGS + 1) return list;
  const rest = items.slice(SHOWN_FINDINGS);
  return el("div", {}, list, moreButton(`${rest.length} more`, "Fewer", (open) => {
    for (const item of rest) item.hidden = !open;
  }));
}

function driftWords(drift, format, mayCustomers) {
  const rows = drift.rowsBefore === drift.rowsNow
    ? `${format.count(drift.rowsNow)} rows, as many as before`
    : `${format.count(drift.rowsBefore)} → ${format.count(drift.rowsNow)} rows`;
  return [
    el("p", { class: "lead" }, rows),
    findingList(drift.findings, mayCustomers, "Nothing has changed to speak of."),
  ];
}

/** A table on a wide page, a card for each column on a phone: each cell knows its head. */
function columnTable({ columns, quality, drift }, format, model) {
  const isSource = !model;
  const heads = [
    "Column",
    "Type",
    isSource ? "How it is read" : null,
    "Missing",
    "Distinct",
    "Distribution",
    "Typical",
    "Outliers",
    drift ? "Shift (PSI)" : null,
  ].filter(Boolean);
  const profiles = new Map(quality.columns.map((column) => [column.name, column]));
  const shifts = new Map((drift?.columns ?? []).map((column) => [column.name, column.stability]));
  const known = new Set(columns.map(({ name }) => name));
  const all = [...columns, ...quality.columns.filter(({ name }) => !known.has(name))];
  const rows = all.map((column) => {
    const profile = profiles.get(column.name);
    const cells = [
      { content: column.type },
      isSource ? { content: column.reading ?? "as it stands" } : null,
      ...(profile ? figures(profile, quality, format) : unknown()),
      drift ? { content: shift(shifts.get(column.name), format), number: true } : null,
    ].filter(Boolean);
    return el(
      "tr",
      { role: "row" },
      el("th", { scope: "row", role: "rowheader", dir: "auto" }, columnName(column.name, model)),
      ...cells.map(({ content, detail, number, wide }, index) => el(
        "td",
        { role: "cell", class: number ? "number" : wide ? "wide" : null, "data-head": heads[index + 1] },
        el("div", {}, content, detail ? el("div", { class: "detail" }, detail) : null),
      )),
    );
  });
  const isNumber = new Set(["Missing", "Distinct", "Outliers", "Shift (PSI)"]);
  return el(
    "div",
    { class: "panel-table", tabindex: "0", role: "region", "aria-label": "Columns" },
    el(
      "table",
      { class: "quality-table", role: "table" },
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads.map((head) => el(
        "th",
        { scope: "col", role: "columnheader", class: isNumber.has(head) ? "number" : null },
        head,
      )))),
      el("tbody", { role: "rowgroup" }, ...rows),
    ),
  );
}

/** A column that came to the table behind its profile, like a segment. */
function unknown() {
  const [none, number] = [{ content: "–" }, { content: "–", number: true }];
  return [number, number, { content: el("span", { class: "quiet" }, "made after the profile") }, none, number];
}

function figures(profile, { rows, key }, format) {
  const { missing, distinct, numbers } = profile;
  const outliers = numbers?.outliers;
  const outside = outliers ? outliers.below + outliers.above : null;
  const isOwn = rows > 1 && distinct === rows;
  const { content, detail } = typical(profile, rows, format);
  return [
    { content: format.count(missing), detail: missing ? format.share(missing / rows) : null, number: true },
    {
      content: format.count(distinct),
      detail: profile.name === key ? "the key" : isOwn ? "each its own" : null,
      number: true,
    },
    { content: distribution(profile, rows, format) },
    { content, detail, wide: true },
    {
      content: outside === null ? format.number(null) : format.count(outside),
      detail: outside ? sides(outliers, format) : null,
      number: true,
    },
  ];
}

function sides({ below, above }, format) {
  if (below && above) return `${format.count(below)} low, ${format.count(above)} high`;
  return below ? "low" : "high";
}

/** Of numbers the median with its quartiles, of dates from when to when, of texts how long they are. */
function typical(profile, rows, format) {
  const { isPrivate, distinct, numbers, dates, texts } = profile;
  const none = { content: format.number(null) };
  if (isPrivate) return none;
  if (numbers) {
    const { quantiles: found, zeros, negatives, notFinite } = numbers;
    const write = numberWriter(profile, format);
    const remarks = [
      found?.minimum !== undefined && found?.minimum !== null
        ? `${write(found.minimum)} to ${write(found.maximum)}`
        : null,
      zeros * 20 >= rows ? `${format.share(zeros / rows)} are 0` : null,
      negatives ? `${format.count(negatives)} negative` : null,
      notFinite ? `${format.count(notFinite)} not finite` : null,
    ].filter(Boolean).join(" · ");
    if (!found || found.median === undefined || found.median === null) return { ...none, detail: remarks };
    return {
      content: el(
        "span",
        { class: "typical", title: "Median, and the quartiles on both sides" },
        write(found.median),
        found.p25 === undefined || found.p25 === null
          ? null
          : el("span", { class: "quiet" }, ` (${write(found.p25)} – ${write(found.p75)})`),
      ),
      detail: remarks,
    };
  }
  if (dates) {
    if (!dates.minimum) return none;
    const day = (text) => format.date(`${text.slice(0, 10)}T00:00:00Z`, { timeZone: "UTC" });
    return { content: `${day(dates.minimum)} – ${day(dates.maximum)}` };
  }
  if (texts && distinct > 0) {
    const { shortest, longest } = texts;
    const length = shortest === null || shortest === undefined
      ? null
      : shortest === longest
      ? `${format.count(shortest)} ${shortest === 1 ? "character" : "characters"}`
      : `${format.count(shortest)} – ${format.count(longest)} characters`;
    const top = texts.levels?.[0];
    return top && top.rows * 20 >= rows
      ? { content: el("span", { class: "typical", dir: "auto" }, top.value), detail: length }
      : { content: length ?? none.content };
  }
  return none;
}

function shift(stability, format) {
  if (!stability) return format.number(null);
  return el(
    "span",
    { class: stability.size === "stable" ? null : "outcome broken", title: SHIFTS[stability.size] },
    format.number(stability.value, { style: "decimal", digits: 2 }),
    el("span", { class: "detail" }, ` ${SHIFTS[stability.size] ?? ""}`),
  );
}

/** @param {import("./types.js").Pair[]} all the strongest first */
function pairs(all, format, model) {
  const strong = all.filter(({ pearson, isNearlySame }) => isNearlySame || Math.abs(pearson) >= STRONG);
  const shown = strong.slice(0, SHOWN_PAIRS);
  const pearson = (value) => format.number(value, { style: "decimal", digits: 2 });
  const isComplete = shown.length === strong.length;
  return [
    el(
      "p",
      { class: "lead" },
      strong.length
        ? `${format.count(strong.length)} of ${format.count(all.length)} pairs of number columns `
          + `${strong.length === 1 ? "has" : "have"} a correlation of ${pearson(STRONG)} or more, either way${isComplete ? "" : `; the ${shown.length} strongest`}`
        : `None of ${format.count(all.length)} pairs of number columns has a correlation of ${pearson(STRONG)} or more, `
          + "either way",
    ),
    shown.length
      ? dataTable(
        ["Columns", "Pearson r", "Spearman ρ", "Rows", ""],
        shown.map(({ x, y, pearson: r, spearman, rows, isNearlySame }) => [
          { node: el("span", {}, columnName(x, model), el("span", { class: "quiet" }, " and "), columnName(y, model)) },
          { number: pearson(r) },
          { number: pearson(spearman) },
          { number: format.count(rows) },
          isNearlySame ? { node: el("span", { class: "outcome broken" }, "nearly the same: using both counts it double") } : "",
        ]),
        "",
      )
      : null,
  ];
}
