/** What charts with a band for each row have in common: they take the size that their rows need, then draw. */

/**
 * @param {import("./echarts-kit.js").EChart} chart
 * @param {{read: (data: Object) => void, fit: () => void, option: (highlight: import("./types.js").Selection[]) => Object}} own
 *   `read` keeps an answer, `fit` gives the canvas its size
 * @returns {{update: Function, resize: Function, dispose: Function}} parts of a chart
 */
export function bandChart(chart, { read, fit, option }) {
  let last = null;
  const draw = (changes) => {
    fit();
    chart.resize();
    return chart.draw({ ...option(last), ...changes });
  };
  return {
    update(data, highlight) {
      read(data);
      last = highlight;
      return draw({});
    },
    resize() {
      if (last) draw({ animation: false });
    },
    dispose: () => chart.dispose(),
  };
}

/** From here on a chart has a window to itself, where bands lie further apart (pixels). */
const LARGE = 560;

/**
 * Few bands don't grow fat, and many keep their height: the card scrolls.
 * @param {number} bands @param {number} room pixels @param {{least: number, most: number}} band pixels of one
 */
export const bandsHeight = (bands, room, { least, most }) =>
  Math.max(bands * least, Math.min(room, bands * most * (room > LARGE ? 2 : 1)));
