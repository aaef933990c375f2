/** A source: its files, how they were read, what is expected of them and whether it holds. */

import { el } from "./dom.js";
import { dataHead, dataTable, facts, noticeList, size } from "./data-parts.js";
import { qualitySection } from "./data-quality.js";

const CONSEQUENCES = { quarantine: "set aside", warn: "told", stop: "stops the run" };

/**
 * @param {import("./types.js").DataSource} source @param {import("./format.js").Formats} format
 * @param {{customers: boolean}} reader
 */
export function sourcePage(source, format, reader) {
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
      source.quarantined ? quarantineHelp(source.name) : null,
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
    ...qualitySection(source, format, null, reader.customers),
  ].filter(Boolean);
}

/** The rows themselves are not for every reader of this page: whoever may see them has the command line. */
function quarantineHelp(name) {
  const quoted = /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
  return el(
    "p",
    { class: "quiet-lines" },
    "The rows set aside, each with the rule that it breaks: ",
    el("code", {}, `aurora show quarantine --name ${quoted}`),
    "; as a file: ",
    el("code", {}, `aurora export --quarantine ${quoted}`),
  );
}
