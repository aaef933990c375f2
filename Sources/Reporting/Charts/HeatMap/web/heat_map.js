/** A figure for each pair of values: its number, on a ground that says how large it is or how unexpected. */

import { categoryAxis, chosenValues, EChart, grid, strength, tooltip } from "/web/echarts-kit.js";
import { goesByValue, hasOwnOrder, isAdditive, lastOf, partFigures } from "/web/chart-data.js";
import { besideBands, fitLines, textWidth } from "/web/chart-text.js";
import { PALE, partGround } from "/web/chart-part.js";
import { blend, faded, inkOn } from "/web/colours.js";
import { el } from "/web/dom.js";
import { phrase } from "/web/phrase.js";

const CELL = { height: 26, most: 64, width: 44, word: 72 };
/** Lines of a column's name. */
const HEADS = 3;
const HEAD = 53;
/** Residuals so far beyond the first notable one have the full colour. */
const RANGE = 4;

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle(visual, context) {
    const [down, across] = visual.dimensions.map((name) => context.dimension(name).label);
    return `${context.measure(visual.measures[0]).label}: ${down} down, ${across} across`;
  },

  mount(container, visual, context) {
    const [down, across] = visual.dimensions;
    const measure = context.measure(visual.measures[0]);
    const isTested = visual.options.colour === "residual";
    const canvas = el("div");
    const scroller = el("div", { class: "scroller both" }, canvas);
    const key = el("div", { class: "scale-key" });
    const sentence = el("p", { class: "pair-sentence" });
    container.append(el("div", { class: "heat" }, key, scroller, isTested ? sentence : null));
    canvas.style.height = "100%";
    const chart = new EChart(canvas, context);
    let table = null;
    let notable = 2;
    let hasHidden = false;
    let last = [];
    /** What is selected in other visuals; only sums and counts have a part of a cell. */
    let part = null;

    chart.onMark(({ data: { cell } }, add) => context.select([
      { dimension: down, values: [cell.row] },
      { dimension: across, values: [cell.column] },
    ], add));

    const name = (dimension, value) => context.format.name(value, context.dimension(dimension));

    function read(data) {
      const empty = new Set(data.empty);
      const cells = data.rows.map(([row, column, value], index) => ({
        row, column, value, residual: data.residuals?.[index] ?? null, isEmpty: empty.has(index),
      }));
      const rows = values(cells, "row", down);
      const columns = values(cells, "column", across);
      return { cells, rows, columns };
    }

    /** A dimension's values: in its own order, or those first that have the most. */
    function values(cells, side, dimensionName) {
      const dimension = context.dimension(dimensionName);
      const sums = new Map();
      for (const cell of cells) sums.set(cell[side], (sums.get(cell[side]) ?? 0) + (cell.value ?? 0));
      const all = [...sums.keys()];
      if (!hasOwnOrder(dimension)) {
        if (goesByValue(visual, dimension)) all.sort((a, b) => sums.get(b) - sums.get(a));
      } else if (dimension.values) {
        // Answers go by rows: a column without the first row would come late.
        const places = new Map(dimension.values.map(({ value }, index) => [value, index]));
        all.sort((a, b) => (places.get(a) ?? places.size) - (places.get(b) ?? places.size));
      } else if (dimension.kind === "number") all.sort((a, b) => a - b);
      return all.sort((a, b) => lastOf(a) - lastOf(b));
    }

    /** A cell's figure in words: that of no rows is 0 or none at all, that of a few may be hidden. */
    function said({ value, isEmpty }) {
      if (value !== null) return context.format.full(value, measure.format);
      return isEmpty ? "no rows" : hasHidden ? "hidden" : context.format.full(null, measure.format);
    }

    /** The colour of a cell, before it steps back. */
    function ground({ value, residual }, [low, high], theme) {
      if (value === null) return theme.surface;
      if (!isTested) {
        return blend(theme.surface, theme.accent, 0.06 + 0.84 * (high > low ? (value - low) / (high - low) : 0.5));
      }
      if (residual === null || Math.abs(residual) < notable) return theme.canvas;
      const share = Math.min(1, (Math.abs(residual) - notable) / RANGE);
      return blend(theme.surface, residual < 0 ? theme.below : theme.above, 0.3 + 0.6 * share);
    }

    const extent = () => {
      const figures = table.cells.map(({ value }) => value).filter((value) => value !== null);
      return [Math.min(...figures), Math.max(...figures)];
    };

    function option(highlight) {
      const theme = context.theme();
      const { rows, columns, cells } = table;
      const [chosenRows, chosenColumns] = [chosenValues(highlight, down), chosenValues(highlight, across)];
      const range = extent();
      const names = rows.map((row) => name(down, row));
      const place = namePlace(names);
      const band = (chart.width - place - 12) / Math.max(1, columns.length);
      const heads = columns.map((column) => fitLines(name(across, column), band - 6, HEADS).join("\n"));
      const top = Math.max(1, ...heads.map((head) => head.split("\n").length)) * 15 + 8;
      return {
        grid: grid({ left: place + 12, right: 0, top, bottom: 0 }),
        xAxis: categoryAxis(theme, heads, { position: "top", axisLine: { show: false }, axisLabel: { margin: 6 } }),
        yAxis: categoryAxis(theme, besideBands(names, place + 1, (chart.height - top) / names.length), {
          inverse: true, axisLine: { show: false },
        }),
        tooltip: tooltip(theme, ({ data: { cell } }) => ({
          title: `${name(down, cell.row)}, ${name(across, cell.column)}`,
          rows: [
            [measure.label, said(cell)],
            ...(part ? [["Selected", context.format.full(part(cell.row, cell.column), measure.format)]] : []),
            ...(cell.residual === null ? [] : [["Adjusted residual", signed(cell.residual)]]),
          ],
        })),
        series: [{
          id: "cells", type: "heatmap", cursor: "pointer", emphasis: { disabled: true },
          data: cells.map((cell) => {
            const kept = strength(chosenRows, cell.row) * strength(chosenColumns, cell.column);
            const fill = blend(theme.surface, ground(cell, range, theme), kept === 1 ? 1 : 0.3);
            return {
              cell,
              value: [columns.indexOf(cell.column), rows.indexOf(cell.row), cell.value ?? 0],
              itemStyle: { color: partFill(cell, fill, theme), borderColor: theme.surface, borderWidth: 2, borderRadius: 3 },
              label: { color: cell.value === null ? theme.muted : part ? theme.text : inkOn(fill), ...(part ? under(theme) : {}) },
            };
          }),
          label: { show: true, fontSize: 12, formatter: ({ data: { cell } }) => written(cell) },
        }],
      };
    }

    /** What is selected is strong from the left of its cell. */
    function partFill(cell, fill, theme) {
      return part ? partGround(fill, blend(theme.surface, fill, PALE), part(cell.row, cell.column), cell.value) : fill;
    }
    const under = (theme) => ({ backgroundColor: faded(theme.surface, 0.7), padding: [1, 3], borderRadius: 3 });

    const signed = (value) => `${value < 0 ? "−" : "+"}${context.format.number(Math.abs(value), { digits: 1 })}`;
    const namePlace = (names) =>
      Math.min(Math.max(...names.map((text) => textWidth(text.slice(0, 60)))), container.clientWidth * 0.32);

    /** In full where all figures fit in their cells, else short. */
    let figure = (value) => context.format.number(value, measure.format);
    /** Where no row could have a figure, nothing stands. */
    const written = ({ value, isEmpty }) => (value === null && isEmpty ? "" : figure(value));

    /** Every cell holds its number: where there is no room, the card scrolls. */
    function fitSize() {
      const { rows, columns, cells } = table;
      const place = namePlace(rows.map((row) => name(down, row))) + 12;
      const room = (scroller.clientWidth - place) / Math.max(1, columns.length);
      const widest = (write) => Math.max(...cells.map(({ value }) => textWidth(write(value)))) + 10;
      const inFull = (value) => context.format.number(value, measure.format);
      figure = widest(inFull) <= room ? inFull : (value) => context.format.short(value, measure.format);
      // A word of a name is not cut, unless it is a long one.
      const words = columns.flatMap((column) => name(across, column).split(/[ -]/));
      const word = Math.min(CELL.word, Math.max(...words.map((each) => textWidth(each)))) + 8;
      const width = Math.max(CELL.width, widest(figure), word) * columns.length + place;
      canvas.style.width = `${Math.max(scroller.clientWidth, width)}px`;
      const height = Math.min(scroller.clientHeight, rows.length * CELL.most + HEAD);
      canvas.style.height = `${Math.max(rows.length * CELL.height + HEAD, height)}px`;
      chart.resize();
    }

    function showKey() {
      const theme = context.theme();
      const [low, high] = extent();
      const steps = isTested ? [-RANGE, -RANGE / 2, -0, null, 0, RANGE / 2, RANGE].map((beyond) => (
        beyond === null ? 0 : beyond < 0 || Object.is(beyond, -0) ? beyond - notable : beyond + notable
      )) : [0, 0.25, 0.5, 0.75, 1];
      const fills = steps.map((step) => isTested
        ? ground({ value: 1, residual: step }, [0, 1], theme)
        : ground({ value: low + step * (high - low) }, [low, high], theme));
      const ends = isTested
        ? ["Fewer", "more than without a relation"]
        : [low, high].map((value) => context.format.number(value, measure.format));
      key.replaceChildren(
        el("span", {}, ends[0]),
        ...fills.map((fill) => {
          const box = el("i", { "aria-hidden": "true" });
          box.style.backgroundColor = fill;
          return box;
        }),
        el("span", {}, ends[1]),
      );
    }

    function draw(animation) {
      fitSize();
      showKey();
      return chart.draw({ ...option(last), animation });
    }

    return {
      update(data, highlight) {
        table = read(data);
        part = isAdditive(measure) ? partFigures(data, measure) : null;
        last = highlight;
        notable = data.relation?.notable ?? 2;
        hasHidden = data.suppressed > 0;
        if (isTested) sentence.replaceChildren(...phrase(data.relation.words, context.format));
        return draw(true);
      },
      resize() {
        if (table) draw(false);
      },
      table() {
        const cell = (dimension, value) => ({
          text: name(dimension, value),
          clauses: lastOf(value) === 2 ? null : [{ dimension, values: [value] }],
        });
        return {
          columns: [
            { label: context.dimension(down).label, number: false },
            { label: context.dimension(across).label, number: false },
            { label: measure.label, number: true },
            ...(part ? [{ label: `${measure.label}, selected`, number: true }] : []),
            ...(isTested ? [{ label: "Adjusted residual", number: true }] : []),
          ],
          rows: table.cells.map(({ row, column, value, residual, isEmpty }) => [
            cell(down, row), cell(across, column),
            { text: said({ value, isEmpty }), number: true },
            ...(part ? [{ text: context.format.full(part(row, column), measure.format), number: true }] : []),
            ...(isTested ? [{ text: residual === null ? "–" : signed(residual), number: true }] : []),
          ]),
        };
      },
      /** @param {[*, *]} key values of the row and of the column */
      markPosition([row, column]) {
        const [y, x] = [table.rows.indexOf(row), table.columns.indexOf(column)];
        return x < 0 || y < 0 ? null : chart.place([x, y]);
      },
      dispose: () => chart.dispose(),
    };
  },
};
