package import Columns

import CKernels
import Synchronization

/// Exact quantiles, mean and extremes of columns within groups of rows.
///
/// One pass over a column serves all groups; no column is sorted. `GroupQuantilesReference` is
/// what this is tested against.
///
/// ```swift
/// let profile = GroupQuantiles(labels: model.labels, groups: 6)
/// let balances = profile.measure(balance, fractions: [0.25, 0.5, 0.75])
/// balances[2].quantiles[1]  // the third group's median
/// ```
package struct GroupQuantiles: Sendable {
    private let members: GroupMembers
    private let path: KernelPath

    /// One group's values of one column.
    package struct Group: Sendable, Equatable {
        /// Rows with a value.
        package var count = 0
        /// Rows without one (NaN).
        package var missing = 0
        /// Nil without a value, as the others.
        package var mean: Double?
        package var minimum: Double?
        package var maximum: Double?
        /// One for each fraction, interpolated between the two nearest values (type 7 in Hyndman &
        /// Fan 1996); empty without a value.
        package var quantiles: [Double] = []
    }

    /// - Parameter labels: one a row, below `groups`; rows below 0 are left out.
    ///
    /// Complexity: O(rows) time, 2 bytes a row.
    package init(
        labels: [Int32], groups: Int, threads: Int = 1, path: KernelPath = .current
    ) {
        members = GroupMembers(labels, groups: groups, threads: threads)
        self.path = path
    }

    /// - Parameters:
    ///   - columns: one value a row; NaN where missing.
    ///   - fractions: 0…1, rising.
    /// - Returns: column by column, its groups.
    /// - Throws: what `work` throws between columns.
    ///
    /// Complexity: O(columns · rows · ⌈fractions / 3⌉) on average; two copies of a column's rows on
    /// each thread.
    package func measure(
        _ columns: [[Double]], fractions: [Double], work: Work
    ) throws(AuroraError) -> [[Group]] {
        var result = [[Group]](repeating: [], count: columns.count)
        let scratch = Scratch(members, threads: min(work.threads, max(1, columns.count)))
        // Columns differ in how long they take: threads wait for each other after some of them only.
        let together = 8 * work.threads
        for start in stride(from: 0, to: columns.count, by: together) {
            try work.report(Double(start) / Double(columns.count), "quantiles")
            let count = min(together, columns.count - start)
            result.withUnsafeMutableBufferPointer { result in
                nonisolated(unsafe) let result = result
                Parallel.forEach(count, threads: work.threads) { index in
                    scratch.use { place in
                        result[start + index] = measure(columns[start + index], fractions, place)
                    }
                }
            }
        }
        return result
    }

    /// One column; see `measure` of several.
    package func measure(_ column: [Double], fractions: [Double]) -> [Group] {
        Scratch(members, threads: 1).use { measure(column, fractions, $0) }
    }

    private func measure(
        _ column: [Double], _ fractions: [Double], _ places: UnsafeMutablePointer<Double>
    ) -> [Group] {
        precondition(column.count == members.rows, "one value a row")
        precondition(
            fractions.allSatisfy { (0...1).contains($0) } && fractions == fractions.sorted(),
            "fractions rise from 0 to 1")
        var result = [Group](repeating: Group(), count: members.groups)
        column.withUnsafeBufferPointer { column in
            let scan = GroupScan(
                members: members, functions: path.functions ?? loops, column: column,
                candidates: places, scratch: places + Scratch.candidates(members))
            var start = 0
            repeat {
                let end = min(start + SelectionIntervals.count, fractions.count)
                scan.add(Array(fractions[start..<end]), to: &result)
                start = end
            } while start < fractions.count
        }
        return result
    }
}

/// Place for candidates, a piece for each thread that serves one column after the other.
private final class Scratch: Sendable {
    private let pieces: Mutex<[Int]>
    private nonisolated(unsafe) let start: UnsafeMutablePointer<Double>
    private let size: Int

    init(_ members: GroupMembers, threads: Int) {
        size = Self.candidates(members) + (members.sizes.max() ?? 0) + 8
        start = .allocate(capacity: size * threads)
        ckernels_prefer_large_pages(start, size * threads * 8)
        pieces = Mutex(Array(0..<threads))
    }

    deinit { start.deallocate() }

    /// Each group's rows and 8 more.
    static func candidates(_ members: GroupMembers) -> Int {
        members.sizes.reduce(0) { $0 + $1 + 8 }
    }

