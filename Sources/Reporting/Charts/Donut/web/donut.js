/** A donut with its slices labelled. Parts of a whole give shares; averages, which make no whole, give figures. */

import { chosenValues, EChart, strength, tooltip } from "/web/echarts-kit.js";
import { isAdditive, ordered, partFigures } from "/web/chart-data.js";
import { PALE } from "/web/chart-part.js";
import { fit, fitLines, widthOnTwoLines, textWidth, withoutBraces } from "/web/chart-text.js";
import { faded } from "/web/colours.js";
import { el } from "/web/dom.js";
import { Legend } from "/web/legend.js";

/** Beyond this, labels around the ring would collide. */
const MOST_LABELS = 8;
/** Pixels: narrowest card with labels, their usual place on a side, leader line, a ring that is large enough. */
const ROOM = { narrowest: 270, label: 110, line: 26, ring: 68 };
const LINE = 15;

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle(visual, context) {
    const measure = context.measure(visual.measures[0]);
    return isAdditive(measure)
      ? `Share of ${measure.label.toLocaleLowerCase()}`
      : "Averages: slices do not add up to a whole";
  },

  mount(container, visual, context) {
    const [name] = visual.dimensions;
    const dimension = context.dimension(name);
    const measure = context.measure(visual.measures[0]);
    const additive = isAdditive(measure);
    const legend = new Legend(context, name);
    const canvas = el("div", { class: "chart" });
    container.append(el("div", { class: "with-legend" }, legend.element, canvas));
    const chart = new EChart(canvas, context);
    let rows = [];
    /** What is selected in other visuals; only sums and counts have a part of a slice. */
    let part = null;
    let last = null;

    chart.onMark(({ dataIndex }, add) => context.select([{ dimension: name, values: [rows[dataIndex][0]] }], add));

    const total = () => rows.reduce((sum, row) => sum + Math.max(0, row[1] ?? 0), 0);
    const full = (row) => context.format.full(row[1], measure.format);
    const figure = (row) => (additive && row[1] !== null ? context.format.share(row[1] / total()) : full(row));
    const nameOf = (row) => context.format.name(row[0], dimension);

    function option(chosen, labelled) {
      const theme = context.theme();
      const { width, height } = chart;
      const radius = Math.max(36, Math.min(height / 2 - 6, 120, labelled ? besideLabels(width / 2) : width / 2 - 6));
      const labels = labelled ? placeLabels(width, height, radius) : [];
      return {
        graphic: centre(theme, radius),
        tooltip: tooltip(theme, ({ dataIndex }) => ({
          title: nameOf(rows[dataIndex]),
          rows: [
            [measure.label, full(rows[dataIndex])],
            ...(additive ? [["Share", figure(rows[dataIndex])]] : []),
            ...(part ? [["Selected", context.format.full(part(rows[dataIndex][0]), measure.format)]] : []),
          ],
        })),
        series: [{
          id: "ring",
          type: "pie",
          center: ["50%", "50%"],
          radius: [radius * 0.62, radius],
          startAngle: 90,
          cursor: "pointer",
          avoidLabelOverlap: false,
          labelLayout: ({ dataIndex }) => labels[dataIndex]?.layout ?? {},
          itemStyle: { borderColor: theme.surface, borderWidth: 2 },
          emphasis: { scaleSize: 3 },
          label: {
            show: labelled,
            color: theme.text,
            fontSize: 12,
            lineHeight: LINE,
            rich: { figure: { fontWeight: 600, fontSize: 12, lineHeight: LINE, color: theme.text } },
            formatter: ({ dataIndex }) => labels[dataIndex]?.text ?? "",
          },
          labelLine: { show: labelled, lineStyle: { color: theme.muted, opacity: 0.5 } },
          data: rows.map((row) => ({
            value: Math.max(0, row[1] ?? 0),
            itemStyle: { color: faded(context.colour(name, row[0]), part ? PALE : strength(chosen, row[0])) },
            label: { opacity: chosen === null || chosen.includes(row[0]) ? 1 : 0.55 },
          })),
        }, ...(part ? [strongSlices(theme, radius, chosen)] : [])],
      };
    }

    /** Of each slice the part that is selected, where the slice begins; the rest has no colour. */
    function strongSlices(theme, radius, chosen) {
      const nothing = { color: "transparent", borderWidth: 0, decal: { symbol: "none" } };
      return {
        id: "part", type: "pie", center: ["50%", "50%"], radius: [radius * 0.62, radius], startAngle: 90, z: 3,
        silent: true, label: { show: false }, labelLine: { show: false }, emphasis: { disabled: true },
        itemStyle: { borderColor: theme.surface, borderWidth: 2 },
        data: rows.flatMap((row) => {
          const whole = Math.max(0, row[1] ?? 0);
          const strong = Math.min(whole, Math.max(0, part(row[0]) ?? 0));
          const fill = { color: faded(context.colour(name, row[0]), strength(chosen, row[0])) };
          return [
            { value: strong, itemStyle: strong ? fill : nothing },
            { value: whole - strong, itemStyle: nothing },
          ];
        }),
      };
    }

    /** Rings of equal cards are equal; only in a narrow card does the length of the names decide. */
    function besideLabels(half) {
      if (half - ROOM.label >= ROOM.ring) return half - ROOM.label;
      const words = rows.map((row) => Math.max(widthOnTwoLines(nameOf(row)), textWidth(figure(row), 12, 600)));
      return Math.min(ROOM.ring, half - Math.max(...words) - ROOM.line - 2);
    }

    /** Labels stand in a column on either side, level with their slices, pushed apart where they would touch. */
    function placeLabels(width, height, radius) {
      const [cx, cy] = [width / 2, height / 2];
      const room = cx - radius - ROOM.line;
      const sum = total() || 1;
      let before = 0;
      const labels = rows.map((row) => {
        const size = Math.max(0, row[1] ?? 0);
        const [start, end] = [before, before + size].map((part) => (part / sum) * 2 * Math.PI - Math.PI / 2);
        const angle = labelAngle(start, end);
        before += size;
        const lines = [...fitLines(withoutBraces(nameOf(row)), room, 2), `{figure|${withoutBraces(figure(row))}}`];
        const side = Math.cos(angle) >= 0 ? 1 : -1;
        return { text: lines.join("\n"), tall: lines.length * LINE, angle, side, y: cy + Math.sin(angle) * radius };
      });
      for (const side of [1, -1]) spread(labels.filter((label) => label.side === side), height);
      for (const label of labels) {
        const x = cx + label.side * (radius + ROOM.line - 4);
        const start = [cx + Math.cos(label.angle) * (radius + 1), cy + Math.sin(label.angle) * (radius + 1)];
        label.layout = {
          x,
          y: label.y,
          align: label.side > 0 ? "left" : "right",
          verticalAlign: "middle",
          labelLinePoints: [start, [x - label.side * 12, label.y], [x - label.side * 4, label.y]],
        };
      }
      return labels;
    }

    function centre(theme, radius) {
      const word = fit(visual.options.centre ?? "", radius * 1.1);
      if (!additive) return [text("sum", "", 0, 12, 400, theme.text), text("word", word, 0, 12, 400, theme.muted)];
      const size = radius < 60 ? 14 : 16;
      const whole = context.format.number(total(), measure.format);
      const sum = textWidth(whole, size, 600) > radius * 1.1 ? context.format.short(total(), measure.format) : whole;
      return [text("sum", sum, word ? -8 : 0, size, 600, theme.text), text("word", word, 11, 12, 400, theme.muted)];
    }

    const text = (id, content, dy, size, weight, fill) => ({
      id, type: "text", silent: true, x: chart.width / 2, y: chart.height / 2 + dy,
      style: {
        text: content,
        fill,
        font: `${weight} ${size}px Inter, system-ui, sans-serif`,
        textAlign: "center",
        textVerticalAlign: "middle",
      },
    });

    function draw(animation) {
      const chosen = chosenValues(last, name);
      const labelled = rows.length <= MOST_LABELS && container.clientWidth >= ROOM.narrowest;
      legend.element.hidden = labelled;
      if (!labelled) legend.update(
        rows.map((row) => row[0]),
        chosen,
        (value) => `  ${figure(rows.find((row) => row[0] === value))}`,
      );
      chart.resize();
      return chart.draw({ ...option(chosen, labelled), animation });
    }

    return {
      update(data, highlight) {
        rows = ordered(data, visual, context);
        part = additive ? partFigures(data, measure) : null;
        last = highlight;
        return draw(true);
      },
      resize() {
        if (last) draw(false);
      },
      markPosition(value) {
        const index = rows.findIndex((row) => row[0] === value);
        const slice = index < 0 ? null : chart.chart.getModel().getSeriesByIndex(0).getData().getItemLayout(index);
        if (!slice || !rows[index][1]) return null;
        const angle = (slice.startAngle + slice.endAngle) / 2;
        const middle = (slice.r0 + slice.r) / 2;
        return chart.client([slice.cx + Math.cos(angle) * middle, slice.cy + Math.sin(angle) * middle]);
      },
      dispose: () => chart.dispose(),
    };
  },
};

/** A slice is named at its middle; one wider than a third turn at its side, where there is most room. */
function labelAngle(start, end) {
  const middle = (start + end) / 2;
  if (end - start < (2 * Math.PI) / 3) return middle;
  const sides = [0, Math.PI].filter((side) => side > start + 0.2 && side < end - 0.2);
  return sides.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? middle;
}

/** Moves labels of one side as little as needed: down from the top, then up from the bottom. */
function spread(labels, height) {
  labels.sort((a, b) => a.y - b.y);
  let free = 0;
  for (const label of labels) {
    label.y = Math.max(label.y, free + label.tall / 2);
    free = label.y + label.tall / 2 + 4;
  }
  free = height;
  for (const label of labels.reverse()) {
    label.y = Math.min(label.y, free - label.tall / 2);
    free = label.y - label.tall / 2 - 4;
  }
}
