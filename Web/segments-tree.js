/** The last merges of an agglomerative tree, and where it was cut. */

import { segmentColour } from "./colours.js";
import { grid, tooltip, valueAxis } from "./echarts-kit.js";

/**
 * @param {import("./types.js").SegmentPlots} plots @param {import("./format.js").Formats} format
 * @returns {import("./drawing.js").Drawing}
 */
export function treePlot({ dendrogram: tree, segments }, format) {
  const nodes = placed(tree);
  const known = new Map(segments.map((segment) => [segment.id, segment]));
  const cut = cutHeight(tree);
  const groups = tree.merges.filter(({ height }) => cut !== null && height > cut).length + 1;
  const write = (value) => format.number(value, { style: "decimal", digits: value >= 100 ? 0 : 2 });
  return {
    title: "Tree of merges",
    label: `Tree of the last ${tree.merges.length} merges, cut into ${groups} groups`,
    size: "tall",
    isDrawn: tree.merges.length > 0,
    words: [words(tree, groups, format)],
    option: (colours) => ({
      grid: grid({ left: 52, right: 16, top: 12, bottom: 16 }),
      xAxis: { type: "value", min: -0.5, max: tree.leaves.length - 0.5, show: false },
      yAxis: valueAxis(colours, (value) => format.short(value, null), { min: 0 }),
      tooltip: tooltip(colours, ({ seriesId, dataIndex }) => {
        if (seriesId !== "merges") return null;
        const { height, size } = tree.merges[dataIndex];
        return {
          title: size === null ? "A merge" : `${format.count(size)} customers`,
          rows: [["joined at", write(height)]],
        };
      }),
      series: [
        {
          id: "merges", type: "custom", data: tree.merges.map(({ height }, index) => [
            nodes[tree.leaves.length + index].x, height,
          ]),
          renderItem: (params, api) => {
            const { a, b, height } = tree.merges[params.dataIndex];
            const segment = known.get(nodes[tree.leaves.length + params.dataIndex].segment);
            const at = (x, y) => api.coord([x, y]);
            return {
              type: "polyline",
              shape: {
                points: [
                  at(nodes[a].x, nodes[a].height), at(nodes[a].x, height), at(nodes[b].x, height),
                  at(nodes[b].x, nodes[b].height),
                ],
              },
              style: { fill: "none", stroke: segment ? segmentColour(colours, segment) : colours.muted, lineWidth: 1.5 },
            };
          },
        },
        ...(cut === null ? [] : [{
          id: "cut", type: "line", silent: true, symbol: "none", z: 5,
          data: [[-0.5, cut], [tree.leaves.length - 0.5, cut]],
          lineStyle: { color: colours.text, width: 1.5, type: "dashed" },
        }]),
      ],
    }),
    table: () => ({
      columns: [{ label: "Joined at", number: true }, { label: "Customers then", number: true }, { label: "From", number: true }],
      rows: tree.merges.map((merge) => [
        { text: write(merge.height), number: true },
        { text: merge.size === null ? "–" : format.count(merge.size), number: true },
        {
          text: [merge.a, merge.b].map((node) => sizeOf(tree, node)).every((size) => size !== null)
            ? `${format.count(sizeOf(tree, merge.a))} + ${format.count(sizeOf(tree, merge.b))}` : "–",
          number: true,
        },
      ]).reverse(),
    }),
  };
}

function words(tree, groups, format) {
  const isWhole = tree.leaves_total === tree.leaves.length;
  const leaves = tree.of_micro_clusters
    ? `${format.count(tree.leaves_total)} micro-segments of ${format.count(tree.rows)} customers`
    : `${format.count(tree.leaves_total)} customers`;
  return `Groups that were joined, the higher the further apart (${tree.linkage} linkage). `
    + (isWhole ? `The whole tree of ${leaves}. ` : `Only the last ${format.count(tree.merges.length)} merges of ${leaves}: `
      + `each of the ${format.count(tree.leaves.length)} ends stands for several. `)
    + `The dashed line is the cut into ${format.count(groups)} ${groups === 1 ? "segment" : "segments"}.`
    + (tree.of_micro_clusters ? " A second K-Means moved customers after it, so branches have no segment's colour." : "");
}

const sizeOf = (tree, node) => (node < tree.leaves.length ? tree.leaves[node].size : tree.merges[node - tree.leaves.length].size);

function cutHeight({ last_made: made, first_not_made: next }) {
  if (next === null) return made === null ? null : made * 1.05;
  return ((made ?? 0) + next) / 2;
}

/** Where every node stands, and which segment all of it belongs to. */
function placed(tree) {
  const nodes = tree.leaves.map(({ segment }) => ({ x: 0, height: 0, segment }));
  tree.order.forEach((leaf, place) => {
    nodes[leaf].x = place;
  });
  for (const { a, b, height } of tree.merges) {
    nodes.push({
      x: (nodes[a].x + nodes[b].x) / 2, height,
      segment: nodes[a].segment === nodes[b].segment ? nodes[a].segment : null,
    });
  }
  return nodes;
}
