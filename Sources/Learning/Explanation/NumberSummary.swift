package import Columns
package import Kernels

/// Where a number lies in each group and in all rows: mean, quartiles, and how far groups differ.
///
/// The values are sorted first and summed from the smallest up, so that no order of rows changes a
/// digit. There is no test in it: most numbers that are compared have formed the groups.
package struct NumberSummary: Sendable, Equatable, Codable {
    /// One group, or all of them. All but the count are nil without a value.
    package struct Part: Sendable, Equatable, Codable {
        /// Rows with a finite value.
        package var count: Int
        package var mean: Double?
        /// By linear interpolation between neighbours (Hyndman & Fan 1996, type 7), as the median
        /// and the upper quartile.
        package var lowerQuartile: Double?
        package var median: Double?
        package var upperQuartile: Double?
        /// The mean over that of all rows: 1 is average. Nil where some value is negative or the
        /// mean of all is 0, since a ratio says nothing then.
        package var lift: Double?
        /// Cohen's d of the group against the rest, over the pooled standard deviation; nil for all
        /// rows, and where there is no rest or nothing varies.
        package var effect: Double?

        private enum CodingKeys: String, CodingKey {
            case count, mean, median, lift, effect
            case lowerQuartile = "lower_quartile"
            case upperQuartile = "upper_quartile"
        }
    }

    package var all: Part
    package var groups: [Part]
    /// η²: the share of the variance that lies between the groups; nil where nothing varies.
    package var etaSquared: Double?

    private enum CodingKeys: String, CodingKey {
        case all, groups
        case etaSquared = "eta_squared"
    }

    /// - Parameters:
    ///   - values: one a row, in any unit and order; those that are not finite are missing.
    ///   - labels: one a row, below `groups`; other rows are left out.
    /// - Throws: `rows_differ`; what `work` throws.
    ///
    /// Complexity: O(rows + groups²) for the radix sort and the moments; 24 bytes a row.
    package init(
        _ values: [Double], labels: [Int32], groups: Int, work: Work = Work()
    ) throws(AuroraError) {
        try requireSameRows(values.count, labels.count)
        let sorted = SortedGroups(values, labels, groups, threads: work.threads)
        try work.report(0.5, "quartiles")
        let profile = try NumberProfile(
            sorted.values, labels: sorted.labels, groups: groups, work: work)
        let hasRatio = profile.mean.map { $0 > 0 } == true && (sorted.smallest ?? -1) >= 0
        let overall = hasRatio ? profile.mean : nil
        self.groups = profile.groups.enumerated().map { group, part in
            var summary = Part(count: part.count, mean: part.mean?.ifFinite)
            let keys = sorted.keys(of: group)
            summary.setQuartiles(of: keys.count) { keys[keys.startIndex + $0] }
            summary.lift = overall.flatMap { all in part.mean.map { $0 / all } }?.ifFinite
            summary.effect = part.cohensD?.ifFinite
            return summary
        }
        all = Part(count: profile.count, mean: profile.mean?.ifFinite)
        all.setQuartiles(of: sorted.count) { sorted.key(at: $0) }
        all.lift = overall.map { _ in 1 }
        etaSquared = profile.etaSquared?.ifFinite
    }
}

extension NumberSummary {
    /// Takes the ratios of means away, where 0 is no natural beginning.
    package mutating func dropRatios() {
        all.lift = nil
        for group in groups.indices { groups[group].lift = nil }
    }
}

extension NumberSummary.Part {
    fileprivate init(count: Int, mean: Double?) {
        self.count = count
        self.mean = mean
    }

    /// - Parameter key: that of the value at a place among `count` ascending ones.
    fileprivate mutating func setQuartiles(of count: Int, _ key: (Int) -> UInt64) {
        guard count > 0 else { return }
        func quantile(_ share: Double) -> Double? {
            let place = share * Double(count - 1)
            let below = Int(place)
            let low = RadixSort.double(key(below))
            let high = RadixSort.double(key(min(below + 1, count - 1)))
            let value = low == high ? low : low + (high - low) * (place - Double(below))
            return value.ifFinite
        }
        lowerQuartile = quantile(0.25)
        median = quantile(0.5)
        upperQuartile = quantile(0.75)
    }
}

/// The finite values of each group from the smallest up, group after group.
private struct SortedGroups {
    private var keys: [UInt64] = []
    /// Where each group begins, and where the last one ends.
    private var starts = [0]

    init(_ values: [Double], _ labels: [Int32], _ groups: Int, threads: Int) {
        var parts = [[UInt64]](repeating: [], count: groups)
        for (value, label) in zip(values, labels)
        where value.isFinite && label >= 0 && label < Int32(groups) {
            parts[Int(label)].append(RadixSort.key(value))
        }
        parts.withUnsafeMutableBufferPointer { parts in
            // Each group is sorted by one thread, into its own place.
            nonisolated(unsafe) let parts = parts
            Parallel.forEach(groups, threads: threads) { RadixSort.sort(&parts[$0]) }
        }
        keys.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts {
            keys += part
            starts.append(keys.count)
        }
    }

    var smallest: Double? {
        starts.dropLast().indices.compactMap { keys(of: $0).first }.min().map(RadixSort.double)
    }

    var values: [Double] { keys.map(RadixSort.double) }

    var labels: [Int32] {
        starts.indices.dropLast().flatMap { group in
            [Int32](repeating: Int32(group), count: starts[group + 1] - starts[group])
        }
    }

    func keys(of group: Int) -> ArraySlice<UInt64> { keys[starts[group]..<starts[group + 1]] }

    var count: Int { keys.count }

    /// The key at a place among all groups' ascending keys, which need not be merged for that: the
    /// least one that more than `place` keys are not above.
    ///
    /// Complexity: O(groups · log rows), 64 times.
    func key(at place: Int) -> UInt64 {
        var (low, high) = (UInt64.min, UInt64.max)
        while low < high {
            let middle = low + (high - low) / 2
            let notAbove = starts.indices.dropLast().reduce(0) { $0 + count(of: $1, upTo: middle) }
            if notAbove > place { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// How many of a group's keys are not above one.
    private func count(of group: Int, upTo key: UInt64) -> Int {
        var (low, high) = (starts[group], starts[group + 1])
        while low < high {
            let middle = low + (high - low) / 2
            if keys[middle] <= key { low = middle + 1 } else { high = middle }
        }
        return low - starts[group]
    }
}

extension Double {
    fileprivate var ifFinite: Double? { isFinite ? self : nil }
}
