/** Vertical columns: for ordered categories such as bands, ages and dates. */

import { chosenValues, categoryAxis, EChart, grid, strength, tooltip, valueAxis } from "/web/echarts-kit.js";
import { bandChart } from "/web/band-chart.js";
import { isAdditive, isOther, ordered, partFigures } from "/web/chart-data.js";
import { bothFigures, PALE, partSeries, partTip, reachesFurther } from "/web/chart-part.js";
import { fit, fitLines, textWidth } from "/web/chart-text.js";
import { faded } from "/web/colours.js";
import { el } from "/web/dom.js";
import { decal } from "/web/patterns.js";

const NARROWEST = 30;
const SLANT = { degrees: 40, sine: 0.64, cosine: 0.77 };

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle: (visual, context) => context.measure(visual.measures[0]).label,

  mount(container, visual, context) {
    const [name] = visual.dimensions;
    const dimension = context.dimension(name);
    const measure = context.measure(visual.measures[0]);
    const canvas = el("div", { class: "chart" });
    container.append(el("div", { class: "scroller sideways" }, canvas));
    const chart = new EChart(canvas, context);
    let rows = [];
    let part = null;

    chart.onBand("x", (index, add) => context.select([{ dimension: name, values: [rows[index][0]] }], add));

    function option(highlight) {
      const theme = context.theme();
      const chosen = chosenValues(highlight, name);
      const fill = (value) => (dimension.segmentation || isOther(value) ? context.colour(name, value) : theme.accent);
      const places = (dimension.values ?? []).map(({ value }) => value);
      const pattern = (value) => (visual.options.patterns ? decal(places.indexOf(value), theme.surface) : undefined);
      const names = rows.map((row) => context.format.name(row[0], dimension));
      const full = (value) => context.format.full(value, measure.format);
      // Both figures on one column stand below each other.
      const write = context.format.marks(rows.map((row) => row[1]), measure.format);
      const figures = rows.map((row) => bothFigures(part, row, write, isAdditive(measure), "\n"));
      const widestFigure = Math.max(...figures.flatMap((text) => text.split("\n")).map((text) => textWidth(text)));
      // Figures on the columns make the axis needless.
      const direct = widestFigure + 6 <= chart.width / rows.length;
      const left = direct ? 4 : 48;
      const band = (chart.width - left - 4) / rows.length;
      const { labels, slanted, tall } = fitNames(names, band);
      const label = {
        show: direct,
        color: theme.text,
        fontSize: 12,
        distance: 5,
        lineHeight: 15,
        position: "top",
        formatter: ({ dataIndex }) => figures[dataIndex],
      };
      return {
        aria: { enabled: false },
        grid: grid({
          left: slanted ? Math.max(left, textWidth(labels[0]) * SLANT.cosine - band / 2 + 4) : left,
          right: 4,
          top: direct ? (part ? 37 : 22) : 10,
          bottom: tall,
        }),
        xAxis: categoryAxis(theme, labels, { axisLabel: { rotate: slanted ? SLANT.degrees : 0, margin: 8 } }),
        yAxis: valueAxis(
          theme,
          (value) => context.format.short(value, measure.format),
          direct
            ? {
              // Without an axis to read there is no round number to reach up to.
              min: (extent) => Math.min(0, extent.min),
              max: (extent) => Math.max(0, extent.max),
              axisLabel: { show: false },
              splitLine: { show: false },
            }
            : { splitNumber: chart.height < 180 ? 2 : 4 },
        ),
        tooltip: tooltip(
          theme,
          ([{ dataIndex }]) => ({
            title: names[dataIndex],
            rows: [[measure.label, full(rows[dataIndex][1])], ...partTip(part, rows[dataIndex], full)],
          }),
          { trigger: "axis" },
        ),
        series: [{
          id: "columns",
          type: "bar",
          barMaxWidth: 72,
          barCategoryGap: "26%",
          cursor: "pointer",
          data: rows.map(([value, figure]) => ({
            value: figure ?? 0,
            itemStyle: {
              color: faded(fill(value), part ? PALE : strength(chosen, value)),
              borderRadius: figure < 0 ? [0, 0, 2, 2] : [2, 2, 0, 0],
              decal: pattern(value),
            },
            label: { position: figure < 0 ? "bottom" : "top", show: direct && !reachesFurther(part, [value, figure]) },
          })),
          label,
        }, ...partSeries(part, rows, (value) => faded(fill(value), strength(chosen, value)), {
          barMaxWidth: 72,
          barCategoryGap: "26%",
          label,
        })],
      };
    }

    /** Names under their columns: on two lines, or slanted where a word is wider than its column. */
    function fitNames(names, band) {
      const words = names.flatMap((text) => text.slice(0, 80).split(" "));
      const slanted = Math.max(...words.map((word) => textWidth(word))) > band - 6;
      // Slanted names take their place from the columns: never more than half of it.
      const room = Math.min(84, (chart.height / 2 - 18) / SLANT.sine);
      const labels = names.map((text) => (slanted ? fit(text, room) : fitLines(text, band - 6, 2).join("\n")));
      const longest = Math.max(...labels.map((text) => textWidth(text)));
      const lines = Math.max(...labels.map((text) => text.split("\n").length));
      return { labels, slanted, tall: slanted ? Math.min(70, longest * SLANT.sine + 18) : lines * 15 + 9 };
    }

    return {
      ...bandChart(chart, {
        read(data) {
          rows = ordered(data, visual, context);
          part = partFigures(data, measure);
        },
        /** Many columns keep a width that can be read and hit: the card scrolls sideways. */
        fit() {
          canvas.style.width = `${Math.max(container.clientWidth, rows.length * NARROWEST)}px`;
        },
        option,
      }),
      markPosition(value) {
        const index = rows.findIndex((row) => row[0] === value);
        return index < 0 ? null : chart.place([index, rows[index][1] / 2]);
      },
    };
  },
};
