/** A small drawing of each kind of visual, for whoever chooses one. */

const LINES = "M3 21h18";
const DRAWINGS = {
  kpi: "M4 8h6M4 12h16v5H4zM7 14.5h6",
  bar: "M4 3v18M4 6h14M4 11h9M4 16h12",
  column: `${LINES}M6 21V9M11 21V4M16 21v-8`,
  stacked_bar: "M4 3v18M4 7h6M12 7h7M4 12h9M15 12h2M4 17h4M10 17h8",
  donut: "M12 3a9 9 0 1 0 9 9M12 8a4 4 0 1 0 4 4M12 3v5M21 12h-5",
  histogram: `${LINES}M4 21v-5h4v5M8 21V8h4v13M12 21V5h4v16M16 21v-8h4v8`,
  scatter: `M3 3v18h18M8 15v.1M11 11v.1M14 13v.1M16 7v.1M9 8v.1M18 11v.1M12 17v.1`,
  pair: "M3 3v18h18M6 18L20 6M9 12v.1M13 8v.1M14 15v.1M18 11v.1",
  table: "M3 5h18v14H3zM3 10h18M3 14.5h18M9 5v14",
  matrix: "M3 4h18v16H3zM3 9h18M8 4v16M3 15h18M14 9v11",
  text: "M4 6h16M4 10.5h16M4 15h16M4 19h9",
  line: "M3 3v18h18M5 16l5-5 4 3 6-8",
  treemap: "M3 4h18v16H3zM12 4v16M12 11h9M3 14h9M17 11v9",
  box_plot: "M12 3v4M12 17v4M8 7h8v10H8zM8 11.5h8",
  heat_map: "M3 4h18v16H3zM9 4v16M15 4v16M3 9.3h18M3 14.6h18M10 5.5h4M16 11h4M4 17h4",
  finding: "M4 7h16M4 12h10M17 16l1.5 1.5L22 14",
  segment_cards: "M3 5h5.5v14H3zM10 5h5v14h-5zM16.5 5H21v14h-4.5z",
  differences: "M4 7h10M4 12h16M4 17h7M18 5v4M20 15v4",
  map: "M9 4L3 6.5v13.5l6-2.5 6 2.5 6-2.5V4l-6 2.5zM9 4v13.5M15 6.5V20",
  radar: "M12 3l8.5 6.200-3.200 10H6.700l-3.200-10zM12 8l4 3-1.5 4.600H9.5L8 11z",
  sankey: "M3 5h3c6 0 6 6 12 6h3M3 18h3c6 0 6-4 12-4h3M3 10h3c6 0 6 7 12 7h3",
  migration: "M3 4h4v7H3zM17 4h4v4h-4zM3 14h4v6H3zM17 11h4v9h-4zM7 6h10M7 9c5 0 5 5 10 5M7 17h10",
  biplot: "M4 20L20 4M4 20l5-14M4 20h16M13 15v.1M15 9v.1",
  dendrogram: "M6 21v-5h4v5M8 16V9h8v12M12 9V3",
  list: "M4 6h3v3H4zM10 7.5h10M4 14h3v3H4zM10 15.5h10",
  range: "M3 12h18M8 9v6M16 9v6",
};
const OTHER = `M3 3v18h18M7 17v-4M12 17V8M17 17v-6`;

/** @param {string} kind */
export function kindIcon(kind) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "kind-icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", DRAWINGS[kind] ?? OTHER);
  svg.append(path);
  return svg;
}
