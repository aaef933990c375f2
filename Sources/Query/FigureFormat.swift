package import Columns
import Workspace

/// How a figure is written for people. Values themselves are never rounded.
package struct FigureFormat: Hashable, Sendable {
    package enum Style: String, CaseIterable, Sendable {
        case integer, decimal, currency, percent, text
    }

    package var style: Style
    package var digits: Int?
    /// A word that follows the number: months, years.
    package var unit: String?

    package init(_ style: Style, digits: Int? = nil, unit: String? = nil) {
        self.style = style
        self.digits = digits
        self.unit = unit
    }

    static let fields = [
        Field(
            "format", .choice(Style.allCases.map(\.rawValue)),
            "how it is written; currency takes the project's, percent expects a share 0–1"),
        Field("digits", .integer(0...12), "how many digits follow the point"),
        Field("unit", .text, "a word that follows the number"),
    ]

    init?(_ values: FieldValues) {
        guard let style = values.text("format").flatMap(Style.init) else { return nil }
        self.init(style, digits: values.integer("digits"), unit: values.text("unit"))
    }

    package var json: JSON {
        .object(["style": .string(style.rawValue), "digits": JSON(digits), "unit": JSON(unit)])
    }
}
