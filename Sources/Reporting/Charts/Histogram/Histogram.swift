import Columns
import Query
import Workspace

/// How the values of a numeric dimension spread over all rows.
struct Histogram: Chart {
    static let name = "histogram"
    static let summary = "how the values of a numeric dimension spread"
    static let fields = [
        Field("of", .text, required: true, "a numeric dimension"),
        Field("bins", .integer(2...200), "at most so many bins, of a round width; 30 by default"),
    ]
    static let showsParts = true
    static let usualSize = (width: 4, height: 4)

    let measures: [Located<String>] = []
    let dimensions: [Located<String>]
    private let bins: Int

    var numbers: [Located<String>] { dimensions }

    init(_ values: FieldValues) {
        dimensions = [values.required("of")]
        bins = values.integer("bins") ?? 30
    }

    /// Bins are those of all rows, so the part has the same.
    func part(
        _ gate: Gate, of whole: FilterContext, _ part: FilterContext, isCut: Bool,
        for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        try await data(gate, part, for: reader)
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let histogram = try await gate.histogram(
            of: dimensions[0].value, bins: bins, filter: filter, for: reader)
        var rows = histogram.bins.map { bin -> JSON in
            [JSON(bin.from), JSON(bin.to), JSON(bin.count)]
        }
        if histogram.missing != 0 { rows.append([nil, nil, JSON(histogram.missing)]) }
        return .object([
            "columns": ["from", "to", "count"], "rows": .array(rows),
            "rows_used": JSON(histogram.rowsUsed), "rows_total": JSON(histogram.rowsTotal),
            "suppressed": JSON(histogram.suppressed),
        ])
    }
}
