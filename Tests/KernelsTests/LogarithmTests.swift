import Foundation
import Kernels
import Testing

@Suite("Logarithm")
struct LogarithmTests {
    static let paths = KernelPath.allCases.filter(\.isAvailable)

    @Test("as the system's to the last digits, the same bits on every instruction set")
    func range() {
        let random = RandomNumbers(seed: 15)
        var values = (0..<20_000).map { pow(10, random.uniform($0) * 600 - 300) }
        values += values.filter { $0 < 1 }.map { -$0 }
        values += (0..<20_000).map { random.uniform(50_000 + $0) * 2 - 1 }
        values += (0..<20_000).map { random.uniform(90_000 + $0) * 1e5 }
        // Where the way of working it out changes.
        for edge in [0.7071067811865476 - 1, 1.4142135623730951 - 1, 1, 3, -0.5] {
            values += [edge, edge.nextUp, edge.nextDown]
        }
        let found = Logarithm.log1p(values)
        for (value, found) in zip(values, found) {
            let expected = log1p(value)
            #expect(abs(found - expected) <= 2 * expected.ulp, "\(value)")
        }
        for path in Self.paths { #expect(Logarithm.log1p(values, path: path) == found) }
    }

    @Test("values at the ends", arguments: paths)
    func ends(path: KernelPath) {
        let values = [0, -0.0, .infinity, -1, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
        let found = Logarithm.log1p(values, path: path)
        let expected = values.map { log1p($0) }
        #expect(found == expected)
        #expect(found[1].sign == .minus)
        let none = Logarithm.log1p([(-1.0).nextDown, -.infinity, .nan], path: path)
        #expect(none.count { $0.isNaN } == 3)
    }

    @Test("every number of values, one by one or together", arguments: 0...33)
    func lengths(count: Int) {
        let values = (0..<count).map { Double($0) * 0.37 - 0.9 }
        let alone = values.map { Logarithm.log1p($0) }
        #expect(Logarithm.log1p(values) == alone)
        var place = values
        place.withUnsafeMutableBufferPointer { Logarithm.log1p($0) }
        #expect(place == alone)
    }
}
