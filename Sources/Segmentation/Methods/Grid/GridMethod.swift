package import Columns
import Engine
package import Workspace

/// The cells of two axes; small ones are joined with their neighbours.
package struct GridMethod: ConditionMethod {
    package static let name = "grid"
    package static let title = "Grid"
    package static let summary =
        "grid: the cells of two axes, each a column's parts, a category or another segmentation"
    private static let axis = [Bands.column] + Bands.cuts + [Bands.segmentation]
    package static let fields = [
        Field("rows", .object(axis), required: true, "the first axis"),
        Field("columns", .object(axis), required: true, "the second axis"),
        Field(
            "minimum_share", .number,
            "cells below this share of the customers are joined with a neighbour, like 0.03"),
    ]

    private let rows: Bands?
    private let columns: Bands?
    private let minimumShare: Double

    package init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        rows = values.object("rows").map { Bands($0, &diagnostics) }
        columns = values.object("columns").map { Bands($0, &diagnostics) }
        minimumShare = values.share("minimum_share", &diagnostics) ?? 0
    }

    package var announced: [String]? { nil }
    package var uses: [Located<String>] { [rows?.other, columns?.other].compactMap { $0 } }

    package func usualName(
        _ name: String, following names: [String: [String: String]]
    ) -> String {
        let inRows = rows?.other.flatMap { names[$0.value] } ?? [:]
        let inColumns = columns?.other.flatMap { names[$0.value] } ?? [:]
        return name.replacingParts(inRows, between: ["", "; "], and: [" × "])
            .replacingParts(inColumns, between: [" × ", ", "], and: [", ", "; ", ""])
    }

    package func conditions(
        over table: ConditionTable, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> SegmentConditions? {
        guard let rows = try await rows?.bands(over: table, &diagnostics),
            let columns = try await columns?.bands(over: table, &diagnostics)
        else { return nil }
        let cells = rows.flatMap { row in
            columns.map { column in CheckedExpression.all([row.condition, column.condition]) }
        }
        let counts = try await table.counts(cells)
        let parts = GridMerge(rows: rows.count, columns: columns.count, counts: counts)
            .parts(minimum: minimumShare * Double(counts.reduce(0, +)))
        var result = SegmentConditions(segments: [])
        for part in parts {
            result.segments.append(
                .init(
                    name: Self.name(of: part, rows, columns),
                    condition: part.count == 1 ? cells[part[0]] : .any(part.map { cells[$0] })))
        }
        let joined = parts.filter { $0.count > 1 }
        if !joined.isEmpty {
            result.notices.append(
                Notice(
                    "cells_joined",
                    "\(joined.map(\.count).reduce(0, +)) cells became \(joined.count), since some held "
                        + "less than the minimum share"))
        }
        return result
    }

    /// "Low × Active"; where cells of a row are joined, "Low × Active, Calm".
    private static func name(of part: [Int], _ rows: [Bands.Band], _ columns: [Bands.Band])
        -> String
    {
        let inRows = Dictionary(grouping: part) { $0 / columns.count }.sorted { $0.key < $1.key }
        return inRows.map { row, cells in
            let names = cells.map { columns[$0 % columns.count].name }
            return "\(rows[row].name) × \(names.joined(separator: ", "))"
        }.joined(separator: "; ")
    }
}

/// Joins small cells of a grid with their neighbours until none is small.
struct GridMerge {
    let rows: Int
    let columns: Int
    let counts: [Int]

    /// The parts, each the cells it holds, in the order of their first cell. Empty cells that
    /// nobody is in are left out unless a part needs them to be in one piece.
    ///
    /// The smallest part is joined with its smallest neighbour, ties to the first.
    func parts(minimum: Double) -> [[Int]] {
        var parts = counts.indices.map { [$0] }
        func size(_ part: [Int]) -> Int { part.reduce(0) { $0 + counts[$1] } }
        while parts.count > 1 {
            let smallest = parts.indices.min { size(parts[$0]) < size(parts[$1]) } ?? 0
            guard Double(size(parts[smallest])) < minimum else { break }
            let neighbours = parts.indices.filter { other in
                other != smallest
                    && parts[smallest].contains { a in parts[other].contains { isNext(a, $0) } }
            }
            guard let nearest = neighbours.min(by: { size(parts[$0]) < size(parts[$1]) }) else {
                break
            }
            parts[nearest] = (parts[nearest] + parts[smallest]).sorted()
            parts.remove(at: smallest)
        }
        return parts.filter { size($0) > 0 }.sorted { $0[0] < $1[0] }
    }

    private func isNext(_ a: Int, _ b: Int) -> Bool {
        let (row, column) = (abs(a / columns - b / columns), abs(a % columns - b % columns))
        return row + column == 1
    }
}
