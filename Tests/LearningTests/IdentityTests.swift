import Columns
import Kernels
import Learning
import Testing

@Suite("Identity of groups over refits")
struct IdentityTests {
    /// Labels of a table of old × new counts.
    static func labels(_ table: [[Int]]) -> (old: [Int32], new: [Int32]) {
        var (old, new) = ([Int32](), [Int32]())
        for (row, counts) in table.enumerated() {
            for (column, count) in counts.enumerated() {
                old += Array(repeating: Int32(row), count: count)
                new += Array(repeating: Int32(column), count: count)
            }
        }
        return (old, new)
    }

    static func match(
        _ table: [[Int]], ids: [Int]? = nil, highest: Int? = nil,
        rule: IdentityLedger.Rule = .init()
    ) throws -> (ledger: IdentityLedger, matching: IdentityMatching) {
        let ids = ids ?? Array(1...table.count)
        let (old, new) = labels(table)
        return try IdentityLedger(ids: ids, highest: highest ?? ids.max()!).matched(
            old: old, new: new, groups: table[0].count, rule: rule)
    }

    @Test("golden pairing of METHODS.md section 10: 0, 1, 2 by Jaccard, one of them accepted")
    func golden() throws {
        let table = ContingencyTable([[50, 10, 25], [8, 40, 12], [2, 15, 18]])
        let cost = Matrix(rows: 3, columns: 3, storage: table.jaccard.storage.map { 1 - $0 })
        #expect(HungarianAssignment.solve(cost) == [0, 1, 2])
        let (ledger, matching) = try Self.match([[50, 10, 25], [8, 40, 12], [2, 15, 18]])
        #expect(matching.groups.map(\.isKept) == [true, false, false])
        #expect(ledger.ids == [1, 4, 5])
        #expect(matching.gone.map(\.id) == [2, 3])
    }

    @Test("the pairing costs least among all", arguments: 0..<40)
    func exhaustive(seed: Int) {
        let random = RandomNumbers(seed: UInt64(seed))
        let (rows, columns) = (1 + random.integer(0, below: 5), 1 + random.integer(1, below: 5))
        // Few different costs, so that there are ties.
        let cost = Matrix(
            rows: rows, columns: columns,
            storage: (0..<rows * columns).map { Double(random.integer($0 + 2, below: 7)) - 2 })
        func least(_ row: Int, _ taken: Set<Int>, _ skips: Int) -> Double {
            guard row < rows else { return 0 }
            var best = skips > 0 ? least(row + 1, taken, skips - 1) : .infinity
            for column in 0..<columns where !taken.contains(column) {
                best = min(best, cost[row, column] + least(row + 1, taken.union([column]), skips))
            }
            return best
        }
        let found = HungarianAssignment.solve(cost)
        let columnsFound = found.compactMap { $0 }
        #expect(columnsFound.count == min(rows, columns))
        #expect(Set(columnsFound).count == columnsFound.count)
        let sum = found.enumerated().reduce(0.0) { sum, pair in
            sum + (pair.element.map { cost[pair.offset, $0] } ?? 0)
        }
        #expect(sum == least(0, [], max(0, rows - columns)))
    }

    @Test("groups in another order keep their ids")
    func reordered() throws {
        let (ledger, matching) = try Self.match(
            [[0, 90, 2], [1, 0, 50], [70, 0, 3]], ids: [4, 2, 9])
        #expect(ledger.ids == [9, 4, 2])
        #expect(ledger.highest == 9)
        #expect(matching.groups.allSatisfy { $0.isKept })
        #expect(matching.groups[1].overlap == 90)
        #expect(matching.groups[1].jaccard == 90.0 / 92)
        #expect(matching.splits.isEmpty && matching.merges.isEmpty && matching.gone.isEmpty)
        #expect(matching.commonRows == 216)
        #expect(try roundTrip(matching) == matching)
        #expect(try roundTrip(ledger) == ledger)
    }

