import Columns

/// Which cells of a table are hidden so that small groups of customers stay unknown.
///
/// A cell with fewer rows than `smallest` is hidden (Sweeney 2002). Whoever sees totals could still
/// subtract, so others are hidden with it, the smallest first (complementary suppression, Hundepool
/// et al. 2012), until two things hold. In each line — all cells that share every dimension but one —
/// the hidden cells are none, or at least two with `smallest` rows together. And no small cell
/// follows from the totals that other queries show, taken together as equations.
///
/// The order of rows and dimensions doesn't matter, or two orders of one table could be compared.
///
/// Complexity: O(rounds · totals² · hidden cells), with fewer rounds than cells; a table beyond
/// `largestSystem` is hidden whole.
struct CellSuppression {
    private(set) var hidden: Set<Int>
    private let counts: [Int]
    private let smallest: Int
    /// The cells with any rows, in the order in which they are hidden.
    private let cells: [Int]

    /// Totals · hidden cells, beyond which nobody waits for the equations.
    private static let largestSystem = 400_000

    /// Whether a total gives away a few rows: those that a filter keeps, or those that it leaves out.
    static func tellsOfFew(_ used: Int, of total: Int, smallest: Int) -> Bool {
        [used, total - used].contains { $0 > 0 && $0 < smallest }
    }

    /// - Parameters:
    ///   - keys: the dimensions' values of each cell, the dimensions in an order of their own.
    ///   - counts: the rows behind each cell.
    init(keys: [[Value]], counts: [Int], smallest: Int) {
        self.counts = counts
        self.smallest = smallest
        let names = keys.map { $0.map(\.description) }
        cells = counts.indices.filter { counts[$0] > 0 }.sorted { left, right in
            counts[left] != counts[right]
                ? counts[left] < counts[right]
                : names[left].lexicographicallyPrecedes(names[right])
        }
        hidden = Set(cells.filter { counts[$0] < smallest })
        guard !hidden.isEmpty else { return }
        let dimensions = Array(keys[0].indices)
        let lines = dimensions.flatMap { free in
            groups(of: keys, by: dimensions.filter { $0 != free }).map(\.cells)
        }
        let totals = shownTotals(of: keys, by: dimensions)
        repeat { hideComplements(in: lines) } while hideWhatFollows(from: totals, lines)
    }

    /// The cells that share their values of some dimensions.
    private func groups(
        of keys: [[Value]], by dimensions: [Int]
    ) -> [(key: [Value], cells: [Int])] {
        var places: [[Value]: Int] = [:]
        var groups: [(key: [Value], cells: [Int])] = []
        for cell in cells {
            let key = dimensions.map { keys[cell][$0] }
            if let place = places[key] {
                groups[place].cells.append(cell)
            } else {
                places[key] = groups.count
                groups.append((key, [cell]))
            }
        }
        return groups
    }

    /// The cells behind each total that queries by fewer of the dimensions show.
    private func shownTotals(of keys: [[Value]], by dimensions: [Int]) -> [[Int]] {
        (0..<(1 << dimensions.count) - 1).flatMap { subset -> [[Int]] in
            let groups = groups(of: keys, by: dimensions.filter { subset & 1 << $0 != 0 })
            let sums = groups.map { $0.cells.map { counts[$0] }.reduce(0, +) }
            let unseen = CellSuppression(keys: groups.map(\.key), counts: sums, smallest: smallest)
            return groups.indices.filter { !unseen.hidden.contains($0) }.map { groups[$0].cells }
        }
    }

    private mutating func hideComplements(in lines: [[Int]]) {
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for line in lines {
                let inside = line.filter(hidden.contains)
                let rows = inside.map { counts[$0] }.reduce(0, +)
                guard !inside.isEmpty, inside.count < 2 || rows < smallest,
                    let next = line.first(where: { !hidden.contains($0) })
                else { continue }
                hidden.insert(next)
                hasChanged = true
            }
        }
    }

    /// Hides one cell more for each small one that the totals give away.
    ///
    /// - Returns: whether there was any.
    private mutating func hideWhatFollows(from totals: [[Int]], _ lines: [[Int]]) -> Bool {
        guard totals.count * hidden.count <= Self.largestSystem else {
            hidden = Set(cells)
            return false
        }
        let unknown = cells.filter(hidden.contains)
        let sums = totals.map { total in
            let total = Set(total)
            return unknown.map { total.contains($0) ? 1.0 : 0 }
        }
        var hasChanged = false
        for cell in LinearEquations.determined(by: sums).map({ unknown[$0] })
        where counts[cell] < smallest {
            let near = Set(lines.filter { $0.contains(cell) }.joined())
            let others = cells.filter { !hidden.contains($0) }
            guard let next = others.first(where: near.contains) ?? others.first else { continue }
            hidden.insert(next)
            hasChanged = true
        }
        return hasChanged
    }
}

/// Equations between unknowns, each a row of factors.
enum LinearEquations {
    /// The unknowns that have one solution only.
    ///
    /// Complexity: O(equations² · unknowns).
    static func determined(by equations: [[Double]]) -> [Int] {
        // Factors are small whole numbers, so what remains of a difference is 0 or far from it.
        func isZero(_ factor: Double) -> Bool { abs(factor) < 1e-9 }
        var rows = equations
        var solved = 0
        for unknown in rows.first?.indices ?? 0..<0 {
            guard let pivot = rows[solved...].firstIndex(where: { !isZero($0[unknown]) }) else {
                continue
            }
            rows.swapAt(solved, pivot)
            let factor = rows[solved][unknown]
            for column in rows[solved].indices { rows[solved][column] /= factor }
            for row in rows.indices where row != solved && !isZero(rows[row][unknown]) {
                let factor = rows[row][unknown]
                for column in rows[row].indices {
                    rows[row][column] -= factor * rows[solved][column]
                }
            }
            solved += 1
        }
        return rows.prefix(solved).compactMap { row in
            let factors = row.indices.filter { !isZero(row[$0]) }
            return factors.count == 1 ? factors[0] : nil
        }
    }
}
