import Columns
import Query
import Spreadsheets

/// A cell of a visual's table in a file: the same for a workbook and for CSV.
enum SheetCell: Sendable, Equatable {
    /// No figure: there is none, or privacy hides it.
    case empty
    case text(String)
    /// All digits, with the format by which people read them.
    case number(String, FigureFormat?)
    case date(CalendarDate)

    /// What stands in the place of a value that is missing.
    static let missingName = "Missing"

    static func figure(_ value: Double?, _ format: FigureFormat? = nil) -> SheetCell {
        guard let value, value.isFinite else { return .empty }
        return .number(String(value), format)
    }

    /// A figure of an answer.
    init(figure value: JSON, _ format: FigureFormat?) {
        switch value {
        case .number(let digits): self = .number(digits, format)
        case .string(let text): self = .text(text)
        case .bool(let flag): self = .text(flag ? "Yes" : "No")
        case .null, .array, .object, .encoded: self = .empty
        }
    }

    /// A value of a dimension, as its table on a page names it. Many levels as one are
    /// "Other (183 levels)", which no level is called by itself.
    init(name value: JSON, of dimension: Catalogue.Dimension?, _ writer: FigureWriter) {
        switch value {
        case .null: self = .text(Self.missingName)
        case .bool(let flag): self = .text(flag ? "Yes" : "No")
        case .number(let digits): self = .number(digits, dimension?.format)
        case .string(let text):
            if dimension?.kind == .date, let day = CalendarDate(text) {
                self = .date(day)
            } else {
                self = .text(text)
            }
        case .object:
            let folded = value["other"]?.wholeValue ?? 0
            let levels = folded == 1 ? "level" : "levels"
            self = .text("Other (\(writer.count(folded)) \(levels))")
        case .array, .encoded: self = .empty
        }
    }

    // MARK: Files

    /// In a workbook: numbers and dates are what they are, with their formats.
    func written(currency: String?) -> WrittenCell {
        switch self {
        case .empty: .empty
        case .text(let text): .literal(text)
        case .number(let digits, let format):
            .number(digits, CellStyle(format: format?.code(currency: currency)))
        case .date(let day):
            .number(
                String(day.daysSince1970 + SerialDay.of1970),
                CellStyle(format: "yyyy\"-\"mm\"-\"dd"))
        }
    }

    /// In CSV: no text is left that a spreadsheet program would take for a formula.
    var csv: String {
        switch self {
        case .empty: return ""
        case .number(let digits, _): return digits
        case .date(let day): return day.description
        case .text(let text):
            let safe = WrittenCell.isFormula(text) ? "'" + text : text
            let isPlain = safe.unicodeScalars.allSatisfy {
                !"\",\r\n'".unicodeScalars.contains($0)
            }
            guard !isPlain || safe.first?.isWhitespace == true || safe.last?.isWhitespace == true
            else { return safe }
            return "\"\(safe.replacing("\"", with: "\"\""))\""
        }
    }
}

/// Excel counts days from the end of 1899, with one too many in 1900.
private enum SerialDay {
    static let of1970 = 25_569
}

extension FigureFormat {
    static let count = FigureFormat(.integer)
    static let share = FigureFormat(.percent, digits: 1)
    /// Of p, correlations and effects.
    static func decimal(_ digits: Int) -> FigureFormat { FigureFormat(.decimal, digits: digits) }

    /// As answers have it; nil where none is stated.
    init?(_ json: JSON?) {
        guard let json, let style = json["style"]?.textValue.flatMap(Style.init) else { return nil }
        self.init(style, digits: json["digits"]?.wholeValue, unit: json["unit"]?.textValue)
    }

    /// The format in Excel's language; nil where values are shown as they are.
    ///
    /// An amount is followed by its currency's code, which says the same in every locale.
    func code(currency: String?) -> String? {
        func decimals(_ usual: Int) -> String {
            let count = digits ?? usual
            return count == 0 ? "" : "." + String(repeating: "0", count: count)
        }
        let number: String
        switch style {
        case .integer: number = "#,##0"
        case .decimal: number = "#,##0" + decimals(2)
        case .percent: number = "0" + decimals(1) + "%"
        case .currency:
            let isKnown = currency.map { $0.wholeMatch(of: /[A-Z]{3}/) != nil && $0 != "XXX" }
            number =
                "#,##0" + decimals(2) + (isKnown == true ? " [$\(currency ?? "")]" : "")
        case .text: return nil
        }
        guard let unit else { return number }
        let word = unit.filter { $0 != "\"" && $0 != "\\" }
        return word.isEmpty ? number : "\(number) \"\(word)\""
    }
}

extension JSON {
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    var elements: [JSON] { if case .array(let elements) = self { elements } else { [] } }
    var textValue: String? { if case .string(let text) = self { text } else { nil } }
    var wholeValue: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
    var numberValue: Double? { if case .number(let digits) = self { Double(digits) } else { nil } }
}
