/** Inertia and silhouette by the number of segments, the number in use marked. */

import { drawingModule } from "/web/drawing.js";
import { choiceCurves } from "/web/segments-curves.js";

export default drawingModule(
  ({ choice, current }, format) => choiceCurves(choice.table, current, format),
  // One line for each number of segments.
  (drawings) => {
    const tables = drawings.map((drawing) => drawing.table());
    const numbers = [...new Set(tables.flatMap(({ rows }) => rows.map(([number]) => number.text)))];
    return {
      columns: [tables[0].columns[0], ...tables.map(({ columns }) => columns[1])],
      rows: numbers.map((number) => [
        { text: number },
        ...tables.map(({ rows }) => rows.find(([own]) => own.text === number)?.[1] ?? { text: "–", number: true }),
      ]),
    };
  },
);
