import Yams

/// What a change writes into a YAML file.
package indirect enum PatchValue: Sendable, Equatable {
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case text(String)
    case list([PatchValue])
    case map([Entry])

    package struct Entry: Sendable, Equatable {
        package var name: String
        package var value: PatchValue

        package init(_ name: String, _ value: PatchValue) {
            self.name = name
            self.value = value
        }
    }

    /// Lines are not made longer than this, where the value lets them.
    static let width = 100

    var isScalar: Bool {
        switch self {
        case .list, .map: false
        default: true
        }
    }

    /// What a parser is to find.
    var node: Node {
        switch self {
        case .integer(let value): Node("\(value)")
        case .number(let value): Node(Self.written(value))
        case .boolean(let value): Node(value ? "true" : "false")
        case .text(let text): Node(text, Tag(.str))
        case .list(let items): .sequence(Node.Sequence(items.map(\.node)))
        case .map(let entries):
            Node(entries.map { (Node($0.name), $0.value.node) })
        }
    }

    private static func written(_ value: Double) -> String {
        Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    /// On one line, in brackets where it has parts.
    var flow: String {
        switch self {
        case .integer(let value): "\(value)"
        case .number(let value): Self.written(value)
        case .boolean(let value): value ? "true" : "false"
        case .text(let text): TextPatch.written(text)
        case .list(let items): "[" + items.map(\.flow).joined(separator: ", ") + "]"
        case .map(let entries):
            "{"
                + entries.map { "\(TextPatch.writtenKey($0.name)): \($0.value.flow)" }
                .joined(separator: ", ") + "}"
        }
    }

    /// Lines of `name: value` from a column on: on one line where that is not too long.
    ///
    /// - Parameter column: from 0.
    package static func lines(_ name: String, _ value: PatchValue, column: Int) -> [String] {
        let indent = String(repeating: " ", count: column)
        let key = indent + TextPatch.writtenKey(name) + ":"
        let line = key + " " + value.flow
        if line.unicodeScalars.count <= width { return [line] }
        switch value {
        case .text(let text):
            guard let folded = folded(text, column: column + 2) else { return [line] }
            return [key + " >-"] + folded
        case .list(let items): return [key] + items.flatMap { itemLines($0, column: column + 2) }
        case .map(let entries):
            return [key] + entries.flatMap { lines($0.name, $0.value, column: column + 2) }
        default: return [line]
        }
    }

    /// Lines of an item of a list, with its dash in a column.
    package static func itemLines(_ item: PatchValue, column: Int) -> [String] {
        let indent = String(repeating: " ", count: column)
        let line = indent + "- " + item.flow
        let isOneEntry = if case .map(let entries) = item { entries.count == 1 } else { false }
        if !isOneEntry, line.unicodeScalars.count <= width { return [line] }
        guard case .map(let entries) = item, let first = entries.first else { return [line] }
        var lines = lines(first.name, first.value, column: column + 2)
        lines[0] = indent + "- " + lines[0].dropFirst(column + 2)
        return lines
            + entries.dropFirst().flatMap { Self.lines($0.name, $0.value, column: column + 2) }
    }

    /// The words of a text on lines of a folded scalar; nil where it would read as another text.
    private static func folded(_ text: String, column: Int) -> [String]? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let isPlain = text.unicodeScalars.allSatisfy {
            ![.control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned]
                .contains($0.properties.generalCategory)
        }
        guard isPlain, words.allSatisfy({ !$0.isEmpty }) else { return nil }
        let indent = String(repeating: " ", count: column)
        var lines: [String] = []
        var line = ""
        for word in words {
            if !line.isEmpty, column + line.count + 1 + word.count > width {
                lines.append(indent + line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return lines + [indent + line]
    }
}

extension PatchValue: Decodable {
    /// From JSON; the entries of a map by their names.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let items = try? container.decode([PatchValue].self) {
            self = .list(items)
        } else {
            let entries = try container.decode([String: PatchValue].self)
            self = .map(entries.sorted { $0.key < $1.key }.map { Entry($0.key, $0.value) })
        }
    }
}
