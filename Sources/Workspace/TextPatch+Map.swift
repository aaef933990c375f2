package import Columns
import Foundation
import Yams

extension TextPatch {
    /// A scalar of a YAML file.
    package enum Scalar: Sendable {
        case integer(Int)
        case text(String)

        fileprivate var node: Node {
            switch self {
            case .integer(let number): Node("\(number)")
            case .text(let text): Node(text, Tag(.str))
            }
        }

        fileprivate var written: String {
            switch self {
            case .integer(let number): "\(number)"
            case .text(let text): TextPatch.written(text)
            }
        }
    }

    /// Sets a scalar in a map under a key of the file's outermost map: `k_means: {k: 4}`.
    ///
    /// A key that the map hasn't yet is written behind its last entry, in the way the map is
    /// written; a map that isn't there, behind the file's last line.
    ///
    /// - Throws: `unpatchable`.
    package static func setting(
        _ key: String, in map: String, to value: Scalar, in text: String, file: String
    ) throws(AuroraError) -> String {
        let old = try root(of: text, file)
        var expected = old
        let patched: String
        if let node = old.mapping?[Node(map)] {
            guard let mapping = node.mapping else {
                throw refusal(file, node.mark?.line, "'\(map)' is not a map")
            }
            let refused = refusal(
                file, node.mark?.line, "'\(map)' is written in a way of its own")
            if let item = mapping[Node(key)] {
                guard let scalar = item.scalar, let range = extent(of: scalar, in: text) else {
                    throw refused
                }
                patched = text.replacingCharacters(in: range, with: value.written)
            } else {
                guard let last = mapping.reversed().first, let scalar = last.value.scalar,
                    let range = extent(of: scalar, in: text), let column = last.key.mark?.column
                else { throw refused }
                let gap = separator(isFlow(node, text), column, text)
                patched = text.replacingCharacters(
                    in: range.upperBound..<range.upperBound,
                    with: "\(gap)\(key): \(value.written)")
            }
            var changed = mapping
            changed[Node(key)] = value.node
            expected.mapping?[Node(map)] = .mapping(changed)
        } else {
            patched = appended("\(map): {\(key): \(value.written)}", to: text)
            expected.mapping?[Node(map)] = Node([(Node(key), value.node)])
        }
        return try checked(patched, against: expected, file)
    }

    /// Writes further texts behind the last of a list under a key of the outermost map.
    ///
    /// - Throws: `unpatchable`.
    package static func extending(
        _ key: String, by values: [String], in text: String, file: String
    ) throws(AuroraError) -> String {
        let old = try root(of: text, file)
        guard let node = old.mapping?[Node(key)], var items = node.sequence,
            let last = items.last?.scalar, let mark = last.mark,
            let range = extent(of: last, in: text)
        else { throw refusal(file, nil, "'\(key)' is written in a way of its own") }
        let isFlow = isFlow(node, text)
        // An item of a block list stands behind its dash.
        let start = text[..<range.lowerBound].lastIndex(of: "-").map { dash in
            text[..<dash].reversed().prefix { $0 == " " }.count + 1
        }
        let gap = separator(isFlow, start ?? mark.column, text)
        let written = values.map { gap + (isFlow ? "" : "- ") + TextPatch.written($0) }.joined()
        let patched = text.replacingCharacters(
            in: range.upperBound..<range.upperBound, with: written)
        for value in values { items.append(Scalar.text(value).node) }
        var expected = old
        expected.mapping?[Node(key)] = .sequence(items)
        return try checked(patched, against: expected, file)
    }

    /// What stands between two entries: a comma, or a line end and the indentation of a column.
    private static func separator(_ isFlow: Bool, _ column: Int, _ text: String) -> String {
        isFlow ? ", " : lineEnd(text) + String(repeating: " ", count: column - 1)
    }

    static func lineEnd(_ text: String) -> String {
        text.contains("\r\n") ? "\r\n" : "\n"
    }

    private static func appended(_ line: String, to text: String) -> String {
        let isOpen = text.unicodeScalars.last.map { $0 != "\n" } ?? false
        return text + (isOpen ? lineEnd(text) : "") + line + lineEnd(text)
    }

    /// The text, if it holds what is expected and nothing else.
    static func checked(
        _ patched: String, against expected: Node, _ file: String
    ) throws(AuroraError) -> String {
        guard try root(of: patched, file) == expected else {
            throw refusal(file, nil, "the change would change something else, too")
        }
        return patched
    }
}
