/// The type of a column as Aurora sees it, independent of any engine.
package enum ColumnType: Hashable, Sendable {
    case boolean
    /// Whole numbers that fit 64 bits.
    case integer
    /// Whole numbers of up to 128 bits.
    case hugeInteger
    /// Exact decimal numbers with at most `precision` digits, `scale` of them after the point.
    case decimal(precision: Int, scale: Int)
    case double
    case text
    case date
    case time
    /// A point in time in microseconds; `zoned` when it denotes an instant rather than a wall clock.
    case timestamp(zoned: Bool)

    package var isNumeric: Bool {
        switch self {
        case .integer, .hugeInteger, .decimal, .double: true
        default: false
        }
    }

    /// Numbers whose sums are exact, in any order.
    package var isExactNumber: Bool { isNumeric && self != .double }

    package var isWhole: Bool {
        switch self {
        case .integer, .hugeInteger, .decimal(_, 0): true
        default: false
        }
    }

    package var isTemporal: Bool {
        switch self {
        case .date, .time, .timestamp: true
        default: false
        }
    }
}

extension ColumnType: CustomStringConvertible {
    package var description: String {
        switch self {
        case .boolean: "boolean"
        case .integer: "integer"
        case .hugeInteger: "huge integer"
        case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
        case .double: "double"
        case .text: "text"
        case .date: "date"
        case .time: "time"
        case .timestamp(let zoned): zoned ? "timestamp with time zone" : "timestamp"
        }
    }
}

/// The values of one column, all of one type, without their names or missing marks.
package enum ColumnValues: Sendable {
    case booleans([Bool])
    case integers([Int64])
    case hugeIntegers([Int128])
    /// Unscaled: 12.34 with scale 2 is 1234. The scale stands in the column's type.
    case decimals([Int128])
    case doubles([Double])
    case texts([String])
    /// Days since 1970-01-01.
    case days([Int32])
    /// Microseconds since midnight (time) or since 1970-01-01T00:00 (timestamps).
    case microseconds([Int64])

    package var count: Int {
        switch self {
        case .booleans(let values): values.count
        case .integers(let values): values.count
        case .hugeIntegers(let values), .decimals(let values): values.count
        case .doubles(let values): values.count
        case .texts(let values): values.count
        case .days(let values): values.count
        case .microseconds(let values): values.count
        }
    }

    package init(emptyOf type: ColumnType) {
        self =
            switch type {
            case .boolean: .booleans([])
            case .integer: .integers([])
            case .hugeInteger: .hugeIntegers([])
            case .decimal: .decimals([])
            case .double: .doubles([])
            case .text: .texts([])
            case .date: .days([])
            case .time, .timestamp: .microseconds([])
            }
    }

    /// Appends `other`, which must hold the same kind of values.
    package mutating func append(_ other: ColumnValues) {
        switch (consume self, other) {
        case (.booleans(var a), .booleans(let b)): a += b; self = .booleans(a)
        case (.integers(var a), .integers(let b)): a += b; self = .integers(a)
        case (.hugeIntegers(var a), .hugeIntegers(let b)): a += b; self = .hugeIntegers(a)
        case (.decimals(var a), .decimals(let b)): a += b; self = .decimals(a)
        case (.doubles(var a), .doubles(let b)): a += b; self = .doubles(a)
        case (.texts(var a), .texts(let b)): a += b; self = .texts(a)
        case (.days(var a), .days(let b)): a += b; self = .days(a)
        case (.microseconds(var a), .microseconds(let b)): a += b; self = .microseconds(a)
        default: preconditionFailure("values of two column types can't be joined")
        }
    }
}

/// A named column of typed values in which any value may be missing.
package struct Column: Sendable {
    package var name: String
    package var type: ColumnType
    package var values: ColumnValues
    /// One flag a row, true where a value is present; nil where no value is missing.
    package var present: [Bool]?

    package init(name: String, type: ColumnType, values: ColumnValues, present: [Bool]? = nil) {
        precondition(present == nil || present?.count == values.count)
        self.name = name
        self.type = type
        self.values = values
        self.present = present
    }

    package var count: Int { values.count }

    package var missingCount: Int { present?.count(where: { !$0 }) ?? 0 }

    package subscript(row: Int) -> Value {
        if let present, !present[row] { return .missing }
        switch values {
        case .booleans(let values): return .boolean(values[row])
        case .integers(let values): return .integer(values[row])
        case .hugeIntegers(let values): return .hugeInteger(values[row])
        case .decimals(let values):
            guard case .decimal(_, let scale) = type else { preconditionFailure("decimal type") }
            return .decimal(FixedDecimal(unscaled: values[row], scale: scale))
        case .doubles(let values): return .double(values[row])
        case .texts(let values): return .text(values[row])
        case .days(let values): return .date(days: values[row])
        case .microseconds(let values):
            switch type {
            case .time: return .time(microseconds: values[row])
            case .timestamp(let zoned): return .timestamp(microseconds: values[row], zoned: zoned)
            default: preconditionFailure("microseconds belong to times and timestamps")
            }
        }
    }

    /// The values as floating-point numbers, NaN where missing; nil for a column that isn't numeric.
    package func doubles() -> [Double]? {
        var result: [Double]
        switch values {
        case .doubles(let values): result = values
        case .integers(let values): result = values.map(Double.init)
        case .hugeIntegers(let values): result = values.map(Double.init)
        case .decimals(let values):
            guard case .decimal(_, let scale) = type else { return nil }
            result = FixedDecimal.doubles(values, scale: scale)
        case .booleans(let values): result = values.map { $0 ? 1 : 0 }
        default: return nil
        }
        if let present {
            for row in result.indices where !present[row] { result[row] = .nan }
        }
        return result
    }

    package mutating func append(_ other: Column) {
        if present != nil || other.present != nil {
            present =
                (present ?? [Bool](repeating: true, count: count))
                + (other.present ?? [Bool](repeating: true, count: other.count))
        }
        values.append(other.values)
    }
}
