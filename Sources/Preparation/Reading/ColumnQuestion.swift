import Columns
import Workspace

/// What is to be found out about how a column is read, within what its author states.
package struct ColumnQuestion: Sendable {
    var column: String
    var type: ColumnType?
    var format: ColumnFormat?
    var unit: String?
    /// Texts that the author says stand for a missing value.
    var missing: [String]

    package init(column: String, setting: ColumnSetting? = nil) {
        self.column = column
        type = setting?.type?.value
        format = setting?.format.flatMap { ColumnFormat($0.value, column: column) }
        unit = setting?.unit?.value
        missing = setting?.missing ?? []
    }

    /// The reading where what is stated leaves nothing to find out.
    package var settled: ColumnReading? {
        func reading(_ type: ColumnType, _ form: ColumnReading.Form) -> ColumnReading {
            ColumnReading(
                column: column, type: type, form: form, missing: missing,
                isPadded: form.rules != nil, unit: unit)
        }
        switch format {
        case .date(let form): return reading(type ?? form.type, .date(form))
        case .serial: return reading(type ?? .date, .serial(SerialForm(isStated: true)))
        case .amount, nil: break
        }
        if let type, type != .text, let form = amountForms.first, format != nil {
            return reading(type, .amount(form))
        }
        return type == .text || type == .boolean ? reading(type ?? .text, .lenient) : nil
    }

    /// The forms of numbers that the author's words leave open.
    var amountForms: [AmountForm] {
        let isPercent = unit == "percent"
        var forms = AmountForm.all
        if case .amount(let group, let decimal) = format {
            forms = [AmountForm(group: group, decimal: decimal)]
        }
        return forms.map { form in
            var form = form
            form.isPercent = isPercent
            form.isStated = unit != nil
            form.currency = isPercent ? nil : unit
            return form
        }
    }
}

extension SourceSpec {
    package subscript(column name: String) -> ColumnSetting? {
        columns.first { $0.column.value == name }
    }

    func question(_ field: Schema.Field) -> ColumnQuestion {
        ColumnQuestion(column: field.name, setting: self[column: field.name])
    }

    /// The reading of a column where nothing has to be found out; nil for the others.
    func stated(_ field: Schema.Field) -> ColumnReading? {
        let question = question(field)
        guard field.type != .text else { return question.settled }
        guard let type = question.type, type != field.type else {
            return ColumnReading(
                column: field.name, type: field.type, form: .typed, missing: question.missing,
                unit: question.unit)
        }
        return ColumnReading(
            column: field.name, type: type, form: .lenient, missing: question.missing,
            unit: question.unit)
    }
}
