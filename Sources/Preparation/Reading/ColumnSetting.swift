package import Columns
package import Workspace

/// What a source file states about one of its columns; whatever it leaves open is found by looking
/// at every row.
package struct ColumnSetting: Sendable {
    package var column: Located<String>
    package var type: Located<ColumnType>?
    /// How dates or numbers are written: "%d-%m-%Y", "1.234,56".
    package var format: Located<String>?
    /// A currency of ISO 4217 that stands with the amounts, or `percent`.
    package var unit: Located<String>?
    /// Texts that stand for a missing value.
    package var missing: [String] = []
    package var misfits: Misfits = .stop

    /// What becomes of a value that can't be read as the column's type.
    package enum Misfits: String, Sendable, CaseIterable {
        /// The run stops and says which value.
        case stop
        /// The cell becomes missing and is counted.
        case missing
        /// The row is set aside with the reason.
        case quarantine
    }

    package init(_ column: Located<String>) { self.column = column }

    static let fields = [
        Field("type", .text, "what the values are: " + ColumnType.spellings),
        Field("format", .text, "how they are written: %d-%m-%Y, 1.234,56 or excel for day numbers"),
        Field("unit", .text, "a currency like EUR that stands with the amounts, or percent"),
        Field("missing", .list(.text), "texts that stand for a missing value in this column"),
        Field(
            "misfits", .choice(Misfits.allCases.map(\.rawValue)),
            "what becomes of values that are not of the type: stop (the default), missing or "
                + "quarantine"),
    ]

    init?(
        _ column: Located<String>, _ values: FieldValues, _ diagnostics: inout [Diagnostic]
    ) {
        self.column = column
        if let text = values.located("type") {
            guard let type = ColumnType(text.value) else {
                diagnostics.append(.unknownType(text))
                return nil
            }
            self.type = Located(type, at: text.place)
        }
        format = values.located("format")
        unit = values.located("unit")
        diagnostics += problems
        missing = values.texts("missing")?.map(\.value) ?? []
        misfits = values.text("misfits").flatMap { Misfits(rawValue: $0) } ?? .stop
    }
}
