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

    /// The measures and dimensions that it shows.
    var measures: [Located<String>] { get }
    var dimensions: [Located<String>] { get }
    /// Dimensions that must be numbers.
    var numbers: [Located<String>] { get }
    /// Models that it names.
    var models: [Located<String>] { get }
    /// Measures of which parts are taken, so that they must be sums or counts.
    var sums: [Located<String>] { get }
    /// Segmentations, by whose groups it tells of customers.
    var segmentations: [Located<String>] { get }
    /// What it is called where the page gives no title; nil for what it shows.
    var usualTitle: String? { get }
    /// What its browser side needs besides the figures.
    var options: JSON { get }

    /// Its figures as docs/http-api.md describes them; nil where it has none.
    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON?

    /// The same, for kinds that need the run besides its gate.
    func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON?
}

extension Chart {
    package var sums: [Located<String>] { [] }
    package var segmentations: [Located<String>] { [] }
    package var usualTitle: String? { nil }

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
        let query = FigureQuery(
            measures: measures.map(\.value), by: dimensions.map(\.value), filter: filter)
        let table = try await gate.answer(query, for: reader)
        return .object([
            "columns": .array(table.columns.map { .string($0) }),
            "rows": .array(table.rows.map { .array($0.map(\.json)) }),
            "rows_used": JSON(table.rowsUsed), "rows_total": JSON(table.rowsTotal),
            "suppressed": JSON(table.suppressed),
        ])
    }
}

/// The kinds of visual that a page may hold.
package struct ChartKind: Sendable {
    package let name: String
    package let summary: String
    package let fields: [Field]
    /// The folder under `Charts/`.
    package let folder: String
    let usualSize: (width: Int, height: Int)
    let chart: @Sendable (FieldValues) -> any Chart

    init<Kind: Chart>(_ type: Kind.Type) {
        name = type.name
        summary = type.summary
        fields = type.fields
        folder = String(describing: type)
        usualSize = type.usualSize
        chart = { Kind($0) }
    }

    package static let all = [
        ChartKind(Kpi.self), ChartKind(Bar.self), ChartKind(Column.self),
        ChartKind(StackedBar.self), ChartKind(Donut.self), ChartKind(Histogram.self),
        ChartKind(Scatter.self), ChartKind(Pair.self), ChartKind(Table.self), ChartKind(Text.self),
        ChartKind(Finding.self), ChartKind(SegmentCards.self), ChartKind(Differences.self),
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

    /// The option, where the page states it: without it the browser side decides.
    static func sort(_ values: FieldValues) -> [JSON.Member] {
        values.text("sort").map { [.init(name: "sort", value: .string($0))] } ?? []
    }
}
