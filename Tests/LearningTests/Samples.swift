import Columns
import Foundation
import Kernels
import Learning
import Testing

/// Data that the tests share.
enum Samples {
    /// METHODS.md section 10.
    static let golden = Matrix([
        [1.0, 1.2], [0.8, 0.9], [1.3, 1.1], [1.1, 0.7], [5.0, 5.2], [5.3, 4.8], [4.7, 5.1],
        [5.1, 5.5], [9.0, 1.0], [8.7, 1.4], [9.3, 0.8], [6.8, 3.2],
    ])
    static let goldenLabels: [Int32] = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]

    /// `groups` overlapping clouds around points of a grid, in mixed order.
    static func clouds(rows: Int, columns: Int = 3, groups: Int = 4, seed: UInt64 = 1) -> Matrix {
        var matrix = Matrix(rows: rows, columns: columns)
        for row in 0..<rows {
            let random = RandomNumbers(seed: seed, restart: 0, step: row)
            let group = random.integer(0, below: groups)
            for column in 0..<columns {
                let noise = (1...4).reduce(-2) { $0 + random.uniform(4 * column + $1) }
                matrix[row, column] = Double(group >> (column % 3) & 1) * 3 + noise
            }
        }
        return matrix
    }

    /// Three clouds that no method could take for one, in mixed order.
    static func separate(rows: Int, seed: UInt64 = 1) -> Matrix {
        var matrix = clouds(rows: rows, columns: 2, groups: 1, seed: seed)
        for row in 0..<rows {
            matrix[row, 0] += row % 3 == 1 ? 12 : 0
            matrix[row, 1] += row % 3 == 2 ? 12 : 0
        }
        return matrix
    }
}

/// Expects that `body` throws an `AuroraError` with this code, and returns its message.
@discardableResult
func expectError(
    _ code: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) -> String {
    let error = #expect(
        throws: AuroraError.self, sourceLocation: sourceLocation, performing: body)
    #expect(error?.code == code, sourceLocation: sourceLocation)
    return error?.message ?? ""
}

/// What comes back from JSON.
func roundTrip<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
}

/// Equal doubles with equal bits: tells 0 from −0.
func bits(_ matrix: Matrix) -> [UInt64] { matrix.storage.map(\.bitPattern) }
