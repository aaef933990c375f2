import Yams

extension TextPatch {
    /// The characters of a value that is written on one line or in brackets.
    static func extent(of node: Node, in text: String) -> Range<String.Index>? {
        if let scalar = node.scalar {
            // An empty value has no place of its own.
            return scalar.string.isEmpty && scalar.style == .plain
                ? nil : extent(of: scalar, in: text)
        }
        guard isFlow(node, text), let mark = node.mark, let start = position(of: mark, in: text)
        else { return nil }
        return bracketed(from: start, in: text).map { start..<$0 }
    }

    /// Whether a list or map is written in brackets; a parser doesn't tell.
    static func isFlow(_ node: Node, _ text: String) -> Bool {
        guard let mark = node.mark, let start = position(of: mark, in: text) else { return false }
        return ["[", "{"].contains(text.unicodeScalars[start])
    }

    /// The place behind the bracket that closes the one at `start`.
    private static func bracketed(from start: String.Index, in text: String) -> String.Index? {
        let scalars = text.unicodeScalars
        var depth = 0
        var place = start
        /// The last character that is no space: a quotation mark opens a text only behind a sign.
        var before: Unicode.Scalar = " "
        while place < scalars.endIndex {
            let scalar = scalars[place]
            let next = scalars.index(after: place)
            switch scalar {
            case "[", "{": depth += 1
            case "]", "}":
                depth -= 1
                if depth == 0 { return next }
            case "'", "\"":
                guard ["[", "{", ",", ":"].contains(before) else { break }
                guard let end = quoted(from: place, in: scalars) else { return nil }
                before = scalar
                place = end
                continue
            case "#":
                guard place > start, scalars[scalars.index(before: place)].properties.isWhitespace
                else { break }
                place =
                    scalars[place...].firstIndex { $0 == "\n" || $0 == "\r" } ?? scalars.endIndex
                continue
            default: break
            }
            if !scalar.properties.isWhitespace { before = scalar }
            place = next
        }
        return nil
    }

    /// The place behind the quotation mark that closes the one at `start`.
    static func quoted(
        from start: String.Index, in scalars: String.UnicodeScalarView
    ) -> String.Index? {
        let quote = scalars[start]
        var place = scalars.index(after: start)
        while place < scalars.endIndex {
            let next = scalars.index(after: place)
            if scalars[place] == "\\", quote == "\"" {
                guard next < scalars.endIndex else { return nil }
                place = scalars.index(after: next)
            } else if scalars[place] == quote {
                // A doubled apostrophe stands for one.
                guard quote == "'", next < scalars.endIndex, scalars[next] == "'" else {
                    return next
                }
                place = scalars.index(after: next)
            } else {
                place = next
            }
        }
        return nil
    }
}
