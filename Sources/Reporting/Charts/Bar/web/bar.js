/** Horizontal bars, each with its figure at its end; as many as there are, in a card that scrolls. */

import { chosenValues, categoryAxis, EChart, grid, joins, strength, tooltip, valueAxis } from "/web/echarts-kit.js";
import { bandChart, bandsHeight } from "/web/band-chart.js";
import { isAdditive, isOther, ordered, partFigures } from "/web/chart-data.js";
import { bothFigures, PALE, partSeries, partTip, reachesFurther } from "/web/chart-part.js";
import { besideBands, textWidth } from "/web/chart-text.js";
import { faded } from "/web/colours.js";
import { el } from "/web/dom.js";
import { decal } from "/web/patterns.js";

const BAND = { least: 24, most: 88 };
const NARROW = 400;
/** Rare values together so many times the longest bar would leave the bars no length: they become a line of words. */
const DWARFED = 2;

/** Rows for bars, and the one that stands in words below them where it would dwarf them. @param {Array<[*, ?number]>} rows */
function apart(rows) {
  const other = rows.find(([value]) => isOther(value)) ?? null;
  const bars = rows.filter((row) => row !== other);
  const longest = Math.max(0, ...bars.map(([, figure]) => Math.abs(figure ?? 0)));
  return longest > 0 && Math.abs(other?.[1] ?? 0) > DWARFED * longest ? { bars, other } : { bars: rows, other: null };
}

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle: (visual, context) => context.measure(visual.measures[0]).label,

  mount(container, visual, context) {
    const [name] = visual.dimensions;
    const dimension = context.dimension(name);
    const measure = context.measure(visual.measures[0]);
    const canvas = el("div");
    const scroller = el("div", { class: "scroller" }, canvas);
    const remark = el("p", { class: "chart-remark", hidden: true });
    container.append(el("div", { class: "with-remark" }, scroller, remark));
    canvas.style.height = `${container.clientHeight}px`;
    const chart = new EChart(canvas, context);
    let rows = [];
    /** The rare values together, where they are no bar. */
    let other = null;
    let part = null;

    const pickOther = (add) => context.select([{ dimension: name, values: [other[0]] }], add);
    remark.addEventListener("click", (event) => pickOther(joins(event)));
    remark.addEventListener("contextmenu", (event) => context.offer?.(event, () => pickOther(false)));
    chart.onBand("y", (index, add) => context.select([{ dimension: name, values: [rows[index][0]] }], add));

    function option(highlight) {
      const theme = context.theme();
      const chosen = chosenValues(highlight, name);
      const fill = (value) => (dimension.segmentation || isOther(value) ? context.colour(name, value) : theme.accent);
      const places = (dimension.values ?? []).map(({ value }) => value);
      const pattern = (value) => (visual.options.patterns ? decal(places.indexOf(value), theme.surface) : undefined);
      const full = (value) => context.format.full(value, measure.format);
      const names = rows.map((row) => context.format.name(row[0], dimension));
      const place = Math.min(
        Math.max(...names.map((text) => textWidth(text.slice(0, 60)))),
        container.clientWidth * (container.clientWidth < NARROW ? 0.46 : 0.38),
      );
      const negative = rows.some((row) => row[1] < 0);
      const write = context.format.marks(rows.map((row) => row[1]), measure.format);
      const figures = rows.map((row) => bothFigures(part, row, write, isAdditive(measure)));
      const label = {
        show: true,
        color: theme.text,
        fontSize: 12,
        distance: 6,
        position: "right",
        formatter: ({ dataIndex }) => figures[dataIndex],
      };
      const beyond = Math.max(...figures.map((text) => textWidth(text))) + 10;
      return {
        aria: { enabled: false },
        grid: grid({ left: place + 12 + (negative ? beyond : 0), right: beyond, top: 0, bottom: 0 }),
        xAxis: valueAxis(theme, String, {
          min: (extent) => Math.min(0, extent.min),
          max: (extent) => Math.max(0, extent.max),
          axisLabel: { show: false },
          splitLine: { show: false },
        }),
        yAxis: categoryAxis(theme, besideBands(names, place + 1, chart.height / rows.length), {
          inverse: true,
          axisLabel: { margin: 8 },
          axisLine: { onZero: !negative, lineStyle: { color: theme.border } },
        }),
        tooltip: tooltip(
          theme,
          ([{ dataIndex }]) => ({
            title: names[dataIndex],
            rows: [[measure.label, full(rows[dataIndex][1])], ...partTip(part, rows[dataIndex], full)],
          }),
          { trigger: "axis" },
        ),
        series: [{
          id: "bars",
          type: "bar",
          barMaxWidth: 40,
          barCategoryGap: "28%",
          cursor: "pointer",
          data: rows.map(([value, figure]) => ({
            value: figure ?? 0,
            itemStyle: {
              color: faded(fill(value), part ? PALE : strength(chosen, value)),
              borderRadius: figure < 0 ? [2, 0, 0, 2] : [0, 2, 2, 0],
              decal: pattern(value),
            },
            label: { position: figure < 0 ? "left" : "right", show: !reachesFurther(part, [value, figure]) },
          })),
          label,
        }, ...partSeries(part, rows, (value) => faded(fill(value), strength(chosen, value)), {
          barMaxWidth: 40,
          barCategoryGap: "28%",
          label,
        })],
      };
    }

    /** "Other (1,203 levels): 91,204, 88% of all"; a part of averages is no share. */
    function say(all) {
      remark.hidden = other === null;
      if (!other) return;
      const sum = all.reduce((total, [, figure]) => total + (figure ?? 0), 0);
      const isShare = isAdditive(measure) && all.every(([, figure]) => figure >= 0);
      const figure = bothFigures(part, other, (value) => context.format.full(value, measure.format), isAdditive(measure));
      remark.replaceChildren(
        `${context.format.name(other[0], dimension)}: `,
        el("strong", {}, figure),
        isShare ? `, ${context.format.share(other[1] / sum)} of all` : "",
      );
      remark.title = "Not drawn as a bar, which would dwarf the others";
    }

    return {
      ...bandChart(chart, {
        read(data) {
          const all = ordered(data, visual, context);
          ({ bars: rows, other } = apart(all));
          part = partFigures(data, measure);
          say(all);
        },
        fit() {
          canvas.style.height = `${bandsHeight(rows.length, scroller.clientHeight, BAND)}px`;
        },
        option,
      }),
      markPosition(value) {
        if (other && isOther(value)) {
          const { left, top, width, height } = remark.getBoundingClientRect();
          return { x: left + width / 2, y: top + height / 2 };
        }
        const index = rows.findIndex((row) => row[0] === value);
        return index < 0 ? null : chart.place([rows[index][1] / 2, index]);
      },
    };
  },
};
