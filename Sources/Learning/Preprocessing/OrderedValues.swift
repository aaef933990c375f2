import Kernels

/// Values in ascending order, for exact quantiles.
struct OrderedValues {
    private let keys: [UInt64]
    /// A value that stands in the order so many times more, as rows were filled with it.
    private var inserted = (value: 0.0, place: 0, count: 0)

    /// - Parameter values: those that are not missing, at least one.
    ///
    /// Complexity: O(values).
    init(_ values: [Double]) {
        var keys: [UInt64] = []
        keys.reserveCapacity(values.count)
        for value in values where !value.isNaN { keys.append(RadixSort.key(value)) }
        RadixSort.sort(&keys)
        self.keys = keys
    }

    /// Puts a value into the order so many times.
    mutating func insert(_ value: Double, count: Int) {
        let key = RadixSort.key(value)
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        inserted = (value, low, count)
    }

    /// The quantile between two neighbours by a straight line (Hyndman & Fan's type 7).
    ///
    /// - Parameters:
    ///   - share: 0…1.
    ///   - become: what to take the quantile of, a function that ascends with the values.
    func quantile(_ share: Double, of become: (Double) -> Double = { $0 }) -> Double {
        let last = keys.count + inserted.count - 1
        let place = share * Double(last)
        let below = min(Int(place), last)
        let (low, high) = (become(self[below]), become(self[min(below + 1, last)]))
        let (part, width) = (place - Double(below), high - low)
        // From the nearer end, so that both ends are met exactly.
        return part < 0.5 ? low + width * part : high - width * (1 - part)
    }

    /// The value that most rows have; of several the lowest.
    var mostFrequent: Double {
        var (best, longest, start) = (0, 0, 0)
        for index in keys.indices where index + 1 == keys.count || keys[index + 1] != keys[index] {
            if index + 1 - start > longest { (best, longest) = (index, index + 1 - start) }
            start = index + 1
        }
        return RadixSort.double(keys[best])
    }

    private subscript(index: Int) -> Double {
        if index < inserted.place { return RadixSort.double(keys[index]) }
        if index < inserted.place + inserted.count { return inserted.value }
        return RadixSort.double(keys[index - inserted.count])
    }
}
