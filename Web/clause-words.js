/** What a selection picks, in words. */

/**
 * "Oslo, Bergen", "3 values", "20 – 30 years".
 * @param {import("./types.js").Clause} clause @param {import("./types.js").Dimension} [dimension]
 * @param {import("./format.js").Formats} format
 */
export function clauseWords({ values, range }, dimension, format) {
  if (range) return format.range(range, dimension?.format);
  if (values.length > 2) return `${format.count(values.length)} values`;
  return values.map((value) => format.name(value, dimension)).join(", ");
}

/**
 * "City: Oslo, Age: 20 – 30 years".
 * @param {import("./types.js").Clause[]} clauses @param {(name: string) => ?import("./types.js").Dimension} dimensionOf
 * @param {import("./format.js").Formats} format
 */
export const markWords = (clauses, dimensionOf, format) => clauses
  .map((clause) => {
    const dimension = dimensionOf(clause.dimension);
    return `${dimension?.label ?? clause.dimension}: ${clauseWords(clause, dimension, format)}`;
  })
  .join(", ");
