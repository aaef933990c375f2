package import Columns
import Kernels

/// How many rows are in each group of one grouping and in each of another: what all measures of
/// agreement and of association are worked out from.
///
/// ```swift
/// let table = try ContingencyTable(before, after)
/// table.adjustedMutualInformation
/// table.chiSquaredTest()
/// ```
package struct ContingencyTable: Sendable, Equatable {
    /// Groups of the first grouping.
    package let rows: Int
    /// Groups of the second grouping.
    package let columns: Int
    /// rows × columns, row by row.
    package let counts: [Int]
    package let rowTotals: [Int]
    package let columnTotals: [Int]
    package let total: Int
    /// Rows that aren't counted, since they belong to no group in one of the groupings.
    package let leftOut: Int

    /// - Parameter counts: rows × columns, none below 0.
    package init(_ counts: [[Int]]) {
        let columns = counts.first?.count ?? 0
        precondition(counts.allSatisfy { $0.count == columns }, "rows of one length")
        self.init(columns: columns, counts: counts.flatMap { $0 }, rows: counts.count)
    }

    /// - Parameters:
    ///   - first: the group of each row, from 0; `Noise.label` for none.
    ///   - second: the group of each row in the other grouping.
    ///   - rows: groups of the first grouping; by default up to the highest that occurs.
    ///   - columns: groups of the second.
    /// - Throws: `rows_differ` where one has more rows than the other; `no_rows` where no row has a
    ///   group in both.
    ///
    /// Complexity: O(rows of data + rows · columns).
    package init(
        _ first: [Int32], _ second: [Int32], rows: Int? = nil, columns: Int? = nil
    ) throws(AuroraError) {
        try requireSameRows(first.count, second.count)
        let rows = rows ?? Int(first.max() ?? -1) + 1
        let columns = columns ?? Int(second.max() ?? -1) + 1
        let counts = GroupCounts.table(
            labels: first, groups: rows, codes: second, levels: columns, threads: 1)
        let leftOut = first.count - counts.reduce(0, +)
        guard leftOut < first.count else {
            throw AuroraError("no_rows", "there are no rows to compare groupings of")
        }
        self.init(columns: columns, counts: counts, rows: rows, leftOut: leftOut)
    }

    private init(columns: Int, counts: [Int], rows: Int, leftOut: Int = 0) {
        precondition(counts.allSatisfy { $0 >= 0 }, "no count below 0")
        (self.rows, self.columns, self.counts, self.leftOut) = (rows, columns, counts, leftOut)
        var rowTotals = [Int](repeating: 0, count: rows)
        var columnTotals = [Int](repeating: 0, count: columns)
        for row in 0..<rows {
            for column in 0..<columns {
                rowTotals[row] += counts[row * columns + column]
                columnTotals[column] += counts[row * columns + column]
            }
        }
        (self.rowTotals, self.columnTotals) = (rowTotals, columnTotals)
        total = rowTotals.reduce(0, +)
    }

    package subscript(row: Int, column: Int) -> Int { counts[row * columns + column] }

    /// Groups that have a row.
    var usedRows: Int { rowTotals.count { $0 > 0 } }
    var usedColumns: Int { columnTotals.count { $0 > 0 } }

    /// The matrix of a figure for each cell.
    func cells(_ value: (_ row: Int, _ column: Int) -> Double) -> Matrix {
        var result = Matrix(rows: rows, columns: columns)
        for row in 0..<rows {
            for column in 0..<columns { result[row, column] = value(row, column) }
        }
        return result
    }
}

/// - Throws: `rows_differ`.
func requireSameRows(_ first: Int, _ second: Int) throws(AuroraError) {
    guard first == second else {
        throw AuroraError(
            "rows_differ",
            "\(first) rows have a group in one grouping and \(second) in the other")
    }
}

extension ContingencyTable: Codable {
    private enum CodingKeys: String, CodingKey {
        case columns, counts
        case leftOut = "left_out"
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(columns, forKey: .columns)
        try values.encode(
            (0..<rows).map { Array(counts[$0 * columns..<($0 + 1) * columns]) }, forKey: .counts)
        try values.encode(leftOut, forKey: .leftOut)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let columns = try values.decode(Int.self, forKey: .columns)
        let counts = try values.decode([[Int]].self, forKey: .counts)
        guard counts.allSatisfy({ $0.count == columns && $0.allSatisfy { $0 >= 0 } }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .counts, in: values,
                debugDescription: "expected rows of \(columns) counts")
        }
        self.init(
            columns: columns, counts: counts.flatMap { $0 }, rows: counts.count,
            leftOut: try values.decode(Int.self, forKey: .leftOut))
    }
}
