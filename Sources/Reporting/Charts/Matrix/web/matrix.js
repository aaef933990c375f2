/** Figures down and across with their totals, as a real table: names of rows and columns select. */

import { isAdditive, isOther } from "/web/chart-data.js";
import { blend, inkOn } from "/web/colours.js";
import { dot, el } from "/web/dom.js";
import { joins } from "/web/echarts-kit.js";

const key = (values) => JSON.stringify(values);

/** @type {import("/web/types.js").ChartModule} */
export default {
  mount(container, visual, context) {
    const { levels, across: hasColumns, shade } = visual.options;
    const downs = visual.dimensions.slice(0, levels);
    const across = hasColumns ? visual.dimensions[levels] : null;
    const measures = visual.measures.map((name) => context.measure(name));
    const holder = el("div", {
      class: "data-table matrix", role: "region", tabindex: "0", "aria-label": visual.title,
    });
    container.append(holder);

    const name = (dimension, value) => context.format.name(value, context.dimension(dimension));

    /** Figures by their dimensions' values: those of cells, and those of each kind of total. */
    function figuresOf(data) {
      const figures = new Map();
      const add = (names, rows) => {
        const places = visual.dimensions.map((dimension) => names.indexOf(dimension));
        for (const row of rows) {
          const values = places.map((place) => (place < 0 ? undefined : row[place]));
          figures.set(key(values.map(mark)), row.slice(names.length));
        }
      };
      add(visual.dimensions, data.rows);
      for (const total of data.totals) add(total.by, total.rows);
      return figures;
    }

    function read(data) {
      const figures = figuresOf(data);
      const columns = across ? inOrder(data.rows.map((row) => row[levels])) : [undefined];
      const selected = data.part ? figuresOf(data.part) : null;
      return { figures, selected, columns, rows: data.rows };
    }

    /** Values in the order of their dimension; the server gives rows in it, but not columns. */
    function inOrder(values) {
      const places = new Map((context.dimension(across).values ?? []).map(({ value }, index) => [value, index]));
      const place = (value) => (isOther(value) ? Infinity : value === null ? places.size + 1 : places.get(value) ?? places.size);
      const compare = (a, b) => (a < b ? -1 : 1);
      return [...new Set(values)].sort((a, b) => place(a) - place(b) || (a === b ? 0 : compare(a, b)));
    }

    function draw(data, highlight) {
      const table = read(data);
      const scales = measures.map((_, index) => scaleOf(data.rows.map((row) => row[visual.dimensions.length + index])));
      const withTotals = visual.options.totals;
      const columns = across && withTotals ? [...table.columns, undefined] : table.columns;
      const focused = holder.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      const body = [];
      const groups = [...new Set(table.rows.map((row) => row[0]))];
      for (const group of groups) {
        if (levels === 1) body.push(line([group], 0, "row"));
        else {
          const inner = [...new Set(table.rows.filter((row) => row[0] === group).map((row) => row[1]))];
          body.push(line([group, undefined], 0, "group"));
          for (const value of inner) body.push(line([group, value], 1, "row"));
        }
      }
      if (withTotals) body.push(line(downs.map(() => undefined), 0, "total"));
      holder.replaceChildren(el("table", {},
        el("caption", { class: "visually-hidden" }, visual.title),
        el("thead", {}, ...heads(columns)),
        el("tbody", {}, ...body)));
      if (focused) [...holder.querySelectorAll("button")].find((button) => button.dataset.key === focused)?.focus();

      function line(values, level, kind) {
        const last = values.findLastIndex((value) => value !== undefined);
        const clauses = values.slice(0, last + 1).map((value, index) => ({ dimension: downs[index], values: [value] }));
        const head = kind === "total"
          ? "Total"
          : button(name(downs[last], values[last]), clauses, downs[last], values[last]);
        return el("tr", { class: kind === "row" && level === 0 ? null : level ? "inner" : kind },
          el("th", { scope: kind === "group" ? "rowgroup" : "row" }, head),
          ...columns.flatMap((column) => cells(values, column, kind)));
      }

      function cells(values, column, kind) {
        const all = across ? [...values, column] : values;
        const place = key(all.map(mark));
        const figures = table.figures.get(place);
        const isTotal = kind !== "row" || (across && column === undefined);
        // Without totals a group has a name only.
        return measures.map((measure, index) => {
          const value = figures?.[index] ?? null;
          const text = figures ? words(value, place, index) : kind === "group" && !withTotals ? "" : "–";
          const cell = el("td", { class: isTotal ? "number total" : "number" }, text);
          if (!isTotal && value !== null) paint(cell, value, scales[index]);
          return cell;
        });
      }

      /** "12 of 96" of what is selected in other visuals; an average of it stands before that of all. */
      function words(value, place, index) {
        const write = (figure) => context.format.full(figure, measures[index].format);
        if (!table.selected) return write(value);
        const additive = isAdditive(measures[index]);
        const own = table.selected.get(place)?.[index] ?? (additive && !table.selected.has(place) ? 0 : null);
        return additive ? `${write(own)} of ${write(value)}` : `${write(own)} (all ${write(value)})`;
      }

      function heads(shown) {
        const corner = (rows) => el("th", { scope: "col", rowspan: rows }, downs.map(
          (dimension) => context.dimension(dimension).label
        ).join(", "));
        const labels = measures.map((measure) => el("th", { scope: "col", class: "number" }, measure.label));
        if (!across) return [el("tr", {}, corner(1), ...labels)];
        const tops = shown.map((column) => el("th", {
          scope: "colgroup", class: "number", colspan: measures.length,
        }, column === undefined
          ? "Total"
          : button(name(across, column), [{ dimension: across, values: [column] }], across, column)));
        if (measures.length === 1) return [el("tr", {}, corner(1), ...tops)];
        return [
          el("tr", {}, corner(2), ...tops),
          el("tr", {}, ...shown.flatMap(() => measures.map((measure) => el(
            "th",
            { scope: "col", class: "number" },
            measure.label,
          )))),
        ];
      }

      function button(text, clauses, dimension, value) {
        const colour = context.dimension(dimension).segmentation ? context.colour(dimension, value) : null;
        const parts = [colour ? dot(colour) : null, el("span", { dir: "auto" }, text)];
        if (context.isSaved || clauses.some(({ values: [each] }) => isOther(each))) return el("span", { class: "name" }, ...parts);
        const pressed = clauses.every((clause) => highlight.some((own) =>
          own.dimension === clause.dimension && own.values?.includes(clause.values[0])))
          && highlight.length === clauses.length;
        const click = (event) => context.select(clauses, joins(event));
        const contextmenu = (event) => context.offer?.(event, () => context.select(clauses));
        const made = el(
          "button",
          { type: "button", class: "name", "aria-pressed": String(pressed), on: { click, contextmenu } },
          ...parts,
        );
        made.dataset.key = key(clauses);
        return made;
      }
    }

    /** The ends of a measure's cells; totals would make all others pale. */
    function scaleOf(values) {
      const known = values.filter((value) => typeof value === "number");
      return known.length ? [Math.min(...known), Math.max(...known)] : null;
    }

    function paint(cell, value, scale) {
      if (shade === "none" || !scale) return;
      const theme = context.theme();
      const [low, high] = scale;
      if (shade === "bars") {
        const share = Math.max(0, value) / (Math.max(high, 0) || 1);
        const fill = blend(theme.surface, theme.accent, 0.28);
        cell.style.backgroundImage = `linear-gradient(to right, ${fill} ${share * 100}%, transparent ${share * 100}%)`;
        cell.classList.add("with-bar");
        return;
      }
      const fill = blend(theme.surface, theme.accent, 0.04 + 0.8 * (high > low ? (value - low) / (high - low) : 0.5));
      cell.style.backgroundColor = fill;
      cell.style.color = inkOn(fill);
    }

    return {
      update: draw,
      /** @param {Array<*>} values of a row, or of a column where there is one: [null, column] is not meant */
      markPosition(values) {
        const wanted = key(values.map((value, index) => ({ dimension: downs[index], values: [value] })));
        const found = [...holder.querySelectorAll("button")].find((button) => button.dataset.key === wanted);
        if (!found) return null;
        found.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
        const box = found.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      },
      dispose: () => holder.remove(),
    };
  },
};

/** Nothing stands for "all of them" in totals; a missing value is null. */
const mark = (value) => (value === undefined ? "*" : [value]);
