import Columns

/// Which cells of a table are hidden so that small groups of customers stay unknown.
///
/// A cell with fewer rows than `smallest` is hidden (Sweeney 2002). Whoever sees the totals of a
/// line — all cells that share every dimension but one — could still subtract: so in each line the
/// hidden cells must be none, or at least two with `smallest` rows together; otherwise the next
/// smallest cell of the line is hidden, too (complementary suppression, Hundepool et al. 2012).
///
/// Complexity: O(rounds · dimensions · cells), with fewer rounds than cells.
struct CellSuppression {
    let hidden: Set<Int>

    /// Whether a total gives away a few rows: those that a filter keeps, or those that it leaves out.
    static func tellsOfFew(_ used: Int, of total: Int, smallest: Int) -> Bool {
        [used, total - used].contains { $0 > 0 && $0 < smallest }
    }

    /// - Parameters:
    ///   - keys: the dimensions' values of each cell.
    ///   - counts: the rows behind each cell.
    init(keys: [[Value]], counts: [Int], smallest: Int) {
        var hidden = Set(counts.indices.filter { counts[$0] > 0 && counts[$0] < smallest })
        let dimensions = keys.first?.count ?? 0
        let lines = (0..<dimensions).flatMap { free in
            Dictionary(grouping: keys.indices) { cell in
                var key = keys[cell]
                key.remove(at: free)
                return key
            }.values
        }
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for line in lines {
                let inside = line.filter(hidden.contains)
                let rows = inside.map { counts[$0] }.reduce(0, +)
                guard !inside.isEmpty, inside.count < 2 || rows < smallest else { continue }
                let next = line.filter { !hidden.contains($0) }
                    .min { (counts[$0], $0) < (counts[$1], $1) }
                guard let next else { continue }
                hidden.insert(next)
                hasChanged = true
            }
        }
        self.hidden = hidden
    }
}
