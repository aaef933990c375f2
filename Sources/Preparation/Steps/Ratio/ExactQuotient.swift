import Columns
import Engine

/// SQL that divides one exact number by another and rounds once, half away from zero.
///
/// It divides whole numbers of the last decimals. Those of up to 38 digits cost a division bit by
/// bit, so rows whose numbers are small enough are divided in 64 bits, half of the decimals at a
/// time as by hand; both ways give the same.
struct ExactQuotient {
    private let numerator: StepInput.Scalar
    private let denominator: StepInput.Scalar
    private let decimals: Int
    private let dialect: any Dialect

    /// - Parameter decimals: of the quotient, 0…18.
    init(
        _ numerator: StepInput.Scalar, _ denominator: StepInput.Scalar, _ decimals: Int,
        _ dialect: any Dialect
    ) {
        self.numerator = numerator
        self.denominator = denominator
        self.decimals = decimals
        self.dialect = dialect
    }

    var sql: String {
        guard decimals <= Self.mostSmallDecimals, scale <= Self.mostSmallScale else { return wide }
        return "CASE WHEN \(isSmall) THEN \(small) ELSE \(wide) END"
    }

    private var sign: String { "(sign(\(numerator.sql)) * sign(\(denominator.sql)))" }

    /// The type of the quotient.
    private var type: String {
        dialect.typeName(.decimal(precision: 38, scale: decimals))
    }

    /// One of the last decimals, as a number of so many digits.
    private func unit(_ precision: Int) -> String {
        let digits = decimals == 0 ? "1" : "0.\(String(repeating: "0", count: decimals - 1))1"
        let type = dialect.typeName(.decimal(precision: precision, scale: decimals))
        return "CAST('\(digits)' AS \(type))"
    }

    // MARK: Small numbers

    /// Remainders of 12 digits leave room for 6 more in 64 bits.
    private static let mostSmallDecimals = 12
    private static let smallDigits = 12
    /// A number of up to 15 digits survives as a floating-point number.
    private static let mostSmallScale = 10

    /// Decimals of both numbers, so that their whole numbers have the numbers' ratio.
    private var scale: Int { max(numerator.type.scale, denominator.type.scale) }

    /// Both numbers have at most 12 digits, and so the quotient at most 18.
    private var isSmall: String {
        let limit = Self.power(Self.smallDigits - scale)
        let quotient = Self.power(18 - Self.mostSmallDecimals)
        let (top, bottom) = ("abs(\(numerator.sql))", "abs(\(denominator.sql))")
        return "\(top) < \(limit) AND \(bottom) < \(limit) AND \(top) < \(quotient) * \(bottom)"
    }

    private var small: String {
        let integer = dialect.typeName(.integer)
        func whole(_ scalar: StepInput.Scalar) -> String {
            let double = "CAST(abs(\(scalar.sql)) AS \(dialect.typeName(.double)))"
            return "CAST(round(\(double) * \(Self.power(scale))) AS \(integer))"
        }
        let (top, bottom) = (whole(numerator), whole(denominator))
        let first = decimals / 2
        let last = decimals - first
        let rest = "(\(top) % \(bottom) * \(Self.power(first)))"
        func over(_ a: String, _ b: String) -> String { dialect.call("//", [a, b]) }
        let rounded = over(
            "(2 * \(Self.power(last)) * (\(rest) % \(bottom)) + \(bottom))", "(2 * \(bottom))")
        let parts = [
            "\(over(top, bottom)) * \(Self.power(decimals))",
            "\(over(rest, bottom)) * \(Self.power(last))", rounded,
        ]
        let quotient = dialect.typeName(.decimal(precision: 18, scale: 0))
        return "CAST(CAST((\(parts.joined(separator: " + "))) * \(sign) AS \(quotient)) "
            + "* \(unit(18)) AS \(type))"
    }

    // MARK: Numbers of any size

    private var wide: String {
        let huge = dialect.typeName(.hugeInteger)
        let whole = dialect.typeName(.decimal(precision: 38, scale: 0))
        func unscaled(_ scalar: StepInput.Scalar) -> String {
            let scale = scalar.type.scale
            guard scale > 0 else { return "CAST(\(scalar.sql) AS \(huge))" }
            let exact = dialect.typeName(.decimal(precision: 38, scale: scale))
            return
                "CAST(CAST(\(scalar.sql) AS \(exact)) * CAST('\(Self.power(scale))' AS \(whole)) "
                + "AS \(huge))"
        }
        func times(_ number: String, _ digits: Int) -> String {
            digits > 0 ? "(\(number) * CAST('\(Self.power(digits))' AS \(huge)))" : number
        }
        let shift = decimals + denominator.type.scale - numerator.type.scale
        let top = times("abs(\(unscaled(numerator)))", shift)
        let bottom = times("abs(\(unscaled(denominator)))", -shift)
        let rounded = dialect.call("//", ["(2 * \(top) + \(bottom))", "(2 * \(bottom))"])
        return "CAST(CAST(\(rounded) * \(sign) AS \(whole)) * \(unit(38)) AS \(type))"
    }

    private static func power(_ digits: Int) -> String {
        "1" + String(repeating: "0", count: digits)
    }
}

extension ColumnType {
    /// Digits after the point.
    fileprivate var scale: Int { if case .decimal(_, let scale) = self { scale } else { 0 } }
}
