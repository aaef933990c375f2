import Columns
import Query
import Workspace

/// Figures by one or two dimensions down and one across, with totals.
///
/// Totals are figures of their own: each is computed over the rows that it is of.
struct Matrix: Chart {
    static let name = "matrix"
    static let summary = "figures by dimensions down and across, with totals and colour"
    static let fields = [
        Field("measures", .list(.text), required: true, "the figures"),
        Field(
            "by", .list(.text), required: true,
            "one dimension of the rows, or two: groups and what is in them"),
        Field("across", .text, "the dimension of the columns"),
        Field(
            "shade", .choice(["scale", "bars", "none"]),
            "what shows how large figures are: colours, the default, or bars"),
        Field("totals", .boolean, "whether there are totals; there are, if not stated"),
        ChartFields.top,
    ]
    static let usualSize = (width: 12, height: 5)
    /// Beyond, nobody reads a table; a page says so instead of a browser that stands still.
    private static let mostCells = 5_000

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    let top: Int?
    let options: JSON
    private let rows: [String]
    private let across: [String]
    private let hasTotals: Bool

    init(_ values: FieldValues) {
        measures = values.texts("measures") ?? []
        let by = values.texts("by") ?? []
        let column = [values.located("across")].compactMap { $0 }
        dimensions = by + column
        (rows, across) = (by.map(\.value), column.map(\.value))
        top = values.integer("top")
        hasTotals = values.boolean("totals") ?? true
        options = .object([
            "levels": JSON(by.count), "across": .bool(!column.isEmpty),
            "shade": .string(values.text("shade") ?? "scale"), "totals": .bool(hasTotals),
        ])
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        guard (1...2).contains(rows.count) else {
            throw AuroraError(
                "row_dimensions", "a matrix has 1 or 2 dimensions of rows, not \(rows.count)",
                hint: "'across' names that of the columns; a table has any number of dimensions")
        }
        let query = try await query(gate, filter, for: reader)
        let cells = try await gate.answer(query, for: reader)
        guard cells.rows.count * measures.count <= Self.mostCells else {
            throw AuroraError(
                "too_many_cells",
                "the matrix would have \(cells.rows.count * measures.count) cells, but "
                    + "\(Self.mostCells) can be shown", hint: "state 'top', like top: 20")
        }
        var members = cells.members(query.folds)
        var totals: [JSON] = []
        for dimensions in hasTotals ? totalled : [] {
            var part = query
            part.dimensions = dimensions
            let table = try await gate.answer(part, for: reader)
            totals.append(
                .object([
                    "by": .array(dimensions.map { .string($0) }), "rows": table.json(query.folds),
                ]))
        }
        members.append(.init(name: "totals", value: .array(totals)))
        return .object(members)
    }

    /// The dimensions of each kind of total: of rows, of groups of rows, of columns, of all.
    private var totalled: [[String]] {
        var parts: [[String]] = []
        if !across.isEmpty { parts.append(rows) }
        if rows.count > 1 {
            parts.append([rows[0]] + across)
            if !across.isEmpty { parts.append([rows[0]]) }
        }
        parts.append(across)
        if !across.isEmpty { parts.append([]) }
        return parts
    }
}
