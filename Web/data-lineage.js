/** Where a figure comes from: its columns, the steps that made them, the source columns and files. */

import { el } from "./dom.js";
import { clamped, dataHead, dataLink, dataTable, kindWords } from "./data-parts.js";

/** @param {import("./types.js").Lineage} lineage @param {import("./format.js").Formats} format */
export function lineagePage(lineage, format) {
  return [
    dataHead(lineage.name, null, " / ", dataLink("models", lineage.model)),
    el(
      "section",
      { class: "panel" },
      ...(lineage.name === `${lineage.model}.${lineage.expression}`
        ? [
          el("h2", {}, "A column"),
          el("p", { dir: "auto" }, `${lineage.expression} of `, dataLink("models", lineage.model), ", as it is stored"),
        ]
        : [
          el("h2", {}, "Computed as"),
          el(
            "p",
            {},
            el("code", { class: "formula", dir: "auto" }, lineage.expression),
            " on the rows of ",
            dataLink("models", lineage.model),
          ),
        ]),
    ),
    ...lineage.columns.map((column) => el(
      "section",
      { class: "panel" },
      el("h2", { dir: "auto" }, column.column),
      column.steps.length
        ? stepList(column.steps, format)
        : el("p", { class: "nothing" }, "No step changed it: its values are those of the source."),
      column.origins.length ? el("h3", {}, "Read from") : null,
      dataTable(
        ["Source column", "Source", "File", "Read as", "SHA-256"],
        column.origins.map(({ source, column: name, file, sha256, reading }) => [
          name,
          { node: dataLink("sources", source) },
          file,
          reading ?? "as it stands",
          { node: el("code", { title: sha256 }, sha256?.slice(0, 12) ?? "–") },
        ]),
        "It is made from nothing but constants.",
      ),
    )),
  ];
}

/** Without a place for rows where no step changes which there are. */
function stepList(steps, format) {
  const keepsRows = steps.every((step) => step.rows_in === step.rows_out);
  return el("ol", { class: keepsRows ? "story narrow" : "story" }, ...steps.map((step) => el(
    "li",
    { class: "story-step" },
    keepsRows
      ? null
      : el("span", { class: "story-rows" }, step.rows_in === step.rows_out ? "" : format.count(step.rows_out)),
    el("div", { class: "story-body" }, clamped(el(
      "p",
      { dir: "auto" },
      el("strong", {}, kindWords(step.kind)),
      ` · ${step.summary}`,
    )), el("p", { class: "effects" }, dataLink("models", step.model, `${step.model}, step ${step.step}`))),
  )));
}
