import Columns
import Workspace

/// How an author says that a column is written.
enum ColumnFormat: Hashable, Sendable {
    case date(DateForm)
    case serial
    case amount(group: String?, decimal: String)

    static let spellings = "a pattern like %d-%m-%Y, a number like 1.234,56, or excel"

    /// - Parameter column: whose name tells whether years of two digits are of births.
    init?(_ text: String, column: String) {
        if text == "excel" {
            self = .serial
        } else if text.contains("%") {
            guard let form = DateForm(text, isBirth: ColumnName(column).saysBirth) else {
                return nil
            }
            self = .date(form)
        } else {
            guard let form = Self.number(text) else { return nil }
            self = form
        }
    }

    /// Reads an example: 1234.56, 1.234,56, 1,234.
    private static func number(_ text: String) -> ColumnFormat? {
        let signs = text.filter { !("0"..."9").contains($0) }
        let parts = text.split(omittingEmptySubsequences: false) { !("0"..."9").contains($0) }
        guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        let isGrouped = parts.count > 1 && parts[1].count == 3 && parts[0].count <= 3
        let form = AmountForm.all.first { form in
            if signs.count == 2 { return isGrouped && (form.group ?? "") + form.decimal == signs }
            return signs.count == 1
                && (isGrouped ? form.group == signs : form.group == nil && form.decimal == signs)
        }
        return form.map { .amount(group: $0.group, decimal: $0.decimal) }
    }
}

extension ColumnSetting {
    /// What contradicts itself in the setting.
    var problems: [Diagnostic] {
        var problems: [Diagnostic] = []
        if let unit, unit.value != "percent", !Currency.isCode(unit.value) {
            problems.append(
                Diagnostic(
                    "invalid_unit", at: unit.place, "'\(unit.value)' is no unit",
                    hint: "percent, or a currency's three capital letters, like EUR"))
        }
        guard let format else { return problems }
        guard let form = ColumnFormat(format.value, column: column.value) else {
            problems.append(
                Diagnostic(
                    "invalid_format", at: format.place,
                    "'\(format.value)' says neither how dates nor how numbers are written",
                    hint: ColumnFormat.spellings
                        + "; patterns hold %Y %y %m %d %b %B %H %I %M %S %f %p"))
            return problems
        }
        if let type, !form.holds(type.value) {
            problems.append(
                Diagnostic(
                    "invalid_format", at: format.place,
                    "'\(format.value)' is not how a column of type \(type.value) is written",
                    hint: "leave out the type, which follows from the format"))
        }
        return problems
    }
}

extension ColumnFormat {
    /// Whether values of the type may be written so.
    func holds(_ type: ColumnType) -> Bool {
        switch self {
        case .date(let form):
            form.type == .time
                ? type == .time
                : type == form.type || [.date, .timestamp(zoned: false)].contains(type)
        case .serial: type == .date
        case .amount: type.isNumeric
        }
    }
}
