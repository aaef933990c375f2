/** Customers and features in the plane of the first two principal components. */

import { drawingModule } from "/web/drawing.js";
import { biplot } from "/web/segments-biplot.js";

export default drawingModule((data, format) => [biplot({ ...data, rows: null }, format)]);
