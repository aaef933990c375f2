import Columns
import Foundation
import Kernels
import Learning

/// Invented banks whose groups, or lack of groups, is known.
enum StructureBanks {
    /// What a bank is made of; all z-scored, as a method sees them.
    enum Structureless: String, CaseIterable, Sendable {
        case uniformBox, elongatedGaussian, independentLognormals, replicaOfExample
    }

    struct Planted {
        var matrix: Matrix
        var labels: [Int32]
        var k: Int
    }

    /// Numbers that are drawn one after the other.
    struct Draws {
        let random: RandomNumbers
        var next = 0

        init(seed: UInt64, bank: Int) { random = RandomNumbers(seed: seed, restart: bank) }

        mutating func uniform(_ range: ClosedRange<Double> = 0...1) -> Double {
            next += 1
            return range.lowerBound
                + random.uniform(next) * (range.upperBound - range.lowerBound)
        }

        mutating func integer(_ range: ClosedRange<Int>) -> Int {
            next += 1
            return range.lowerBound + random.integer(next, below: range.count)
        }

        mutating func normal() -> Double {
            NormalQuantile.of(min(1 - 0x1p-53, uniform() + 0x1p-60))
        }
    }

    static func zScored(_ matrix: Matrix) throws -> Matrix {
        let scaling = Preprocessing((0..<matrix.columns).map { "\($0)" })
        return try scaling.fit(matrix).apply(matrix)
    }

    /// 1,000 to 4,000 rows of 2 to 8 columns.
    static func structureless(_ kind: Structureless, bank: Int) throws -> Matrix {
        var draws = Draws(seed: 77, bank: bank)
        let (rows, columns) = (draws.integer(1000...4000), draws.integer(2...8))
        switch kind {
        case .uniformBox:
            return try zScored(filled(rows, columns) { _ in draws.uniform() })
        case .elongatedGaussian:
            // Noise in all directions, and 2 to 6 times as much along one that leans.
            let direction = (0..<columns).map { _ in draws.normal() }
            let length = draws.uniform(2...6)
            let norm = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
            var along = 0.0
            return try zScored(
                filled(rows, columns) { column in
                    if column == 0 { along = draws.normal() * length / norm }
                    return draws.normal() + along * direction[column]
                })
        case .independentLognormals:
            let widths = (0..<columns).map { _ in draws.uniform(0.4...1.5) }
            return try zScored(filled(rows, columns) { exp(widths[$0] * draws.normal()) })
        case .replicaOfExample:
            let examples = try Examples.all.get()
            let example = examples[bank % examples.count]
            return try CopulaNull(of: example).replica(bank, seed: 78)
        }
    }

    /// 3 to 6 Gaussian groups of 3 to 45 %, overlapping to well separated, each with widths of its
    /// own, in 2 to 6 columns, with up to 4 columns of noise; sometimes one column is skewed.
    static func planted(bank: Int) throws -> Planted {
        var draws = Draws(seed: 79, bank: bank)
        let (rows, k) = (draws.integer(1000...4000), draws.integer(3...6))
        let (columns, noise) = (draws.integer(2...6), draws.integer(0...4))
        var shares: [Double] = []
        repeat {
            let weights = (0..<k).map { _ in -log(1 - draws.uniform(0...0.999)) }
            shares = weights.map { $0 / weights.reduce(0, +) }
        } while shares.contains { !(0.03...0.45).contains($0) }
        let distance = draws.uniform(1...3.5)
        let centres = Matrix(
            (0..<k).map { _ in (0..<columns).map { _ in distance * draws.normal() } })
        let widths = Matrix(
            (0..<k).map { _ in (0..<columns).map { _ in draws.uniform(0.6...1.3) } })
        let isSkewed = draws.uniform() < 0.3
        var (matrix, labels) = (Matrix(rows: rows, columns: columns + noise), [Int32]())
        for row in 0..<rows {
            var (left, group) = (draws.uniform(), 0)
            while group < k - 1, left >= shares[group] {
                left -= shares[group]
                group += 1
            }
            labels.append(Int32(group))
            for column in 0..<columns {
                matrix[row, column] =
                    centres[group, column] + widths[group, column] * draws.normal()
            }
            if isSkewed { matrix[row, 0] = exp(matrix[row, 0] / 2) }
            for column in columns..<columns + noise { matrix[row, column] = draws.normal() }
        }
        return Planted(matrix: try zScored(matrix), labels: labels, k: k)
    }

    private static func filled(
        _ rows: Int, _ columns: Int, _ value: (Int) -> Double
    ) -> Matrix {
        var matrix = Matrix(rows: rows, columns: columns)
        for row in 0..<rows { for column in 0..<columns { matrix[row, column] = value(column) } }
        return matrix
    }
}
