import Columns
import Engine

/// A form that the values of a column may have.
struct ReadingCandidate {
    var form: ColumnReading.Form
    var type: ColumnType

    /// Decimals beyond these are a double's.
    static let mostDecimals = 12

    init(_ form: ColumnReading.Form, _ type: ColumnType) {
        self.form = form
        self.type = type
    }

    /// Whether the candidate is for decimals whose digits are not known yet.
    private var isPlainDecimal: Bool { form == .plain && type.isDecimal }

    func fits(_ text: String, _ dialect: any Dialect) -> String {
        if isPlainDecimal { return PlainText.isNumber(text, dialect) }
        switch form {
        case .lenient, .typed: return "(\(LenientText.value(text, type, dialect))) IS NOT NULL"
        case .plain: return "(\(PlainText.value(text, type, dialect))) IS NOT NULL"
        case .words, .amount, .date, .serial:
            return form.rules?.fits(text, type, dialect) ?? "FALSE"
        }
    }

    /// Aggregates that decide more, where all values fit.
    func measures(_ text: String, _ dialect: any Dialect) -> [String] {
        switch form {
        case .plain where isPlainDecimal:
            return PlainText.decimalDigits(text) + ["min(length(\(text)))", "max(length(\(text)))"]
        case .plain where type == .integer:
            return ["min(length(\(text)))", "max(length(\(text)))"]
        case .words: return ["min(lower(\(text)))", "max(lower(\(text)))"]
        case .amount(let form):
            let digits = form.digits(text, dialect)
            let affix = "nullif(\(AmountForm.affix(text, dialect)), '')"
            return [
                "max(\(digits.whole))", "max(\(digits.decimals))", "min(\(affix))", "max(\(affix))",
            ]
        default: return []
        }
    }
}

/// A form that all values of a column have.
struct FittingCandidate {
    var candidate: ReadingCandidate
    var measures: [Value]

    /// A decimal type with room for the digits, nil where there is none.
    static func decimal(whole: Int, decimals: Int) -> ColumnType? {
        guard decimals <= ReadingCandidate.mostDecimals, whole + decimals <= 38 else { return nil }
        return .decimal(precision: whole + decimals <= 18 ? 18 : 38, scale: decimals)
    }
}

extension ColumnType {
    var isDecimal: Bool { if case .decimal = self { true } else { false } }
}
