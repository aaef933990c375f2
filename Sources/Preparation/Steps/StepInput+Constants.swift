import Columns
import Engine
import Workspace

extension StepInput {
    /// A stated value in the type of a column, or nil with a diagnostic: it must be a value of that
    /// type, and stay the same in it.
    mutating func constant(
        _ written: Located<WrittenValue>, for field: Schema.Field
    ) async throws(AuroraError) -> Value? {
        try await constants([written], for: field)?.first
    }

    /// Stated values in the type of a column. What stands for nothing is missing in any type.
    mutating func constants(
        _ written: [Located<WrittenValue>], for field: Schema.Field
    ) async throws(AuroraError) -> [Value]? {
        if field.type == .text || written.isEmpty {
            return written.map { $0.value.value.isMissing ? .missing : .text($0.value.text) }
        }
        let items = written.map { constant in
            guard !constant.value.value.isMissing else { return "NULL" }
            let text = dialect.literal(constant.value.text)
            let value = "TRY_CAST(\(text) AS \(dialect.typeName(field.type)))"
            // A type without room for more digits would round them in silence.
            let isSame =
                field.type.isNumeric && constant.value.value.doubleValue != nil
                ? "\(value) = \(dialect.literal(constant.value.value))" : "TRUE"
            return "CASE WHEN \(fits(text, field.type)) AND \(isSame) THEN \(value) END"
        }
        let read = try await engine.query("SELECT \(items.joined(separator: ", "))").row(0)
        var isSound = true
        for (constant, value) in zip(written, read)
        where value.isMissing && !constant.value.value.isMissing {
            isSound = false
            diagnostics.append(
                Diagnostic(
                    "wrong_type", at: constant.place,
                    "'\(constant.value.text)' is not of type \(field.type), as '\(field.name)' is"))
        }
        return isSound ? read : nil
    }

    private func fits(_ text: String, _ type: ColumnType) -> String {
        type == .hugeInteger
            ? dialect.matches(text, "[-+]?[0-9]{1,38}") : LenientText.fits(text, type, dialect)
    }

    /// A value as SQL of a type.
    func typed(_ value: Value, _ type: ColumnType) -> String {
        "CAST(\(dialect.literal(value)) AS \(dialect.typeName(type)))"
    }
}
