/// Random numbers that are a function of seed, restart, step and index, and of nothing else.
///
/// No state advances, so the numbers of one step don't depend on how many another step has drawn.
///
/// ```swift
/// let random = RandomNumbers(seed: 7, restart: 2, step: 5)
/// random.uniform(0)  // the first number of step 5
/// ```
package struct RandomNumbers: Sendable {
    package let seed: UInt64
    package let restart: UInt32
    package let step: UInt32

    package init(seed: UInt64, restart: Int = 0, step: Int = 0) {
        self.seed = seed
        self.restart = UInt32(truncatingIfNeeded: restart)
        self.step = UInt32(truncatingIfNeeded: step)
    }

    /// 64 random bits.
    package func bits(_ index: Int) -> UInt64 {
        let number = UInt64(truncatingIfNeeded: index)
        let block = Philox.block(
            counter: SIMD4(
                UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32), step,
                restart),
            key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
        return UInt64(block[1]) << 32 | UInt64(block[0])
    }

    /// A number in 0 ≤ x < 1, a multiple of 2⁻⁵³.
    package func uniform(_ index: Int) -> Double { Double(bits(index) >> 11) * 0x1p-53 }

    /// A whole number in 0 ≤ x < `bound`; one value is likelier than another by at most
    /// `bound` · 2⁻⁶⁴.
    package func integer(_ index: Int, below bound: Int) -> Int {
        Int(bits(index).multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// `count` different whole numbers below `bound`, in ascending order, every set equally likely.
    ///
    /// Complexity: O(count · log count).
    ///
    /// Source: Floyd's algorithm, in Bentley, "Programming pearls: a sample of brilliance",
    /// CACM 30(9), 1987.
    package func sample(_ count: Int, below bound: Int) -> [Int] {
        precondition(count <= bound, "no more numbers than there are")
        var chosen = Set<Int>(minimumCapacity: count)
        for (index, last) in (bound - count..<bound).enumerated() {
            let candidate = integer(index, below: last + 1)
            chosen.insert(chosen.contains(candidate) ? last : candidate)
        }
        return chosen.sorted()
    }
}
