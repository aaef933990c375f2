/** A figure along dates or an ordered dimension; what has no rows is a gap, never a line across. */

import { categoryAxis, chosenValues, EChart, grid, strength, tooltip, valueAxis } from "/web/echarts-kit.js";
import { isOther, partFigures } from "/web/chart-data.js";
import { PALE } from "/web/chart-part.js";
import { fit, textWidth, withoutBraces } from "/web/chart-text.js";
import { faded } from "/web/colours.js";
import { el } from "/web/dom.js";
import { Legend } from "/web/legend.js";
import { LineNames } from "/web/line-names.js";
import { DASHES } from "/web/patterns.js";
import { daysOf, through } from "/web/periods.js";

/** As many lines are named at their ends; more have a legend. */
const NAMED = 4;
const LONGEST_NAME = 140;

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle(visual, context) {
    const { label } = context.measure(visual.measures[0]);
    const { label: over } = context.dimension(visual.dimensions[0]);
    return `${label} by ${visual.options.each ?? over.toLocaleLowerCase(context.format.locale)}`;
  },
  isEmpty: (data) => data.rows.every((row) => row[0] === null),
  notes(data) {
    const some = data.rows.some((row) => row[0] === null);
    return some ? ["Rows without a value to the right are in the table only"] : [];
  },

  mount(container, visual, context) {
    const [over, by] = visual.dimensions;
    const { each, area } = visual.options;
    const dimension = context.dimension(over);
    const measure = context.measure(visual.measures[0]);
    const legend = by ? new Legend(context, by, colourOf) : null;
    const canvas = el("div", { class: "chart" });
    const names = by ? new LineNames(context, by) : null;
    const plot = el("div", { class: "line-plot" }, canvas, names?.element);
    container.append(el("div", { class: by ? "with-legend" : "chart" }, legend?.element, plot));
    const chart = new EChart(canvas, context);
    /** What is selected in other visuals, by the values of a row. */
    let part = null;
    /** @type {{steps: Array<*>, lines: Array<*>, value: (step: *, line: *) => ?number}} */
    let drawn = null;
    let last = [];

    chart.onBand("x", (index, add) => context.select([clauseOf(drawn.steps[index])], add));

    const name = (step) => (each ? context.format.period(step, each) : context.format.name(step, dimension));
    /** Values that are not listed have no place of their own: their lines take colours in turn. */
    function colourOf(line) {
      const { accent, categories, other } = context.theme();
      if (!by) return accent;
      if (context.dimension(by).values || isOther(line)) return context.colour(by, line);
      return categories[drawn.lines.indexOf(line)] ?? other;
    }
    const lineName = (line) => (by ? context.format.name(line, context.dimension(by)) : measure.label);
    const clauseOf = (step) =>
      each && step !== null
        ? { dimension: over, range: daysOf(step, each) }
        : { dimension: over, values: [step] };

    function isChosen(step) {
      const own = last.find((selection) => selection.dimension === over);
      if (!own) return false;
      if (own.values) return own.values.includes(step);
      return own.range[0] <= step && step <= own.range[1];
    }

    function read(data) {
      const rows = data.rows.filter((row) => row[0] !== null);
      const known = [...new Set(rows.map((row) => row[0]))];
      const steps = each ? through(known, each) : known;
      const lines = by ? [...new Set(rows.map((row) => row[1]))] : [null];
      if (by) {
        const places = new Map((context.dimension(by).values ?? []).map(({ value }, index) => [value, index]));
        const place = (line) => (isOther(line) ? Infinity : places.get(line) ?? places.size);
        lines.sort((a, b) => place(a) - place(b) || 0);
      }
      const cells = new Map(lines.map((line) => [line, new Map()]));
      for (const row of rows) cells.get(by ? row[1] : null).set(row[0], row.at(-1));
      return { steps, lines, value: (step, line) => cells.get(line).get(step) ?? null };
    }

    function option(highlight) {
      const theme = context.theme();
      const { steps, lines, value } = drawn;
      const chosen = by ? chosenValues(highlight, by) : null;
      const named = Boolean(by) && lines.length <= NAMED;
      const ends = lines.map((line) => fit(lineName(line), LONGEST_NAME));
      const right = named ? Math.max(...ends.map((text) => textWidth(text))) + 28 : 12;
      const labels = steps.map(name);
      const widest = Math.max(...labels.map((text) => textWidth(text))) + 14;
      const left = 52;
      const stride = Math.max(1, Math.ceil((widest * steps.length) / Math.max(1, chart.width - left - right)));
      return {
        grid: grid({ left, right, top: 10, bottom: 26 }),
        xAxis: categoryAxis(theme, labels.map((text, index) => (index % stride === 0 ? text : "")), {
          axisLabel: { margin: 8, hideOverlap: false },
        }),
        yAxis: [
          valueAxis(theme, (figure) => context.format.short(figure, measure.format), {
            // Zero belongs to it unless all figures are far above: small differences would vanish.
            min: ({ min, max }) => (min > 0 && (area || min < max / 2) ? 0 : null),
            scale: !area, splitNumber: chart.height < 180 ? 2 : 4,
          }),
          { type: "value", min: 0, max: 1, show: false },
        ],
        tooltip: tooltip(theme, (points) => {
          const step = steps[points[0].dataIndex];
          return {
            title: name(step),
            rows: lines.flatMap((line) => [
              [lineName(line), context.format.full(value(step, line), measure.format)],
              ...(part ? [["Selected", context.format.full(partOf(step, line), measure.format)]] : []),
            ]),
          };
        }, { trigger: "axis" }),
        series: [
          ...lines.map((line, index) => lineSeries(line, index, named ? ends[index] : null, strength(chosen, line))),
          ...(part ? lines.map((line, index) => partLine(line, index, strength(chosen, line))) : []),
          {
            id: "chosen", type: "bar", yAxisIndex: 1, silent: true, barWidth: "100%", animation: false, z: 0,
            itemStyle: { color: faded(theme.accent, 0.12) },
            data: steps.map((step) => (isChosen(step) ? 1 : null)),
          },
        ],
      };
    }

    /** Of a step without rows there is no part either. */
    const partOf = (step, line) => (drawn.value(step, line) === null ? null : part(...(by ? [step, line] : [step])));

    /** What is selected, strong over the pale line of all. */
    function partLine(line, index, kept) {
      const colour = faded(colourOf(line), kept);
      return {
        id: `part-${index}`, type: "line", connectNulls: false, silent: true, symbol: "circle", showAllSymbol: true, z: 3,
        data: drawn.steps.map((step) => ({ value: partOf(step, line), symbolSize: drawn.steps.length === 1 ? 6 : 0 })),
        itemStyle: { color: colour }, lineStyle: { width: 2.5, color: colour, type: dashes(index, drawn.lines.length) },
        emphasis: { disabled: true },
      };
    }

    function lineSeries(line, index, endName, weight) {
      const theme = context.theme();
      const kept = part ? Math.min(weight, PALE) : weight;
      const { steps, lines, value } = drawn;
      const colour = colourOf(line);
      const figures = steps.map((step) => value(step, line));
      // Beside two gaps there is no line: a point shows that something is there.
      const isAlone = (place) => figures[place - 1] == null && figures[place + 1] == null;
      return {
        id: `line-${index}`, type: "line", connectNulls: false, cursor: "pointer", symbol: "circle",
        showAllSymbol: true,
        data: figures.map((figure, place) => ({ value: figure, symbolSize: figure !== null && isAlone(place) ? 6 : 0 })),
        itemStyle: { color: faded(colour, kept) },
        lineStyle: { width: 2, color: faded(colour, kept), type: dashes(index, lines.length) },
        areaStyle: area ? { color: faded(colour, kept * (lines.length > 1 ? 0.08 : 0.16)), origin: "start" } : null,
        emphasis: { disabled: true },
        endLabel: endName === null
          ? { show: false }
          : {
            show: true, formatter: () => `{mark|●} ${withoutBraces(endName)}`, color: theme.text, fontSize: 12, distance: 6,
            offset: [0, 0], rich: { mark: { color: colour, fontSize: 10 } },
          },
      };
    }

    const dashes = (index, count) =>
      visual.options.patterns && count > 1 ? DASHES[index % DASHES.length] : "solid";

    function draw(animation) {
      if (legend) {
        legend.element.hidden = drawn.lines.length <= NAMED;
        if (!legend.element.hidden) legend.update(drawn.lines, chosenValues(last, by));
      }
      chart.resize();
      const done = chart.draw({ ...option(last), animation });
      if (by && drawn.lines.length <= NAMED) spreadNames();
      else names?.place([], null);
      return done;
    }

    /** Names at the ends of lines that lie close are moved apart. */
    function spreadNames() {
      const ends = drawn.lines.map((line, index) => {
        const step = drawn.steps.findLastIndex((each) => drawn.value(each, line) !== null);
        if (step < 0) return null;
        const [x, y] = chart.chart.convertToPixel({ gridIndex: 0 }, [step, drawn.value(drawn.steps[step], line)]);
        return { index, x, y, at: y };
      }).filter((end) => end !== null).sort((a, b) => a.y - b.y);
      ends.forEach((end, place) => {
        const above = ends.slice(0, place).filter((other) => Math.abs(other.x - end.x) < 60).at(-1);
        if (above) end.at = Math.max(end.y, above.at + 15);
      });
      // What was pushed below the last label's place moves all up again.
      const beyond = Math.max(0, (ends.at(-1)?.at ?? 0) - (chart.height - 32));
      chart.chart.setOption({
        series: ends.map(({ index, y, at }) => ({ id: `line-${index}`, endLabel: { offset: [0, at - beyond - y] } })),
      });
      names.place(ends.sort((a, b) => a.index - b.index).map(({ index, x, at }) => {
        const line = drawn.lines[index];
        return { line, name: lineName(line), x: x + 4, y: at - beyond, width: textWidth(fit(lineName(line), LONGEST_NAME)) + 22 };
      }), chosenValues(last, by));
    }

    return {
      update(data, highlight) {
        drawn = read(data);
        part = partFigures(data, measure);
        last = highlight;
        return draw(true);
      },
      resize() {
        if (drawn) draw(false);
      },
      table(data) {
        const columns = [{ label: dimension.label, number: false }];
        if (by) columns.push({ label: context.dimension(by).label, number: false });
        const selected = part ? [{ label: `${measure.label}, selected`, number: true }] : [];
        return {
          columns: [...columns, { label: measure.label, number: true }, ...selected],
          rows: data.rows.map((row) => [
            { text: name(row[0]), clauses: [clauseOf(row[0])] },
            ...(by
              ? [{
                text: lineName(row[1]),
                colour: colourOf(row[1]),
                clauses: isOther(row[1]) ? null : [{ dimension: by, values: [row[1]] }],
              }]
              : []),
            { text: context.format.full(row.at(-1), measure.format), number: true },
            ...(part ? [{ text: context.format.full(part(...row.slice(0, -1)), measure.format), number: true }] : []),
          ]),
        };
      },
      /** @param {*} key the value to the right; with a line, both */
      markPosition(key) {
        const [step, line] = Array.isArray(key) ? key : [key, drawn.lines[0]];
        const index = drawn.steps.indexOf(step);
        if (index < 0 || !drawn.lines.includes(line)) return null;
        return chart.place([index, drawn.value(step, line) ?? 0]);
      },
      dispose: () => chart.dispose(),
    };
  },
};
