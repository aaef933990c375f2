import Columns

extension ColumnType {
    /// The narrowest type that holds the values of both, nil where none does.
    ///
    /// Whole numbers beyond 2^53 lose digits where the other side is floating-point.
    func wider(with other: ColumnType) -> ColumnType? {
        if self == other { return self }
        switch (self, other) {
        case (.date, .timestamp(zoned: false)), (.timestamp(zoned: false), .date):
            return .timestamp(zoned: false)
        case (.double, _) where other.isNumeric, (_, .double) where isNumeric: return .double
        case (.integer, .hugeInteger), (.hugeInteger, .integer): return .hugeInteger
        default: break
        }
        guard let (whole, scale) = digits, let (otherWhole, otherScale) = other.digits else {
            return nil
        }
        let finest = max(scale, otherScale)
        let precision = max(whole, otherWhole) + finest
        return precision <= 38 ? .decimal(precision: precision, scale: finest) : .double
    }

    /// Digits before and after the point of exact numbers.
    private var digits: (whole: Int, scale: Int)? {
        switch self {
        case .integer: (19, 0)
        case .hugeInteger: (39, 0)
        case .decimal(let precision, let scale): (precision - scale, scale)
        default: nil
        }
    }
}
