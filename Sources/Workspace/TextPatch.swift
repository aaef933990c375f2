package import Columns
import Foundation
import Yams

/// A change of one text in a YAML file that leaves every other character as it is: comments, order,
/// quotes, line ends.
///
/// The file is read again afterwards and compared with what it held: whatever can't be changed
/// safely is refused with `unpatchable`, and never guessed.
package enum TextPatch {
    /// Sets one text of a list under a key of the file's outermost map.
    ///
    /// - Parameters:
    ///   - key: where there is none yet, the list is written behind the last line, on a line of its
    ///     own.
    ///   - index: from 0.
    ///   - usual: what the list holds where the file states none.
    /// - Throws: `unpatchable`.
    package static func setting(
        _ key: String, _ index: Int, to value: String, usual: [String], in text: String,
        file: String
    ) throws(AuroraError) -> String {
        let old = try root(of: text, file)
        var expected = usual
        let patched: String
        if let list = old.mapping?[Node(key)] {
            guard let items = list.sequence, items.indices.contains(index),
                items.allSatisfy({ $0.scalar != nil }), let item = items[index].scalar,
                let range = extent(of: item, in: text)
            else { throw refusal(file, list.mark?.line, "'\(key)' is written in a way of its own") }
            expected = items.compactMap(\.scalar?.string)
            patched = text.replacingCharacters(in: range, with: written(value))
        } else {
            guard usual.indices.contains(index) else {
                throw refusal(file, nil, "'\(key)' has no item \(index + 1)")
            }
            var items = usual
            items[index] = value
            let lineEnd = text.contains("\r\n") ? "\r\n" : "\n"
            let isOpen = text.unicodeScalars.last.map { $0 != "\n" } ?? false
            patched =
                text + (isOpen ? lineEnd : "")
                + "\(key): [\(items.map(written).joined(separator: ", "))]\(lineEnd)"
        }
        expected[index] = value
        try compare(old, try root(of: patched, file), but: key, expected, file)
        return patched
    }

    /// Whether two texts hold the same but for some keys of their outermost maps.
    package static func isSame(_ text: String, _ other: String, but keys: Set<String>) -> Bool {
        guard let one = try? compose(yaml: text)?.mapping,
            let two = try? compose(yaml: other)?.mapping
        else { return false }
        func rest(_ mapping: Node.Mapping) -> [Node: Node] {
            Dictionary(
                mapping.filter { !keys.contains($0.key.scalar?.string ?? "") }.map {
                    ($0.key, $0.value)
                }, uniquingKeysWith: { $1 })
        }
        return rest(one) == rest(two)
    }

    static func root(of text: String, _ file: String) throws(AuroraError) -> Node {
        guard let node = try? compose(yaml: text), node.mapping != nil else {
            throw refusal(file, nil, "it is not YAML with a map")
        }
        return node
    }

    static func refusal(_ file: String, _ line: Int?, _ reason: String) -> AuroraError {
        AuroraError(
            "unpatchable", "\(file)\(line.map { ":\($0)" } ?? "") can't be changed here: \(reason)",
            hint: "change the file in an editor")
    }

    // MARK: Places

    /// The characters of a text that is written on one line.
    static func extent(of scalar: Node.Scalar, in text: String) -> Range<String.Index>? {
        guard let mark = scalar.mark, let start = position(of: mark, in: text) else { return nil }
        let scalars = text.unicodeScalars
        switch scalar.style {
        case .plain:
            let end = text[start...].unicodeScalars.index(
                start, offsetBy: scalar.string.unicodeScalars.count, limitedBy: scalars.endIndex)
            guard let end, text[start..<end] == scalar.string else { return nil }
            return start..<end
        case .singleQuoted, .doubleQuoted:
            let quote: Unicode.Scalar = scalar.style == .singleQuoted ? "'" : "\""
            guard scalars[start] == quote else { return nil }
            return quoted(from: start, in: scalars).map { start..<$0 }
        default: return nil
        }
    }

    /// Marks count lines and characters from 1, as YAML breaks lines.
    static func position(of mark: Mark, in text: String) -> String.Index? {
        let scalars = text.unicodeScalars
        var place = scalars.startIndex
        var line = 1
        while line < mark.line {
            guard place < scalars.endIndex else { return nil }
            let scalar = scalars[place]
            place = scalars.index(after: place)
            guard ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) else { continue }
            if scalar == "\r", place < scalars.endIndex, scalars[place] == "\n" {
                place = scalars.index(after: place)
            }
            line += 1
        }
        return scalars.index(place, offsetBy: mark.column - 1, limitedBy: scalars.endIndex)
            .flatMap { $0 < scalars.endIndex ? $0 : nil }
    }

    // MARK: Writing

    private static let words: Set<String> = [
        "true", "false", "yes", "no", "on", "off", "null", "y", "n",
    ]

    /// A text as YAML has it on one line: bare where nothing in it could mean anything else.
    static func written(_ text: String) -> String {
        let isPlain =
            text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0)
                    || [" ", "-", "_"].contains($0)
            } && text.unicodeScalars.first?.properties.isAlphabetic == true && text.last != " "
        if isPlain, !words.contains(text.lowercased()) { return text }
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": return "\\\""
            case "\\": return "\\\\"
            default: break
            }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                let code = String(scalar.value, radix: 16, uppercase: true)
                return "\\U" + String(repeating: "0", count: 8 - code.count) + code
            default: return String(Character(scalar))
            }
        }
        return "\"" + escaped.joined() + "\""
    }

    /// A key, bare where it is a name.
    static func writtenKey(_ key: String) -> String {
        let isName = key.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || $0 == "_" }
        return isName && (key.count == 1 || !words.contains(key)) ? key : written(key)
    }

    // MARK: Comparing

    private static func compare(
        _ old: Node, _ new: Node, but key: String, _ expected: [String], _ file: String
    ) throws(AuroraError) {
        let (before, after) = (old.mapping ?? [:], new.mapping ?? [:])
        let isSame =
            before.filter { $0.key != Node(key) }.elementsEqual(
                after.filter { $0.key != Node(key) }, by: ==)
        let names = after[Node(key)]?.sequence?.map { $0.scalar?.string }
        guard isSame, names == expected else {
            throw refusal(file, nil, "the change would change something else, too")
        }
    }
}
