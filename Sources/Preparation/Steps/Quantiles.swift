package import Columns
import Engine

/// A quantile as a part of the ordered values: 1 of 2 is the median.
struct QuantileFraction: Sendable {
    /// 0…`parts`.
    var count: Int
    /// 1…1,000,000,000.
    var parts: Int
}

extension StepInput {
    /// A group of rows by the values of some columns, with what was computed for it.
    struct Group: Sendable {
        var key: [Value]
        var values: [Value]
    }

    /// Quantiles by linear interpolation between the two nearest values (type 7 of Hyndman and Fan,
    /// as spreadsheets and numpy have it), computed exactly for exact numbers.
    ///
    /// - Parameters:
    ///   - field: numbers, or dates, whose quantiles are days: the first day that is not before it.
    ///   - condition: SQL of the rows that are looked at; missing and infinite values never are.
    ///   - groups: names of columns; without them there is one group, or none over no value.
    ///   - digits: how many more decimals than the column's a quantile is rounded to, half away from
    ///     zero. No effect on floating-point numbers.
    /// - Returns: the groups that have a value, in the order of their keys.
    ///
    /// Complexity: one sort of the column.
    func quantiles(
        _ fractions: [QuantileFraction], of field: Schema.Field, where condition: String? = nil,
        by groups: [String] = [], digits: Int
    ) async throws(AuroraError) -> [Group] {
        let name = dialect.quoted(field.name)
        let keys = groups.map(dialect.quoted)
        let partition = keys.isEmpty ? "" : "PARTITION BY \(keys.joined(separator: ", "))"
        // No column of a file can be called so.
        let (value, position, count) = ("\":value\"", "\":position\"", "\":count\"")
        let filter = ([isFinite(name, field.type)] + [condition].compactMap { $0 })
            .joined(separator: " AND ")
        let neighbours = fractions.map { fraction in
            let (at, wanted) = (
                "(\(position) - 1) * \(fraction.parts)", "(\(count) - 1) * \(fraction.count)"
            )
            return "max(\(value)) FILTER (WHERE \(at) <= \(wanted)), "
                + "min(\(value)) FILTER (WHERE \(at) >= \(wanted))"
        }
        let items = keys + ["max(\(count))"] + neighbours
        let order =
            keys.isEmpty
            ? "HAVING count(*) > 0"
            : "GROUP BY \(keys.joined(separator: ", ")) ORDER BY \(keys.joined(separator: ", "))"
        let answer = try await engine.query(
            """
            SELECT \(items.joined(separator: ", ")) FROM (
                SELECT \((keys + ["\(name) AS \(value)"]).joined(separator: ", ")),
                    row_number() OVER (\(partition) ORDER BY \(name)) AS \(position),
                    count(*) OVER (\(partition)) AS \(count)
                FROM \(relation) WHERE \(filter))
            \(order)
            """)
        return (0..<answer.rowCount).map { row in
            let cells = answer.row(row)
            let before = (cells[keys.count].integerValue ?? 1) - 1
            let values = fractions.enumerated().map { index, fraction in
                let low = cells[keys.count + 1 + index * 2]
                let high = cells[keys.count + 2 + index * 2]
                return Quantile.between(
                    low, high, before * fraction.count % fraction.parts, of: fraction.parts,
                    digits: digits)
            }
            return Group(key: Array(cells.prefix(keys.count)), values: values)
        }
    }
}

package enum Quantile {
    /// The value `count` parts of the way from one value to a greater one.
    package static func between(
        _ low: Value, _ high: Value, _ count: Int, of parts: Int, digits: Int
    ) -> Value {
        switch (low, high) {
        case (.integer(let low), .integer(let high)):
            return value(Int128(low), Int128(high), 0, count, parts, digits)
        case (.hugeInteger(let low), .hugeInteger(let high)):
            return value(low, high, 0, count, parts, digits)
        case (.decimal(let low), .decimal(let high)):
            return value(low.unscaled, high.unscaled, low.scale, count, parts, digits)
        case (.date(let low), .date(let high)):
            let days = Int(high) - Int(low)
            return .date(days: low + Int32((days * count + parts - 1) / parts))
        case (.double(let low), .double(let high)):
            return .double(low + (high - low) * (Double(count) / Double(parts)))
        default: return .missing
        }
    }

    private static func value(
        _ low: Int128, _ high: Int128, _ scale: Int, _ count: Int, _ parts: Int, _ digits: Int
    ) -> Value {
        // The difference may have a bit more than the values, and its product twice as many.
        let difference = UInt128(truncatingIfNeeded: high &- low)
        let product = difference.multipliedFullWidth(by: UInt128(count))
        let (quotient, remainder) = UInt128(parts).dividingFullWidth(product)
        var whole = low &+ Int128(truncatingIfNeeded: quotient)
        var rest = Int(remainder)
        var newScale = scale
        for _ in 0..<digits {
            let (tenfold, overflow) = whole.multipliedReportingOverflow(by: 10)
            guard !overflow else { break }
            whole = tenfold + Int128(rest * 10 / parts)
            rest = rest * 10 % parts
            newScale += 1
        }
        // The rest counts upwards, so below zero a half is away from zero as it is.
        if whole < 0 ? rest * 2 > parts : rest * 2 >= parts, rest > 0 { whole += 1 }
        // Zeros that only the further digits brought are left out.
        while newScale > scale, whole % 10 == 0 {
            whole /= 10
            newScale -= 1
        }
        if newScale > 0 { return .decimal(FixedDecimal(unscaled: whole, scale: newScale)) }
        return Int64(exactly: whole).map { .integer($0) } ?? .hugeInteger(whole)
    }
}
