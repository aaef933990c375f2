/** Cards on the grid: 12 columns, fixed row heights, so that nothing moves when figures arrive. */

import { el } from "./dom.js";

const COLUMNS = 12;
/** Rows beyond which a card that keeps its proportions would be empty on a phone. */
const TALL = 5;

/** @param {HTMLElement} grid @param {import("./card.js").Card[]} cards */
export function layOut(grid, cards) {
  for (const { element, visual } of cards) {
    element.toggleAttribute("data-compared", isCompared(visual));
    element.toggleAttribute("data-trend", visual.type === "kpi" && Boolean(visual.options.over));
  }
  const strip = leadingStrip(cards);
  if (strip.length) {
    const box = el("div", { class: "kpi-strip" }, ...strip.map((card) => card.element));
    box.style.gridRowEnd = `span ${strip[0].visual.height}`;
    box.style.gridTemplateColumns = strip.map(({ visual }) => `minmax(0, ${visual.width}fr)`).join(" ");
    // On narrow windows the strip gives way, and its cards stand on the grid themselves.
    if (strip[0].visual.height > 1) for (const { element, visual } of strip) {
      element.style.gridRowEnd = `span ${visual.height}`;
    }
    grid.append(box);
  }
  const others = cards.slice(strip.length);
  grid.append(...others.map(place));
  tabletColumns(others.map(({ visual }) => visual)).forEach((columns, index) => {
    others[index].element.style.setProperty("--tablet-columns", columns);
  });
}

/**
 * On a tablet cards take a third, half or all of the width, and those of a row share what would be left of it.
 * @param {import("./types.js").Visual[]} visuals @returns {number[]}
 */
function tabletColumns(visuals) {
  const columns = visuals.map(({ width }) => (width <= 3 ? 4 : width <= 6 ? 6 : COLUMNS));
  let start = 0;
  while (start < columns.length) {
    let end = start;
    let used = 0;
    while (end < columns.length && used + columns[end] <= COLUMNS) used += columns[end++];
    // Beside a taller card there may be place for more than one row.
    const level = visuals.slice(start, end).every(({ height }) => height === visuals[start].height);
    if (used < COLUMNS && level) columns.fill(COLUMNS / (end - start), start, end);
    start = end;
  }
  return columns;
}

/**
 * KPI cards that open a page and have a row to themselves share its whole width by theirs, so that five of them leave no hole.
 * @returns {import("./card.js").Card[]} none where something else stands in that row
 */
function leadingStrip(cards) {
  const end = cards.findIndex(({ visual }) => visual.type !== "kpi" || visual.height !== cards[0].visual.height);
  const strip = end < 0 ? cards : cards.slice(0, end);
  const width = strip.reduce((sum, { visual }) => sum + visual.width, 0);
  const next = cards[strip.length]?.visual.width ?? COLUMNS;
  return strip.length > 1 && width <= COLUMNS && width + next > COLUMNS ? strip : [];
}

/** Whether a figure will have words below it; known before it is there, so that nothing moves. */
const isCompared = ({ type, options }) => type === "kpi" && Boolean(options.compared);

function place(card) {
  const { width, height } = card.visual;
  const columns = Math.min(COLUMNS, Math.max(1, width));
  card.element.toggleAttribute("data-tall", height > TALL);
  card.element.style.gridColumnEnd = `span ${columns}`;
  card.element.style.gridRowEnd = `span ${Math.max(1, height)}`;
  return card.element;
}
