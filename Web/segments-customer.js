/** One customer: which segment, why that one, and where the nearest boundary is. */

import { loadCustomer } from "./api.js";
import { dot, el } from "./dom.js";
import { figure, listed } from "./segments-words.js";

/** Colours that a theme has for segments. */
const COLOURS = 8;

/** The search and its answer; it outlives a new run, after which the answer is asked for again. */
export class CustomerPanel {
  #asked = 0;
  #key = null;

  /** @param {string} segmentation @param {import("./format.js").Formats} format */
  constructor(segmentation, format) {
    this.segmentation = segmentation;
    this.format = format;
    this.field = el("input", {
      type: "search", id: "customer-key", autocomplete: "off", spellcheck: "false", required: true, dir: "auto",
      "aria-describedby": "customer-hint",
    });
    this.answer = el("div", { class: "customer-answer", "aria-live": "polite" });
    const form = el(
      "form",
      { class: "customer-form", role: "search", on: { submit: (event) => this.#submit(event) } },
      el("label", { for: "customer-key" }, "Key of a customer"),
      el("div", { class: "customer-fields" }, this.field, el("button", { type: "submit", class: "button primary" }, "Explain")),
    );
    this.node = el(
      "section",
      { class: "panel customer-panel", "aria-label": "One customer" },
      el("h2", {}, "One customer"),
      form,
      this.answer,
    );
    this.#say("customer-hint", "Why a customer is in its segment, what the next one would be, and how far it is from there.");
  }

  /** Asks again for whoever is shown, after a new run. */
  async refresh() {
    if (this.#key !== null) await this.#explain(this.#key);
  }

  #submit(event) {
    event.preventDefault();
    const key = this.field.value.trim();
    if (key) this.#explain(key);
  }

  async #explain(key) {
    const asked = ++this.#asked;
    this.#key = key;
    this.field.removeAttribute("aria-invalid");
    this.answer.setAttribute("aria-busy", "true");
    // Most answers are there at once; only a slow one is waited for in words.
    const waiting = setTimeout(() => this.#say("customer-wait", "Looking for this customer …"), 250);
    let nodes;
    try {
      nodes = [customerCard(await loadCustomer(this.segmentation, key), this.format)];
    } catch (error) {
      nodes = [el("p", { class: "customer-problem", role: "alert" }, problemWords(error))];
      if (asked === this.#asked && error.code === "unknown_customer") this.field.setAttribute("aria-invalid", "true");
    } finally {
      clearTimeout(waiting);
    }
    if (asked !== this.#asked) return;
    this.answer.removeAttribute("aria-busy");
    this.answer.replaceChildren(...nodes);
  }

  #say(kind, words) {
    this.answer.replaceChildren(el("p", { class: `quiet-lines ${kind}`, id: kind }, words));
  }
}

/** Why no customer can be shown. @param {import("./api.js").ApiError} error */
export function problemWords(error) {
  if (error.code === "unknown_customer") return "No customer of this run has that key. Keys are looked for as they are written, capitals included.";
  return [error.title ?? error.message, error.detail].filter(Boolean).join(". ");
}

/** @param {import("./types.js").Customer} customer @param {import("./format.js").Formats} format @returns {HTMLElement} */
export function customerCard(customer, format) {
  const card = el(
    "div",
    { class: "customer-card" },
    head(customer),
    statementBlock(customer),
    featureBlock(customer, format),
    boundaryBlock(customer, format),
  );
  card.style.setProperty("--group-colour", colour(customer.segment));
  if (customer.runner_up) card.style.setProperty("--other-colour", colour(customer.runner_up));
  return card;
}

function colour(segment) {
  const isNamed = segment.colour !== null && segment.colour <= COLOURS && !segment.is_outliers;
  return isNamed ? `var(--segment-${segment.colour})` : "var(--category-other)";
}

/** A segment's name with its colour. */
function named(segment) {
  return el("span", { class: "customer-segment" }, dot(colour(segment)), el("bdi", {}, segment.name));
}

function head({ key, segment, runner_up: next, borderline, unexplained }) {
  const badge = borderline === null ? null : el(
    "span",
    {
      class: borderline ? "near-badge near" : "near-badge",
      title: "Borderline is who is hardly nearer to the own segment than to the next one",
    },
    borderline ? "Borderline" : "Not borderline",
  );
  const isOutside = unexplained === "outside";
  return el(
    "div",
    { class: "customer-head" },
    el("p", { class: "customer-key" }, el("bdi", {}, String(key))),
    el("h3", {}, named(segment), badge),
    next ? el("p", { class: "customer-next" }, isOutside ? "Nearest: " : "Next: ", named(next)) : null,
  );
}

function statementBlock({ statement, unexplained, segment, method }) {
  const words = {
    no_centroids: `There is no exact attribution for ${method}: its segments are not told apart by distances to centroids.`,
    one_segment: "There is no other segment, so nothing speaks for this one.",
    outside: "Far from every segment: no feature speaks for one.",
  }[unexplained];
  if (words) return el("p", { class: "customer-plain" }, words);
  if (unexplained !== "stated") return null;
  if (statement === null || statement === "all others") {
    const others = segment.id === 0 ? "No condition holds." : "No condition of another segment holds.";
    return el("p", { class: "customer-plain" }, statement === null && segment.id !== 0 ? "A stated condition holds." : others);
  }
  return el(
    "div",
    { class: "customer-plain" },
    el("p", { class: "rule-label" }, "The first condition that holds"),
    el("p", {}, el("code", { dir: "auto" }, statement)),
  );
}

function featureBlock(customer, format) {
  const { features, features_hidden: hidden, runner_up: next, segment, attribution, unexplained } = customer;
  const isStated = unexplained === "stated";
  const has = features.some(({ contribution }) => contribution !== null);
  const longest = Math.max(...features.map(({ contribution }) => Math.abs(contribution ?? 0)));
  const columns = ["Feature", "Customer"];
  if (!isStated) columns.push(segment.is_outliers ? "All customers" : "Its segment");
  const rows = features.map((feature) => el(
    "tr",
    {},
    el("th", { scope: "row", title: feature.column }, el("bdi", {}, feature.label)),
    el("td", { class: "number", "data-head": "Customer" }, valueNode(feature, format)),
    isStated ? null : el(
      "td",
      { class: "number typical", "data-head": columns[2] },
      typicalWords(feature, segment.is_outliers ? feature.overall : feature.segment, format),
    ),
    has ? el("td", { class: "bar-cell" }, bar(feature, longest, format)) : null,
  ));
  const table = el(
    "table",
    {},
    el("thead", {}, el(
      "tr",
      {},
      ...columns.map((name, index) => el("th", { scope: "col", class: index ? "number" : null }, name)),
      has ? el("th", { scope: "col", class: "bar-head" }, el("span", {}, "for ", named(next)), el("span", {}, "for ", named(segment))) : null,
    )),
    el("tbody", {}, ...rows),
  );
  return el(
    "div",
    { class: "customer-features" },
    has ? el("h4", {}, "Why this segment and not the next") : isStated ? null : el("h4", {}, "Beside its segment"),
    features.length ? table : null,
    attribution ? el(
      "p",
      { class: "quiet-lines", title: "Difference of the squared distances to both segments, on the model's scale" },
      `Against the average customer, the bars add up to ${signed(attribution.margin - attribution.baseline, format)} exactly: `
        + `this customer's margin ${signed(attribution.margin, format)}, the average one's ${signed(attribution.baseline, format)}.`,
    ) : null,
    hidden ? el(
      "p",
      { class: "quiet-lines" },
      `${format.count(hidden)} more that no reader gets; so neither distances nor boundaries are told.`,
    ) : null,
  );
}

function valueNode({ value, is_category: isCategory, format: own, standing }, format) {
  if (value === null) return el("span", { class: "standing" }, "missing");
  const words = typeof value === "number" && !isCategory ? exactly(value, own, format) : format.name(value);
  const remark = { below: "below all of the fit", above: "above all of the fit", unseen: "new level" }[standing];
  return el("span", {}, el("bdi", {}, words), remark ? el("span", { class: "standing" }, ` ${remark}`) : null);
}

/** A customer's own figure: what is counted stays whole. */
function exactly(value, own, format) {
  const isCounted = Number.isInteger(value) && (!own || own.style === "decimal" || own.style === "integer");
  return isCounted ? format.full(value, { style: "integer", digits: 0, unit: own?.unit ?? null }) : figure(value, own, format);
}

function typicalWords({ is_category: isCategory, format: own }, value, format) {
  if (value === null) return "–";
  return isCategory ? `${format.share(value)} alike` : `mean ${figure(value, own, format)}`;
}

function signed(value, format) {
  const digits = Math.abs(value) >= 10 ? 1 : 2;
  const text = format.number(Math.abs(value), { style: "decimal", digits });
  return Number(value.toFixed(digits)) === 0 ? text : `${value < 0 ? "−" : "+"}${text}`;
}

/** To the right what speaks for the own segment, to the left for the next one. */
function bar({ contribution }, longest, format) {
  if (contribution === null) return "–";
  const mark = el("span", { class: contribution < 0 ? "diverging against" : "diverging" });
  mark.style.width = `${longest ? 50 * Math.abs(contribution) / longest : 0}%`;
  return el(
    "div",
    { class: "bar-line" },
    el("span", { class: "bar-track", "aria-hidden": "true" }, mark),
    el("span", { class: "bar-figure" }, signed(contribution, format)),
  );
}

function boundaryBlock({ boundaries, refused }, format) {
  if (!boundaries.length && !refused.length) return null;
  return el(
    "div",
    { class: "customer-boundaries" },
    el("h4", {}, "The nearest boundary"),
    el("ul", {}, ...boundaries.map((each) => boundaryLine(each, format)), ...refused.map(refusedLine)),
    boundaries.length ? el(
      "p",
      { class: "quiet-lines" },
      "Along what the project declares actionable, all else as it is. It says where the boundary is, not what becomes of a customer who changes.",
    ) : null,
  );
}

function boundaryLine({ changes, segment }, format) {
  const steps = changes.map(({ label, from, to, format: own }) => {
    const [before, after] = apart(from, to, own, format);
    return el(
      "span",
      { class: "boundary-step" },
      el("bdi", {}, label),
      " ",
      el("span", { class: "boundary-figures" }, `${before} → ${after}`),
    );
  });
  return el(
    "li",
    {},
    el("span", { class: "boundary-to" }, named(segment)),
    el("span", { class: "boundary-way" }, ...listed(steps), changes.length > 1 ? el("span", { class: "boundary-note" }, " together, by the same share") : null),
  );
}

/** Both figures with as many digits as it takes to see that they differ. */
function apart(from, to, own, format) {
  const written = [exactly(from, own, format), figure(to, own, format)];
  if (written[0] !== written[1]) return written;
  const exact = { style: own?.style ?? "decimal", unit: own?.unit ?? null, digits: 4 };
  return [format.full(from, exact), format.full(to, exact)];
}

const REFUSALS = {
  out_of_reach: "no boundary within what customers have",
  linked: "change together, and not all of them can be changed",
  no_share: "change together by the same share, but one of them is 0",
  category: "no distance between levels, so no boundary",
  missing: "missing, so no boundary",
};

function refusedLine({ labels, reason }) {
  return el(
    "li",
    { class: "refused" },
    el("span", { class: "boundary-to" }, "None"),
    el("span", { class: "boundary-way" }, ...listed(labels.map((label) => el("bdi", {}, label))), `: ${REFUSALS[reason] ?? reason}`),
  );
}