    @Test("a split is told with its parts; the larger one keeps the id")
    func split() throws {
        let (ledger, matching) = try Self.match([[60, 35, 5], [0, 0, 100]])
        #expect(ledger.ids == [1, 3, 2])
        #expect(matching.splits.count == 1)
        #expect(matching.splits[0].id == 1)
        #expect(matching.splits[0].flows.map(\.id) == [1, 3])
        #expect(matching.splits[0].flows.map(\.share) == [0.6, 0.35])
        #expect(matching.groups[1].nearest == 1)
        #expect(matching.groups[1].jaccard == 0.35)
        #expect(matching.merges.isEmpty)
    }

    @Test("a merge is told with its parts; a group that no other carries on is gone")
    func merge() throws {
        let (ledger, matching) = try Self.match([[80, 2], [60, 3], [4, 90]])
        #expect(ledger.ids == [1, 3])
        #expect(matching.merges.count == 1)
        #expect(matching.merges[0].id == 1)
        #expect(matching.merges[0].flows.map(\.id) == [1, 2])
        #expect(matching.merges[0].flows.map(\.rows) == [80, 60])
        #expect(matching.gone.map(\.id) == [2])
        #expect(matching.gone[0].flows.map(\.id) == [1, 3])
        #expect(matching.splits.isEmpty)
    }

    @Test("an id is never given twice, and the limits can be set")
    func permanent() throws {
        let (ledger, _) = try Self.match([[40, 60], [0, 100]], ids: [3, 1], highest: 7)
        #expect(ledger.ids == [8, 1])
        #expect(ledger.highest == 8)
        var rule = IdentityLedger.Rule()
        rule.jaccard = 0.4
        rule.mergeShare = 0.6
        let (kept, matching) = try Self.match(
            [[40, 60], [0, 100]], ids: [3, 1], highest: 7, rule: rule)
        #expect(kept.ids == [3, 1])
        #expect(matching.merges.map(\.id) == [1])
    }

    @Test("groups that chance can't tell apart are paired the same way each time")
    func ties() throws {
        let (first, _) = try Self.match([[10, 10], [10, 10]])
        #expect(first.ids == [3, 4])
        var rule = IdentityLedger.Rule()
        rule.jaccard = 0.3
        let (second, _) = try Self.match([[10, 10], [10, 10]], rule: rule)
        #expect(second.ids == [1, 2])
    }

    @Test("rows without a group don't count, and groups without common rows are new or gone")
    func noise() throws {
        let (ledger, matching) = try IdentityLedger(groups: 2).matched(
            old: [0, 0, -1, 1], new: [0, 0, 0, -1], groups: 2)
        #expect(ledger.ids == [1, 3])
        #expect(matching.commonRows == 2)
        #expect(matching.groups[1].nearest == nil)
        #expect(matching.gone.map(\.id) == [2])
        expectError("no_rows") {
            _ = try IdentityLedger(groups: 1).matched(old: [], new: [], groups: 1)
        }
    }

    @Test("without common rows, centroids decide up to half the way to the next group")
    func centroids() throws {
        let old = Matrix([[0, 0], [4, 0], [0, 10]])
        let new = Matrix([[0.5, 9], [1.9, 0], [6.1, 0], [50, 50]])
        let (ledger, matching) = try IdentityLedger(ids: [5, 2, 3], highest: 5).matched(
            oldCentroids: old, newCentroids: new)
        #expect(ledger.ids == [3, 5, 6, 7])
        #expect(matching.basis == .centroids)
        #expect(matching.groups[2].nearest == 2)
        #expect(abs(try #require(matching.groups[2].distance) - 2.1) < 1e-12)
        #expect(matching.gone.map(\.id) == [2])
        #expect(try roundTrip(matching) == matching)
        expectError("feature_count") {
            _ = try IdentityLedger(groups: 3).matched(
                oldCentroids: old, newCentroids: Matrix([[1, 2, 3]]))
        }
    }
}