    /// On no more threads at once than there are pieces.
    func use<Value>(_ body: (UnsafeMutablePointer<Double>) -> Value) -> Value {
        let piece = pieces.withLock { $0.removeLast() }
        defer { pieces.withLock { $0.append(piece) } }
        return body(start + piece * size)
    }
}

/// One column's pass.
private struct GroupScan {
    let members: GroupMembers
    let functions: ckernels_functions
    let column: UnsafeBufferPointer<Double>
    /// Place for each group's rows and 8 more, group after group.
    let candidates: UnsafeMutablePointer<Double>
    /// Place for the largest group's rows and 8 more.
    let scratch: UnsafeMutablePointer<Double>

    private struct State {
        var intervals = SelectionIntervals()
        var found = ckernels_selection()
        var candidates: UnsafeMutablePointer<Double>
        var kept = 0
    }

    /// - Parameter fractions: no more than there are intervals.
    func add(_ fractions: [Double], to result: inout [GroupQuantiles.Group]) {
        var states: [State] = []
        var place = candidates
        for group in 0..<members.groups {
            states.append(State(candidates: place))
            place += members.sizes[group] + 8
            states[group].found.smallest = .infinity
            states[group].found.largest = -.infinity
            if members.sizes[group] > OrderStatistics.fewValues {
                states[group].intervals = SelectionIntervals(sample(group), fractions: fractions)
            }
        }
        guard let values = column.baseAddress else { return }
        for block in 0..<members.blocks {
            let start = values + block * GroupMembers.blockRows
            for group in 0..<members.groups {
                let own = members.members(block, group)
                members.members.withUnsafeBufferPointer { rows in
                    states[group].kept += functions.selection_scan(
                        start, rows.baseAddress! + own.lowerBound, own.count,
                        states[group].intervals.bounds, states[group].intervals.hasTies,
                        &states[group].found,
                        states[group].candidates + states[group].kept)
                }
            }
        }
        for group in 0..<members.groups { finish(states[group], group, fractions, &result[group]) }
    }

    private func finish(
        _ state: State, _ group: Int, _ fractions: [Double], _ result: inout GroupQuantiles.Group
    ) {
        let count = Int(state.found.present)
        result.count = count
        result.missing = members.sizes[group] - count
        guard count > 0 else { return }
        result.mean = state.found.sum / Double(count)
        (result.minimum, result.maximum) = (state.found.smallest, state.found.largest)
        let places = fractions.map { $0 * Double(count - 1) }
        let ranks = places.map { Int($0)...min(Int($0) + 1, count - 1) }
        let statistics = OrderStatistics(functions: functions)
        let values: [Double]
        if let found = state.intervals.places(of: ranks, state.found) {
            values = statistics.resolve(
                found, UnsafeMutableBufferPointer(start: state.candidates, count: state.kept),
                scratch: scratch)
        } else {
            values = statistics.select(gathered(group, state.candidates), ranks, scratch: scratch)
        }
        for (index, place) in places.enumerated() {
            let (low, high) = (values[2 * index], values[2 * index + 1])
            let share = place - place.rounded(.down)
            // 0 rather than -0.
            result.quantiles.append((low == high ? low : low + (high - low) * share) + 0)
        }
    }

    /// Sorted keys of values from all over the group.
    private func sample(_ group: Int) -> [UInt64] {
        let size = members.sizes[group]
        let step = size / OrderStatistics.sampleSize(size)
        let wanted = size / step
        var (keys, number, before) = ([UInt64](), 0, 0)
        keys.reserveCapacity(wanted)
        for block in 0..<members.blocks {
            let own = members.members(block, group)
            while number < wanted {
                let place = number * step + OrderStatistics.jitter(number, below: step) - before
                guard place < own.count else { break }
                let row = Int(members.members[own.lowerBound + place])
                let value = column[block * GroupMembers.blockRows + row]
                if !value.isNaN { keys.append(RadixSort.key(value)) }
                number += 1
            }
            before += own.count
        }
        RadixSort.sort(&keys)
        return keys
    }

    /// The group's values, where the sample was misleading.
    private func gathered(
        _ group: Int, _ place: UnsafeMutablePointer<Double>
    ) -> UnsafeMutableBufferPointer<Double> {
        var count = 0
        for block in 0..<members.blocks {
            for member in members.members(block, group) {
                let row = block * GroupMembers.blockRows + Int(members.members[member])
                guard !column[row].isNaN else { continue }
                place[count] = column[row]
                count += 1
            }
        }
        return UnsafeMutableBufferPointer(start: place, count: count)
    }
}
