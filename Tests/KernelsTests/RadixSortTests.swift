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

    @Test(
        "places of numbers from the smallest up, equal ones by place",
        arguments: [0, 1, 256, 5_000])
    func order(count: Int) {
        var generator = SystemRandomNumberGenerator()
        let values = (0..<count).map { _ in Double(generator.next() % 1_000) - 500 }
        let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        #expect(Ranks.order(of: values) == expected)
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
