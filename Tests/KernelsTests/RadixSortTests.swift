import Kernels
import Testing

@Suite("Radix sort")
struct RadixSortTests {
    @Test("keys are sorted as by comparison", arguments: [0, 1, 2, 255, 256, 10_000])
    func sorted(count: Int) {
        var generator = SystemRandomNumberGenerator()
        for mask in [UInt64.max, 0xFF, 0xFF00, 0xFFFF_0000_0000_FFFF, 0] {
            let keys = (0..<count).map { _ in generator.next() & mask }
            var sorted = keys
            RadixSort.sort(&sorted)
            #expect(sorted == keys.sorted())
        }
    }

    @Test("doubles come back from keys that sort as they do")
    func doubles() {
        let values = [
            -Double.greatestFiniteMagnitude, -1.5, -.leastNonzeroMagnitude, 0,
            .leastNonzeroMagnitude,
            1e-3, 1, 1.5, .greatestFiniteMagnitude,
        ]
        let keys = values.map { RadixSort.key($0) }
        #expect(keys == keys.sorted())
        #expect(keys.map { RadixSort.double($0) } == values)
        #expect(RadixSort.key(-0.0) == RadixSort.key(0.0))
    }

    @Test("whole numbers come back from keys that sort as they do")
    func integers() {
        let values = [Int64.min, -2, -1, 0, 1, .max]
        let keys = values.map { RadixSort.key($0) }
        #expect(keys == keys.sorted())
        #expect(keys.map { RadixSort.integer($0) } == values)
    }
}
