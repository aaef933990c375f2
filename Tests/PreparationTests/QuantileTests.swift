import Columns
import Testing

import Preparation

@Suite("Quantiles")
struct QuantileTests {
    private static func decimal(_ unscaled: Int128, _ scale: Int) -> Value {
        .decimal(FixedDecimal(unscaled: unscaled, scale: scale))
    }

    @Test(
        "between two values, rounded once, half away from zero",
        arguments: [
            (.integer(1), .integer(2), 1, 2, 1, decimal(15, 1)),
            (.integer(1), .integer(3), 1, 2, 1, .integer(2)),
            (.integer(-2), .integer(-1), 1, 2, 0, .integer(-2)),
            (.integer(1), .integer(2), 1, 2, 0, .integer(2)),
            (.integer(-1), .integer(0), 1, 4, 0, .integer(-1)),
            (.integer(-1), .integer(0), 3, 4, 0, .integer(0)),
            (.integer(-1), .integer(1), 1, 3, 2, decimal(-33, 2)),
            (.integer(.min), .integer(.max), 1, 2, 1, decimal(-5, 1)),
            (.hugeInteger(.min), .hugeInteger(.max), 1, 2, 0, .integer(-1)),
            (.hugeInteger(.max - 2), .hugeInteger(.max), 1, 2, 1, .hugeInteger(.max - 1)),
            (decimal(10, 2), decimal(15, 2), 1, 2, 0, decimal(13, 2)),
            (decimal(10, 2), decimal(15, 2), 1, 2, 1, decimal(125, 3)),
            (decimal(10, 2), decimal(10, 2), 0, 1, 2, decimal(10, 2)),
            (.double(0.5), .double(1), 1, 4, 0, .double(0.625)),
            (.date(days: 0), .date(days: 1), 1, 100, 0, .date(days: 1)),
            (.date(days: -3), .date(days: 0), 0, 3, 0, .date(days: -3)),
        ] as [(Value, Value, Int, Int, Int, Value)])
    func between(
        low: Value, high: Value, count: Int, parts: Int, digits: Int, value: Value
    ) {
        #expect(Quantile.between(low, high, count, of: parts, digits: digits) == value)
    }
}
