/** The outlines of maps: known to ECharts once, with where each region lies; and how a map fits its place. */

/* global echarts */

/** By the hash of their file and the property that names them. @type {Map<string, Promise<MapOutlines>>} */
const known = new Map();

/** @typedef {{west: number, south: number, east: number, north: number}} Bounds in degrees */

export class MapOutlines {
  /** @param {string} id what ECharts calls the map @param {import("./types.js").Outlines} geometry @param {?string} key */
  constructor(id, { features }, key) {
    this.id = id;
    /** Each region's largest polygon, by the region's name. @type {Map<string, Bounds>} */
    this.places = new Map();
    const named = features.map(({ properties, geometry }, index) => {
      const name = key === null ? `outline ${index + 1}` : String(properties?.[key]);
      this.#add(name, geometry);
      // ECharts gets no other property: some, like `cp`, would mean something to it.
      return { type: "Feature", properties: { name }, geometry };
    });
    this.bounds = union([...this.#whole.values()]);
    echarts.registerMap(id, { type: "FeatureCollection", features: named });
  }

  /** Each region with all its polygons. @type {Map<string, Bounds>} */
  #whole = new Map();

  #add(name, { type, coordinates }) {
    const polygons = type === "Polygon" ? [coordinates] : coordinates;
    const boxes = polygons.map(([ring]) => boundsOf(ring));
    const own = this.#whole.get(name);
    this.#whole.set(name, union(own ? [own, ...boxes] : boxes));
    const largest = boxes.reduce((best, box) => (area(box) > area(best) ? box : best));
    const before = this.places.get(name);
    if (!before || area(largest) > area(before)) this.places.set(name, largest);
  }

  /** The regions' names. */
  get names() {
    return [...this.places.keys()];
  }

  /** Where some regions lie together; all where there are none. @param {string[]} names */
  around(names) {
    const boxes = names.map((name) => this.#whole.get(name)).filter(Boolean);
    return boxes.length ? union(boxes) : this.bounds;
  }
}

/** @param {import("./types.js").ChartContext} context @param {{hash: string, key: ?string}} geometry */
export function loadOutlines(context, { hash, key }) {
  const id = `outlines ${hash} ${JSON.stringify(key)}`;
  if (!known.has(id)) {
    const loading = context.geometry(hash).then((geometry) => new MapOutlines(id, geometry, key));
    // A server that was away may be back at the next drawing.
    loading.catch(() => known.delete(id));
    known.set(id, loading);
  }
  return known.get(id);
}

/** Under bubbles without outlines: one that holds the whole earth, and is not drawn. */
export function noOutlines() {
  const corners = [[-180, -90], [360, -90], [360, 90], [-180, 90], [-180, -90]];
  const earth = { properties: {}, geometry: { type: "Polygon", coordinates: [corners] } };
  if (!known.has("none")) known.set("none", Promise.resolve(new MapOutlines("none", { features: [earth] }, null)));
  return known.get("none");
}

/** @param {[number, number][]} positions longitude and latitude @returns {Bounds} */
export function boundsOf(positions) {
  const bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const [x, y] of positions) {
    bounds.west = Math.min(bounds.west, x);
    bounds.east = Math.max(bounds.east, x);
    bounds.south = Math.min(bounds.south, y);
    bounds.north = Math.max(bounds.north, y);
  }
  return bounds;
}

/** @param {Bounds[]} boxes @returns {Bounds} */
export const union = (boxes) => boundsOf(boxes.flatMap(({ west, south, east, north }) => [[west, south], [east, north]]));

const area = ({ west, south, east, north }) => (east - west) * (north - south);

/** How long a degree of longitude is there, in degrees of latitude. @param {number} latitude */
const shrinking = (latitude) => Math.max(0.05, Math.cos((latitude * Math.PI) / 180));

/**
 * What ECharts needs to show some degrees, as large as they fit. Equirectangular: degrees of longitude are as long as
 * they are in the middle of what is shown.
 * @param {Bounds} bounds @param {number} width @param {number} height in pixels
 */
export function fitted({ west, south, east, north }, width, height) {
  const aspectScale = shrinking((south + north) / 2);
  const aspect = ((east - west) * aspectScale) / (north - south);
  const layoutSize = Math.max(1, aspect > 1 ? Math.min(width, height * aspect) : Math.min(height, width / aspect));
  const pixels = (aspect > 1 ? layoutSize / aspect : layoutSize) / (north - south);
  return {
    option: {
      aspectScale,
      layoutCenter: [width / 2, height / 2],
      layoutSize,
      boundingCoords: [[west, north], [east, south]],
    },
    /** The size of a box of degrees in pixels. @param {Bounds} box */
    size: (box) => ({
      width: (box.east - box.west) * aspectScale * pixels,
      height: (box.north - box.south) * pixels,
    }),
  };
}

/** With room on each side, and never just a point. @param {Bounds} bounds @param {number} share of the larger side */
export function widened({ west, south, east, north }, share) {
  const room = Math.max(0.25, share * Math.max(east - west, north - south));
  return { west: west - room, south: Math.max(-90, south - room), east: east + room, north: Math.min(90, north + room) };
}
