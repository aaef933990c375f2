import Columns
import Testing

@Suite("Exact decimal numbers")
struct FixedDecimalTests {
    @Test(
        "the description has all digits and no others",
        arguments: [
            (0, 0, "0"), (0, 2, "0.00"), (-0, 3, "0.000"), (5, 1, "0.5"), (-5, 3, "-0.005"),
            (1234, 2, "12.34"), (-1200, 2, "-12.00"), (1234, 4, "0.1234"), (-7, 0, "-7"),
        ] as [(Int128, Int, String)])
    func description(unscaled: Int128, scale: Int, text: String) {
        #expect(FixedDecimal(unscaled: unscaled, scale: scale).description == text)
    }

    @Test("the extremes of 128 bits have descriptions")
    func extremes() {
        #expect(
            FixedDecimal(unscaled: .max, scale: 38).description
                == "1.70141183460469231731687303715884105727")
        #expect(
            FixedDecimal(unscaled: .min, scale: 38).description
                == "-1.70141183460469231731687303715884105728")
        #expect(
            FixedDecimal(unscaled: .min, scale: 0).description
                == "-170141183460469231731687303715884105728")
        #expect(FixedDecimal(unscaled: 1, scale: 38).description == "0." + zeros(37) + "1")
    }

    @Test(
        "the floating-point value is the nearest one",
        arguments: [
            (0, 5, 0), (1, 1, 0.1), (3, 1, 0.3), (-123_456_789, 4, -12345.6789),
            (1 << 53, 22, 9.007199254740992e-7), ((1 << 53) + 1, 0, 9007199254740992),
            ((1 << 53) + 3, 1, 900719925474099.5), (1, 23, 1e-23), (1, 38, 1e-38),
            (.max, 0, 1.7014118346046923e38), (.min, 0, -1.7014118346046923e38),
            (.max, 38, 1.7014118346046923),
        ] as [(Int128, Int, Double)])
    func doubleValue(unscaled: Int128, scale: Int, value: Double) {
        #expect(FixedDecimal(unscaled: unscaled, scale: scale).doubleValue == value)
    }

    @Test("over every scale the floating-point value is what its text is read as")
    func correctRounding() {
        var state: UInt64 = 88_172_645_463_325_252
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        for scale in 0...38 {
            for _ in 0..<200 {
                let bits = Int128(truncatingIfNeeded: next()) << 64 | Int128(next())
                let decimal = FixedDecimal(unscaled: bits >> Int128(next() % 127), scale: scale)
                #expect(decimal.doubleValue == Double(decimal.description))
            }
        }
    }

    private func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
}
