import Columns
import Query
import Workspace

/// How rows, or a sum, flow from the values of one dimension to those of the next.
struct Sankey: Chart {
    static let name = "sankey"
    static let summary = "flows from the values of one dimension to those of the next"
    static let fields = [
        Field("measure", .text, required: true, "a sum or a count, of which the flows are parts"),
        Field(
            "through", .list(.text), required: true, "two to five dimensions, from left to right"),
        ChartFields.top,
    ]
    static let usualSize = (width: 12, height: 6)

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    var sums: [Located<String>] { measures }
    let top: Int?
    private let place: Diagnostic.Place

    private static let most = 5

    init(_ values: FieldValues) {
        measures = [values.required("measure")]
        dimensions = values.texts("through") ?? []
        top = values.integer("top") ?? Self.limit.levels.first?.value
        place = values.place
    }

    func check(_ catalogue: Catalogue) -> [Diagnostic] {
        let names = dimensions.map(\.value)
        guard (2...Self.most).contains(names.count), names.unique.count == names.count else {
            return [
                Diagnostic(
                    "flow_dimensions", at: place,
                    names.unique.count < names.count
                        ? "flows go through '\(names.first { name in names.count { $0 == name } > 1 } ?? "")' twice"
                        : "flows go through 2 to \(Self.most) dimensions, not \(names.count)",
                    hint: "name each dimension once, like through: [region, product]")
            ]
        }
        return []
    }

    /// Step by step, so that each pair of dimensions is what a query of the two gives.
    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let (measure, names) = (measures[0].value, dimensions.map(\.value))
        let folds = try await query(gate, filter, for: reader).folds
        var rows: [JSON] = []
        var suppressed = 0
        var first: FigureTable?
        for (from, to) in zip(names, names.dropFirst()) {
            var query = FigureQuery(measures: [measure], by: [from, to], filter: filter)
            query.folds = folds.filter { [from, to].contains($0.key) }
            let table = try await gate.answer(query, for: reader)
            if let negative = table.rows.first(where: { ($0[2].doubleValue ?? 0) < 0 }) {
                throw AuroraError(
                    "negative_flow",
                    "'\(measure)' is below 0 for '\(negative[0])' and '\(negative[1])', and nothing flows less than nothing",
                    hint: "name a count, or a sum of what is never below 0")
            }
            first = first ?? table
            suppressed += table.suppressed
            rows += table.rows.map { row in
                [
                    .string(from), row[0].json(folds[from]), .string(to), row[1].json(folds[to]),
                    row[2].json,
                ]
            }
        }
        return .object([
            "columns": ["from_dimension", "from", "to_dimension", "to", .string(measure)],
            "rows": .array(rows), "rows_used": JSON(first?.rowsUsed),
            "rows_total": JSON(first?.rowsTotal), "suppressed": JSON(suppressed),
            "folded": .bool(!folds.isEmpty),
        ])
    }
}
