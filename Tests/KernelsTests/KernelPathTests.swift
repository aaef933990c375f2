import CKernels
import Testing

import Kernels

/// Every instruction set that this machine has, beside plain Swift.
struct KernelPathTests {
    static let available = KernelPath.allCases.filter(\.isAvailable)

    @Test func oneIsChosenAndPortableIsAlwaysThere() {
        #expect(Self.available.contains(.portable))
        #expect(Self.available.contains(KernelPath.current))
    }

    @Test(arguments: available, 1...20)
    func closestDistancesAreTheSameBits(path: KernelPath, features: Int) throws {
        let functions = try #require(path.functions)
        let numbers = RandomNumbers(seed: 7, restart: features, step: 0)
        let tileRows = Int(CKERNELS_TILE)
        let tile = (0..<features * tileRows).map { Float(numbers.uniform($0) * 8 - 4) }
        let centre = (0..<features).map { Float(numbers.uniform(10_000 + $0) * 8 - 4) }
        let before = (0..<tileRows).map { Float(numbers.uniform(20_000 + $0) * 100) }
        var closest = before
        let total = functions.cover(tile, 1, features, centre, &closest)
        #expect(abs(total - closest.reduce(0) { $0 + Double($1) }) <= 1e-9 * total)
        for row in 0..<tileRows {
            var sum = Float(0)
            for feature in 0..<features {
                let difference = tile[feature * tileRows + row] - centre[feature]
                sum += difference * difference
            }
            #expect(closest[row] == min(sum, before[row]))
        }
    }
}
