/** One segmentation: verdict, findings, segments, what forms them, other numbers of segments, the last fit. */

import { facts } from "./data-parts.js";
import { el } from "./dom.js";
import { segmentCards } from "./segments-cards.js";
import { choiceSection } from "./segments-choice.js";
import { historySection } from "./segments-history.js";
import { plotsSection } from "./segments-plots.js";
import { profileSection } from "./segments-profile.js";
import { bareReason, verdictTitle, verdictWords } from "./segments-words.js";

/**
 * @param {import("./types.js").Segmentation} answer @param {?import("./types.js").SegmentProfile} profile
 * @param {import("./types.js").SegmentPlots} plots
 * @param {{format: import("./format.js").Formats, reader: {edit: boolean, customers: boolean}}} options
 * @param {?HTMLElement} customer the panel of one customer; null for readers who may see none
 * @returns {{nodes: Node[], curves: import("./plot-figure.js").PlotFigure[]}}
 */
export function segmentationPage(answer, profile, plots, { format, reader }, customer = null) {
  const choice = choiceSection(answer, format, reader);
  const drawings = plotsSection(plots, format);
  return {
    nodes: [
      segmentationHead(answer, reader, null),
      verdictSection(answer, format),
      findingsSection(answer),
      panel("segments-panel", "The segments", ...segmentCards(answer, format, reader)),
      profileSection(profile, format),
      customer,
      featuresSection(answer, format),
      drawings.node,
      choice.node,
      historySection(answer, format),
      detailsSection(answer, format),
    ].filter(Boolean),
    curves: [...drawings.figures, ...choice.curves],
  };
}

/**
 * The head of a segmentation's pages: what it is, and its other page for readers who may score.
 * @param {import("./types.js").Segmentation} answer @param {{customers: boolean}} reader @param {?"score"} tab
 */
export function segmentationHead({ name, label, description }, reader, tab) {
  const address = `#/segments/${encodeURIComponent(name)}`;
  const link = (words, href, isHere) => el("a", { href, "aria-current": isHere ? "page" : null }, words);
  return el(
    "div",
    { class: "page-head data-head" },
    el("nav", { class: "crumbs", "aria-label": "Way back" }, el("a", { href: "#/segments" }, "Segments")),
    el("h1", { dir: "auto" }, label),
    description ? el("p", { dir: "auto" }, description) : null,
    reader.customers ? el(
      "nav",
      { class: "subtabs", "aria-label": "Pages of this segmentation" },
      link("Findings", address, tab === null),
      link("Score customers", `${address}/score`, tab === "score"),
    ) : null,
  );
}

/** @param {string} kind @param {string} title */
export function panel(kind, title, ...children) {
  return el("section", { class: `panel ${kind}`, "aria-label": title }, el("h2", {}, title), ...children);
}

function verdictSection(answer, format) {
  const { verdict, k, rows, rows_total: total, method } = answer;
  return el(
    "section",
    { class: `panel verdict-panel ${verdict ?? "stated"}`, "aria-label": "What was found" },
    el("p", { class: "verdict-title" }, verdictTitle(verdict, k)),
    el("p", { class: "verdict-plain" }, verdictWords(verdict, k)),
    answer.reason ? el("p", { class: "verdict-reason" }, sentence(bareReason(answer.reason, verdict))) : null,
    el(
      "p",
      { class: "verdict-facts" },
      [
        method,
        `${format.count(k)} ${k === 1 ? "segment" : "segments"}`,
        `computed on ${format.count(rows)} of ${format.count(total)} rows`,
      ].join(" · "),
    ),
    ...numberWords(answer, format),
  );
}

/** Who chose the number of segments and why, and what is recommended where that was measured. */
function numberWords({ chosen, choice, k, stated_k: stated, name }, format) {
  if (stated === null && !chosen && !choice) return [];
  const lines = [];
  const many = `${format.count(stated ?? k)} segments`;
  if (chosen?.by || chosen?.why) {
    lines.push(el(
      "p",
      { class: "verdict-chosen" },
      `${many} were chosen`,
      chosen.by ? " by " : null,
      chosen.by ? el("bdi", {}, chosen.by) : null,
      chosen.why ? ": " : ".",
      chosen.why ? el("bdi", { class: "chosen-why" }, chosen.why) : null,
    ));
  } else if (stated !== null) {
    lines.push(el(
      "p",
      { class: "verdict-chosen quiet-lines" },
      `The project asks for ${many} and does not say why. `,
      el("code", {}, "chosen: {by: …, why: …}"),
      " in ",
      el("code", { dir: "auto" }, `segments/${name}.yaml`),
      " keeps the reason.",
    ));
  }
  if (choice) lines.push(el("p", { class: "verdict-jury" }, juryWords(choice.jury, stated ?? k, format)));
  return lines;
}

