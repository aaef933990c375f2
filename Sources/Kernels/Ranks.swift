/// Ranks in which equal values share the mean of their places (mid-ranks).
package enum Ranks {
    /// - Parameter values: finite.
    /// - Returns: the rank of each value, from 1.
    ///
    /// Complexity: O(values).
    package static func mean(of values: [Double]) -> [Double] {
        mean(of: values, inOrder: order(of: values))
    }

    /// The places of the values from the smallest up; equal ones by place.
    ///
    /// Complexity: O(values).
    package static func order(of values: [Double]) -> [Int] {
        guard values.count > fewValues else {
            return values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        }
        return RadixSort.order(of: values.map(RadixSort.key))
    }

    /// The tables of a radix sort take longer than so many comparisons.
    private static let fewValues = 256

    /// Ranks among the values at the places of `order`, which is sorted already; 0 for all others.
    ///
    /// Complexity: O(values).
    package static func mean(of values: [Double], inOrder order: [Int]) -> [Double] {
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            let rank = Double(start + end + 1) / 2
            for place in start..<end { ranks[order[place]] = rank }
            start = end
        }
        return ranks
    }
}
