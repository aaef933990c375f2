/** A source: its files, how they were read, what is expected of them and whether it holds. */

import { el } from "./dom.js";
import { dataHead, dataTable, facts, noticeList, size } from "./data-parts.js";

const CONSEQUENCES = { quarantine: "set aside", warn: "told", stop: "stops the run" };

/** @param {import("./types.js").DataSource} source @param {import("./format.js").Formats} format */
export function sourcePage(source, format) {
  const rows = source.quarantined
    ? `${format.count(source.rows + source.quarantined)} read, ${format.count(source.quarantined)} set aside, `
      + `${format.count(source.rows)} kept`
    : `${format.count(source.rows)}, all that were read`;
  const files = source.files.map(({ path, bytes, sha256, synthetic }) => el(
    "div",
    {},
    `${path}, ${size(bytes, format)}${synthetic ? ", synthetic" : ""} `,
    el("code", { title: `SHA-256 ${sha256}` }, sha256.slice(0, 12)),
  ));
  return [
    dataHead(source.name, source.description),
    el(
      "section",
      { class: "panel" },
      el("h2", {}, "Read"),
      facts([
        [source.files.length === 1 ? "File" : "Files", el("div", {}, ...files)],
        ["Rows", rows],
        ...source.facts.map((fact, index) => [index ? "" : "Found", fact]),
      ]),
      noticeList(source.notices),
    ),
    source.contracts.length
      ? el(
        "section",
        { class: "panel" },
        el("h2", {}, "Expectations"),
        dataTable(
          ["Expected", "Outcome", "What breaks it is"],
          source.contracts.map(({ rule, broken, on_fail }) => [
            rule,
            {
              node: el(
                "span",
                { class: broken ? "outcome broken" : "outcome" },
                broken ? `${format.count(broken)} ${broken === 1 ? "break" : "breaks"}` : "holds",
              ),
            },
            CONSEQUENCES[on_fail] ?? on_fail,
          ]),
          "",
        ),
      )
      : null,
    el(
      "section",
      { class: "panel" },
      el("h2", {}, "Columns"),
      dataTable(
        ["Column", "Type", "How it is read", "Missing"],
        source.columns.map(({ name, type, reading, missing }) => [
          name,
          type,
          reading ?? "as it stands",
          { number: missing ? format.count(missing) : "–" },
        ]),
        "There are no columns.",
      ),
    ),
  ].filter(Boolean);
}