function juryWords({ recommendation, summary, dissent }, k, format) {
  if (recommendation === null) return sentence(`The measured criteria recommend no number: ${summary.replace(/^no k: /, "")}`);
  const others = dissent ? ` Others see it differently: ${dissent}.` : "";
  return recommendation === k
    ? `The measured criteria recommend the same number.${others}`
    : `The measured criteria recommend ${format.count(recommendation)}.${others}`;
}

/** @param {string} words */
function sentence(words) {
  const text = words.trim();
  return text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}

function findingsSection({ findings }) {
  if (!findings.length) return null;
  return panel(
    "findings-panel",
    "What to beware of",
    el(
      "ul",
      { class: "calm-list" },
      ...findings.map(({ code, message }) => el("li", { dir: "auto", title: code }, sentence(message))),
    ),
  );
}

function featuresSection({ features, features_hidden: hidden, segments }, format) {
  if (!features.length) return null;
  return panel(
    "features-panel",
    "What forms the segments",
    el("p", { class: "lead" }, "Used to form the groups: no test. The longer the bar, the further the segments lie apart in it."),
    el(
      "ul",
      { class: "feature-bars" },
      ...features.map(({ name, label, strength, is_category: isCategory }) => {
        const bar = el("span", { class: "feature-bar", "aria-hidden": "true" });
        bar.style.width = `${100 * Math.min(1, Math.max(0, strength ?? 0))}%`;
        const symbol = isCategory ? "V" : "η²";
        return el(
          "li",
          { title: isCategory ? "Cramér's V: 0 is no difference, 1 the largest" : "Share of its variance that lies between the segments" },
          el("span", { class: "feature-name", dir: "auto", title: name }, label),
          el("span", { class: "feature-track" }, bar),
          el("span", { class: "feature-figure" }, strength === null
            ? "does not vary"
            : `${symbol} ${format.number(strength, { style: "decimal", digits: 2 })}`),
        );
      }),
    ),
    hidden ? el("p", { class: "quiet-lines" }, `${format.count(hidden)} more that no reader gets.`) : null,
  );
}

function detailsSection({ details, name, model }, format) {
  const two = (value) => format.number(value, { style: "decimal", digits: 2 });
  const three = (value) => format.number(value, { style: "decimal", digits: 3 });
  const { structure } = details;
  const entries = [
    ["Model", el("a", { href: `#/data/models/${encodeURIComponent(model)}`, dir: "auto" }, model)],
    details.silhouette === null ? null : [
      "Silhouette",
      `${two(details.silhouette)}: separation is ${separation(details.silhouette)}`
        + (details.silhouette_margin ? ` (± ${three(details.silhouette_margin)}, on ${format.count(details.silhouette_measured)} rows)` : ""),
    ],
    details.davies_bouldin === null ? null : ["Davies-Bouldin", two(details.davies_bouldin)],
    details.calinski_harabasz === null ? null : ["Calinski-Harabasz", format.count(details.calinski_harabasz)],
    details.inertia === null ? null : ["Inertia", format.number(details.inertia, { style: "decimal", digits: 0 })],
    details.iterations === null ? null : [
      "Iterations",
      `${format.count(details.iterations)}${details.converged === false ? ", stopped before the end" : ""}`,
    ],
    structure ? [
      "Against data without groups",
      `separation ${three(structure.observed)} here, ${three(structure.null_mean)} on average and at most `
        + `${three(structure.null_highest)} in ${format.count(structure.replicas)} replicas with the same columns and `
        + `correlations; p = ${three(structure.p)}, on ${format.count(structure.rows_tested)} rows`,
    ] : null,
    details.replicates === null ? null : [
      "Repetition",
      `${format.count(details.replicates)} refits from preparation on, on resamples of `
        + `${format.count(details.repeated_rows)} customers; the badge is the mean Jaccard similarity in hundredths`,
    ],
    details.fidelity === null ? null : [
      "Rules",
      `put ${format.share(details.fidelity)} of the customers into their own segment`,
    ],
    ["File", el("code", { dir: "auto" }, `segments/${name}.yaml`)],
  ].filter(Boolean);
  return el(
    "details",
    { class: "panel details-panel" },
    el("summary", {}, "Details"),
    facts(entries),
  );
}

function separation(silhouette) {
  if (silhouette >= 0.7) return "strong";
  if (silhouette >= 0.5) return "reasonable";
  return silhouette >= 0.25 ? "weak, as usual for customers' behaviour" : "none to speak of";
}
