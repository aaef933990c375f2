/** Where the middle half of each group lies, its median, and how far the rest reaches. */

import { categoryAxis, chosenValues, EChart, exactAxis, grid, strength, tooltip } from "/web/echarts-kit.js";
import { bandChart, bandsHeight } from "/web/band-chart.js";
import { isOther } from "/web/chart-data.js";
import { besideBands, textWidth } from "/web/chart-text.js";
import { blend, faded } from "/web/colours.js";
import { el } from "/web/dom.js";

const BAND = { least: 34, most: 76 };
/** Pixels of the axis and its labels. */
const AXIS = 30;

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle(visual, context, data) {
    const { label, format } = context.dimension(visual.options.x);
    const unit = format?.unit ? ` (${format.unit})` : "";
    const ends = data?.whiskers === "percentiles"
      ? "whiskers from the 5th to the 95th percentile"
      : "whiskers up to 1.5 times the box";
    return `${label}${unit}: median, middle half, ${ends}`;
  },
  notes(data, context) {
    const beyond = data.rows.reduce((sum, row) => sum + (row.at(-2) ?? 0) + (row.at(-1) ?? 0), 0);
    if (data.whiskers !== "tukey" || beyond === 0) return [];
    const words = `${context.format.count(beyond)} beyond the whiskers`;
    return [data.outliers.length ? words : `${words}: too many to draw`];
  },

  mount(container, visual, context) {
    const [by] = visual.dimensions;
    const { label, format } = context.dimension(visual.options.x);
    const canvas = el("div");
    container.append(el("div", { class: "scroller" }, canvas));
    canvas.style.height = `${container.clientHeight}px`;
    const chart = new EChart(canvas, context);
    let boxes = [];
    let outliers = [];

    if (by) chart.onBand("y", (index, add) => context.select([{ dimension: by, values: [boxes[index].group] }], add));

    const name = (group) => (by ? context.format.name(group, context.dimension(by)) : "All rows");
    const text = (value) => context.format.full(value, format);
    const colour = (group) =>
      by && context.dimension(by).segmentation ? context.colour(by, group) : context.theme().accent;

    function read(data) {
      const start = by ? 1 : 0;
      boxes = data.rows.map((row) => {
        const [rows, low, q1, median, q3, high, below, above] = row.slice(start);
        return { group: by ? row[0] : null, rows, low, q1, median, q3, high, below, above };
      });
      outliers = data.outliers.map((row) => ({ group: by ? row[0] : null, value: row[start], rows: row[start + 1] }));
    }

    function option(highlight) {
      const theme = context.theme();
      const chosen = by ? chosenValues(highlight, by) : null;
      const names = boxes.map(({ group }) => name(group));
      const place = Math.min(Math.max(...names.map((each) => textWidth(each))), container.clientWidth * 0.34);
      const ends = [...boxes.flatMap(({ low, high }) => [low, high]), ...outliers.map(({ value }) => value)]
        .filter((value) => value !== null);
      const [min, max] = [Math.min(...ends), Math.max(...ends)];
      const edge = (max - min || 1) * 0.03;
      const left = place + 12;
      const ticks = Math.max(2, Math.floor((chart.width - left - 16) / 64));
      return {
        grid: grid({ left, right: 16, top: 4, bottom: 26 }),
        xAxis: exactAxis(theme, (value) => context.format.short(value, format), [min - edge, max + edge], ticks),
        yAxis: categoryAxis(theme, besideBands(names, place + 1, (chart.height - AXIS) / names.length), { inverse: true }),
        tooltip: tooltip(theme, (params) => {
          const box = params.seriesId === "outliers" ? null : boxes[params.dataIndex];
          if (!box) {
            const { group, value, rows } = outliers[params.dataIndex];
            return { title: name(group), rows: [[label, text(value)], ["Rows", context.format.count(rows)]] };
          }
          const tukey = box.below !== null;
          return {
            title: name(box.group),
            rows: [
              [tukey ? "Upper whisker" : "95th percentile", text(box.high)], ["Upper quartile", text(box.q3)],
              ["Median", text(box.median)], ["Lower quartile", text(box.q1)],
              [tukey ? "Lower whisker" : "5th percentile", text(box.low)],
              ...(tukey ? [["Beyond them", context.format.count(box.below + box.above)]] : []),
              ["Rows", context.format.count(box.rows)],
            ],
          };
        }),
        series: [{
          id: "boxes", type: "boxplot", layout: "vertical", boxWidth: [10, 30], cursor: "pointer",
          emphasis: { disabled: true },
          data: boxes.map(({ group, low, q1, median, q3, high }) => {
            const kept = strength(chosen, group);
            return {
              value: median === null ? ["-", "-", "-", "-", "-"] : [low, q1, median, q3, high],
              itemStyle: {
                color: faded(blend(theme.surface, colour(group), 0.28), kept),
                borderColor: faded(colour(group), kept),
                borderWidth: 2,
              },
            };
          }),
        }, {
          id: "outliers", type: "scatter", symbolSize: 5, cursor: "pointer", emphasis: { disabled: true },
          data: outliers.map(({ group, value }) => ({
            value: [value, boxes.findIndex((box) => box.group === group)],
            itemStyle: { color: faded(colour(group), 0.55 * strength(chosen, group)) },
          })),
        }],
      };
    }

    return {
      ...bandChart(chart, {
        read,
        fit() {
          canvas.style.height = `${bandsHeight(boxes.length, container.clientHeight - AXIS, BAND) + AXIS}px`;
        },
        option,
      }),
      table(data) {
        const tukey = data.whiskers === "tukey";
        const heads = [
          "Rows", tukey ? "Lower whisker" : "5th percentile", "Lower quartile", "Median", "Upper quartile",
          tukey ? "Upper whisker" : "95th percentile", ...(tukey ? ["Below", "Above"] : []),
        ];
        const cell = (value) => ({ text: value, number: true });
        return {
          columns: [
            { label: by ? context.dimension(by).label : "Group", number: false },
            ...heads.map((head) => ({ label: head, number: true })),
          ],
          rows: boxes.map(({ group, rows, low, q1, median, q3, high, below, above }) => [
            {
              text: name(group),
              clauses: by && !isOther(group) ? [{ dimension: by, values: [group] }] : null,
            },
            cell(context.format.number(rows, { style: "integer" })),
            ...[low, q1, median, q3, high].map((value) => cell(context.format.full(value, format))),
            ...(tukey ? [below, above].map((count) => cell(context.format.number(count, { style: "integer" }))) : []),
          ]),
        };
      },
      markPosition(group) {
        const index = boxes.findIndex((box) => box.group === group);
        return index < 0 || boxes[index].median === null ? null : chart.place([boxes[index].median, index]);
      },
    };
  },
};
