/// A JSON document whose objects keep their order, so that the same value is always the same text.
package indirect enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The digits as they are to be written.
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])
    /// A document that is JSON text already.
    case encoded(String)

    package struct Member: Sendable, Equatable {
        package var name: String
        package var value: JSON

        package init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    package init(_ value: Double?) {
        if let value, value.isFinite { self = .number(String(value)) } else { self = .null }
    }

    package init(_ value: Int?) { self = value.map { .number(String($0)) } ?? .null }

    package init(_ value: String?) { self = value.map { .string($0) } ?? .null }

    package static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// The text on one line, or indented by two spaces a level.
    package func text(indented: Bool = false) -> String {
        var output = ""
        write(to: &output, indent: indented ? 0 : nil)
        return output
    }

    private func write(to output: inout String, indent: Int?) {
        switch self {
        case .null: output += "null"
        case .bool(let value): output += value ? "true" : "false"
        case .number(let digits), .encoded(let digits): output += digits
        case .string(let value): Self.write(value, to: &output)
        case .array(let elements):
            // Rows of plain values read best on one line.
            let flat = elements.allSatisfy { !$0.isContainer }
            Self.write(elements, between: ("[", "]"), indent: flat ? nil : indent, to: &output) {
                $0.write(to: &$2, indent: $1)
            }
        case .object(let members):
            Self.write(members, between: ("{", "}"), indent: indent, to: &output) {
                Self.write($0.name, to: &$2)
                $2 += indent == nil ? ":" : ": "
                $0.value.write(to: &$2, indent: $1)
            }
        }
    }

    private var isContainer: Bool {
        switch self {
        case .array, .object, .encoded: true
        default: false
        }
    }

    private static func write<Element>(
        _ elements: [Element], between brackets: (String, String), indent: Int?,
        to output: inout String, element write: (Element, Int?, inout String) -> Void
    ) {
        output += brackets.0
        let inner = indent.map { $0 + 2 }
        for (index, element) in elements.enumerated() {
            if index > 0 { output += "," }
            if let inner { output += "\n" + String(repeating: " ", count: inner) }
            write(element, inner, &output)
        }
        if let indent, !elements.isEmpty {
            output += "\n" + String(repeating: " ", count: indent)
        }
        output += brackets.1
    }

    private static func write(_ string: String, to output: inout String) {
        output += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            // Line separators end a line for some readers of server-sent events.
            case "\u{0}"..<"\u{20}", "\u{7F}", "\u{2028}", "\u{2029}":
                let hex = String(scalar.value, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: output.unicodeScalars.append(scalar)
            }
        }
        output += "\""
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
    ExpressibleByArrayLiteral, ExpressibleByIntegerLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(integerLiteral value: Int) { self = .number(String(value)) }
}
