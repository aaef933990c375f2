/** Words with figures in them, as the server sends them: figures are written here, by locale and currency. */

import { el } from "./dom.js";

/**
 * @param {Array<{text?: string, name?: *, count?: number, share?: number, value?: number,
 *   format?: import("./types.js").Format}>} parts
 * @param {import("./format.js").Formats} format
 * @param {{strong?: boolean}} [options] whether figures stand out
 * @returns {Node[]}
 */
export function phrase(parts, format, { strong = false } = {}) {
  return parts.map((part) => {
    if (part.text !== undefined) return document.createTextNode(part.text);
    if ("name" in part) return el("bdi", {}, format.name(part.name));
    const text = part.count !== undefined
      ? format.count(part.count)
      : part.share !== undefined ? format.share(part.share) : format.full(part.value, part.format);
    return el(strong ? "strong" : "span", { class: "phrase-figure" }, text);
  });
}

/** The groups of a segmentation with their sizes and what they hold, as a table. */
export function groupTable(data, visual, context) {
  const [segmentation] = visual.dimensions;
  const dimension = context.dimension(segmentation);
  const measure = visual.measures.length ? context.measure(visual.measures[0]) : null;
  const { format } = context;
  return {
    columns: [
      { label: dimension.label, number: false },
      { label: "Customers", number: true },
      { label: "Share", number: true },
      ...(measure
        ? [{ label: measure.label, number: true }, { label: `Share of ${measure.label}`, number: true }]
        : []),
    ],
    rows: data.rows.map(([value, rows, share, figure, held]) => [
      {
        text: format.name(value, dimension),
        colour: context.colour(segmentation, value),
        clauses: [{ dimension: segmentation, values: [value] }],
      },
      { text: format.number(rows, { style: "integer" }), number: true },
      { text: format.share(share), number: true },
      ...(measure
        ? [{ text: format.full(figure, measure.format), number: true }, { text: format.share(held), number: true }]
        : []),
    ]),
  };
}
