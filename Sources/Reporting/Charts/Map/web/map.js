/** A figure by region, as the colour of its outline, or by place, as the area of a bubble. */

import { boxBrush } from "/web/box-brush.js";
import { chosenValues, EChart, strength, tooltip } from "/web/echarts-kit.js";
import { isAdditive, lastOf } from "/web/chart-data.js";
import { textWidth, withoutBraces } from "/web/chart-text.js";
import { blend, faded, inkOn } from "/web/colours.js";
import { el } from "/web/dom.js";
import { BubbleKey, ColourKey } from "/web/map-keys.js";
import { boundsOf, fitted, loadOutlines, noOutlines, union, widened } from "/web/map-outlines.js";
import { classBounds, colourShare } from "/web/map-scale.js";
import { MapZoom } from "/web/map-zoom.js";

/** Values without a place that a remark names; the table has all of them. */
const NAMED = 5;
const BUBBLE = { least: 4, most: 36, ofRoom: 0.08 };
const INSET = 6;

const hasRegions = (visual) => visual.options.kind === "regions";

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle(visual, context) {
    const measure = context.measure(visual.measures[0]);
    if (!hasRegions(visual)) return `${measure.label}, as the area of a bubble`;
    return visual.options.classes ? `${measure.label}, in classes` : measure.label;
  },

  notes(data, context) {
    const { visual, format } = context;
    const notes = [];
    const lost = data.rows.filter((row, index) => data.places[index] === null && (hasRegions(visual) || row.at(-1) !== null));
    if (lost.length) {
      const names = lost.slice(0, NAMED).map((row) => format.name(row[0], context.dimension(visual.dimensions[0])));
      const others = lost.length > NAMED ? ` and ${format.count(lost.length - NAMED)} others` : "";
      const of = `${format.count(lost.length)} of ${format.count(data.rows.length)}`;
      const verb = lost.length === 1 ? "has" : "have";
      notes.push(`${of} values ${verb} no place on this map: ${names.join(", ")}${others}`);
    }
    const flat = hasRegions(visual) ? 0 : data.rows.filter((row) => row.at(-1) !== null && row.at(-1) <= 0).length;
    if (flat) notes.push(`${format.count(flat)} at or below zero ${flat === 1 ? "has" : "have"} no bubble: see the table`);
    if (visual.options.source) notes.push(`Map: ${visual.options.source}`);
    return notes;
  },

  mount(container, visual, context) {
    const [by] = visual.dimensions;
    const measure = context.measure(visual.measures[0]);
    const isOfRegions = hasRegions(visual);
    const canvas = el("div", { class: "map-canvas" });
    const key = isOfRegions ? new ColourKey(context, measure) : new BubbleKey(context, measure);
    const zoom = isOfRegions ? null : new MapZoom(visual.title, () => draw(), !context.isSaved);
    container.append(el("div", { class: "map" }, key.element, canvas, zoom?.element ?? null));
    const chart = new EChart(canvas, context);
    /** @type {?import("/web/map-outlines.js").MapOutlines} */
    let outlines = null;
    let data = null;
    let last = [];
    /** Where bubbles have been: the map stays where it is while filters come and go. */
    let seen = null;

    chart.onMark(({ data: mark }, add) => {
      if (!mark?.clauses) return;
      if (add && last.some(({ range }) => range)) stretch([mark.row]);
      else context.select(mark.clauses, add);
    });

    const brush = context.isSaved ? null : boxBrush(chart, ([across, down], add, isBox) => {
      if (!isBox) return;
      const rows = data.rows.filter((row, index) => {
        const point = isShown(row, index) ? pixelOf(data.places[index]) : null;
        return point && [across, down].every(([low, high], axis) => point[axis] >= low && point[axis] <= high);
      });
      if (rows.length === 0) return;
      if (visual.dimensions.length === 1) context.select([{ dimension: by, values: rows.map(([value]) => value) }], add);
      else stretch(rows, add);
    }, {
      rect: () => (data && (zoom?.isForBoxes ?? true) ? { x: 0, y: 0, width: chart.width, height: chart.height } : null),
      valueAt: (point) => point,
    });

    const isShown = (row, index) => data.places[index] !== null && (isOfRegions || figureOf(row) > 0);
    const pixelOf = (place) => chart.chart.convertToPixel(isOfRegions ? { seriesIndex: 0 } : { geoIndex: 0 }, place);
    /** Places without a name are picked by the degrees among which they lie, and with `add` those that were. */
    function stretch(rows, add = true) {
      const all = add && last.length ? [...rows, ...data.rows.filter((row) => kept(row, last) === 1)] : rows;
      context.select(visual.dimensions.map((dimension, axis) => {
        const degrees = all.map((row) => row[axis]);
        return { dimension, range: [Math.min(...degrees), Math.max(...degrees)] };
      }));
    }

    const none = `No ${(measure.model || "rows").replaceAll("_", " ")}`;
    const name = (row) => visual.dimensions.map((dimension, index) =>
      context.format.name(row[index], context.dimension(dimension))).join(", ");
    const clauses = (row) => visual.dimensions.map((dimension, index) => ({ dimension, values: [row[index]] }));
    const figureOf = (row) => row.at(-1);
    const kept = (row, highlight) => visual.dimensions.reduce((all, dimension, index) => {
      const range = highlight.find((own) => own.dimension === dimension)?.range;
      const isOutside = range && (row[index] < range[0] || row[index] > range[1]);
      return Math.min(all, isOutside ? 0 : strength(chosenValues(highlight, dimension), row[index]));
    }, 1);

    // Regions

    const placed = () => new Map(data.rows.flatMap((row, index) => (data.places[index] === null ? [] : [[data.places[index], row]])));

    function scale() {
      const figures = data.rows.filter((_, index) => data.places[index] !== null).map(figureOf).filter((value) => value !== null);
      if (visual.options.classes) return { bounds: classBounds(figures, visual.options.classes) };
      const [low, high] = [Math.min(...figures), Math.max(...figures)];
      return { low: low >= 0 && isAdditive(measure) ? 0 : low, high };
    }

    /** The colour of a figure: the fuller, the more. */
    const fillOf = (value, own, theme) => blend(theme.surface, theme.accent, 0.12 + 0.8 * colourShare(value, own));

    function regionItem(region, row, own, frame, theme, highlight) {
      const value = row ? figureOf(row) : null;
      const isEmpty = !row;
      const strong = row ? kept(row, highlight) : 1;
      const base = value === null ? theme.canvas : fillOf(value, own, theme);
      const fill = strong === 1 ? base : blend(theme.surface, base, 0.3);
      const isChosen = highlight.length > 0 && row && strong === 1;
      return {
        name: region, value: value ?? NaN, row, clauses: row ? clauses(row) : null, isEmpty,
        itemStyle: {
          areaColor: fill,
          borderColor: isChosen ? theme.text : value === null ? theme.border : theme.surface,
          borderWidth: isChosen ? 1.5 : 1,
          decal: row && value === null ? hatching(theme) : null,
        },
        label: label(region, row, value, frame, value === null ? theme.muted : inkOn(fill), strong),
      };
    }

    const hatching = (theme) => ({
      symbol: "rect", color: faded(theme.muted, 0.45), dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4,
    });

    /** What a region has room for: its name and its figure, or one of them; neither is cut. */
    function label(region, row, value, frame, color, strong) {
      const { width, height } = frame.size(outlines.places.get(region));
      const fits = (text) => textWidth(text) <= width * 0.85;
      const words = row ? name(row) : region;
      // At the edge of what is shown, names of regions without rows would be cut.
      const isNamed = fits(words) && height >= 18 && (row || visual.options.fit !== "data");
      const numbers = value === null ? [] : [context.format.number, context.format.short].map((write) =>
        write.call(context.format, value, measure.format));
      const number = height >= 38 ? numbers.find(fits) : null;
      const lines = [isNamed ? withoutBraces(words) : null, number].filter(Boolean);
      return { show: lines.length > 0 && strong === 1, formatter: lines.join("\n"), color };
    }

    function regionsOption(highlight) {
      const theme = context.theme();
      const rows = placed();
      const bounds = visual.options.fit === "data" ? widened(outlines.around([...rows.keys()]), 0.04) : outlines.bounds;
      const frame = fitted(bounds, chart.width - 2 * INSET, chart.height - 2 * INSET);
      const own = scale();
      key.update({
        scale: own, fill: (value) => fillOf(value, own, theme), none,
        hasEmpty: outlines.names.some((region) => !rows.has(region)),
        hasHidden: [...rows.values()].some((row) => figureOf(row) === null),
      });
      return {
        tooltip: regionTooltip(theme),
        series: [{
          id: "regions", type: "map", map: outlines.id, roam: false, selectedMode: false, ...centred(frame.option),
          emphasis: { disabled: true }, cursor: "pointer",
          label: { show: true, fontSize: 12, lineHeight: 15 },
          itemStyle: { areaColor: theme.canvas, borderColor: theme.border },
          data: outlines.names.map((region) => regionItem(region, rows.get(region), own, frame, theme, highlight)),
        }],
      };
    }

    const regionTooltip = (theme) => tooltip(theme, ({ data: mark }) => (mark
      ? { title: mark.row ? name(mark.row) : mark.name, rows: [[measure.label, mark.isEmpty ? none : said(mark.row)]] }
      : null));

    /** A figure, or why there is none. */
    const said = (row) => (figureOf(row) === null && data.suppressed > 0
      ? "Hidden"
      : context.format.full(figureOf(row), measure.format));

    // Bubbles

    function bubblesOption(highlight) {
      const theme = context.theme();
      const shown = data.rows.map((row, index) => ({ row, place: data.places[index] }))
        .filter(({ row, place }) => place !== null && figureOf(row) > 0)
        // Small ones over large ones, or they could not be seen.
        .sort((a, b) => figureOf(b.row) - figureOf(a.row));
      if (shown.length) {
        const here = boundsOf(shown.map(({ place }) => place));
        seen = seen ? union([seen, here]) : here;
      }
      const bounds = visual.options.fit === "geometry" && data.geometry ? outlines.bounds : widened(seen ?? outlines.bounds, 0.06);
      const frame = fitted(bounds, chart.width - 2 * INSET, chart.height - 2 * INSET);
      const most = shown.length ? figureOf(shown[0].row) : 0;
      const room = Math.min(chart.width, chart.height) * BUBBLE.ofRoom;
      const widest = Math.max(12, Math.min(BUBBLE.most, room));
      const diameter = (value) => Math.max(BUBBLE.least, widest * Math.sqrt(value / most));
      key.update({ most, diameter, fill: faded(theme.accent, 0.5) });
      return {
        geo: {
          id: "ground", map: outlines.id, silent: true, ...centred(frame.option), ...zoom.option,
          emphasis: { disabled: true }, label: { show: false },
          itemStyle: data.geometry
            ? { areaColor: theme.canvas, borderColor: theme.border, borderWidth: 1 }
            : { areaColor: "transparent", borderWidth: 0 },
        },
        tooltip: tooltip(theme, ({ data: mark }) => ({ title: name(mark.row), rows: [[measure.label, said(mark.row)]] })),
        series: [{
          id: "bubbles", type: "scatter", coordinateSystem: "geo", geoIndex: 0, cursor: "pointer",
          emphasis: { disabled: true }, clip: true,
          data: shown.map(({ row, place }) => ({
            row, clauses: clauses(row), value: [...place, figureOf(row)], symbolSize: diameter(figureOf(row)),
            itemStyle: {
              color: faded(theme.accent, kept(row, highlight) === 1 ? 0.5 : 0.12),
              borderColor: faded(theme.accent, kept(row, highlight) === 1 ? 0.95 : 0.25),
              borderWidth: 1,
            },
          })),
        }],
      };
    }

    const centred = (option) => ({
      ...option, layoutCenter: option.layoutCenter.map((part) => part + INSET),
    });

    /** Twice: the map has what its key leaves, whose height depends on what it says. */
    function draw() {
      const option = () => (isOfRegions ? regionsOption(last) : bubblesOption(last));
      option();
      chart.resize();
      return chart.draw({ ...option(), animation: false });
    }

    return {
      async update(answer, highlight) {
        const found = await (answer.geometry ? loadOutlines(context, answer.geometry) : noOutlines());
        [outlines, data, last] = [found, answer, highlight];
        return draw();
      },
      resize() {
        if (data) draw();
      },
      table() {
        const has = (index) => data.places[index] !== null;
        const isWhole = data.rows.every((_, index) => has(index));
        const columns = [
          ...visual.dimensions.map((dimension) => ({ label: context.dimension(dimension).label, number: false })),
          { label: measure.label, number: true },
          ...(isWhole ? [] : [{ label: "On the map", number: false }]),
        ];
        const rows = data.rows.map((row, index) => ({ row, index }))
          .sort((a, b) => lastOf(a.row[0]) - lastOf(b.row[0]) || (figureOf(b.row) ?? -Infinity) - (figureOf(a.row) ?? -Infinity))
          .map(({ row, index }) => [
            ...visual.dimensions.map((dimension, place) => ({
              text: context.format.name(row[place], context.dimension(dimension)),
              clauses: place === 0 ? clauses(row) : null,
            })),
            { text: said(row), number: true },
            ...(isWhole ? [] : [{ text: has(index) ? "Yes" : figureOf(row) === null && !isOfRegions ? "Hidden" : "No place" }]),
          ]);
        const taken = new Set(data.places);
        const empty = isOfRegions ? outlines.names.filter((region) => !taken.has(region)) : [];
        const without = empty.map((region) => [
          { text: region }, { text: none, number: true }, ...(isWhole ? [] : [{ text: "Yes" }]),
        ]);
        return { columns, rows: [...rows, ...without] };
      },
      /** @param {*} value of the dimension; without one [latitude, longitude] */
      markPosition(value) {
        const wanted = Array.isArray(value) ? value : [value];
        const index = data.rows.findIndex((row) => wanted.every((part, place) => row[place] === part));
        const place = data.places[index] ?? null;
        if (place === null) return null;
        return chart.client(pixelOf(place));
      },
      dispose() {
        brush?.dispose();
        chart.dispose();
      },
    };
  },
};
