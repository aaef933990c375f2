/// The counter-based generator Philox4x32 with ten rounds.
///
/// A pure function of key and counter: any number of the sequence can be had without those before
/// it, so it doesn't matter which thread asks first.
///
/// Source: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
package enum Philox {
    package typealias Block = SIMD4<UInt32>

    package static func block(counter: Block, key: SIMD2<UInt32>) -> Block {
        var (block, key) = (counter, key)
        for _ in 0..<10 {
            let first = block[0].multipliedFullWidth(by: 0xD251_1F53)
            let second = block[2].multipliedFullWidth(by: 0xCD9E_8D57)
            block = Block(
                second.high ^ block[1] ^ key[0], second.low,
                first.high ^ block[3] ^ key[1], first.low)
            // The golden ratio and √3 − 1, as the authors chose.
            key &+= SIMD2(0x9E37_79B9, 0xBB67_AE85)
        }
        return block
    }
}
