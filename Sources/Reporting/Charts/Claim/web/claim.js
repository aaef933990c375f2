/** A statement about the data, and whether the figures bear it out. */

import { el, icon } from "/web/dom.js";
import { phrase } from "/web/phrase.js";

const VERDICTS = {
  holds: "Holds",
  tie: "A tie",
  does_not_hold: "Does not hold",
  no_difference: "No difference",
  not_told: "Can't be told",
};
const STANDINGS = { ahead: "Behind the claimed value", tie: "Tie", behind: "Ahead of the claimed value", untested: "–" };
const GROUP_STANDINGS = { ahead: "Leads", tie: "Tie", behind: "Does not lead", untested: "–" };

/** @type {import("/web/types.js").ChartModule} */
export default {
  frame: "claim",
  isEmpty: (data) => data.rows_used === 0,
  subtitle: (visual, context, data) => {
    if (!data) return "";
    const parts = data.exploratory ? ["Exploratory, under your filters"] : [];
    if (data.tried > 1) parts.push(`${context.format.count(data.tried)} comparisons tried, p corrected for all of them`);
    return parts.join(" · ");
  },

  mount(container, visual, context) {
    const { format } = context;
    const { claimed, form, says } = visual.options;
    const isSplit = visual.dimensions.length > 1;
    const measure = context.measure(visual.measures[0]);
    const verdict = el("p", { class: "claim-verdict" });
    const words = el("p", { class: "claim-words", dir: "auto" });
    const figures = el("ul", { class: "claim-figures" });
    const details = el("ul", { class: "claim-details" });
    const more = el("details", { class: "claim-more" }, el("summary", {}, "Details"), details);
    container.append(el(
      "div",
      { class: "claim" },
      visual.title === says ? null : el("p", { class: "claim-says", dir: "auto" }, says),
      verdict,
      words,
      figures,
      more,
    ));

    const name = (dimension, value) => format.name(value, context.dimension(dimension));
    const isClaimed = (value) => String(value) === claimed;

    /** A line for each value with its figure: how far they are from each other is seen at once. */
    function bars({ rows, with: tied }) {
      const [by] = visual.dimensions;
      const told = rows.filter(([value]) => value !== null);
      const largest = Math.max(...told.map(([, figure]) => Math.abs(figure ?? 0))) || 1;
      return told.map(([value, figure]) => {
        const fill = el("i", { "aria-hidden": "true" });
        fill.style.width = `${figure === null ? 0 : (100 * Math.abs(figure)) / largest}%`;
        const kind = isClaimed(value) ? "claimed" : tied.includes(value) ? "partner" : "other";
        return el(
          "li",
          { class: `claim-figure ${kind}` },
          el("span", { class: "claim-name", dir: "auto", title: name(by, value) }, name(by, value)),
          el("span", { class: "claim-bar" }, fill),
          el("span", { class: "claim-number" }, format.full(figure, measure.format)),
        );
      });
    }

    /** A line for each group with what it is made of. */
    function splits({ rows }) {
      const place = form === "dominates" ? { group: 0, part: 1 } : { group: 1, part: 0 };
      const [groups, parts] = [place.group, place.part].map((index) => visual.dimensions[index]);
      const order = [...new Set(rows.map((row) => row[place.part]))].filter((value) => value !== null);
      const known = (context.dimension(parts).values ?? []).map(({ value }) => value);
      order.sort((a, b) => known.indexOf(a) - known.indexOf(b));
      return [...new Set(rows.map((row) => row[place.group]))].filter((value) => value !== null).map((group) => {
        const cells = order.map((part) => ({
          part,
          count: rows.find((row) => row[place.group] === group && row[place.part] === part)?.[2] ?? 0,
        }));
        const total = cells.reduce((sum, { count }) => sum + count, 0) || 1;
        // From the left the claimed parts can be compared.
        if (form === "dominates") cells.sort((a, b) => isClaimed(b.part) - isClaimed(a.part));
        const own = form === "dominates" ? cells.find(({ part }) => isClaimed(part)) : null;
        const strip = el("span", { class: "claim-strip" }, ...cells.filter(({ count }) => count > 0).map(({ part, count }) => {
          const title = `${name(parts, part)}: ${format.share(count / total)}`;
          const piece = el("i", { title, class: form === "dominates" ? (isClaimed(part) ? "claimed" : "other") : null });
          piece.style.flexGrow = String(count);
          if (form !== "dominates") piece.style.backgroundColor = context.colour(parts, part);
          return piece;
        }));
        return el(
          "li",
          { class: "claim-figure" },
          el("span", { class: "claim-name", dir: "auto", title: name(groups, group) }, name(groups, group)),
          strip,
          el("span", { class: "claim-number" }, own ? format.share(own.count / total) : format.count(total)),
        );
      });
    }

    function key({ rows }) {
      if (!isSplit) return null;
      const parts = visual.dimensions[form === "dominates" ? 1 : 0];
      const shown = form === "dominates"
        ? [[claimed, "claim-key claimed"]]
        : [...new Set(rows.map((row) => row[0]))].filter((value) => value !== null).map((value) => [value, "claim-key"]);
      const known = (context.dimension(parts).values ?? []).map(({ value }) => value);
      shown.sort(([a], [b]) => known.indexOf(a) - known.indexOf(b));
      return el("li", { class: "claim-keys" }, ...shown.map(([value, style]) => {
        const mark = el("i", { class: style, "aria-hidden": "true" });
        if (form !== "dominates") mark.style.backgroundColor = context.colour(parts, value);
        return el("span", { dir: "auto" }, mark, form === "dominates" ? `${value}, of all in the group` : name(parts, value));
      }));
    }

    const partners = (data) => data.rows.map(([value]) => value).filter((value) => data.with.includes(value))
      .map((value) => name(visual.dimensions[0], value)).join(", ");
    const decimal = (value, digits) => format.number(value, { style: "decimal", digits });
    const chance = (p) => (p === null ? format.number(null) : p < 0.001 ? "< 0.001" : decimal(p, 3));

    function plain(data) {
      return {
        columns: [
          ...visual.dimensions.map((each) => ({ label: context.dimension(each).label, number: false })),
          { label: measure.label, number: true },
        ],
        rows: data.rows.map((row) => [
          ...visual.dimensions.map((each, index) => ({
            text: name(each, row[index]), clauses: [{ dimension: each, values: [row[index]] }],
          })),
          { text: format.full(row.at(-1), measure.format), number: true },
        ]),
      };
    }

    function table(data) {
      const content = plain(data);
      if (form === "differs" || data.tests.length === 0) return content;
      const known = new Map(data.tests.map((test) => [test.value, test]));
      const standings = form === "dominates" ? GROUP_STANDINGS : STANDINGS;
      const effect = form !== "dominates";
      content.columns.push(
        { label: "p, corrected", number: true },
        ...(effect ? [{ label: "Effect (sd)", number: true }] : []),
        { label: form === "dominates" ? "In this group" : "Stands", number: false },
      );
      content.rows.forEach((cells, index) => {
        const value = data.rows[index][0];
        const test = known.get(value);
        const own = !isSplit && isClaimed(value);
        cells.push(
          { text: test ? chance(test.p) : "–", number: true },
          ...(effect ? [{ text: test?.effect === null || !test ? "–" : decimal(Math.abs(test.effect), 2), number: true }] : []),
          { text: own ? "Claimed" : test ? standings[test.standing] : "–" },
        );
      });
      return content;
    }

    return {
      update(data) {
        container.firstChild.dataset.verdict = data.verdict;
        const partner = data.verdict === "tie" && !isSplit
          ? [" with ", el("bdi", {}, partners(data))] : [];
        verdict.replaceChildren(icon(`verdict-${data.verdict}`), el("span", {}, VERDICTS[data.verdict], ...partner));
        words.replaceChildren(...phrase(data.words, format));
        const drawn = data.verdict === "not_told" && data.suppressed > 0 ? [] : isSplit ? splits(data) : bars(data);
        figures.replaceChildren(...[...drawn, drawn.length ? key(data) : null].filter(Boolean));
        more.hidden = data.details.length === 0;
        details.replaceChildren(...data.details.map((line) => el("li", { dir: "auto" }, ...phrase(line, format))));
      },
      table,
      dispose: () => container.replaceChildren(),
    };
  },
};
