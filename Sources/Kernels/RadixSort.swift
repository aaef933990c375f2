/// Sorts keys byte by byte from the least significant on (Knuth 1998, 5.2.5, algorithm R).
package enum RadixSort {
    /// Complexity: O(8 · keys), less where keys share bytes; as much memory again as the keys.
    package static func sort(_ keys: inout [UInt64]) {
        guard keys.count > 1 else { return }
        var counts = [Int](repeating: 0, count: 8 * 256)
        counts.withUnsafeMutableBufferPointer { counts in
            for key in keys {
                for byte in 0..<8 { counts[byte << 8 | Int(key >> (8 * UInt64(byte)) & 255)] += 1 }
            }
        }
        var other = [UInt64](repeating: 0, count: keys.count)
        for byte in 0..<8 {
            let own = counts[(byte << 8)..<((byte + 1) << 8)]
            if own.contains(keys.count) { continue }
            var places: [Int] = []
            var place = 0
            for count in own {
                places.append(place)
                place += count
            }
            keys.withUnsafeBufferPointer { keys in
                other.withUnsafeMutableBufferPointer { other in
                    places.withUnsafeMutableBufferPointer { places in
                        for key in keys {
                            let digit = Int(key >> (8 * UInt64(byte)) & 255)
                            other[places[digit]] = key
                            places[digit] += 1
                        }
                    }
                }
            }
            swap(&keys, &other)
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
