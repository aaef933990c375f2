import Kernels
import Testing

@Suite("Random numbers")
struct RandomNumbersTests {
    /// From the known-answer file of the authors' library, Random123.
    @Test(
        "Philox gives its authors' known answers",
        arguments: [
            (
                SIMD4(repeating: 0), SIMD2(repeating: 0),
                [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
            ),
            (
                SIMD4(repeating: .max), SIMD2(repeating: .max),
                [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
            ),
            (
                SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
                SIMD2(0xa409_3822, 0x299f_31d0),
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
            ),
        ] as [(SIMD4<UInt32>, SIMD2<UInt32>, [UInt32])])
    func knownAnswers(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: [UInt32]) {
        let block = Philox.block(counter: counter, key: key)
        #expect((0..<4).map { block[$0] } == expected)
    }

    @Test("numbers are a function of seed, restart, step and index")
    func goldenValues() {
        #expect(RandomNumbers(seed: 0).bits(0) == 0xe169_c58d_6627_e8d5)
        let random = RandomNumbers(seed: 7, restart: 2, step: 5)
        #expect(random.bits(0) == 0x7dbe_5a6d_ed22_78b6)
        #expect(random.uniform(0) == 0.49118580993411765)
        #expect(random.bits(1) == 0x18a4_aefb_ca6d_1e7e)
        #expect(RandomNumbers(seed: 1 << 63 | 1, restart: 1).bits(1 << 33) == 0x2f82_a3e7_c4cb_5ab3)
    }

    @Test("seed, restart, step and index each change the numbers")
    func differ() {
        let all = [
            RandomNumbers(seed: 1), RandomNumbers(seed: 2), RandomNumbers(seed: 1 << 32 | 1),
            RandomNumbers(seed: 1, restart: 1), RandomNumbers(seed: 1, step: 1),
        ].flatMap { random in (0..<100).map { random.bits($0) } }
        #expect(Set(all).count == 500)
    }

    @Test("uniform numbers spread evenly below 1")
    func uniform() {
        let random = RandomNumbers(seed: 3)
        var counts = [Int](repeating: 0, count: 10)
        for index in 0..<100_000 {
            let value = random.uniform(index)
            #expect((0..<1).contains(value))
            counts[Int(value * 10)] += 1
        }
        // Each count is binomial with a standard deviation of 95.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 400 })
    }

    @Test("whole numbers stay below their bound and reach every value")
    func integers() {
        let random = RandomNumbers(seed: 4)
        let values = (0..<1000).map { random.integer($0, below: 7) }
        #expect(Set(values) == Set(0..<7))
        #expect(random.integer(0, below: 1) == 0)
    }

    @Test("a sample has different numbers in ascending order", arguments: [0, 1, 10, 99, 100])
    func sample(count: Int) {
        let sample = RandomNumbers(seed: 5).sample(count, below: 100)
        #expect(sample.count == count)
        #expect(sample == Set(sample).sorted())
        #expect(sample.allSatisfy { (0..<100).contains($0) })
    }

    @Test("every number is equally likely to be sampled")
    func sampleIsFair() {
        var counts = [Int](repeating: 0, count: 5)
        for step in 0..<10_000 {
            for number in RandomNumbers(seed: 6, step: step).sample(2, below: 5) {
                counts[number] += 1
            }
        }
        // Each count is binomial around 4,000 with a standard deviation of 49.
        #expect(counts.allSatisfy { abs($0 - 4000) < 200 })
    }
}
