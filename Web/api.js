/** The HTTP API: requests, and its one form of error. */

/** An answer that is an error, or no answer at all (`code` "unreachable"). */
export class ApiError extends Error {
  /** @param {{code: string, title: string, detail?: string, status: number}} problem */
  constructor(problem) {
    super(problem.title);
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail ?? "";
    this.status = problem.status;
    /** All that is wrong, where that may be several things. @type {Array<{code: string, message: string, hint: ?string}>} */
    this.errors = problem.errors ?? [];
    /** What else the answer tells. @type {Object<string, *>} */
    this.more = problem.more ?? {};
  }

  /** True where trying again later may help. */
  get passing() {
    return this.code === "unreachable" || this.status >= 502;
  }
}

async function request(path, options = {}) {
  // What the page has asked for before its modules were there.
  const early = ["POST", undefined].includes(options.method) ? await window.auroraEarly?.take(path, options.body) : null;
  if (early) return early.body;
  let response;
  try {
    response = await fetch(`/api/v1/${path}`, {
      ...options,
      headers: { Accept: "application/json", ...options.headers },
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError({ code: "unreachable", title: "The server does not answer", status: 0 });
  }
  if (response.status === 401) location.assign("/sign-in");
  if (response.ok && options.isFile) return response.blob();
  const body = await response.json().catch((error) => {
    if (error.name === "AbortError") throw error;
    return null;
  });
  if (response.ok && body) return body;
  throw new ApiError({
    code: body?.code ?? "unexpected",
    title: body?.title ?? "The server gave an answer that Aurora does not understand",
    detail: body?.detail,
    errors: body?.errors,
    status: response.status,
    more: body ?? {},
  });
}

/** @returns {Promise<import("./types.js").Project>} */
export const loadProject = () => request("project");

/** @param {string} name @returns {Promise<import("./types.js").Page>} */
export const loadPage = (name) => request(`pages/${encodeURIComponent(name)}`);

/** Gives a segment another name, in the project's text. @param {string} segmentation @param {number} segment */
export const renameSegment = (segmentation, segment, name, was) =>
  request(`segmentations/${encodeURIComponent(segmentation)}/segments/${segment}`, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, was }),
  });

/** The outlines of a map. @param {string} hash of their file @returns {Promise<import("./types.js").Outlines>} */
export const loadGeometry = (hash) => request(`geometries/${encodeURIComponent(hash)}`);
const post = (path, body, method = "POST", signal = undefined) => request(path, {
  method,
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
  signal,
});

/** What can be changed of a page. @param {string} name @returns {Promise<import("./types.js").PageText>} */
export const loadPageText = (name) => request(`pages/${encodeURIComponent(name)}/edit`);

/** @param {string} name @param {string} hash of the text that was seen @param {import("./types.js").PageChange[]} changes */
export const changePage = (name, hash, changes) => post(`pages/${encodeURIComponent(name)}`, { hash, changes }, "PATCH");

/** Takes the last change of a page back. @param {string} name @param {string} hash */
export const undoPage = (name, hash) => post(`pages/${encodeURIComponent(name)}/undo`, { hash });

/** @param {string} name @param {string} hash of the text that was seen */
export const redoPage = (name, hash) => post(`pages/${encodeURIComponent(name)}/redo`, { hash });

/** A visual or slicer that is on no page yet. @param {string} name @param {Object} draft @param {AbortSignal} signal */
export const previewVisual = (name, draft, signal) =>
  post(`pages/${encodeURIComponent(name)}/preview`, draft, "POST", signal);

/** @returns {Promise<import("./types.js").Segmentations>} */
export const loadSegmentations = () => request("segmentations");

/** @param {string} name @returns {Promise<import("./types.js").Segmentation>} */
export const loadSegmentation = (name) => request(`segmentations/${encodeURIComponent(name)}`);

/** @param {string} name @param {string} key @returns {Promise<import("./types.js").Customer>} */
export const loadCustomer = (name, key) =>
  request(`segmentations/${encodeURIComponent(name)}/customers/${encodeURIComponent(key)}`);

/** What has to be asked of a customer. @param {string} name @returns {Promise<import("./types.js").ScoreForm>} */
export const loadScoreForm = (name) => request(`segmentations/${encodeURIComponent(name)}/score`);

