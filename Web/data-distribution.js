/** Small pictures of how a column's values lie: bars for bins, named bars for levels. */

import { el } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 144;
const HEIGHT = 32;
/** Levels with a bar of their own; the rest is told in one line. */
const SHOWN_LEVELS = 3;

/**
 * @param {import("./types.js").QualityColumn} column @param {number} rows of the table
 * @param {import("./format.js").Formats} format @returns {Node|string}
 */
export function distribution(column, rows, format) {
  const { numbers, dates, texts, booleans } = column;
  if (column.isPrivate) return quiet("its values are not told");
  if (booleans) {
    return levelBars([["Yes", booleans.yes], ["No", booleans.no]], rows, format);
  }
  if (numbers?.histogram) return numberBars(numbers.histogram, rows, format, numberWriter(column, format));
  if (dates?.bins?.length) return dateBars(dates, rows, format);
  if (texts?.levels?.length) {
    const shown = texts.levels.slice(0, SHOWN_LEVELS);
    return levelBars(shown.map(({ value, rows: own }) => [value, own]), rows, format, {
      number: column.distinct - shown.length,
      rows: rows - column.missing - shown.reduce((sum, level) => sum + level.rows, 0),
    });
  }
  if (texts && column.distinct > 0 && texts.rare?.levels === column.distinct) {
    return quiet("too few rows share a value to name it");
  }
  return "–";
}

/**
 * How a column's numbers are written: as short as they can be without hiding what sets them apart, and years without
 * a separator.
 *
 * @param {import("./types.js").QualityColumn} column @param {import("./format.js").Formats} format
 * @returns {(value: ?number) => string}
 */
export function numberWriter({ name, numbers }, format) {
  const { minimum, maximum } = numbers?.quantiles ?? {};
  const isYear = /year|yr|jahr/i.test(name) && minimum >= 1800 && maximum <= 2200;
  return (value) => {
    if (value === null || value === undefined) return format.number(null);
    if (isYear) return String(value);
    return Math.abs(value) < 1000 ? format.short(value, null) : format.count(value);
  };
}

const quiet = (words) => el("span", { class: "quiet" }, words);

/** @param {Array<[string, number]>} levels @param {?{number: number, rows: number}} rest */
function levelBars(levels, rows, format, rest = null) {
  const share = (count) => (rows ? count / rows : 0);
  return el(
    "ul",
    { class: "level-bars" },
    ...levels.map(([name, count]) => {
      const bar = el("span", { class: "level-bar", "aria-hidden": "true" });
      bar.style.width = `${100 * share(count)}%`;
      const isBlank = name.trim() === "";
      return el(
        "li",
        { title: `${name}: ${format.count(count)} rows` },
        el("span", { class: isBlank ? "level-name quiet" : "level-name", dir: "auto" }, isBlank ? "(blank)" : name),
        el("span", { class: "level-track" }, bar),
        el("span", { class: "level-share" }, format.share(share(count))),
      );
    }),
    rest && rest.number > 0
      ? el("li", { class: "level-rest" }, `${format.count(rest.number)} more`, el("span", { class: "level-share" },
        format.share(share(rest.rows))))
      : null,
  );
}

function numberBars({ edges, counts, below, above }, rows, format, write) {
  const bars = counts.map((count, index) => ({ place: index, count }));
  const fullest = counts.indexOf(Math.max(...counts));
  const words = [
    `${format.count(counts[fullest])} of ${format.count(rows)} rows lie from ${write(edges[fullest])} to `
      + `${write(edges[fullest + 1])}`,
    `bars from ${write(edges[0])} to ${write(edges.at(-1))}`,
    below ? `${format.count(below)} rows below` : null,
    above ? `${format.count(above)} rows above` : null,
  ];
  return picture(bars, counts.length, { below, above }, words);
}

function dateBars({ unit, bins, before, after }, rows, format) {
  const first = place(bins[0].label, unit);
  const bars = bins.map(({ label, rows: count }) => ({ place: place(label, unit) - first, count }));
  const fullest = bins.reduce((most, bin) => (bin.rows > most.rows ? bin : most));
  const words = [
    `${format.count(fullest.rows)} of ${format.count(rows)} rows in ${fullest.label}`,
    `a bar for each ${unit} from ${bins[0].label} to ${bins.at(-1).label}`,
    before ? `${format.count(before)} rows before` : null,
    after ? `${format.count(after)} rows after` : null,
  ];
  return picture(bars, bars.at(-1).place + 1, { below: before, above: after }, words);
}

/** How many units lie before the one of this label: units without rows have no bin, but take room. */
function place(label, unit) {
  if (unit === "day") return Math.round(Date.parse(`${label}T00:00:00Z`) / 86_400_000);
  if (unit === "month") {
    const [, year, month] = /^(-?\d+)-(\d+)/.exec(label) ?? [null, 0, 1];
    return Number(year) * 12 + Number(month);
  }
  return unit === "decade" ? Math.round(parseInt(label, 10) / 10) : parseInt(label, 10);
}

/**
 * @param {Array<{place: number, count: number}>} bars @param {number} places
 * @param {{below: number, above: number}} ends rows before the first and behind the last bar, drawn apart from them
 */
function picture(bars, places, { below, above }, words) {
  const end = 10;
  const left = below ? end : 0;
  const step = (WIDTH - left - (above ? end : 0)) / places;
  const most = Math.max(1, below, above, ...bars.map(({ count }) => count));
  const svg = document.createElementNS(SVG, "svg");
  const text = words.filter(Boolean).join("; ");
  for (const [name, value] of Object.entries({
    class: "bins", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, role: "img", "aria-label": text,
  })) svg.setAttribute(name, value);
  const title = document.createElementNS(SVG, "title");
  title.textContent = text;
  svg.append(title);
  const rect = (x, width, count, kind) => {
    if (!count) return;
    const height = Math.max(1, (HEIGHT - 1) * count / most);
    const bar = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ class: kind, x, width, y: HEIGHT - 1 - height, height })) {
      bar.setAttribute(name, typeof value === "number" ? value.toFixed(2) : value);
    }
    svg.append(bar);
  };
  rect(0, end - 4, below, "beyond");
  for (const { place: own, count } of bars) {
    rect(left + own * step, Math.max(0.6, step - (step > 4 ? 1 : 0)), count, "bin");
  }
  rect(WIDTH - end + 4, end - 4, above, "beyond");
  const base = document.createElementNS(SVG, "path");
  base.setAttribute("class", "base");
  base.setAttribute("d", `M0 ${HEIGHT - 0.5}H${WIDTH}`);
  svg.append(base);
  return svg;
}
