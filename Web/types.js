/**
 * The shapes that travel between server, shell and charts (docs/http-api.md). Types only; nothing runs here.
 *
 * @typedef {{style: "integer"|"decimal"|"currency"|"percent"|"text", digits: ?number, unit: ?string}} Format
 * @typedef {{value: *, colour: ?number}} DimensionValue
 * @typedef {{label: string, model: string, kind: "category"|"number"|"date"|"boolean", segmentation: boolean, ordered?: boolean,
 *   values: ?DimensionValue[], format: ?Format}} Dimension
 * @typedef {{label: string, description: ?string, model: string, expression: string, format: Format,
 *   additive: boolean}} Measure  `additive`: whether figures of parts add up to that of the whole
 * @typedef {{id: string, type: "list"|"range"|"tiles"|"segments"|"date"|"hierarchy"|"parameter", dimension: string, label: string,
 *   minimum?: number|string, maximum?: number|string, share?: ?string, as_of?: ?string, is_as_of_data?: boolean,
 *   periods?: Array<{name: string, label: string, range: [string, string]}>, dimensions?: string[],
 *   count?: string, parameter?: string}} Slicer
 * @typedef {{name: string, title: string, text: ?string, words: ?Object[], selections: Selection[],
 *   parameters: Object<string, number>}} Bookmark  `words`: its text, where it has figures
 * @typedef {{label: string, description: ?string, from: number, to: number, step: number, default: number,
 *   format: Format}} Parameter
 * @typedef {{id: string, type: string, title: string, subtitle: ?string, width: number, height: number,
 *   measures: string[], dimensions: string[], drill: string[], interaction: "filter"|"highlight"|"none",
 *   options: Object<string, *>}} Visual
 * @typedef {{name: string, title: string, description: ?string, run: string, dimensions: Object<string, Dimension>,
 *   measures: Object<string, Measure>, slicers: Slicer[], visuals: Visual[],
 *   parameters: Object<string, Parameter>, bookmarks: Bookmark[], story: string[],
 *   prepared: ?{steps: number, cells: number, set_aside: number, models: string[]}}} Page
 * @typedef {{id: string, finished: string, notices: number, segmentations: number}} Run
 * @typedef {{name: string, description: ?string, locale: string, currency: string, synthetic: boolean, run: ?Run,
 *   reader: {name: string, customers: boolean, edit: boolean, sign_in: boolean}, pages: {name: string, title: string}[]}} Project
 *
 * What is wrong with a project's file.
 * @typedef {{code: string, file: string, line: ?number, column: ?number, message: string, hint: ?string}} Mistake
 *
 * A page's text, as an editor sees it, and what there is to put into it.
 * @typedef {{name: string, summary: string, required: boolean, role: ?string, list?: boolean, type: string,
 *   minimum?: number, maximum?: number, choices?: string[], fields?: EditorField[]}} EditorField
 * @typedef {{name: string, summary: string, width?: number, height?: number, fields: EditorField[]}} EditorKind
 * @typedef {{kind: string, values: Object<string, *>}} PageItem
 * @typedef {{page: string, file: string, hash: string, undo: boolean, redo: boolean, title: string, description: ?string,
 *   slicers: PageItem[], visuals: PageItem[], kinds: {visuals: EditorKind[], slicers: EditorKind[]},
 *   names: {measures: Object[], dimensions: Object[], models: string[]}}} PageText
 * @typedef {{action: "add"|"set"|"move"|"remove"|"page", list?: "slicers"|"visuals", index?: number, to?: number,
 *   kind?: string, values?: Object<string, *>}} PageChange
 *
 * A selection without its source is a clause: what charts hand to `context.select`.
 * @typedef {{dimension: string, values?: Array<*>, range?: [?number, ?number]|[string, string], period?: string,
 *   dimensions?: string[], paths?: Array<Array<*>>}} Clause
 * @typedef {Clause & {source: string}} Selection
 *
 * @typedef {{columns: string[], rows: Array<Array<*>>,
 *   rows_used: number, rows_total: number, suppressed: number, folded?: boolean,
 *   shown?: Array<{dimension: string, shown: number, of: number, by: ?string}>,
 *   part?: {rows: Array<Array<*>>, rows_used: ?number}}} Figures  `part`: of what is selected in other visuals
 *
 * @typedef {{features: {properties: Object<string, *>, geometry: {type: string, coordinates: Array<*>}}[]}} Outlines
 *   polygons in degrees, as GeoJSON
 *
 * What a chart gets. `theme()` is read at every drawing, because the reader may change it.
 * @typedef {Object} ChartContext
 * @property {Visual} visual
 * @property {(name: string) => Dimension} dimension
 * @property {(name: string) => Measure} measure
 * @property {() => Object<string, Dimension>} dimensions  every dimension of the page
 * @property {(dimension: string, value: *) => string} colour
 * @property {import("./format.js").Formats} format
 * @property {() => import("./theme.js").Theme} theme
 * @property {(clauses: Clause[], add?: boolean) => void} select  toggles a selection made by this visual
 * @property {(hash: string) => Promise<Outlines>} geometry  the outlines of a map, by the hash of their file
 * @property {() => Selection[]} selections  every selection on the page
 * @property {?((event: MouseEvent, pick: () => void) => void)} offer  opens the menu of a mark; `pick` does what a click on it
 *   does; null where there is nothing to offer
 * @property {boolean} isSaved  in a saved report, where nothing can be selected and no page of data is
 * @property {?((group: {segmentation: string, segment: number, name: string}, name: string) => Promise<void>)} rename
 *   gives a segment another name; null for readers who may not
 *
 * @typedef {{text: string, number?: boolean, colour?: ?string, clauses?: Clause[]}} TableCell
 * @typedef {{columns: {label: string, number: boolean}[], rows: TableCell[][]}} TableContent
 *
 * @typedef {{x: number, y: number}} Place
 *
 * @typedef {Object} Chart
 * @property {(data: ?Object, highlight: Selection[]) => (void|Promise<void>)} update  resolves when drawn
 * @property {() => void} [resize]
 * @property {() => void} dispose
 * @property {HTMLElement[]} [tools]  buttons of its own among the card's, with their panels
 * @property {(data: Object) => TableContent} [table]  the same figures as text; absent: the columns as they are
 * @property {(key: *) => (?Place|Promise<?Place>)} [markPosition]  middle of a mark, in client coordinates
 *
 * @typedef {Object} ChartModule  the default export of /charts/KIND.js
 * @property {"kpi"|"prose"|"finding"|"groups"|"words"|"claim"|"advice"} [frame]  a frame other than the usual card
 * @property {(data: Object) => {title: string, detail: string}} [empty]  what an empty card says, where filters are not why
 * @property {(visual: Visual, context: ChartContext, data: ?Object) => ?string} [subtitle]  where the page gives none
 * @property {(data: Object, context: ChartContext) => string[]} [notes]  short remarks for the footer
 * @property {(data: Object) => boolean} [isEmpty]  where "no rows" is not the right question
 * @property {(container: HTMLElement, visual: Visual, context: ChartContext) => Chart} mount
 *
 * The pages of segmentations.
 * @typedef {{run: string, segmentations: Array<{name: string, label: string, description: ?string, model: string,
 *   method: string, k: number, rows: number, verdict: ?string}>}} Segmentations
 * @typedef {{badge: ?string, reading: ?string, mean: ?number, recovered: number, dissolved: number,
 *   replicates: number}} Repeatable
 * @typedef {{id: number, name: string, colour: number, is_outliers: boolean, is_hidden: boolean, size: ?number,
 *   share: ?number, silhouette: ?number, repeatable: ?Repeatable, traits: Object[], rule: ?Object,
 *   statement: ?string, suggested_name: ?string}} Segment
 * @typedef {{run: string, name: string, label: string, description: ?string, model: string, method: string, k: number,
 *   rows: number, rows_total: number, verdict: ?string, reason: ?string, chosen: ?{by: ?string, why: ?string},
 *   stated_k: ?number, findings: Array<{code: string, message: string}>, segments: Segment[], features: Object[],
 *   features_hidden: number, suppressed: number, details: Object, choice: ?Object, identity: ?Object}} Segmentation
 *
 * One customer of a segmentation.
 * @typedef {{id: number, name: string, colour: ?number, is_outliers: boolean}} CustomerSegment
 * @typedef {{column: string, label: string, format: ?Format, is_category: boolean, value: *, segment: ?number,
 *   runner_up: ?number, overall: ?number, contribution: ?number, standing: ?string}} CustomerFeature
 * @typedef {{run: string, segmentation: string, label: string, model: string, method: string, key: *,
 *   segment: CustomerSegment, runner_up: ?CustomerSegment, measure: string, distance: ?number, margin: ?number,
 *   borderline: ?boolean, statement: ?string, attribution: ?{margin: number, baseline: number}, unexplained: ?string,
 *   features: CustomerFeature[], features_hidden: number, boundaries: Array<{changes: Array<{column: string,
 *   label: string, format: ?Format, from: number, to: number}>, segment: CustomerSegment, size: number}>,
 *   refused: Array<{columns: string[], labels: string[], reason: string}>, sentences: string[]}} Customer
 *
 * Scoring, as docs/http-api.md describes it.
 * @typedef {{name: string, label: string, kind: "number"|"category"|"boolean"|"date", format: ?Format, required: boolean,
 *   whole: boolean, origin: ?string, lowest: *, highest: *, usual: *, levels: ?string[], levels_total: ?number}} ScoreColumn
 * @typedef {Clause & {label: string, format: ?Format, column: ?string}} ScoreCondition  `column`: of the form, that tells it
 * @typedef {{run: string, name: string, label: string, model: string, key: ?string,
 *   columns: ScoreColumn[], columns_hidden: number, advice: Array<{segment: string, heading: ?string, text: Object[],
 *   page: string, page_title: string}>, recommendations: Array<{title: ?string, segments: string[], conditions: ScoreCondition[],
 *   text: Object[], action: Object[], page: string, page_title: string}>}} ScoreForm
 * @typedef {{row: number, key: *, segment: number, segment_name: string, distance: ?number, runner_up: ?number,
 *   runner_up_name: ?string, margin: ?number, notices: Array<{column: string, standing: string}>}} Score
 * @typedef {{run: string, segmentation: string, model: string, measure: string, rows: number, scores: Score[],
 *   segments: Array<{id: number, name: string, rows: number, share: number}>,
 *   notices: Array<{code: string, message: string}>}} Scores
 *
 * What is in each segment, as docs/http-api.md describes it.
 * @typedef {{count: ?number, mean: *, lower_quartile: *, median: *, upper_quartile: *, lift: ?number,
 *   effect: ?number}} ProfileNumbers
 * @typedef {{level: string, count: ?number, share: ?number, segments: Array<?{count: number, share: number,
 *   lift: ?number, effect: number}>}} ProfileLevel
 * @typedef {{name: string, label: string, kind: "number"|"date"|"category", is_forming: boolean, strength: ?number,
 *   missing: ?number, format: ?Format, all: ?ProfileNumbers, segments: Array<?ProfileNumbers>, levels: ProfileLevel[],
 *   other_levels: number}} ProfileColumn
 * @typedef {{run: string, name: string, rows: number, rows_total: number, suppressed: number,
 *   segments: Array<{id: number, name: string, colour: number, is_outliers: boolean, is_hidden: boolean, size: ?number,
 *   share: ?number, story: Object[], facts: Object[]}>, columns: ProfileColumn[],
 *   omitted: Array<{column: string, label: string, reason: string}>, columns_hidden: number}} SegmentProfile
 * @typedef {{run: string, name: string, rows: number, segments: Array<{id: number, name: string, colour: number,
 *   is_outliers: boolean, is_hidden: boolean}>, biplot: ?Object, dendrogram: ?Object, k_distance: ?Object,
 *   silhouette: ?Object}} SegmentPlots
 *
 * The data pages, as docs/http-api.md describes them.
 * @typedef {{code: string, message: string, about: string}} Notice
 * @typedef {{run: string, tables: Array<{kind: "source"|"model", name: string, description: ?string, rows: number,
 *   quarantined: number, columns: number, origin: string, notices: number}>}} DataTables
 * @typedef {{run: string, name: string, description: ?string, rows: number, quarantined: number, origin: string,
 *   files: Array<{path: string, bytes: number, sha256: string, synthetic: boolean}>, facts: string[],
 *   columns: Array<{name: string, type: string, reading: ?string, missing: number}>,
 *   contracts: Array<{rule: string, on_fail: string, broken: number}>, notices: Notice[], quality: ?Quality,
 *   drift: ?Drift}} DataSource
 * @typedef {{kind: string, summary: string, rows_in: number, rows_out: number, cells_changed: Object<string, number>,
 *   columns_added: string[], columns_removed: string[], fitted: Object<string, string>, facts: string[],
 *   examples: Array<{column: string, before: ?string, after: ?string}>, notices: Notice[]}} DataStep
 * @typedef {{run: string, name: string, description: ?string, rows: number, rows_read: number, origin: string,
 *   origin_kind: "source"|"model", key: ?string, columns: Array<{name: string, type: string}>, steps: DataStep[],
 *   figures: string[], notices: Notice[], quality: ?Quality, drift: ?Drift}} DataModel
 * What a table holds; what only some readers may see is absent for others.
 * @typedef {{code: string, severity: "serious"|"look"|"note", column: ?string, words: string, share: number}} Finding
 * @typedef {{x: string, y: string, rows: number, pearson: number, spearman: ?number, isNearlySame: boolean}} Pair
 * @typedef {{minimum: number, p1: number, p25: number, median: number, p75: number, p99: number,
 *   maximum: number}} Quantiles
 * @typedef {{name: string, type: string, isPrivate: boolean, missing: number, distinct: number,
 *   numbers?: {mean?: number, zeros: number, negatives: number, notFinite: number, quantiles?: Quantiles,
 *     outliers?: {lowerFence: number, upperFence: number, below: number, above: number},
 *     histogram?: {edges: number[], counts: number[], below: number, above: number}},
 *   dates?: {minimum?: string, maximum?: string, unit: "day"|"month"|"year"|"decade",
 *     bins: Array<{label: string, rows: number}>, before: number, after: number, notFinite: number},
 *   texts?: {levels: Array<{value: string, rows: number}>, rare: {levels: number, rows: number},
 *     others: {levels: number, rows: number}, shortest?: number, longest?: number},
 *   booleans?: {yes: number, no: number}}} QualityColumn
 * @typedef {{kind: "source"|"model", name: string, rows: number, key?: string, duplicates: number,
 *   columns: QualityColumn[], correlations: {pairs: Pair[]}, limits: string[], findings: Finding[]}} Quality
 * @typedef {{since: string, rowsBefore: number, rowsNow: number, added: string[], removed: string[],
 *   retyped: string[], columns: Array<{name: string, missingBefore: number, missingNow: number,
 *   stability?: {value: number, bins: number, emptyBins: number, byChance: number,
 *     size: "stable"|"moderate"|"large"}}>, findings: Finding[]}} Drift
 * @typedef {{run: string, name: string, model: string, expression: string, columns: Array<{model: string,
 *   column: string, steps: Array<{model: string, step: number, kind: string, summary: string, rows_in: number,
 *   rows_out: number}>, origins: Array<{source: string, column: string, file: string, sha256: string,
 *   reading: ?string}>}>}} Lineage
 */
export {};
