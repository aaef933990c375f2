package import Columns
import Yams

extension TextPatch {
    /// A way from a file's outermost map to a value in it.
    package enum Step: Sendable {
        case key(String)
        case item(Int)
    }

    /// Sets an entry of a map, or removes it.
    ///
    /// - Parameters:
    ///   - map: where the map is; empty for the outermost one.
    ///   - value: nil removes the entry. A new one is written behind the last.
    /// - Throws: `unpatchable`.
    /// - Complexity: O(*n*) in the length of the text.
    package static func setting(
        _ key: String, in map: [Step], to value: PatchValue?, text: String, file: String
    ) throws(AuroraError) -> String {
        let old = try root(of: text, file)
        guard let node = old.at(map[...]), let mapping = node.mapping else {
            throw refusal(file, old.at(map.dropLast())?.mark?.line, "there is no map to change")
        }
        let refused = refusal(file, node.mark?.line, "'\(key)' is written in a way of its own")
        guard mapping.filter({ $0.key.scalar?.string == key }).count < 2 else { throw refused }
        let isThere = mapping.contains { $0.key.scalar?.string == key }
        if !isThere, value == nil { return text }
        let patched: String?
        if isFlow(node, text) {
            patched = flowing(key, value, mapping, node, text)
        } else {
            let entries = MapEntries(mapping, TextLines(text))
            patched =
                switch value {
                case nil: entries.removing(key)
                case let value? where isThere: entries.replacing(key, with: value)
                case let value?: entries.adding(key, value)
                }
        }
        guard let patched else { throw refused }
        var changed = mapping
        changed[Node(key)] = value?.node
        guard let expected = old.replacing(map[...], with: .mapping(changed)) else { throw refused }
        return try checked(patched, against: expected, file)
    }

    /// The same of a map in brackets.
    private static func flowing(
        _ key: String, _ value: PatchValue?, _ mapping: Node.Mapping, _ node: Node, _ text: String
    ) -> String? {
        let index = mapping.firstIndex { $0.key.scalar?.string == key }
        // In its place, so that a remark inside the entry stays.
        if let index, let value, let range = extent(of: mapping[index].value, in: text) {
            return text.replacing(range, with: value.flow)
        }
        guard var items = flowItems(of: node, in: text), items.count == mapping.count else {
            return nil
        }
        let entry = value.map { "\(writtenKey(key)): \($0.flow)" }
        switch (index, entry) {
        case (let index?, let entry?): items.replace(at: index, with: entry)
        case (let index?, nil): items.remove(at: index)
        case (nil, let entry?): items.insert(entry, at: items.count)
        case (nil, nil): break
        }
        return items.text
    }

    /// What stands in a list's or map's brackets.
    static func flowItems(of node: Node, in text: String) -> FlowItems? {
        guard isFlow(node, text), let mark = node.mark, let start = position(of: mark, in: text)
        else { return nil }
        return FlowItems(from: start, TextLines(text))
    }

    /// Gives an entry of a map another key.
    ///
    /// - Throws: `unpatchable`.
    package static func renaming(
        _ key: String, to name: String, in map: [Step], text: String, file: String
    ) throws(AuroraError) -> String {
        let old = try root(of: text, file)
        guard let mapping = old.at(map[...])?.mapping,
            let place = mapping.firstIndex(where: { $0.key.scalar?.string == key }),
            let scalar = mapping[place].key.scalar, let range = extent(of: scalar, in: text)
        else { throw refusal(file, old.at(map[...])?.mark?.line, "there is no '\(key)'") }
        let pairs = mapping.map { pair in
            (pair.key.scalar?.string == key ? Node(name) : pair.key, pair.value)
        }
        let expected = old.replacing(map[...], with: Node(pairs))
        guard let expected else { throw refusal(file, nil, "there is no '\(key)'") }
        return try checked(
            text.replacing(range, with: writtenKey(name)), against: expected, file)
    }
}

/// The entries of a map in lines as they stand in a text. Each change gives the new text, or nil where the
/// entry is written in a way that can't be changed.
private struct MapEntries {
    let mapping: Node.Mapping
    let lines: TextLines

    private var text: String { lines.text }
    private var pairs: [(key: Node, value: Node)] { mapping.map { ($0.key, $0.value) } }

    init(_ mapping: Node.Mapping, _ lines: TextLines) {
        self.mapping = mapping
        self.lines = lines
    }

    private func index(_ key: String) -> Int? {
        pairs.firstIndex { $0.key.scalar?.string == key }
    }

    func replacing(_ key: String, with value: PatchValue) -> String? {
        guard let index = index(key) else { return nil }
        let old = pairs[index].value
        if let range = TextPatch.extent(of: old, in: text) {
            let isShort = lines[lines.line(of: range.lowerBound)].count + value.flow.count < 160
            // In its place, so that a remark behind it stays.
            if value.isScalar && old.scalar != nil && isShort || isOneLine(range, value) {
                return text.replacing(range, with: value.flow)
            }
        }
        guard let body = body(of: index), let column, isOnOwnLines(index) else { return nil }
        return replacingLines(body, with: PatchValue.lines(key, value, column: column))
    }

