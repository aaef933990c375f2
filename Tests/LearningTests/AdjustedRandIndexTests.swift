import Columns
import Learning
import Testing

@Suite("Adjusted Rand index")
struct AdjustedRandIndexTests {
    private static let table = [[50, 10, 25], [8, 40, 12], [2, 15, 18]]

    @Test("golden value of METHODS.md section 10")
    func golden() throws {
        #expect(abs(AdjustedRandIndex.measure(table: Self.table) - 0.20099430574732574) < 1e-15)
        var first: [Int32] = []
        var second: [Int32] = []
        for (row, counts) in Self.table.enumerated() {
            for (column, count) in counts.enumerated() {
                first += Array(repeating: Int32(row), count: count)
                second += Array(repeating: Int32(column), count: count)
            }
        }
        let index = try AdjustedRandIndex.measure(first, second)
        #expect(abs(index - 0.20099430574732574) < 1e-15)
        #expect(try AdjustedRandIndex.measure(second, first) == index)
    }

    // Values of scikit-learn 1.9.1.
    @Test(
        "small groupings",
        arguments: [
            ([0, 0, 1, 1], [0, 0, 1, 1], 1.0), ([0, 0, 1, 1], [1, 1, 0, 0], 1.0),
            ([0, 0, 1, 2], [0, 0, 1, 1], 0.5714285714285714), ([0, 0, 0, 0], [0, 1, 2, 3], 0.0),
            ([0, 0, 1, 1], [0, 1, 0, 1], -0.5), ([0, 0, 0], [0, 0, 0], 1.0),
            ([0, 1, 2], [2, 1, 0], 1.0), ([0], [0], 1.0),
        ] as [([Int32], [Int32], Double)])
    func small(first: [Int32], second: [Int32], expected: Double) throws {
        #expect(abs(try AdjustedRandIndex.measure(first, second) - expected) < 1e-15)
    }

    @Test("what can't be compared is told")
    func refused() {
        let differ = #expect(throws: AuroraError.self) {
            try AdjustedRandIndex.measure([0, 1], [0])
        }
        #expect(differ?.code == "rows_differ")
        let none = #expect(throws: AuroraError.self) { try AdjustedRandIndex.measure([], []) }
        #expect(none?.code == "no_rows")
    }
}
