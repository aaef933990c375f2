import Columns
import Engine

/// How a file's column becomes the column of a model's table.
struct ColumnConversion: Sendable {
    let column: String
    /// The type in the model's table.
    let wanted: ColumnType
    /// The type in which the file's column was read.
    let found: ColumnType

    /// SQL of the value as the model's table would have it, missing where it can't be that.
    ///
    /// Numbers keep the exactness in which the file has them, since what is computed from two
    /// spellings of one number is the same.
    func value(_ dialect: any Dialect) -> String {
        let name = dialect.quoted(column)
        let type = dialect.typeName(wanted)
        switch (wanted, found) {
        case _ where wanted == found: return name
        case (.text, _): return "CAST(\(name) AS \(type))"
        case (.double, _) where found.isNumeric: return "CAST(\(name) AS \(type))"
        case _ where wanted.isNumeric && found.isNumeric: return name
        case _ where wanted.isNumeric && found == .text:
            return "TRY_CAST(\(name) AS \(dialect.typeName(.double)))"
        case (.boolean, _) where found.isNumeric:
            return "CASE WHEN \(name) IN (0, 1) THEN \(name) = 1 END"
        case (_, .text): return "TRY_CAST(\(name) AS \(type))"
        case _ where wanted.isTemporal && found.isTemporal: return "TRY_CAST(\(name) AS \(type))"
        default: return "CAST(NULL AS \(type))"
        }
    }

    /// SQL of a category's level: a text, spelt as the model's table would spell it.
    func level(_ dialect: any Dialect) -> String {
        let text = dialect.typeName(.text)
        let value = value(dialect)
        guard wanted.isNumeric, wanted != found else { return "CAST(\(value) AS \(text))" }
        let same = "TRY_CAST(\(value) AS \(dialect.typeName(wanted)))"
        return "CASE WHEN \(same) = \(value) THEN CAST(\(same) AS \(text)) "
            + "ELSE CAST(\(value) AS \(text)) END"
    }

    /// SQL that is true where there is a value that can't be one of the model's.
    func isUnreadable(_ dialect: any Dialect) -> String {
        "(\(dialect.quoted(column)) IS NOT NULL AND (\(value(dialect))) IS NULL)"
    }

    /// SQL that is true where there is no value, NaN included.
    func isMissing(_ dialect: any Dialect) -> String {
        let value = "(\(value(dialect)))"
        guard isDouble else { return "(\(value) IS NULL)" }
        return "(\(value) IS NULL OR \(value) = \(dialect.literal(Value.double(.nan))))"
    }

    /// SQL that is true for an infinite number; nil where the type has none.
    func isInfinite(_ dialect: any Dialect) -> String? {
        guard isDouble else { return nil }
        return "(abs(\(value(dialect))) = \(dialect.literal(Value.double(.infinity))))"
    }

    private var isDouble: Bool {
        wanted == .double || wanted.isNumeric && (found == .double || found == .text)
    }
}
