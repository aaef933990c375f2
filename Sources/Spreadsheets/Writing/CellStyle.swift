/// How a written cell looks; its value is never rounded.
package struct CellStyle: Hashable, Sendable {
    package enum Font: Int, CaseIterable, Sendable { case plain, bold, title }

    package var font: Font
    /// A number format as Excel writes it, like `#,##0.00`; nil shows the value as it is.
    package var format: String?
    /// Whether a text stays text when somebody edits it, whatever it begins with.
    package var isLiteral: Bool

    package init(_ font: Font = .plain, format: String? = nil, isLiteral: Bool = false) {
        self.font = font
        self.format = format
        self.isLiteral = isLiteral
    }

    package static let plain = CellStyle()
    package static let bold = CellStyle(.bold)
    package static let title = CellStyle(.title)
}

/// A cell of a sheet that is written.
package enum WrittenCell: Hashable, Sendable {
    case empty
    case text(String, CellStyle)
    /// The digits as the file is to state them.
    case number(String, CellStyle)
    case boolean(Bool)

    package static func text(_ text: String) -> WrittenCell { .text(text, .plain) }

    /// Characters with which a spreadsheet program begins a formula, or skips to one.
    private static let formulaStarts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n"]

    /// Whether a text would be taken for a formula by a program that opens or edits it.
    package static func isFormula(_ text: String) -> Bool {
        text.unicodeScalars.first.map(formulaStarts.contains) ?? false
    }
}

/// A sheet that is written.
package struct WrittenSheet: Sendable {
    package var name: String
    package var rows: [[WrittenCell]]
    /// Rows above this one stay in sight; 0 where none do.
    package var frozenRows: Int

    package init(name: String, rows: [[WrittenCell]], frozenRows: Int = 0) {
        self.name = name
        self.rows = rows
        self.frozenRows = frozenRows
    }
}
