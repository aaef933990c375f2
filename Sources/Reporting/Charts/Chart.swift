package import Columns
package import Query
package import Workspace

/// One kind of visual: a folder under `Charts/` with its attributes, its query and its browser
/// side (`web/`), and a line in ``ChartKind/all``.
package protocol Chart: Sendable {
    /// The key under which a page names it, and the name of its browser module.
    static var name: String { get }
    static var summary: String { get }
    static var fields: [Field] { get }
    /// The width in 12ths of the page and the height in grid rows where the page states none.
    static var usualSize: (width: Int, height: Int) { get }
    init(_ values: FieldValues)
    /// The height where the page states none, if this one needs another than its kind.
    var usualHeight: Int? { get }

    /// The measures and dimensions that it shows.
    var measures: [Located<String>] { get }
    var dimensions: [Located<String>] { get }
    /// Dimensions that must be numbers.
    var numbers: [Located<String>] { get }
    /// Measures that it shows beside those of which it is.
    var otherMeasures: [Located<String>] { get }
    /// Dimensions that must be dates.
    var dates: [Located<String>] { get }
    /// Measures that must be numbers of rows.
    var counts: [Located<String>] { get }
    /// How many levels are told apart of each dimension that may be folded; nil for all.
    var top: Int? { get }
    var foldable: [Located<String>] { get }
    /// The dates that are taken together.
    var periods: [String: Period] { get }
    /// Models that it names.
    var models: [Located<String>] { get }
    /// Measures of which parts are taken, so that they must be sums or counts.
    var sums: [Located<String>] { get }
    /// Segmentations, by whose groups it tells of customers.
    var segmentations: [Located<String>] { get }
    /// The dimensions under that of its marks, each the next level of the one before.
    var drill: [Located<String>] { get }
    /// Whether it can show what is selected inside the whole.
    static var showsParts: Bool { get }
    /// Files of outlines that it shows.
    var geometries: [GeometrySpec] { get }
    /// Values of dimensions that its text states.
    var statedValues: [StatedValue] { get }
    /// What it is called where the page gives no title; nil for what it shows.
    var usualTitle: String? { get }
    /// What its browser side needs besides the figures.
    var options: JSON { get }

    /// The same by a lower level, counted from 1.
    func drilled(to level: Int) -> any Chart

    /// The figures of what is selected, beside those of the whole; nil where it has none.
    ///
    /// - Parameters:
    ///   - whole: the filter of its figures.
    ///   - part: that filter and what else is selected.
    ///   - isCut: whether the whole doesn't tell all levels apart.
    func part(
        _ gate: Gate, of whole: FilterContext, _ part: FilterContext, isCut: Bool,
        for reader: Reader
    ) async throws(AuroraError) -> JSON?

    /// What is wrong with it besides the names and types that it states.
    func check(_ catalogue: Catalogue) -> [Diagnostic]

    /// Its figures as docs/http-api.md describes them; nil where it has none.
    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON?

    /// The same, for kinds that need the run besides its gate.
    func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON?

    /// Its figures as a file has them: as its table on the page reads.
    func sheet(_ source: SheetSource) -> FigureSheet.Content
}

extension Chart {
    package var sums: [Located<String>] { [] }
    package var otherMeasures: [Located<String>] { [] }
    package var dates: [Located<String>] { [] }
    package var counts: [Located<String>] { [] }
    package var top: Int? { nil }
    package var foldable: [Located<String>] { dimensions }
    package var periods: [String: Period] { [:] }
    package var segmentations: [Located<String>] { [] }
    package var geometries: [GeometrySpec] { [] }
    package var statedValues: [StatedValue] { [] }
    package var usualTitle: String? { nil }
    package var usualHeight: Int? { nil }
    package var drill: [Located<String>] { [] }
    package static var showsParts: Bool { false }
    package func drilled(to level: Int) -> any Chart { self }

    /// The same levels are told apart in the part as in the whole.
    package func part(
        _ gate: Gate, of whole: FilterContext, _ part: FilterContext, isCut: Bool,
        for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        guard isCut else {
            return .object(
                try await gate.answer(plainQuery(part), for: reader).members([:]))
        }
        let figures = try await fitting(gate, whole, for: reader)
        var query = figures.query
        query.filter = part
        return .object(figures.members(of: try await gate.answer(query, for: reader)))
    }

    package func check(_ catalogue: Catalogue) -> [Diagnostic] { [] }