/**
 * The segments of customers who are sent. @param {string} name @param {Blob|string} body @param {string} type its media type
 * @param {?string} [sheet] of a workbook
 * @returns {Promise<import("./types.js").Scores>}
 */
export const scoreRows = (name, body, type, sheet = null) =>
  request(`segmentations/${encodeURIComponent(name)}/score${sheet === null ? "" : `?sheet=${encodeURIComponent(sheet)}`}`, { method: "POST", headers: { "Content-Type": type }, body });

/** Null where the run kept none. @param {string} name @returns {Promise<?import("./types.js").SegmentProfile>} */
export async function loadSegmentProfile(name) {
  try {
    return await request(`segmentations/${encodeURIComponent(name)}/profile`);
  } catch (error) {
    if (error.code === "no_profile") return null;
    throw error;
  }
}

/** @param {string} name @returns {Promise<import("./types.js").SegmentPlots>} */
export const loadSegmentPlots = (name) => request(`segmentations/${encodeURIComponent(name)}/plots`);

/** Another number of segments, in the project's text. @param {string} name @param {number} k @param {number} was */
export const chooseNumber = (name, k, was, why) =>
  request(`segmentations/${encodeURIComponent(name)}`, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ k, was, why }),
  });

/** @returns {Promise<import("./types.js").DataTables>} */
export const loadTables = () => request("data");

/** @param {"sources"|"models"} kind @param {string} name */
export const loadTable = (kind, name) => request(`data/${kind}/${encodeURIComponent(name)}`);

/** @param {string} name a measure, a dimension or model.column @returns {Promise<import("./types.js").Lineage>} */
export const loadLineage = (name) => request(`lineage/${encodeURIComponent(name)}`);

/**
/**
 * What a reader asks of a page: what is selected, how far down visuals are, and parameters that are not as usual.
 * @typedef {{selections: import("./types.js").Selection[], drill: Object, parameters: Object<string, number>}} Asked
 */

/**
 * @param {string} name @param {Asked} asked @param {AbortSignal} signal
 * @returns {Promise<{run: string, state: ?string, rows_used: number, rows_total: number, visuals: Object<string, Object>}>}
 */
export const loadData = (name, asked, signal) =>
  request(`pages/${encodeURIComponent(name)}/data`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(asked),
    signal,
  });

/** The rows behind a mark, for readers who may see them. @param {string} name of the page @param {Object} body */
export const loadRows = (name, body) =>
  request(`pages/${encodeURIComponent(name)}/rows`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

/** The same rows as a file. @param {string} name of the page @param {Object} body @returns {Promise<Blob>} */
export const loadRowsFile = (name, body) =>
  request(`pages/${encodeURIComponent(name)}/rows.csv`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "*/*" },
    body: JSON.stringify(body),
    isFile: true,
  });

/**
 * What the state of a link holds. @param {string} name @param {string} state
 * @returns {Promise<Asked & {left_out: number}>}
 */
export const loadState = (name, state) =>
  request(`pages/${encodeURIComponent(name)}/state`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ state }),
  });

/**
 * Values of a hierarchy slicer: right below a path, or what a search finds.
 * @param {string} name @param {string} slicer
 * @param {{path?: Array<*>, search?: string, selections: import("./types.js").Selection[],
 *   parameters?: Object<string, number>}} asked
 * @returns {Promise<{branches: Array<{path: Array<*>, figure: ?number, has_more: boolean}>, total: number}>}
 */
export const loadBranches = (name, slicer, asked) =>
  request(`pages/${encodeURIComponent(name)}/slicers/${encodeURIComponent(slicer)}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(asked),
  });

/**
 * The figures of one visual as CSV. @param {string} name of the page @param {string} id of the visual
 * @param {Asked} asked @returns {Promise<Blob>}
 */
export const loadFigures = (name, id, asked) =>
  request(`pages/${encodeURIComponent(name)}/visuals/${encodeURIComponent(id)}/figures.csv`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "*/*" },
    body: JSON.stringify(asked),
    isFile: true,
  });

/**
 * A page as a file. @param {string} name @param {"html"|"pdf"|"xlsx"} format @param {Asked} asked
 * @returns {Promise<Blob>}
 */
export const loadReport = (name, format, asked) =>
  request(`pages/${encodeURIComponent(name)}/report.${format}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "*/*" },
    body: JSON.stringify(asked),
    isFile: true,
  });
