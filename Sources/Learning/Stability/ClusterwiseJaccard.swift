package import Columns
package import Kernels

/// How well each group is found again when the rows are drawn anew.
///
/// Each replicate forms groups from a resample. For each original group: the largest Jaccard
/// |C ∩ D| / |C ∪ D| over the new groups, on the different rows that the resample holds; then the
/// mean over replicates. A group that a resample holds no row of isn't measured by it.
///
/// This shows that a group can be repeated, not that it exists: one elongated cloud, cut in two, is
/// repeated almost perfectly.
///
/// ```swift
/// let result = try ClusterwiseJaccard(seed: 1).measure(labels: model.labels, groups: 4) {
///     (rows, replicate) throws(AuroraError) in
///     try groups(of: prepared(table, rows), seed: UInt64(replicate))
/// }
/// result.groups[0].badge  // "Repeatable 94/100"
/// ```
///
/// Source: Hennig 2007, CSDA 52:258 (METHODS.md section 5).
package struct ClusterwiseJaccard: Sendable, Equatable {
    /// Forms groups of some rows from scratch: from scaling and components on, or stability is
    /// overstated.
    ///
    /// Gets the rows, ascending, where one that was drawn twice stands twice, and the replicate's
    /// index, from 0. Gives the group of each, from 0, or below 0 for none. It is called from several
    /// threads, and must depend on nothing but what it gets.
    package typealias Refit =
        @Sendable (_ rows: [Int], _ replicate: Int) throws(AuroraError) -> [Int32]

    /// At least 50, better 100.
    package var replicates: Int
    package var resampling: Resampling
    package var seed: UInt64

    package init(replicates: Int = 100, resampling: Resampling = .bootstrap, seed: UInt64 = 0) {
        self.replicates = replicates
        self.resampling = resampling
        self.seed = seed
    }

    /// - Parameters:
    ///   - labels: the original group of each row, below `groups`, or below 0 for none.
    ///   - work: replicates run on all its threads, and it is told between them.
    ///   - refit: forms the groups of a replicate.
    /// - Throws: `replicates_below_one`, `no_rows`; `rows_differ` where `refit` gives another number
    ///   of labels than it got rows; what `refit` and `work` throw.
    ///
    /// Complexity: O(replicates · rows) besides the refits; O(threads · rows) memory.
    package func measure(
        labels: [Int32], groups: Int, work: Work = Work(), refit: Refit
    ) throws(AuroraError) -> Result {
        guard replicates >= 1 else {
            throw AuroraError(
                "replicates_below_one", "replicates is \(replicates) but must be 1 or more")
        }
        guard !labels.isEmpty else {
            throw AuroraError("no_rows", "there are 0 rows but 1 is needed")
        }
        precondition(labels.allSatisfy { $0 < groups }, "labels are groups")
        let values = try Replicates.run(replicates, work: work, named: "replicate") {
            (index, _) throws(AuroraError) in
            let rows = resampling.rows(of: labels.count, replicate: index, seed: seed)
            let found = try refit(rows, index)
            guard found.count == rows.count else {
                throw AuroraError(
                    "rows_differ",
                    "replicate \(index) has \(rows.count) rows but got \(found.count) groups")
            }
            return Self.jaccards(of: labels, groups: groups, rows: rows, found: found)
        }
        let results = (0..<groups).map { group in Group(values.compactMap { $0[group] }) }
        return Result(groups: results, replicates: replicates, resampling: resampling)
    }

    /// Each original group's largest Jaccard; nil for one without a row in the resample.
    ///
    /// - Parameters:
    ///   - rows: ascending; of a row that stands twice, the first copy counts.
    ///   - found: the new group of each of `rows`.
    package static func jaccards(
        of labels: [Int32], groups: Int, rows: [Int], found: [Int32]
    ) -> [Double?] {
        // The last line and column hold the rows without a group: they belong to unions.
        let count = max(0, Int(found.max() ?? -1) + 1)
        var overlap = GroupOverlap(rows: groups + 1, columns: count + 1)
        var previous = -1
        for (place, row) in rows.enumerated() where row != previous {
            let (old, new) = (Int(labels[row]), Int(found[place]))
            overlap[old < 0 ? groups : old, new < 0 ? count : new] += 1
            previous = row
        }
        let sizes = (0..<count).map { overlap.columnTotal($0) }
        return (0..<groups).map { group in
            let size = overlap.rowTotal(group)
            guard size > 0 else { return nil }
            return (0..<count).reduce(0.0) { best, new in
                let shared = overlap[group, new]
                return max(best, Double(shared) / Double(size + sizes[new] - shared))
            }
        }
    }
}
