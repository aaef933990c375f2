/** Bars cut into pieces, to the right or upwards; as shares every bar is a whole. A piece selects its bar and its part. */

import { categoryAxis, chosenValues, EChart, grid, strength, tooltip, valueAxis } from "/web/echarts-kit.js";
import { goesByValue, isAdditive, lastOf, partFigures } from "/web/chart-data.js";
import { PALE } from "/web/chart-part.js";
import { besideBands, fitLines, textWidth } from "/web/chart-text.js";
import { faded, inkOn } from "/web/colours.js";
import { el } from "/web/dom.js";
import { Legend } from "/web/legend.js";

const BAND = { least: 24, most: 88 };
const NARROWEST = 44;

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle(visual, context) {
    const { label } = context.measure(visual.measures[0]);
    return visual.options.share ? `Share of ${label.toLocaleLowerCase()}` : label;
  },

  mount(container, visual, context) {
    const [name, part] = visual.dimensions;
    const [dimension, partDimension] = [context.dimension(name), context.dimension(part)];
    const measure = context.measure(visual.measures[0]);
    const additive = isAdditive(measure);
    const asShare = Boolean(visual.options.share);
    const upwards = visual.options.orientation === "vertical";
    const legend = new Legend(context, part);
    const canvas = el("div");
    const scroller = el("div", { class: upwards ? "scroller sideways" : "scroller" }, canvas);
    container.append(el("div", { class: "with-legend" }, legend.element, scroller));
    canvas.style.height = "100%";
    const chart = new EChart(canvas, context);
    /** @type {{bars: Array<*>, parts: Array<*>, cell: (bar: *, part: *) => ?number, total: (bar: *) => number}} */
    let stack = null;
    /** What is selected in other visuals; only sums and counts have a part of a piece. */
    let selected = null;
    let last = [];

    chart.onMark(({ seriesId, dataIndex }, add) =>
      context.select([
        { dimension: name, values: [stack.bars[dataIndex]] },
        { dimension: part, values: [pieceOf(seriesId)] },
      ], add));
    const pieceOf = (series) => stack.parts[Number(series.slice("part-".length))];

    function option(highlight) {
      const theme = context.theme();
      const [chosen, chosenParts] = [chosenValues(highlight, name), chosenValues(highlight, part)];
      const names = stack.bars.map((value) => context.format.name(value, dimension));
      const place = Math.min(
        Math.max(...names.map((text) => textWidth(text.slice(0, 60)))),
        container.clientWidth * 0.34,
      );
      const shown = (bar, piece) => (asShare ? share(bar, piece) : stack.cell(bar, piece));
      const scale = Math.max(...stack.bars.map((bar) => (asShare ? 1 : stack.total(bar)))) || 1;
      const figure = context.format.marks(stack.bars.map(stack.total), measure.format);
      const label = (bar, piece) => (asShare ? context.format.share(share(bar, piece)) : figure(stack.cell(bar, piece)));
      const totals = stack.bars.map((bar) => (additive && !asShare ? figure(stack.total(bar)) : ""));
      const right = 4 + Math.max(...totals.map((text) => textWidth(text, 12, 500) + (text ? 8 : 0)));
      const band = chart.width / Math.max(1, names.length);
      const lines = upwards
        ? names.map((text) => fitLines(text, band - 6, 2).join("\n"))
        : besideBands(names, place + 1, chart.height / Math.max(1, names.length));
      const foot = Math.max(1, ...lines.map((text) => text.split("\n").length)) * 15 + 9;
      const above = totals.some(Boolean) ? 22 : 4;
      const width = chart.width - place - 12 - right;
      const height = chart.height - above - foot;
      const thick = Math.min(72, band * 0.74);
      // Pieces and totals carry their figures: the axis would say them again.
      const values = valueAxis(theme, String, { max: scale, axisLabel: { show: false }, splitLine: { show: false } });
      const fitting = (value, text) => (upwards
        ? (Math.abs(value) / scale) * height > 15 && textWidth(text) + 4 <= thick
        : (Math.abs(value) / scale) * width > textWidth(text) + 10);
      return {
        grid: upwards
          ? grid({ left: 0, right: 0, top: above, bottom: foot })
          : grid({ left: place + 12, right, top: 0, bottom: 0 }),
        xAxis: upwards ? categoryAxis(theme, lines, { axisLabel: { margin: 8 } }) : values,
        yAxis: upwards ? values : categoryAxis(theme, lines, { inverse: true }),
        tooltip: tooltip(theme, ({ seriesId, dataIndex }) => {
          const [bar, piece] = [stack.bars[dataIndex], pieceOf(seriesId)];
          return {
            title: `${names[dataIndex]}, ${context.format.name(piece, partDimension)}`,
            rows: [
              [measure.label, context.format.full(stack.cell(bar, piece), measure.format)],
              ...(additive ? [["Share of the bar", context.format.share(share(bar, piece))]] : []),
              ...(selected ? [["Selected", context.format.full(selected(bar, piece), measure.format)]] : []),
            ],
          };
        }),
        series: [...(selected ? strongPieces(theme, chosen, chosenParts, shown) : []), ...stack.parts.map((piece, index) => {
          const colour = context.colour(part, piece);
          return {
            id: `part-${index}`, type: "bar", stack: "all", barMaxWidth: upwards ? 72 : 40, barCategoryGap: "26%", cursor: "pointer",
            data: stack.bars.map((bar) => {
              const value = shown(bar, piece);
              const kept = strength(chosen, bar) * strength(chosenParts, piece);
              const fits = value !== null && fitting(value, label(bar, piece));
              return {
                value,
                itemStyle: {
                  color: faded(colour, selected ? PALE : Math.max(kept, 0.28)),
                  borderColor: theme.surface,
                  borderWidth: 1,
                },
                label: { show: fits && !selected, color: kept === 1 ? inkOn(colour) : theme.text },
              };
            }),
            label: {
              position: "inside",
              fontSize: 12,
              formatter: ({ dataIndex }) => label(stack.bars[dataIndex], piece),
            },
          };
        }), {
          id: "totals", type: "bar", stack: "all", silent: true, data: stack.bars.map(() => 0),
          label: {
            show: true,
            position: upwards ? "top" : "right",
            distance: upwards ? 5 : 6,
            color: theme.text,
            fontSize: 12,
            fontWeight: 500,
            formatter: ({ dataIndex }) => totals[dataIndex],
          },
        }],
      };
    }

    /** Of each piece the part that is selected, where the piece begins; the gap up to the next one has no colour. */
    function strongPieces(theme, chosen, chosenParts, shown) {
      return stack.parts.flatMap((piece, index) => {
        const whole = stack.bars.map((bar) => shown(bar, piece) ?? 0);
        const strong = stack.bars.map((bar, row) => {
          const size = stack.cell(bar, piece);
          return size > 0 ? whole[row] * Math.min(1, (selected(bar, piece) ?? 0) / size) : 0;
        });
        const base = {
          type: "bar", stack: "selected", barGap: "-100%", z: 3, silent: true,
          barMaxWidth: upwards ? 72 : 40, barCategoryGap: "26%",
        };
        const gap = { color: "transparent", decal: { symbol: "none" } };
        return [{
          ...base,
          id: `strong-${index}`,
          data: stack.bars.map((bar, row) => ({
            value: strong[row],
            itemStyle: {
              color: faded(context.colour(part, piece), Math.max(strength(chosen, bar) * strength(chosenParts, piece), 0.28)),
              borderColor: theme.surface,
              borderWidth: strong[row] ? 1 : 0,
            },
          })),
        }, {
          ...base,
          id: `gap-${index}`,
          data: stack.bars.map((_, row) => ({ value: whole[row] - strong[row], itemStyle: gap })),
        }];
      });
    }

    const share = (bar, piece) => {
      const value = stack.cell(bar, piece);
      return value === null ? null : value / (stack.total(bar) || 1);
    };

    function draw(animation) {
      legend.update(stack.parts, chosenValues(last, part));
      const bars = stack.bars.length;
      if (upwards) canvas.style.width = `${Math.max(scroller.clientWidth, bars * NARROWEST)}px`;
      else canvas.style.height = `${Math.max(bars * BAND.least, Math.min(scroller.clientHeight, bars * BAND.most))}px`;
      chart.resize();
      return chart.draw({ ...option(last), animation });
    }

    return {
      update(data, highlight) {
        stack = pivot(data.rows, visual, dimension, partDimension);
        selected = additive ? partFigures(data, measure) : null;
        last = highlight;
        return draw(true);
      },
      resize() {
        if (stack) draw(false);
      },
      /** @param {[*, *]} key value of the bar, value of the part */
      markPosition([bar, piece]) {
        const [row, column] = [stack.bars.indexOf(bar), stack.parts.indexOf(piece)];
        if (row < 0 || column < 0 || !stack.cell(bar, piece)) return null;
        const size = (value) => (asShare ? share(bar, value) : stack.cell(bar, value)) ?? 0;
        const before = stack.parts.slice(0, column).reduce((sum, value) => sum + size(value), 0);
        const along = before + size(piece) / 2;
        return chart.place(upwards ? [row, along] : [along, row]);
      },
      dispose: () => chart.dispose(),
    };
  },
};

/** Long rows to a table. Parts have their dimension's order: colours and pieces stand in one order everywhere. */
function pivot(rows, visual, dimension, partDimension) {
  const cells = new Map(rows.map(([bar, part, value]) => [JSON.stringify([bar, part]), value]));
  const cell = (bar, part) => cells.get(JSON.stringify([bar, part])) ?? null;
  const place = new Map((partDimension.values ?? []).map(({ value }, index) => [value, index]));
  const parts = [...new Set(rows.map((row) => row[1]))].sort((a, b) => (
    place.get(a) ?? Infinity
  ) - (place.get(b) ?? Infinity) || 0);
  const total = (bar) => parts.reduce((sum, part) => sum + (cell(bar, part) ?? 0), 0);
  const bars = [...new Set(rows.map((row) => row[0]))];
  if (goesByValue(visual, dimension)) bars.sort((a, b) => lastOf(a) - lastOf(b) || total(b) - total(a));
  return { bars, parts, cell, total };
}
