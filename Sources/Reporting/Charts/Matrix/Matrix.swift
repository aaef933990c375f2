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
        ChartFields.top, ChartFields.drill,
    ]
    static let showsParts = true
    static let usualSize = (width: 12, height: 5)

    let measures: [Located<String>]
    private(set) var dimensions: [Located<String>]
    let drill: [Located<String>]
    let top: Int?
    let options: JSON
    private var rows: [String]
    private let across: [String]
    private let hasTotals: Bool

    init(_ values: FieldValues) {
        measures = values.texts("measures") ?? []
        let by = values.texts("by") ?? []
        let column = [values.located("across")].compactMap { $0 }
        dimensions = by + column
        (rows, across) = (by.map(\.value), column.map(\.value))
        top = values.integer("top")
        drill = values.texts("drill") ?? []
        hasTotals = values.boolean("totals") ?? true
        options = .object([
            "levels": JSON(by.count), "across": .bool(!column.isEmpty),
            "shade": .string(values.text("shade") ?? "scale"), "totals": .bool(hasTotals),
        ])
    }

    /// The outer rows go down; what is in them, and the columns, stay.
    func drilled(to level: Int) -> any Chart {
        var lower = self
        lower.dimensions[0] = drill[level - 1]
        lower.rows[0] = drill[level - 1].value
        return lower
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        guard (1...2).contains(rows.count) else {
            throw AuroraError(
                "row_dimensions", "a matrix has 1 or 2 dimensions of rows, not \(rows.count)",
                hint: "'across' names that of the columns; a table has any number of dimensions")
        }
        return .object(try await figures(query(gate, filter, for: reader), gate, for: reader))
    }

    /// Totals, too, are those of what is selected.
    func part(
        _ gate: Gate, of whole: FilterContext, _ part: FilterContext, isCut: Bool,
        for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        var query =
            isCut ? try await query(gate, whole, for: reader) : plainQuery(part)
        query.filter = part
        return .object(try await figures(query, gate, for: reader))
    }

    private func figures(
        _ query: FigureQuery, _ gate: Gate, for reader: Reader
    ) async throws(AuroraError) -> [JSON.Member] {
        let cells = try await gate.answer(query, for: reader)
        try requireRoom(cells)
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
        return members
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
