/** Which colour a figure has on a map: continuous, or in classes of about as many regions each. */

/** @typedef {{low: number, high: number, bounds?: undefined} | {bounds: [number, number][]}} MapScale */

/**
 * Classes of about as many figures each; figures that are alike share one, so there may be fewer.
 * @param {number[]} figures @param {number} count @returns {[number, number][]} the least and the most of each class
 */
export function classBounds(figures, count) {
  const sorted = [...figures].sort((a, b) => a - b);
  const starts = new Set(Array.from({ length: count }, (_, index) => sorted[Math.floor((index * sorted.length) / count)]));
  const lows = [...starts].filter((value) => value !== undefined).sort((a, b) => a - b);
  return lows.map((low, index) => {
    const next = lows[index + 1];
    const own = sorted.filter((value) => value >= low && (next === undefined || value < next));
    return [low, own.at(-1)];
  });
}

/** Where a figure is on the way from the faintest colour to the fullest. @param {number} value @param {MapScale} scale */
export function colourShare(value, { low, high, bounds }) {
  if (!bounds) return high > low ? (value - low) / (high - low) : 0.5;
  const index = bounds.findLastIndex(([least]) => value >= least);
  return bounds.length > 1 ? Math.max(0, index) / (bounds.length - 1) : 0.5;
}
