/** Rows and columns: sorts on a click on a heading, selects on a click on a row. */

import { textWidth } from "/web/chart-text.js";
import { dot, el, loadScript, loadStyle } from "/web/dom.js";
import { joins } from "/web/echarts-kit.js";

/* global Tabulator */

/** @type {import("/web/types.js").ChartModule} */
export default {
  mount(container, visual, context) {
    const dimensions = visual.dimensions.map((name) => ({ name, ...context.dimension(name) }));
    const measures = visual.measures.map((name) => context.measure(name));
    const holder = el("div", { class: dimensions.length ? "selectable" : null });
    container.append(holder);
    let highlight = [];
    let onPaper = false;
    /** @type {?number[]} what the columns need, once there have been rows */
    let widths = null;
    const built = build();

    async function build() {
      loadStyle("/deps/tabulator.min.css");
      await loadScript("/deps/tabulator.min.js");
      const table = new Tabulator(holder, {
        height: "100%",
        layout: "fitColumns",
        nestedFieldSeparator: false,
        columns: columns(),
        rowFormatter: paint,
        columnDefaults: { headerWordWrap: true, headerSortTristate: true, resizable: false },
      });
      await new Promise((resolve) => table.on("tableBuilt", resolve));
      holder.setAttribute("aria-label", visual.title);
      const select = (row, add) => {
        const cells = row.getData();
        const clauses = visual.dimensions.map((dimension, index) => ({ dimension, values: [cells[`c${index}`]] }));
        if (clauses.length) context.select(clauses, add);
      };
      table.on("rowClick", (event, row) => select(row, joins(event)));
      table.on("rowContext", (event, row) => context.offer?.(event, () => select(row, false)));
      return table;
    }

    /** Titles and cells are elements: Tabulator would take a string as HTML. */
    function columns() {
      const title = (text) => ({ title: text, titleFormatter: () => el("span", { title: text, dir: "auto" }, text) });
      return [
        ...dimensions.map((dimension, index) => ({
          ...title(dimension.label),
          field: `c${index}`,
          minWidth: Math.max(nameWidth(dimension), widths?.[index] ?? 0),
          widthGrow: 2,
          sorter: sorter(dimension),
          formatter: (cell) => nameCell(dimension, cell.getValue()),
        })),
        ...measures.map((measure, index) => ({
          ...title(measure.label),
          field: `c${dimensions.length + index}`,
          minWidth: Math.max(88, longestWord(measure.label), widths?.[dimensions.length + index] ?? 0),
          hozAlign: "right",
          headerHozAlign: "right",
          sorter: numbers,
          headerSortStartingDir: "desc",
          formatter: (cell) => document.createTextNode(context.format.full(cell.getValue(), measure.format)),
        })),
      ];
    }

    /** Room for the longest text of each column, within reason; a figure is never cut off. */
    function widthsOf(rows) {
      const text = (value, index) => (index < dimensions.length
        ? context.format.name(value, dimensions[index])
        : context.format.full(value, measures[index - dimensions.length].format));
      return rows[0].map((_, index) => {
        const longest = rows.map((row) => text(row[index], index)).reduce((a, b) => (b.length > a.length ? b : a));
        const room = textWidth(longest, 13) + 28;
        return index < dimensions.length ? Math.min(240, room) : room;
      });
    }

    /** Headings break between words only. @param {string} label */
    function longestWord(label) {
      return Math.max(...label.slice(0, 60).split(" ").map((word) => textWidth(word, 12, 500))) + 28;
    }

    /** Room for the longest name, within reason. */
    function nameWidth(dimension) {
      const names = (dimension.values ?? []).map(({ value }) => context.format.name(value, dimension).slice(0, 40));
      return Math.min(240, Math.max(130, ...names.map((name) => textWidth(name, 13) + 40)));
    }

    function nameCell(dimension, value) {
      const name = context.format.name(value, dimension);
      const mark = dimension.segmentation ? dot(context.colour(dimension.name, value)) : null;
      return el("span", { class: "name" }, mark, el("span", { dir: "auto", title: name }, name));
    }

    /** A dimension's own order where it is known, else the alphabet; missing names last. */
    function sorter({ values }) {
      const collator = new Intl.Collator(context.format.locale, { numeric: true });
      if (!values) return (a, b) => collator.compare(String(a ?? "\uffff"), String(b ?? "\uffff"));
      const places = new Map(values.map(({ value }, index) => [value, index]));
      const place = (value) => places.get(value) ?? values.length;
      return (a, b) => place(a) - place(b);
    }

    /** Rows that are not selected step back. */
    function paint(row) {
      const cells = row.getData();
      const holds = (own) => own.values?.includes(cells[`c${visual.dimensions.indexOf(own.dimension)}`]);
      const chosen = highlight.length > 0 && highlight.every(holds);
      const element = row.getElement();
      element.classList.toggle("chosen", chosen);
      element.classList.toggle("dimmed", highlight.length > 0 && !chosen);
    }

    /** Paper has another width, of which no observer tells, and doesn't scroll: a wide table becomes smaller. */
    function fitPaper(table) {
      const isPaper = matchMedia("print").matches;
      if (!isPaper && !onPaper) return;
      onPaper = isPaper;
      const least = columns().reduce((sum, { minWidth }) => sum + minWidth, 0);
      holder.style.zoom = isPaper ? String(Math.min(1, container.clientWidth / least)) : "";
      table.redraw(true);
    }

    return {
      async update(data, own) {
        highlight = own;
        const table = await built;
        const record = (row) => Object.fromEntries(row.map((value, index) => [`c${index}`, value]));
        const isFirst = !widths && data.rows.length > 0;
        if (isFirst) {
          widths = widthsOf(data.rows);
          table.setColumns(columns());
        }
        await table.replaceData(data.rows.map(record));
        // The heading was as tall as before its columns were wide enough for their figures.
        if (isFirst) table.redraw(true);
        fitPaper(table);
      },
      /** @param {*} value of the first column */
      async markPosition(value) {
        const table = await built;
        const row = table.getRows("active").find((candidate) => candidate.getData().c0 === value);
        if (!row) return null;
        await table.scrollToRow(row, "center", false);
        const box = row.getElement().getBoundingClientRect();
        return { x: box.x + 24, y: box.y + box.height / 2 };
      },
      dispose: () => built.then((table) => table.destroy()),
    };
  },
};

/** Hidden and missing figures are smaller than any. */
const numbers = (a, b) => (a ?? -Infinity) - (b ?? -Infinity) || 0;
