/** What tells marks apart besides their colours, for readers who can't tell those apart. */

/** Shapes of points, as ECharts names them. */
export const SHAPES = ["circle", "rect", "triangle", "diamond", "roundRect", "pin", "arrow"];

/** Dashes of lines. */
export const DASHES = ["solid", "dashed", "dotted", [8, 3, 2, 3], [14, 4], [2, 6]];

/** Patterns of areas, where ECharts gives none of its own: lines, dots and grids. */
const DECALS = [
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
  { symbol: "circle", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], symbolSize: 0.7 },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 5] },
  { symbol: "triangle", dashArrayX: [[9, 9], [0, 9, 9, 0]], dashArrayY: [7, 2], symbolSize: 0.75 },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 5], rotation: Math.PI / 2 },
  { symbol: "rect", dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0], symbolSize: 0.8 },
];

/** The pattern of the value at a place. @param {number} place @param {string} ink */
export const decal = (place, ink) => ({ ...DECALS[Math.max(0, place) % DECALS.length], color: ink });
