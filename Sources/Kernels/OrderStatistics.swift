import CKernels

/// Where a few order statistics of some values lie: an interval around each.
///
/// A sample says where they should be; one pass counts what lies below the intervals and keeps
/// what is inside, among which the search goes on.
///
/// Source: Floyd & Rivest 1975, with three intervals at once.
struct SelectionIntervals {
    /// Lower and upper bound of each.
    private(set) var bounds: [Double]
    /// Whether bounds may be values that come often.
    private(set) var hasTies = true

    static let count = Int(CKERNELS_SELECTION_INTERVALS)

    /// Intervals that hold every finite number.
    init() {
        bounds = Array(repeating: [-Double.infinity, .infinity], count: Self.count).flatMap { $0 }
    }

    /// - Parameters:
    ///   - sample: sorted keys of `RadixSort`.
    ///   - fractions: 0…1, rising.
    init(_ sample: [UInt64], fractions: [Double]) {
        self.init()
        guard !sample.isEmpty else { return }
        let size = Double(sample.count)
        hasTies = false
        for (index, fraction) in fractions.enumerated() {
            // Three standard deviations of a sample's quantile, and the rank beside it.
            let margin = 3 * (size * fraction * (1 - fraction)).squareRoot() + 2
            let (low, high) = (fraction * size - margin, fraction * size + margin)
            if low >= 0 { bounds[2 * index] = bound(sample, Int(low)) }
            if high < size { bounds[2 * index + 1] = bound(sample, Int(high)) }
        }
        // An interval that isn't needed keeps nothing that another one doesn't.
        for index in fractions.count..<max(Self.count, fractions.count) {
            bounds[2 * index] = index > 0 ? bounds[2 * index - 2] : .infinity
            bounds[2 * index + 1] = index > 0 ? bounds[2 * index - 1] : .infinity
        }
    }

    private mutating func bound(_ sample: [UInt64], _ place: Int) -> Double {
        let key = sample[place]
        if place > 0 && sample[place - 1] == key { hasTies = true }
        if place + 1 < sample.count && sample[place + 1] == key { hasTies = true }
        return RadixSort.double(key)
    }

    /// Where a rank is.
    enum Place {
        case value(Double)
        /// A rank among the candidates.
        case candidate(Int)

        var candidate: Int? { if case .candidate(let rank) = self { rank } else { nil } }
        var isInner: Bool { candidate != nil }
    }

    /// - Parameter ranks: from 0, rising, one range for each of the first intervals.
    /// - Returns: the places of each range's lower and upper rank; nil where one lies outside of
    ///   its interval.
    func places(of ranks: [ClosedRange<Int>], _ found: ckernels_selection) -> [Place]? {
        let (below, toLow) = (Self.values(found.below), Self.values(found.to_low))
        let (belowHigh, toHigh) = (Self.values(found.below_high), Self.values(found.to_high))
        var places: [Place] = []
        // Candidates of the intervals before; they may overlap.
        var before = 0
        for (index, range) in ranks.enumerated() {
            if index > 0 {
                before += max(0, min(belowHigh[index - 1], toLow[index]) - toLow[index - 1])
            }
            for rank in [range.lowerBound, range.upperBound] {
                guard rank >= below[index], rank < toHigh[index] else { return nil }
                if rank < toLow[index] {
                    places.append(.value(bounds[2 * index]))
                } else if rank >= belowHigh[index] {
                    places.append(.value(bounds[2 * index + 1]))
                } else {
                    places.append(.candidate(before + rank - toLow[index]))
                }
            }
        }
        return places
    }

    private static func values(_ triple: (Int64, Int64, Int64)) -> [Int] {
        [Int(triple.0), Int(triple.1), Int(triple.2)]
    }
}

/// Order statistics of values in one piece.
struct OrderStatistics {
    let functions: ckernels_functions

    /// Up to so many values are simply sorted.
    static let fewValues = 4096

    static func sampleSize(_ count: Int) -> Int { min(2048, max(512, count / 64)) }

    /// The place of a sample's number in a stride: anywhere, so that no period in the data can
    /// agree with it, and the same in every run.
    static func jitter(_ number: Int, below stride: Int) -> Int {
        let mixed = (UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15) >> 32
        return Int(mixed &* UInt64(truncatingIfNeeded: stride) >> 32)
    }

    /// - Parameters:
    ///   - values: none is NaN; there is place for 8 more behind them, and they may be overwritten.
    ///   - ranks: from 0, rising; no more ranges than there are intervals, each of one or two.
    ///   - scratch: place for the values and 8 more.
    /// - Returns: the lower and the upper one of each range.
    ///
    /// Complexity: O(values) on average, O(8 · values) at worst.
    func select(
        _ values: UnsafeMutableBufferPointer<Double>, _ ranks: [ClosedRange<Int>],
        scratch: UnsafeMutablePointer<Double>
    ) -> [Double] {
        let count = values.count
        guard count > Self.fewValues, let start = values.baseAddress else {
            return sorted(values, ranks)
        }
        let step = count / Self.sampleSize(count)
        var sample = (0..<count / step).map { number in
            RadixSort.key(values[number * step + Self.jitter(number, below: step)])
        }
        RadixSort.sort(&sample)
        let intervals = SelectionIntervals(
            sample, fractions: ranks.map { Double($0.lowerBound) / Double(count - 1) })
        var found = ckernels_selection()
        let kept = functions.selection_scan(
            start, nil, count, intervals.bounds, intervals.hasTies, &found, scratch)
        guard kept < count, let places = intervals.places(of: ranks, found) else {
            return sorted(values, ranks)
        }
        let candidates = UnsafeMutableBufferPointer(start: scratch, count: kept)
        return resolve(places, candidates, scratch: start)
    }

    /// Looks up what is known and searches the rest among the candidates.
    func resolve(
        _ places: [SelectionIntervals.Place], _ candidates: UnsafeMutableBufferPointer<Double>,
        scratch: UnsafeMutablePointer<Double>
    ) -> [Double] {
        let ranks = stride(from: 0, to: places.count, by: 2).compactMap { index in
            let pair = [places[index].candidate, places[index + 1].candidate].compactMap { $0 }
            return pair.first.map { $0...pair[pair.count - 1] }
        }
        let found = ranks.isEmpty ? [] : select(candidates, ranks, scratch: scratch)
        var next = 0
        return places.indices.map { index in
            defer {
                if index % 2 == 1, places[index - 1...index].contains(where: \.isInner) {
                    next += 2
                }
            }
            switch places[index] {
            case .value(let value): return value
            case .candidate:
                // A range of one has twice the same.
                return found[next + (places[index - index % 2].isInner ? index % 2 : 0)]
            }
        }
    }

    private func sorted(
        _ values: UnsafeMutableBufferPointer<Double>, _ ranks: [ClosedRange<Int>]
    ) -> [Double] {
        var keys = values.map { RadixSort.key($0) }
        RadixSort.sort(&keys)
        return ranks.flatMap { [$0.lowerBound, $0.upperBound].map { RadixSort.double(keys[$0]) } }
    }
}
