/** Every row as a point, coloured by category; for readers without the right to see customers, how dense they lie. */

import { pointPlot } from "/web/point-plot.js";

/** @type {import("/web/types.js").ChartModule} */
export default pointPlot;
