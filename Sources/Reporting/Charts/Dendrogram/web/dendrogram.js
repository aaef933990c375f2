/** The last merges of an agglomerative segmentation, and where it was cut. */

import { drawingModule } from "/web/drawing.js";
import { treePlot } from "/web/segments-tree.js";

export default drawingModule((data, format) => [treePlot(data, format)]);
