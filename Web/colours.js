/** Which colour a value has, everywhere and for ever; and what can be read on it. */

import { theme } from "./theme.js";

/**
 * A segment has its permanent colour. Another value has the colour of its place in the dimension's own order, so that a
 * filter never recolours it; beyond the sequence colours would repeat and mislead, so the rest share a quiet one.
 * @param {?import("./types.js").Dimension} dimension @param {*} value
 * @returns {string}
 */
export function colourOf(dimension, value) {
  const { segments, categories, other, missing, accent } = theme();
  if (value === null || value === undefined) return missing;
  if (typeof value === "object") return other;
  if (!dimension?.values) return dimension?.segmentation ? other : accent;
  const place = dimension.values.findIndex((entry) => entry.value === value);
  const number = dimension.values[place]?.colour;
  if (number) return segments[(number - 1) % segments.length];
  return categories[place] ?? other;
}

/**
 * A segment's colour on a canvas; customers of none have a quiet one.
 * @param {import("./theme.js").Theme} theme @param {?{colour: number, is_outliers: boolean}} segment
 */
export function segmentColour(theme, segment) {
  const isNamed = segment && !segment.is_outliers && segment.colour <= theme.segments.length;
  return isNamed ? theme.segments[segment.colour - 1] : theme.other;
}

/** @param {string} colour an rgb() colour @returns {number} relative luminance (WCAG) */
function luminance(colour) {
  const [r, g, b] = colour.match(/[\d.]+/g).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Ink that reads on a fill: black or white, one of which always has 4.5:1. @param {string} fill */
export function inkOn(fill) {
  const l = luminance(fill);
  return 1.05 / (l + 0.05) >= (l + 0.05) / 0.05 ? "rgb(255, 255, 255)" : "rgb(0, 0, 0)";
}

/** The same colour, fainter: what is not selected. @param {string} colour @param {number} opacity */
export function faded(colour, opacity) {
  const [r, g, b] = colour.match(/[\d.]+/g);
  return `rgba(${r}, ${g}, ${b}, ${opacity})`;
}

/** A solid colour between two. @param {string} from @param {string} to @param {number} share of `to` */
export function blend(from, to, share) {
  const [a, b] = [from, to].map((colour) => colour.match(/[\d.]+/g).map(Number));
  return `rgb(${[0, 1, 2].map((index) => Math.round(a[index] + (b[index] - a[index]) * share)).join(", ")})`;
}
