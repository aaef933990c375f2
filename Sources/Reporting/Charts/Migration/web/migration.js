/** Customers from the segments of the run before to those of this one; a click picks the segment where they are now. */

import { chosenValues, strength } from "/web/echarts-kit.js";
import { el } from "/web/dom.js";
import { FlowChart, sizeOf } from "/web/flow-chart.js";

/** Of customers whom one of the runs doesn't have. */
const NEW = "New customers";
const GONE = "Gone";
/** How strong flows are: into the same segment, into another. */
const SAME = 0.2;
const CHANGED = 0.65;

/** What happened, as the tooltip and the table call it. */
const OUTCOMES = ["Moved", "Borderline", "Redrawn by the model"];

/** @type {import("/web/types.js").ChartModule} */
export default {
  subtitle(visual, context, data) {
    const { label } = context.dimension(visual.dimensions[0]);
    return data?.from_run ? `${label}, run ${data.from_run.id} → run ${data.to_run.id}; filters do not apply` : label;
  },

  isEmpty: ({ from_run: from, rows }) => from === null || rows.length === 0,
  empty: ({ from_run: from }) => (from
    ? { title: "Nothing to show", detail: "Every flow between the two runs is smaller than the smallest cell." }
    : {
      title: "No earlier run to compare with",
      detail: "Flows appear once the project has been run on the customers of another day, too.",
    }),

  mount(container, visual, context) {
    const { format } = context;
    const [dimension] = visual.dimensions;
    const words = el("p", { class: "drawing-words" });
    const place = el("div", { class: "migration-flows" });
    container.append(el("div", { class: "migration" }, place, words));
    const chart = new FlowChart(place, context, ({ node, flow }, add) => {
      const { clauses } = flow ? flow.to : node;
      if (clauses) context.select(clauses, add);
    });
    let data = null;
    let flows = null;

    const count = (value) => (value === null ? "Hidden" : format.count(value));

    /** Nodes of both runs, and the flows between them. */
    function read(highlight) {
      const theme = context.theme();
      const colours = new Map(data.segments.map(({ name, colour }) => [name, colour ? context.colour(dimension, name) : theme.other]));
      const chosen = chosenValues(highlight, dimension);
      const order = [...colours.keys(), null];
      const column = (side, none) => new Map(order.map((name, index) => [name, {
        key: `${side} ${index}`, name: name ?? none, place: side, into: 0, out: 0, colour: colours.get(name) ?? theme.missing,
        strength: side === 0 ? 1 : strength(chosen, name),
        // A segment of before is none that a page could be filtered by.
        clauses: side === 1 && data.segments.some((each) => each.name === name && each.colour) ? [{ dimension, values: [name] }] : null,
      }]));
      const columns = [column(0, NEW), column(1, GONE)];
      const links = data.rows.map(([kind, start, end, value, ...outcomes]) => {
        const [from, to] = [columns[0].get(start), columns[1].get(end)];
        from.out += value;
        to.into += value;
        return { from, to, value, outcomes, kind, strength: (kind === "same" ? SAME : CHANGED) * (to.strength === 1 ? 1 : 0.25) };
      });
      return { columns: columns.map((nodes) => [...nodes.values()]), links };
    }

    /** Only what happened to whoever is in both runs. */
    const happened = ({ kind, outcomes }) => (kind === "new" || kind === "gone" ? [] : OUTCOMES
      .map((label, index) => [label, outcomes[index]])
      .filter(([, value]) => value !== 0));

    function tip({ node, flow }) {
      if (!flow) return { title: node.name, rows: [["Customers", count(sizeOf(node))]] };
      const { from, to, value } = flow;
      return {
        title: `${from.name} → ${to.name}`,
        rows: [
          ["Customers", count(value)],
          [`Of ${from.name}`, format.share(value / from.out)],
          ...happened(flow).map(([label, part]) => [label, count(part)]),
        ],
      };
    }

    const head = (words, { as_of: day }) => (day
      ? `${words}, up to ${format.date(`${day}T00:00:00Z`, { timeZone: "UTC" })}`
      : words);

    /** What the flows add up to. */
    function summary() {
      const { stayed, moved, borderline, redrawn } = data.outcomes;
      const sum = (kind) => data.rows.filter((row) => row[0] === kind).reduce((all, row) => all + row[3], 0);
      return `Of the customers in both runs ${count(stayed)} stayed, ${count(moved)} moved to another segment, `
        + `${count(borderline)} crossed a boundary by no more than usual, and ${count(redrawn)} are elsewhere only because the model was fitted anew. `
        + `${count(sum("new"))} are new, ${count(sum("gone"))} gone.`;
    }

    return {
      update(answer, highlight) {
        data = answer;
        flows = read(highlight);
        words.textContent = summary();
        return chart.draw(
          [head("Run before", data.from_run), head("This run", data.to_run)],
          flows.columns, flows.links, tip,
        );
      },
      resize: () => chart.resize(),
      table: () => ({
        columns: [
          { label: "From", number: false }, { label: "To", number: false },
          ...["Customers", ...OUTCOMES].map((label) => ({ label, number: true })),
        ],
        rows: flows.links.map((flow) => [
          { text: flow.from.name }, { text: flow.to.name, clauses: flow.to.clauses },
          ...[flow.value, ...flow.outcomes].map((value, index) => ({
            text: index > 0 && (flow.kind === "new" || flow.kind === "gone") ? "–" : count(value), number: true,
          })),
        ]),
      }),
      /** @param {[0|1, ?string]} key the run before or this one, and a segment */
      markPosition: ([side, name]) => chart.position((node) => node.place === side && node.name === (name ?? (side === 0 ? NEW : GONE))),
      dispose: () => chart.dispose(),
    };
  },
};