    package func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        try await data(run.gate, filter, for: reader)
    }

    package var numbers: [Located<String>] { [] }
    package var models: [Located<String>] { [] }
    package var options: JSON { .object([:]) }

    package func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        .object(try await fitting(gate, filter, for: reader).members)
    }

    /// Its measures by its dimensions.
    func plainQuery(_ filter: FilterContext) -> FigureQuery {
        var query = FigureQuery(
            measures: measures.map(\.value), by: dimensions.map(\.value), filter: filter)
        query.periods = periods
        return query
    }

    /// The same with rare levels as one, where its page states how many are told apart.
    func query(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> FigureQuery {
        var query = plainQuery(filter)
        if let top, let measure = measures.first {
            query.folds = try await gate.folds(
                of: foldable.map(\.value), top: top, by: measure.value, filter: filter, for: reader)
        }
        return query
    }
}

extension FigureTable {
    func members(_ folds: [String: Fold]) -> [JSON.Member] {
        [
            .init(name: "columns", value: .array(columns.map { .string($0) })),
            .init(name: "rows", value: json(folds)),
            .init(name: "rows_used", value: JSON(rowsUsed)),
            .init(name: "rows_total", value: JSON(rowsTotal)),
            .init(name: "suppressed", value: JSON(suppressed)),
            .init(name: "folded", value: .bool(!folds.isEmpty)),
        ]
    }

    /// Rows in which levels that are folded into one are `{"other": 7}`.
    func json(_ folds: [String: Fold]) -> JSON {
        .array(
            rows.map { row in
                .array(zip(columns, row).map { column, value in value.json(folds[column]) })
            })
    }
}

extension Value {
    func json(_ fold: Fold?) -> JSON {
        guard let fold, fold.other == self else { return json }
        return fold.json
    }
}

/// The kinds of visual that a page may hold.
package struct ChartKind: Sendable {
    package let name: String
    package let summary: String
    package let fields: [Field]
    package let limit: ChartLimit
    /// The folder under `Charts/`.
    package let folder: String
    let usualSize: (width: Int, height: Int)
    let showsParts: Bool
    let chart: @Sendable (FieldValues) -> any Chart

    init<Kind: Chart>(_ type: Kind.Type) {
        name = type.name
        summary = type.summary
        fields = type.fields
        limit = type.limit
        folder = String(describing: type)
        usualSize = type.usualSize
        showsParts = type.showsParts
        chart = { Kind($0) }
    }

    package static let all = [
        ChartKind(Kpi.self), ChartKind(Bar.self), ChartKind(Column.self),
        ChartKind(StackedBar.self), ChartKind(Donut.self), ChartKind(Histogram.self),
        ChartKind(Scatter.self), ChartKind(Pair.self), ChartKind(Table.self), ChartKind(Text.self),
        ChartKind(Line.self), ChartKind(Treemap.self), ChartKind(BoxPlot.self),
        ChartKind(HeatMap.self), ChartKind(Matrix.self),
        ChartKind(Finding.self), ChartKind(SegmentCards.self), ChartKind(Differences.self),
        ChartKind(Claim.self), ChartKind(Recommendation.self), ChartKind(Sankey.self),
        ChartKind(Radar.self), ChartKind(Curves.self), ChartKind(Silhouettes.self),
        ChartKind(Biplot.self), ChartKind(Dendrogram.self),
        ChartKind(Map.self), ChartKind(Migration.self),
    ]
}

extension FieldValues {
    /// The text under a required key, which has been checked to be there.
    func required(_ key: String) -> Located<String> { located(key) ?? Located("", at: place) }
}

/// Attributes that several kinds share.
enum ChartFields {
    static let measure = Field("measure", .text, required: true, "the figure")
    static let by = Field("by", .text, required: true, "the dimension that tells the marks apart")
    static let segmentation = Field(
        "segmentation", .text, required: true, "the segmentation whose groups are told of")
    static let sort = Field(
        "sort", .choice(["value", "dimension"]),
        "largest first, or in the dimension's own order, which is the default where it has one")

    static let top = Field(
        "top", .integer(1...200),
        "so many values of each dimension, those with the most; the others become one, \"Other\"")
    static let drill = Field(
        "drill", .list(.text),
        "the dimensions under it, from one level to the next, for readers who go down into a mark")
    static let each = Field(
        "each", .choice(Period.allCases.map(\.rawValue)), "what dates are taken together by")
    static let patterns = Field(
        "patterns", .boolean, "patterns besides colours, for readers who can't tell those apart")

    static let symbols = Field(
        "patterns", .boolean, "shapes besides colours, for readers who can't tell those apart")
    static let dashes = Field(
        "patterns", .boolean, "dashes besides colours, for readers who can't tell those apart")

    static func patterns(_ values: FieldValues) -> [JSON.Member] {
        values.boolean("patterns") == true ? [.init(name: "patterns", value: .bool(true))] : []
    }

    /// The option, where the page states it: without it the browser side decides.
    static func sort(_ values: FieldValues) -> [JSON.Member] {
        values.text("sort").map { [.init(name: "sort", value: .string($0))] } ?? []
    }
}
