/// Sorts keys byte by byte from the least significant on (Knuth 1998, 5.2.5, algorithm R).
package enum RadixSort {
    /// Complexity: O(8 · keys), less where keys share bytes; as much memory again as the keys.
    package static func sort(_ keys: inout [UInt64]) { sort(&keys, by: \.self, like: 0) }

    /// The places of keys from the smallest up; equal ones by place.
    ///
    /// Complexity: as `sort`; 32 bytes a key.
    package static func order(of keys: [UInt64]) -> [Int] {
        var entries = keys.enumerated().map { (key: $1, place: $0) }
        sort(&entries, by: { $0.key }, like: (key: 0, place: 0))
        return entries.map(\.place)
    }

    /// - Parameter filler: an element of any value.
    @inline(__always)
    private static func sort<Element>(
        _ elements: inout [Element], by key: (Element) -> UInt64, like filler: Element
    ) {
        guard elements.count > 1 else { return }
        var counts = [Int](repeating: 0, count: 8 * 256)
        counts.withUnsafeMutableBufferPointer { counts in
            for element in elements {
                let key = key(element)
                for byte in 0..<8 { counts[byte << 8 | Int(key >> (8 * UInt64(byte)) & 255)] += 1 }
            }
        }
        var other = [Element](repeating: filler, count: elements.count)
        for byte in 0..<8 {
            let own = counts[(byte << 8)..<((byte + 1) << 8)]
            if own.contains(elements.count) { continue }
            var places: [Int] = []
            var place = 0
            for count in own {
                places.append(place)
                place += count
            }
            elements.withUnsafeBufferPointer { elements in
                other.withUnsafeMutableBufferPointer { other in
                    places.withUnsafeMutableBufferPointer { places in
                        for element in elements {
                            let digit = Int(key(element) >> (8 * UInt64(byte)) & 255)
                            other[places[digit]] = element
                            places[digit] += 1
                        }
                    }
                }
            }
            swap(&elements, &other)
        }
    }

    /// A key that sorts as the number does; 0 and -0 are one.
    package static func key(_ value: Double) -> UInt64 {
        let bits = (value == 0 ? 0 : value).bitPattern
        return bits >> 63 == 1 ? ~bits : bits | 1 << 63
    }

    package static func double(_ key: UInt64) -> Double {
        Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
    }

    /// A key that sorts as the number does.
    package static func key(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ 1 << 63 }

    package static func integer(_ key: UInt64) -> Int64 { Int64(bitPattern: key ^ 1 << 63) }
}
