import Columns
import Query
import TestProjects
import Testing

/// Random tables of 3 × 4 groups, many of them small or empty.
@Suite("No total gives a small cell away")
struct SuppressionPropertyTests {
    static let trials = 150

    static let groups: [Crowd.Group] = {
        var random = SystemIndependentNumbers(seed: 11)
        return (0..<trials).flatMap { trial in
            (0..<12).compactMap { cell in
                let sizes = [0, 0, 1, 2, 3, 4, 5, 6, 8, 12, 20, 40]
                let count = sizes[random.next(below: sizes.count)]
                return Crowd.Group(
                    trial: trial, a: "r\(cell / 4)", b: "c\(cell % 4)", count: count)
            }
        }.filter { $0.count > 0 }
    }()

    @Test("lines hide none, all, or at least two cells with enough rows together")
    func lines() async throws {
        let crowd = try await Crowd(Self.groups)
        for trial in 0..<Self.trials {
            let table = try await crowd.table(by: ["a", "b"], trial: trial)
            let cells = Self.groups.filter { $0.trial == trial }
            for line in Set(cells.map(\.a)).union(cells.map(\.b)) {
                let inside = cells.filter { $0.a == line || $0.b == line }
                let hidden = inside.filter { table.isHidden($0) }
                let rows = hidden.map(\.count).reduce(0, +)
                #expect(
                    hidden.isEmpty || hidden.count == inside.count
                        || hidden.count >= 2 && rows >= Crowd.smallest,
                    "\(line) of trial \(trial): \(table.texts)")
                #expect(inside.allSatisfy { $0.count >= Crowd.smallest || table.isHidden($0) })
            }
        }
    }

    @Test("neither the order of dimensions nor that of rows decides what is hidden")
    func order() async throws {
        let crowd = try await Crowd(Self.groups)
        let again = try await Crowd(Self.groups.reversed())
        for trial in 0..<Self.trials {
            let table = try await crowd.table(by: ["a", "b"], trial: trial)
            let turned = try await again.table(by: ["b", "a"], trial: trial)
            let rows = turned.rows.map { [$0[1], $0[0], $0[2]] }
            #expect(Set(rows) == Set(table.rows))
        }
    }

    @Test("whoever subtracts what is shown from the totals that are shown finds no small cell")
    func subtraction() async throws {
        let crowd = try await Crowd(Self.groups)
        var found: [String] = []
        for trial in 0..<Self.trials {
            let cells = Self.groups.filter { $0.trial == trial }
            let table = try await crowd.table(by: ["a", "b"], trial: trial)
            var totals: [[Crowd.Group]] = table.rowsUsed == nil ? [] : [cells]
            for dimension in ["a", "b"] {
                for row in try await crowd.table(by: [dimension], trial: trial).rows
                where !row[1].isMissing {
                    totals.append(cells.filter { [$0.a, $0.b].contains(row[0].description) })
                }
            }
            let givenAway = Self.determined(cells.filter { table.isHidden($0) }, by: totals)
            // Where a total has one cell, no table can keep it, not even one that isn't shown.
            let lost = Self.determined(cells, by: totals)
            for cell in givenAway.subtracting(lost) where cell.count < Crowd.smallest {
                found.append("\(cell) of \(table.texts)")
            }
        }
        #expect(found.isEmpty)
    }

    /// The cells whose counts follow from sums over the cells.
    static func determined(
        _ unknown: [Crowd.Group], by totals: [[Crowd.Group]]
    ) -> Set<Crowd.Group> {
        let sums = totals.map { total in unknown.map { total.contains($0) ? 1.0 : 0 } }
        return Set(LinearSystem(sums).determined.map { unknown[$0] })
    }
}

extension FigureTable {
    /// Whether the cell of a group by both dimensions has no count.
    fileprivate func isHidden(_ group: Crowd.Group) -> Bool {
        rows.first { $0[0] == .text(group.a) && $0[1] == .text(group.b) }?[2].isMissing ?? false
    }
}

/// Sums of unknowns, each a row of factors.
private struct LinearSystem {
    /// The unknowns that have one value only.
    let determined: [Int]

    init(_ sums: [[Double]]) {
        var rows = sums
        var pivots = 0
        for column in 0..<(rows.first?.count ?? 0) {
            guard let pivot = rows[pivots...].firstIndex(where: { abs($0[column]) > 1e-9 }) else {
                continue
            }
            rows.swapAt(pivots, pivot)
            let leading = rows[pivots].map { $0 / rows[pivots][column] }
            rows[pivots] = leading
            for row in rows.indices where row != pivots {
                let factor = rows[row][column]
                rows[row] = zip(rows[row], leading).map { $0 - factor * $1 }
            }
            pivots += 1
        }
        determined = rows.prefix(pivots).compactMap { row in
            let factors = row.indices.filter { abs(row[$0]) > 1e-9 }
            return factors.count == 1 ? factors[0] : nil
        }
    }
}

/// The same numbers on every machine.
private struct SystemIndependentNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
