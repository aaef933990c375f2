/** Two numbers against each other, and below them what their correlation says. */

import { el } from "/web/dom.js";
import { pointPlot } from "/web/point-plot.js";

/** @type {import("/web/types.js").ChartModule} */
export default {
  ...pointPlot,

  mount(container, visual, context) {
    const plot = el("div", { class: "pair-plot" });
    const sentence = el("p", { class: "pair-sentence", dir: "auto" });
    container.append(el("div", { class: "pair" }, plot, sentence));
    const points = pointPlot.mount(plot, visual, context);
    return {
      ...points,
      update(data, highlight) {
        // Before the plot is drawn: the sentence decides how much room that has.
        sentence.textContent = data.correlation.sentence;
        return points.update(data, highlight);
      },
    };
  },
};
