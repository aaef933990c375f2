/// One key of a project file: its name, what it holds and what it means.
///
/// A table of fields is all there is to a file kind: reading, refusing unknown keys and documenting
/// work from it.
package struct Field: Sendable {
    package var name: String
    package var type: FieldType
    package var isRequired: Bool
    package var summary: String

    package init(_ name: String, _ type: FieldType, required: Bool = false, _ summary: String) {
        self.name = name
        self.type = type
        self.isRequired = required
        self.summary = summary
    }
}

/// What a key may hold.
package indirect enum FieldType: Sendable {
    case text
    /// An expression in Aurora's checked subset of SQL.
    case expression
    case integer(ClosedRange<Int>)
    case number
    case boolean
    /// A single text, number, boolean or null, as it is written.
    case scalar
    case choice([String])
    case list(FieldType)
    /// One name, or a list of them.
    case names
    /// Names with a name each; a name, or a list of names, stands for each with itself.
    case namePairs
    /// Names chosen by the author, each with a value of one type.
    case map(FieldType)
    case object([Field])
    /// A map of these keys, or a single text, which then stands for the named one of them.
    case shorthand(for: String, [Field])
    /// A map with exactly one key, which says what kind of thing stands below it.
    case variant([Variant])

    package struct Variant: Sendable {
        package var name: String
        package var summary: String
        package var fields: VariantFields

        package init(_ name: String, _ summary: String, _ fields: VariantFields) {
            self.name = name
            self.summary = summary
            self.fields = fields
        }
    }

    package enum VariantFields: Sendable {
        case fields([Field])
        case map(FieldType)
    }

    var description: String {
        switch self {
        case .text: "text"
        case .expression: "an expression"
        case .integer(let range):
            range.upperBound == .max
                ? "a whole number of at least \(range.lowerBound)"
                : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number: "a number"
        case .boolean: "true or false"
        case .scalar: "a single value"
        case .choice(let options): "one of " + options.joined(separator: ", ")
        case .list(let element): "a list, each item \(element.description)"
        case .map: "a map of names"
        case .names: "a name or a list of names"
        case .namePairs: "a name, a list of names or a map of names"
        case .object: "a map"
        case .shorthand(let key, _): "a text (\(key)) or a map"
        case .variant(let variants):
            "a map with one of the keys " + variants.map(\.name).joined(separator: ", ")
        }
    }
}
