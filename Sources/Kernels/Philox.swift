/// The counter-based generator Philox4x32 with ten rounds.
///
/// A pure function of key and counter: any number of the sequence can be had without those before
/// it, so it doesn't matter which thread asks first.
///
/// Source: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
package enum Philox {
    package typealias Block = SIMD4<UInt32>

    package static func block(counter: Block, key: SIMD2<UInt32>) -> Block {
        // Number by number: taken out of vectors they would wait for each other.
        var (a, b, c, d) = (counter[0], counter[1], counter[2], counter[3])
        var (even, odd) = (key[0], key[1])
        for _ in 0..<10 {
            let first = UInt64(a) &* 0xD251_1F53
            let second = UInt64(c) &* 0xCD9E_8D57
            a = UInt32(truncatingIfNeeded: second >> 32) ^ b ^ even
            b = UInt32(truncatingIfNeeded: second)
            c = UInt32(truncatingIfNeeded: first >> 32) ^ d ^ odd
            d = UInt32(truncatingIfNeeded: first)
            // The golden ratio and √3 − 1, as the authors chose.
            even &+= 0x9E37_79B9
            odd &+= 0xBB67_AE85
        }
        return Block(a, b, c, d)
    }
}
