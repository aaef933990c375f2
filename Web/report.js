/** The composition root of a saved report: the pages of one run, as they were filtered, without a server. */

import { Card } from "./card.js";
import { chartContext } from "./chart-context.js";
import { el } from "./dom.js";
import { Formats } from "./format.js";
import { renderHeader } from "./header.js";
import { layOut } from "./layout.js";
import { beginDrawing, endDrawing } from "./ready.js";
import { onThemeChange } from "./theme.js";

const { project, pages, selections, conditions, geometries, parameters } = JSON.parse(document.getElementById("report").textContent);
const format = new Formats(project);
/** @type {Card[]} */
const cards = [];

async function start() {
  beginDrawing();
  const titles = pages.map(({ page }) => ({ name: page.name, title: page.title }));
  renderHeader(document.getElementById("topbar"), { ...project, pages: titles, reader: null, isSaved: true }, format, null);
  document.getElementById("main").append(...pages.map(section));
  document.querySelector("[data-skip]").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  await fontsReady();
  await Promise.all(cards.map((card) => card.update(card.figures, own(card.visual))));
  onThemeChange(async () => {
    beginDrawing();
    await Promise.all(cards.map((card) => card.repaint()));
    endDrawing();
  });
  endDrawing();
}

/** @param {import("./types.js").Visual} visual */
const own = (visual) => selections.filter(({ source }) => source === visual.id);

/** One page, with all that is to be known of its figures. */
function section({ page, figures, csv, rows_used: used, rows_total: total }) {
  const grid = el("div", { class: "grid" });
  const shown = page.visuals.map((visual, index) => {
    const context = chartContext(visual, () => page, format, {
      select() {},
      selections: () => selections,
      rename: null,
      isSaved: true,
      geometry: async (hash) => JSON.parse(geometries[hash]),
    });
    const file = csv[index];
    const card = new Card(visual, context, {
      run: () => page.run,
      clearAll() {},
      csv: file === null ? null : () => new Blob([file], { type: "text/csv;charset=utf-8" }),
    });
    card.figures = figures[index];
    return card;
  });
  cards.push(...shown);
  layOut(grid, shown);
  return el(
    "section",
    { class: "report-page", id: page.name, "aria-label": page.title },
    el(
      "div",
      { class: "page-head" },
      el("h1", { dir: "auto" }, page.title),
      page.description ? el("p", { dir: "auto" }, page.description) : null,
    ),
    filterLine(used, total),
    grid,
    foot(used, total),
  );
}

function rows(used, total) {
  if (total === null) return null;
  return used === total ? `All ${format.count(total)} rows` : `${format.number(used, { style: "integer" })} of ${format.count(total)} rows`;
}

function filterLine(used, total) {
  const words = [
    ...selections.map((selection) => [`${selection.label}: `, described(selection)]),
    ...conditions.map((text) => ["", text]),
    ...parameters.map(({ label, value, format: figureFormat }) => [`What if ${label}: `, format.full(value, figureFormat)]),
  ];
  const counts = rows(used, total);
  const lead = words.length > parameters.length ? [counts, "filtered by"].filter(Boolean).join(", ") : counts ?? "";
  return el(
    "div",
    { class: "toolbar" },
    el(
      "div",
      { class: "filter-line" },
      el("span", { class: "summary" }, lead),
      el("div", { class: "chips" }, ...words.map(([label, text]) => el(
        "span",
        { class: "chip", title: `${label}${text}` },
        el("span", { class: "chip-text" }, el("span", { class: "chip-label" }, label), el("bdi", {}, text)),
      ))),
    ),
  );
}

function described({ values, range, paths, period_label: period, kind, format: figureFormat }) {
  if (period) return `${period} (${format.range(range)})`;
  if (paths) return paths.map((path) => path.map((value) => format.name(value)).join(" › ")).join(", ");
  if (range) return format.range(range, figureFormat);
  return values.map((value) => format.name(value, { kind, format: figureFormat })).join(", ");
}

function foot(used, total) {
  const parts = [
    rows(used, total),
    `Run ${project.run.id}, finished ${format.moment(project.run.finished)}`,
    "figures only, no customers' rows",
  ];
  return el("footer", { class: "page-foot" }, el("span", {}, parts.filter(Boolean).join(" · ")));
}

/** A canvas draws with whatever font is there: Inter must be, before the first chart. */
function fontsReady() {
  return Promise.all(["400", "500", "600"].map((weight) => document.fonts.load(`${weight} 12px Inter`)));
}

start();