    private func isOneLine(_ range: Range<String.Index>, _ value: PatchValue) -> Bool {
        let line = lines.line(of: range.lowerBound)
        return lines.ranges[line].upperBound >= range.upperBound
            && lines[line].count - text[range].count + value.flow.count <= PatchValue.width
    }

    func adding(_ key: String, _ value: PatchValue) -> String? {
        guard let body = body(of: pairs.count - 1), let column else { return nil }
        let new = PatchValue.lines(key, value, column: column)
        return replacingLines(body.upperBound..<body.upperBound, with: new)
    }

    func removing(_ key: String) -> String? {
        guard let index = index(key), pairs.count > 1, let body = body(of: index),
            isOnOwnLines(index)
        else { return nil }
        return replacingLines(body, with: [])
    }

    /// Whether nothing stands before an entry on its first line, like a dash.
    private func isOnOwnLines(_ index: Int) -> Bool {
        guard let start = position(of: pairs[index].key) else { return false }
        let line = lines.ranges[lines.line(of: start)]
        return text[line.lowerBound..<start].allSatisfy { $0 == " " }
    }

    private func position(of node: Node) -> String.Index? {
        node.mark.flatMap { TextPatch.position(of: $0, in: text) }
    }

    /// Where the keys stand, from 0.
    private var column: Int? { pairs.first?.key.mark.map { $0.column - 1 } }

    /// The lines of an entry of a map that is written in lines.
    private func body(of index: Int) -> Range<Int>? {
        guard pairs.indices.contains(index), let mark = pairs[index].key.mark, let column else {
            return nil
        }
        let start = mark.line - 1
        guard start < lines.count else { return nil }
        var end = start + 1
        if TextPatch.isFlow(pairs[index].value, text) {
            // A closing bracket may stand anywhere.
            guard let range = TextPatch.extent(of: pairs[index].value, in: text) else { return nil }
            return start..<lines.line(of: text.unicodeScalars.index(before: range.upperBound)) + 1
        }
        let isList = pairs[index].value.sequence != nil
        while end < lines.count {
            let indentation = lines.indentation(end)
            let isInside =
                lines.isBlank(end) || lines.isComment(end) || indentation > column
                || (isList && indentation == column
                    && lines[end].unicodeScalars.dropFirst(column).first == "-")
            guard isInside else { break }
            end += 1
        }
        return start..<lines.last(from: start, before: end, column: column) + 1
    }

    private func replacingLines(_ range: Range<Int>, with new: [String]) -> String {
        lines.replacing(range, with: new.map { $0 + lines.end }.joined())
    }
}

extension TextLines {
    /// The text with other lines in the place of some; the last one stays without an end if it had none.
    func replacing(_ range: Range<Int>, with new: String) -> String {
        var before = joined(0..<range.lowerBound)
        let after = joined(range.upperBound..<count)
        let isOpen = text.unicodeScalars.last.map { $0 != "\n" && $0 != "\r" } ?? false
        if isOpen, after.isEmpty, !before.isEmpty, !new.isEmpty, !before.hasLineEnd {
            before += end
        }
        let whole = before + new + after
        guard isOpen, after.isEmpty, whole.hasLineEnd else { return whole }
        return String(whole.unicodeScalars.dropLast(whole.hasSuffix("\r\n") ? 2 : 1))
    }
}

extension String {
    fileprivate var hasLineEnd: Bool { unicodeScalars.last == "\n" || unicodeScalars.last == "\r" }

    func replacing(_ range: Range<String.Index>, with new: String) -> String {
        String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}

extension Node {
    func at(_ path: ArraySlice<TextPatch.Step>) -> Node? {
        guard let step = path.first else { return self }
        switch step {
        case .key(let key): return mapping?[Node(key)]?.at(path.dropFirst())
        case .item(let index):
            guard let sequence, sequence.indices.contains(index) else { return nil }
            return sequence[index].at(path.dropFirst())
        }
    }

    func replacing(_ path: ArraySlice<TextPatch.Step>, with node: Node) -> Node? {
        guard let step = path.first else { return node }
        switch step {
        case .key(let key):
            guard var mapping,
                let inner = mapping[Node(key)]?
                    .replacing(path.dropFirst(), with: node)
            else { return nil }
            mapping[Node(key)] = inner
            return .mapping(mapping)
        case .item(let index):
            guard var sequence, sequence.indices.contains(index),
                let inner = sequence[index].replacing(path.dropFirst(), with: node)
            else { return nil }
            sequence[index] = inner
            return .sequence(sequence)
        }
    }
}
