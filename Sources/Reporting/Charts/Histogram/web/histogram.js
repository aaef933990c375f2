/** How often a number falls into bins of equal width. A click takes a bin, a drag takes several. */

import { categoryAxis, EChart, exactAxis, grid, joins, tooltip, valueAxis } from "/web/echarts-kit.js";
import { justBelow } from "/web/chart-data.js";
import { PALE } from "/web/chart-part.js";
import { faded } from "/web/colours.js";

const FROM = 0, TO = 1, COUNT = 2;
const COUNTS = { style: "integer" };

/** Of a bin, or of the rows without a value. */
const selected = (data, row) => data.part.rows.find(([from]) => from === row[FROM])?.[COUNT] ?? null;

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle(visual, context, data) {
    const bin = data?.rows?.find((row) => row[FROM] !== null);
    if (!bin) return "Rows per bin";
    const { format } = context.dimension(visual.dimensions[0]);
    return `Rows per bin of ${context.format.full(bin[TO] - bin[FROM], format)}`;
  },
  isEmpty: (data) => data.rows.every((row) => !row[COUNT]),
  notes(data, context) {
    const missing = data.rows.find((row) => row[FROM] === null)?.[COUNT];
    return missing ? [`${context.format.count(missing)} without a value`] : [];
  },

  mount(container, visual, context) {
    const [name] = visual.dimensions;
    const { label, format } = context.dimension(name);
    const chart = new EChart(container, context);
    let bins = [];
    /** Rows of each bin that are selected in other visuals. @type {?Array<?number>} */
    let part = null;
    let last = [];
    let pressed = null;

    const zr = chart.chart.getZr();
    zr.on("mousemove", (event) => {
      const over = chart.bandAt("x", event);
      zr.setCursorStyle(over === null ? "default" : "pointer");
      if (pressed === null || over === null || over === pressed.over) return;
      pressed.over = over;
      chart.draw({ ...option([{ dimension: name, range: rangeOf(pressed.start, over) }]), animation: false });
    });
    zr.on("mousedown", (event) => {
      const start = event.event.button ? null : chart.bandAt("x", event);
      pressed = start === null ? null : { start, over: start };
    });
    zr.on("contextmenu", (event) => {
      const index = chart.bandAt("x", event);
      if (index !== null) chart.offer(event, () => context.select([{ dimension: name, range: rangeOf(index, index) }]));
    });
    zr.on("mouseup", (event) => {
      if (pressed) context.select(
        [{ dimension: name, range: rangeOf(pressed.start, pressed.over) }],
        joins(event.event),
      );
      pressed = null;
    });

    /** Ends of ranges are included; the end of a bin belongs to the next one, except that of the last bin. */
    function rangeOf(a, b) {
      const [first, final] = [Math.min(a, b), Math.max(a, b)];
      const end = bins[final][TO];
      return [bins[first][FROM], final === bins.length - 1 ? end : justBelow(end)];
    }

    function option(highlight) {
      const theme = context.theme();
      const range = highlight.find((selection) => selection.dimension === name)?.range;
      const within = (bin) => !range || (bin[FROM] >= range[0] && bin[FROM] <= range[1]);
      const total = bins.reduce((sum, bin) => sum + bin[COUNT], 0);
      const [low, high] = [bins[0][FROM], bins.at(-1)[TO]];
      return {
        grid: grid({ left: 40, right: 20, top: 8, bottom: 24 }),
        xAxis: [
          categoryAxis(theme, bins.map(() => ""), { axisLabel: { show: false } }),
          exactAxis(theme, (value) => context.format.short(value, format), [low, high], ticksThatFit(), {
            position: "bottom", splitLine: { show: false }, axisTick: {
              show: true,
              length: 4,
              lineStyle: { color: theme.border },
            },
          }),
        ],
        yAxis: valueAxis(theme, (value) => context.format.short(value, null), { splitNumber: 3, minInterval: 1 }),
        tooltip: tooltip(theme, ([{ dataIndex }]) => {
          const bin = bins[dataIndex];
          return {
            title: context.format.range([bin[FROM], bin[TO]], format),
            rows: [
              ["Rows", context.format.count(bin[COUNT])],
              ["Share", context.format.share(bin[COUNT] / total)],
              ...(part ? [["Selected", context.format.number(part[dataIndex], COUNTS)]] : []),
            ],
          };
        }, { trigger: "axis" }),
        series: [{
          id: "range", type: "line", xAxisIndex: 1, silent: true, data: [],
          markArea: {
            silent: true,
            animation: false,
            itemStyle: { color: faded(theme.accent, 0.1) },
            data: range ? [[{ xAxis: range[0] }, { xAxis: range[1] }]] : [],
          },
        }, {
          id: "bins", type: "bar", xAxisIndex: 0, barCategoryGap: 1, cursor: "pointer",
          data: bins.map((bin) => ({
            value: bin[COUNT],
            itemStyle: { color: faded(theme.accent, part ? PALE : within(bin) ? 1 : 0.28) },
          })),
        }, ...(part
          ? [{
            id: "part", type: "bar", xAxisIndex: 0, barCategoryGap: 1, barGap: "-100%", z: 3, silent: true,
            data: bins.map((bin, index) => ({
              value: part[index] ?? 0,
              itemStyle: { color: faded(theme.accent, within(bin) ? 1 : 0.28) },
            })),
          }]
          : [])],
      };
    }

    const ticksThatFit = () => Math.max(2, Math.floor((chart.width - 60) / 60));

    return {
      update(data, highlight) {
        bins = data.rows.filter((row) => row[FROM] !== null);
        part = data.part?.rows.filter((row) => row[FROM] !== null).map((row) => row[COUNT]) ?? null;
        last = highlight;
        return chart.draw(option(highlight));
      },
      resize() {
        chart.resize();
        if (bins.length) chart.draw({ ...option(last), animation: false });
      },
      table(data) {
        return {
          columns: [
            { label, number: false },
            { label: "Rows", number: true },
            ...(part ? [{ label: "Selected", number: true }] : []),
          ],
          rows: data.rows.map((row) => {
            const index = bins.indexOf(row);
            const text = index < 0 ? "No value" : context.format.range([row[FROM], row[TO]], format);
            return [
              { text, clauses: index < 0 ? null : [{ dimension: name, range: rangeOf(index, index) }] },
              { text: context.format.count(row[COUNT]), number: true },
              ...(part ? [{ text: context.format.number(selected(data, row), COUNTS), number: true }] : []),
            ];
          }),
        };
      },
      /** @param {number} index of the bin */
      markPosition(index) {
        return bins[index]
          ? chart.client([
            chart.chart.convertToPixel({ xAxisIndex: 0 }, index),
            chart.chart.convertToPixel({ yAxisIndex: 0 }, bins[index][COUNT] / 2),
          ])
          : null;
      },
      dispose: () => chart.dispose(),
    };
  },
};
