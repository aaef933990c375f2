import Columns
import Kernels
import Testing

@Suite("Quantiles within groups")
struct GroupQuantilesTests {
    static let paths = KernelPath.allCases.filter(\.isAvailable)

    /// Shapes of columns that banks have, and some that mislead a sample.
    enum Shape: String, CaseIterable {
        case smooth, heavyTail, counts, mostlyZero, constant, sorted, periodic, sparse, infinite

        func value(_ row: Int, _ random: RandomNumbers) -> Double {
            let share = random.uniform(row)
            switch self {
            case .smooth: return share * 100 - 50
            case .heavyTail: return 1 / (share * share + 1e-9)
            case .counts: return (share * share * 8).rounded(.down)
            case .mostlyZero: return share < 0.7 ? (share < 0.3 ? -0.0 : 0) : share * 1000
            case .constant: return 3.5
            case .sorted: return Double(row)
            case .periodic: return Double(row % 64) + share * 0.001
            case .sparse: return share < 0.9 ? .nan : share
            case .infinite:
                return share < 0.3 ? -.infinity : (share > 0.6 ? .infinity : share)
            }
        }
    }

    private func check(
        _ groups: [GroupQuantiles.Group], _ expected: [GroupQuantiles.Group]
    ) {
        for (group, expected) in zip(groups, expected) {
            #expect(group.count == expected.count)
            #expect(group.missing == expected.missing)
            #expect(group.minimum == expected.minimum)
            #expect(group.maximum == expected.maximum)
            #expect(
                group.quantiles.map(\.description)
                    == expected.quantiles.map { ($0 + 0).description })
            if let mean = expected.mean, mean.isFinite {
                #expect(abs((group.mean ?? .nan) - mean) <= 1e-12 * abs(mean) + 1e-12)
            }
        }
        #expect(groups.count == expected.count)
    }

    @Test(
        "as sorting gives them, for columns of any shape", arguments: Shape.allCases,
        [150_000])
    func large(shape: Shape, rows: Int) {
        let random = RandomNumbers(seed: 5)
        let column = (0..<rows).map { shape.value($0, random) }
        // One group larger than a block, a small one, an empty one, and rows in none.
        let labels = (0..<rows).map { row in
            let share = random.uniform(1_000_000 + row)
            return Int32(share < 0.6 ? 0 : share < 0.85 ? 1 : share < 0.86 ? 3 : -1)
        }
        let fractions = [0, 0.05, 0.25, 0.5, 0.75, 0.999, 1]
        let expected = GroupQuantilesReference.measure(
            column, labels: labels, groups: 4, fractions: fractions)
        for path in Self.paths {
            let quantiles = GroupQuantiles(labels: labels, groups: 4, path: path)
            check(quantiles.measure(column, fractions: fractions), expected)
        }
    }

    @Test("every small number of rows", arguments: 0...40)
    func small(rows: Int) {
        let random = RandomNumbers(seed: UInt64(rows))
        let column = (0..<rows).map { random.uniform($0) < 0.2 ? .nan : random.uniform($0) }
        let labels = (0..<rows).map { Int32(random.integer(100 + $0, below: 3)) }
        let fractions = [0.25, 0.5, 0.75]
        let expected = GroupQuantilesReference.measure(
            column, labels: labels, groups: 3, fractions: fractions)
        let first = GroupQuantiles(labels: labels, groups: 3).measure(column, fractions: fractions)
        check(first, expected)
        for path in Self.paths {
            let quantiles = GroupQuantiles(labels: labels, groups: 3, path: path)
            #expect(quantiles.measure(column, fractions: fractions) == first)
        }
    }

    /// Values between which there is nothing else, where a sample's bounds are hit exactly.
    @Test("two values in any mixture", arguments: Array(stride(from: 0.02, to: 1, by: 0.04)))
    func two(share: Double) {
        let random = RandomNumbers(seed: 8)
        let column = (0..<30_000).map { random.uniform($0) < share ? 1.0 : 2.0 }
        let labels = [Int32](repeating: 0, count: column.count)
        let fractions = [0.25, 0.5, 0.75]
        let expected = GroupQuantilesReference.measure(
            column, labels: labels, groups: 1, fractions: fractions)
        check(
            GroupQuantiles(labels: labels, groups: 1).measure(column, fractions: fractions),
            expected)
    }

    @Test("threads and neighbours change nothing, and work stops between columns")
    func columns() throws {
        let random = RandomNumbers(seed: 9)
        let columns = Shape.allCases.map { shape in
            (0..<20_000).map { shape.value($0, random) }
        }
        let labels = (0..<20_000).map { Int32($0 % 3) }
        let quantiles = GroupQuantiles(labels: labels, groups: 3)
        let alone = columns.map { quantiles.measure($0, fractions: [0.5]) }
        for threads in [1, 2, 3] {
            let together = try quantiles.measure(
                columns, fractions: [0.5], work: Work(threads: threads))
            // The mean of infinities of both signs isn't a number, and so equals nothing.
            #expect(together.description == alone.description)
        }
        let work = Work { _, _ throws(AuroraError) in throw AuroraError.interrupted }
        let error = #expect(throws: AuroraError.self) {
            _ = try quantiles.measure(columns, fractions: [0.5], work: work)
        }
        #expect(error?.code == "interrupted")
    }
}
