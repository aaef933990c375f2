import Kernels
import Testing

@Suite("Counts within groups")
struct GroupCountsTests {
    private let random = RandomNumbers(seed: 12)

    @Test("a table counts each row that has a group and a level, on any number of threads")
    func table() {
        for rows in [0, 1, 7, 300_000] {
            let labels = (0..<rows).map { Int32(random.integer($0, below: 5)) - 1 }
            let codes = (0..<rows).map { Int32(random.integer(rows + $0, below: 8)) - 1 }
            var expected = [Int](repeating: 0, count: 4 * 7)
            for (label, code) in zip(labels, codes) where label >= 0 && code >= 0 {
                expected[Int(label) * 7 + Int(code)] += 1
            }
            for threads in [1, 2, 3] {
                let counts = GroupCounts.table(
                    labels: labels, groups: 4, codes: codes, levels: 7, threads: threads)
                #expect(counts == expected)
            }
        }
    }

    /// Values on the edges and beside them, where a guess from the width is off by one.
    @Test(
        "each value is in the interval that its edges say",
        arguments: [
            (0...30).map { Double($0) * 0.1 }, [0, 1], [-1, 0, 0, 2], [1, 10, 100, 1000, 1e6],
            [-1e308, 0, 1e308], [5, 5],
        ])
    func histogram(edges: [Double]) {
        var values = edges.flatMap { [$0, $0.nextUp, $0.nextDown] }
        values += [.nan, .infinity, -.infinity, -0.0] + (0..<999).map { random.uniform($0) * 4 }
        let labels = values.indices.map { Int32($0 % 3) - 1 }
        let levels = edges.count + 2
        var expected = [Int](repeating: 0, count: 2 * levels)
        for (value, label) in zip(values, labels) where label >= 0 {
            let place: Int
            if value.isNaN {
                place = edges.count + 1
            } else if value == edges[edges.count - 1] {
                place = edges.count - 1
            } else {
                place = edges.count { $0 <= value }
            }
            expected[Int(label) * levels + place] += 1
        }
        let counts = GroupCounts.histogram(
            values, edges: edges, labels: labels, groups: 2, threads: 2)
        #expect(counts == expected)
    }
}
