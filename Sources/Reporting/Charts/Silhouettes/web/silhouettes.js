/** How much nearer each customer is to the own segment than to the next one. */

import { drawingModule } from "/web/drawing.js";
import { silhouettePlot } from "/web/segments-plots.js";

export default drawingModule((data, format) => [silhouettePlot({ ...data, rows: data.plotted }, format)]);
