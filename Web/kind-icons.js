/**
 * A small drawing of each kind of visual and of slicer, for whoever chooses one; Scripts/reference puts the same into the
 * visuals' documentation. Each is a path in a square of 24.
 */

const DRAWINGS = {
  kpi: "M4 6h5M4 11h12M4 19l4-2.5 4 1 4-3.5 4 1.5",
  bar: "M4 3v18M4 5h15v3H4M4 10.5h10v3H4M4 16h6v3H4",
  column: "M3 21h18M5 21v-8h3.5v8M10.3 21V5h3.5v16M15.6 21v-11h3.5v11",
  stacked_bar: "M4 3v18M4 5h16v4H4M4 10.5h12v4H4M4 16h8v4H4M11 5v4M16 5v4M9 10.5v4M8 16v4",
  donut: "M12 3a9 9 0 1 0 9 9 9 9 0 0 0-9-9zM12 8a4 4 0 1 0 4 4 4 4 0 0 0-4-4zM12 3v5M16 12h5M9.2 14.8l-3.5 3.5",
  histogram: "M3 21h18M4 21v-4h4v4M8 21v-9h4v9M12 21V5h4v16M16 21v-7h4v7",
  scatter: "M3 3v18h18M8 16v.1M11 12v.1M14 13.5v.1M16 8v.1M9 8.5v.1M18 11v.1M12 17v.1M19 6v.1M15 17v.1",
  pair: "M3 3v18h18M6 18L20 6M9 12v.1M13 8v.1M14 15v.1M18 11v.1",
  table: "M3 5h18v14H3zM3 9.5h18M3 14.3h18M9 5v14M15 5v14",
  matrix: "M3 4h18v16H3zM3 9h18M8.5 4v16M8.5 15.5h12.5M11 12.3h2M16 12.3h3M11 18h3",
  text: "M4 6h16M4 10.5h16M4 15h16M4 19.5h9",
  line: "M3 3v18h18M5 16l4.5-5 4 3 6.5-8",
  treemap: "M3 4h18v16H3zM12 4v16M12 11h9M3 14h9M17 11v9",
  box_plot: "M12 2.5v4M12 17.5v4M9 2.5h6M9 21.5h6M7 6.5h10v11H7zM7 12.5h10",
  heat_map: "M3 4h18v16H3zM9 4v16M15 4v16M3 9.3h18M3 14.6h18M4.5 6.6h3M10.5 12h3M10.5 11h3M16.5 17.3h3",
  finding: "M10.5 4a6.5 6.5 0 1 0 6.5 6.5A6.5 6.5 0 0 0 10.5 4zM15.2 15.2L21 21M8 10.5h5",
  segment_cards: "M3 5h5.3v14H3zM9.8 5h5v14h-5zM16.3 5H21v14h-4.7zM4.6 8.5h2M11.3 8.5h2M17.7 8.5h1.8",
  differences: "M12 3v18M5 7.5h7M12 12h8M8 16.5h4M5 6v3M20 10.5v3M8 15v3",
  claim: "M4 4.5h16v11h-8.5L7 20v-4.5H4zM8.5 10l2.5 2.5 4.5-4.5",
  recommendation: "M9.5 18h5M10.5 21h3M9.5 18c0-2-.5-2.7-1.3-3.5a5.5 5.5 0 1 1 7.6 0c-.8.8-1.3 1.5-1.3 3.5",
  sankey: "M3 4.5h3c6 0 6 7 12 7h3M3 10h3c6 0 6 7.5 12 7.5h3M3 18.5h3c6 0 6-12 12-12h3",
  radar: "M12 3l8.5 6.2-3.2 10H6.7l-3.2-10zM12 8l4 3-1.5 4.6H9.5L8 11z",
  curves: "M3 3v18h18M5 5c2 8 5 11 15 12M5 17c4-9 8-11 15-7M12 5v2M12 9v2M12 15v2",
  silhouettes: "M5 3v18M5 4.5h14c-4 .3-9 1.5-14 5M5 11h10.5c-3 .3-6.5 1.2-10.5 4M5 16.5h7c-2 .2-4.5 1-7 3",
  biplot: "M4 20L20 4M20 4h-4M20 4v4M4 20l5-14M9 6l-2.5 2M9 6l1.5 3M14 16v.1M17 13v.1M13 12v.1M18 18v.1",
  dendrogram: "M5 21v-5h5v5M7.5 16V9.5h8V21M11.5 9.5V4h8v17",
  map: "M9 4L3 6.5v13.5l6-2.5 6 2.5 6-2.5V4l-6 2.5zM9 4v13.5M15 6.5V20",
  migration: "M3 4h4v7H3zM17 4h4v4h-4zM3 14h4v6H3zM17 11h4v9h-4zM7 6h10M7 9c5 0 5 5 10 5M7 17h10",
  list: "M4 6h3v3H4zM10 7.5h10M4 14h3v3H4zM10 15.5h10",
  tiles: "M3 6h8v5H3zM13 6h8v5h-8zM3 13.5h8v5H3zM13 13.5h8v5h-8z",
  range: "M3 12h18M8 9v6M16 9v6",
  date: "M4 5.5h16V20H4zM4 10h16M8 3v4.5M16 3v4.5",
  hierarchy: "M4 4h6v4H4zM13 10h7v4h-7zM13 16.5h7v4h-7zM7 8v10.5h6M7 12h6",
  segments: "M4.5 6v.1M9 6h11M4.5 12v.1M9 12h11M4.5 18v.1M9 18h11",
  parameter: "M3 12h7M16 12h5M13 9a3 3 0 1 0 3 3 3 3 0 0 0-3-3z",
};
const OTHER = "M3 3v18h18M7 17v-4M12 17V8M17 17v-6";

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
