package import Columns
import Learning
package import Query
import Segmentation

/// How far two segmentations of the same customers say the same.
package struct SegmentationComparison: Sendable {
    package let first: String
    package let second: String
    private let agreement: Agreement
    private let test: ChiSquaredTest
    private let rows: [String]
    private let columns: [String]
    private let table: ContingencyTable

    /// A cell with clearly more or fewer customers than by chance.
    private struct Cell {
        var first: String
        var second: String
        var rows: Int
        var lift: Double
        var residual: Double
    }

    init(
        _ first: String, _ second: String, rows: [String], columns: [String], counts: [[Int]]
    ) {
        (self.first, self.second, self.rows, self.columns) = (first, second, rows, columns)
        table = ContingencyTable(counts)
        agreement = Agreement(table)
        test = table.chiSquaredTest()
    }

    /// |z| beyond this is told, where the lift is, too: with many customers every cell differs.
    private static let notable = (residual: 2.0, lift: 1.25)

    private var notable: [Cell] {
        let (lifts, residuals) = (table.lift, table.adjustedResiduals)
        var cells: [Cell] = []
        for row in rows.indices {
            for column in columns.indices {
                let (lift, residual) = (lifts[row, column], residuals[row, column])
                guard abs(residual) > Self.notable.residual,
                    lift >= Self.notable.lift || lift <= 1 / Self.notable.lift
                else { continue }
                cells.append(
                    Cell(
                        first: rows[row], second: columns[column], rows: table[row, column],
                        lift: lift, residual: residual))
            }
        }
        let order = cells.indices.sorted {
            (-abs(cells[$0].residual), $0) < (-abs(cells[$1].residual), $1)
        }
        return order.map { cells[$0] }
    }

    /// What V says, in words (Cohen 1988, for the smaller of both numbers of segments).
    package var words: String {
        let degrees = max(1, min(rows.count, columns.count) - 1)
        let effect = (test.cramersV ?? 0) * Double(degrees).squareRoot()
        if test.p > 0.05 { return "no relation found" }
        return switch effect {
        case 0.5...: "strongly related"
        case 0.3...: "related"
        case 0.1...: "weakly related"
        default: "hardly related, though not by chance"
        }
    }

    package var json: JSON {
        .object([
            "first": .string(first), "second": .string(second), "rows": JSON(agreement.rows),
            "words": .string(words), "adjusted_rand_index": JSON(agreement.adjustedRandIndex),
            "adjusted_mutual_information": JSON(agreement.adjustedMutualInformation),
            "v_measure": JSON(agreement.vMeasure), "chi_squared": JSON(test.statistic),
            "degrees": JSON(test.degrees), "p": JSON(test.p), "cramers_v": JSON(test.cramersV),
            "first_segments": .array(rows.map { .string($0) }),
            "second_segments": .array(columns.map { .string($0) }),
            "counts": .array(
                rows.indices.map { row in
                    .array(columns.indices.map { JSON(table[row, $0]) })
                }),
            "adjusted_residuals": .array(
                rows.indices.map { row in
                    .array(table.adjustedResiduals.row(row).map { JSON($0) })
                }),
            "notable": .array(
                notable.map {
                    .object([
                        "first": .string($0.first), "second": .string($0.second),
                        "rows": JSON($0.rows), "lift": JSON($0.lift),
                        "adjusted_residual": JSON($0.residual),
                    ])
                }),
        ])
    }

    /// Rows of the table for a terminal: the first segmentation's segments by the second's.
    package var shown: (columns: [String], rows: [[Value]]) {
        (
            [first] + columns,
            rows.indices.map { row in
                [.text(rows[row])] + columns.indices.map { .integer(Int64(table[row, $0])) }
            }
        )
    }

    /// Agreement in numbers, and the cells that stand out.
    package var text: String {
        func number(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
        let figures =
            "\(first) and \(second): \(words); adjusted Rand index "
            + "\(number(agreement.adjustedRandIndex)), adjusted mutual information "
            + "\(number(agreement.adjustedMutualInformation)), Cramér's V "
            + (test.cramersV.map(number) ?? "–") + " on \(agreement.rows) rows"
        let cells = notable.prefix(5).map {
            "  \($0.first) × \($0.second): \($0.rows), \(number($0.lift)) times as many as by chance"
        }
        return ([figures] + cells).joined(separator: "\n")
    }
}

extension PublishedRun {
    /// Every pair of segmentations of one model, through the gate.
    ///
    /// - Parameter name: only pairs with this one; nil for all.
    /// - Returns: none for a pair of which small cells are hidden: agreement would give them away.
    /// - Throws: `not_permitted`, or the engine's own error.
    package func comparisons(
        with name: String?, for reader: Reader
    ) async throws(AuroraError) -> [SegmentationComparison] {
        var comparisons: [SegmentationComparison] = []
        for (index, first) in segmentations.enumerated() {
            for second in segmentations[(index + 1)...] where second.model == first.model {
                guard name == nil || name == first.name || name == second.name else { continue }
                let profile = try await gate.groups(
                    by: first.name, comparing: [second.name], filter: FilterContext(), for: reader)
                guard let levels = profile.levels.first?.levels else { continue }
                let counts = profile.groups.indices.map { group in
                    levels.map { $0.rows[group] }
                }
                let isWhole = counts.allSatisfy { $0.allSatisfy { $0 != nil } }
                guard isWhole, counts.count > 1, levels.count > 1 else { continue }
                comparisons.append(
                    SegmentationComparison(
                        first.name, second.name, rows: profile.groups.map(\.value.description),
                        columns: levels.map(\.value.description),
                        counts: counts.map { $0.map { $0 ?? 0 } }))
            }
        }
        return comparisons
    }
}
