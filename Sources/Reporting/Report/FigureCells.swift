import Columns
import Query
import Spreadsheets

/// The figures of one visual as cells: whatever its kind, its columns and rows are what
/// docs/http-api.md says of them.
struct FigureCells {
    /// The headings; nil where the visual has no rows of figures.
    private(set) var columns: [String]?
    private(set) var rows: [[WrittenCell]] = []
    private(set) var problem: String?
    private(set) var rowsUsed: Int?
    private(set) var rowsTotal: Int?
    private(set) var suppressed = 0

    private static let headings = [
        "count": "Rows", "rows": "Rows", "from": "From", "to": "To", "share": "Share",
        "x_from": "x from", "x_to": "x to", "y_from": "y from", "y_to": "y to",
    ]

    init(_ visual: PageReport.Visual, _ catalogue: Catalogue, currency: String?) {
        guard let data = visual.data else { return }
        if let error = data["error"] {
            problem = error["title"]?.textValue
            return
        }
        rowsUsed = data["rows_used"]?.wholeValue
        rowsTotal = data["rows_total"]?.wholeValue
        suppressed = data["suppressed"]?.wholeValue ?? 0
        guard case .array(let names)? = data["columns"], case .array(let figures)? = data["rows"]
        else { return }
        let only = visual.layout["dimensions"]?.elements.first?.textValue
        let columns = names.map {
            Column($0.textValue ?? "", of: only.flatMap { catalogue.dimensions[$0] }, catalogue)
        }
        self.columns = columns.map(\.heading)
        rows = figures.map { row in
            zip(row.elements, columns).map { $1.cell($0, currency: currency) }
        }
    }

    private struct Column {
        let heading: String
        let format: FigureFormat?
        let isDate: Bool
        let isDimension: Bool

        /// - Parameter only: the dimension whose bins the columns `from` and `to` are of.
        init(_ name: String, of only: Catalogue.Dimension?, _ catalogue: Catalogue) {
            let measure = catalogue.measures[name]
            let dimension = catalogue.dimensions[name]
            isDimension = dimension != nil && measure == nil
            isDate = dimension?.kind == .date
            heading =
                measure?.label ?? dimension?.label ?? FigureCells.headings[name]
                ?? name.replacing("_", with: " ")
            switch name {
            case "count", "rows": format = FigureFormat(.integer)
            case "share": format = FigureFormat(.percent, digits: 1)
            case "from", "to": format = only?.format
            default: format = measure?.format ?? dimension?.format
            }
        }

        func cell(_ value: JSON, currency: String?) -> WrittenCell {
            switch value {
            case .null: isDimension ? .text("Missing") : .empty
            case .bool(let flag): .boolean(flag)
            case .number(let digits):
                .number(
                    digits, CellStyle(format: format?.code(currency: currency)))
            case .string(let text):
                if isDate, let day = CalendarDate(text) {
                    .number(
                        String(day.daysSince1970 + SerialDay.of1970),
                        CellStyle(format: "yyyy\"-\"mm\"-\"dd"))
                } else {
                    .literal(text)
                }
            case .array, .object, .encoded: .literal(value.text())
            }
        }
    }
}

/// Excel counts days from the end of 1899, with one too many in 1900.
private enum SerialDay {
    static let of1970 = 25_569
}

extension FigureFormat {
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
    fileprivate subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    fileprivate var elements: [JSON] {
        if case .array(let elements) = self { elements } else { [] }
    }
    fileprivate var textValue: String? { if case .string(let text) = self { text } else { nil } }
    fileprivate var wholeValue: Int? {
        if case .number(let digits) = self { Int(digits) } else { nil }
    }
}
