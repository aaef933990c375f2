package import Columns
import Yams

extension TextPatch {
    /// Writes an item into a list of the outermost map.
    ///
    /// - Parameters:
    ///   - index: where it is to be, from 0.
    ///   - before: the key before which the list is written where there is none yet.
    /// - Throws: `unpatchable`.
    package static func inserting(
        _ item: PatchValue, at index: Int, into key: String, before: String, text: String,
        file: String
    ) throws(AuroraError) -> String {
        let old = try root(of: text, file)
        let lines = TextLines(text)
        let written = { (column: Int) in
            PatchValue.itemLines(item, column: column).map { $0 + lines.end }.joined()
        }
        let isFlowFile = isFlow(old, text)
        if isFlowFile, old.mapping?[Node(key)] == nil {
            return try setting(key, in: [], to: .list([item]), text: text, file: file)
        }
        guard let node = old.mapping?[Node(key)], isFlowFile || node.sequence?.isEmpty == false
        else {
            return try beginning(key, with: item, written(2), before: before, old, lines, file)
        }
        var items = node.sequence.map(Array.init) ?? []
        guard (0...items.count).contains(index) else {
            throw refusal(file, node.mark?.line, "'\(key)' has no place \(index + 1)")
        }
        items.insert(item.node, at: index)
        let patched = try changing(key, old, lines, file) { (list) throws(AuroraError) in
            list.insert(item.flow, at: index)
        } orInLines: { (list) throws(AuroraError) in
            list.insert(written(list.column), at: index)
        }
        return try checked(
            patched, against: old.replacing([.key(key)], with: .sequence(.init(items))) ?? old,
            file)
    }

    /// Moves an item of a list to another place, with the comments above it.
    ///
    /// - Parameter target: its index afterwards.
    /// - Throws: `unpatchable`.
    package static func moving(
        _ index: Int, to target: Int, in key: String, text: String, file: String
    ) throws(AuroraError) -> String {
        let old = try root(of: text, file)
        var items = old.mapping?[Node(key)]?.sequence.map(Array.init) ?? []
        guard items.indices.contains(index), items.indices.contains(target) else {
            throw refusal(file, nil, "'\(key)' has no item \(max(index, target) + 1)")
        }
        items.insert(items.remove(at: index), at: target)
        let patched = try changing(key, old, TextLines(text), file) { (list) throws(AuroraError) in
            list.move(index, to: target)
        } orInLines: { (list) throws(AuroraError) in
            list.blocks.insert(list.blocks.remove(at: index), at: target)
        }
        return try checked(
            patched, against: old.replacing([.key(key)], with: .sequence(.init(items))) ?? old,
            file)
    }

    /// Removes an item of a list, with the comments above it.
    ///
    /// - Throws: `unpatchable`.
    package static func removing(
        _ index: Int, from key: String, text: String, file: String
    ) throws(AuroraError) -> String {
        let old = try root(of: text, file)
        var items = old.mapping?[Node(key)]?.sequence.map(Array.init) ?? []
        guard items.indices.contains(index) else {
            throw refusal(file, nil, "'\(key)' has no item \(index + 1)")
        }
        items.remove(at: index)
        let isEmpty = items.isEmpty
        let patched = try changing(key, old, TextLines(text), file) { (list) throws(AuroraError) in
            list.remove(at: index)
        } orInLines: { (list) throws(AuroraError) in
            list.remove(at: index)
            guard !isEmpty || list.close() else {
                throw refusal(file, nil, "'\(key)' is written in a way of its own")
            }
        }
        return try checked(
            patched, against: old.replacing([.key(key)], with: .sequence(.init(items))) ?? old,
            file)
    }

    /// The text of each item of a list, without its indentation and the comments above it.
    ///
    /// - Throws: `unpatchable`.
    package static func items(
        of key: String, in text: String, file: String
    ) throws(AuroraError) -> [String] {
        let old = try root(of: text, file)
        guard old.mapping?[Node(key)]?.sequence?.isEmpty == false else { return [] }
        if let node = old.mapping?[Node(key)], let list = flowItems(of: node, in: text) {
            return list.contents
        }
        return try ListLines(key, in: old, TextLines(text), file).bodies
    }

    /// The text with another list, whichever way it is written in.
    private static func changing(
        _ key: String, _ old: Node, _ lines: TextLines, _ file: String,
        inBrackets changeItems: (inout FlowItems) throws(AuroraError) -> Void,
        orInLines changeLines: (inout ListLines) throws(AuroraError) -> Void
    ) throws(AuroraError) -> String {
        guard let node = old.mapping?[Node(key)], isFlow(node, lines.text) else {
            var list = try ListLines(key, in: old, lines, file)
            try changeLines(&list)
            return list.text
        }
        guard var list = flowItems(of: node, in: lines.text),
            list.count == node.sequence?.count
        else { throw refusal(file, node.mark?.line, "'\(key)' is written in a way of its own") }
        try changeItems(&list)
        return list.text
    }

    /// A list where there is none, or one without items.
    private static func beginning(
        _ key: String, with item: PatchValue, _ written: String, before: String, _ old: Node,
        _ lines: TextLines, _ file: String
    ) throws(AuroraError) -> String {
        let list = Node.sequence(.init([item.node]))
        guard var mapping = old.mapping, let first = mapping.first?.key.mark, first.column == 1
        else { throw refusal(file, nil, "it is not written in lines") }
        if let node = mapping[Node(key)] {
            guard let range = extent(of: node, in: lines.text), node.sequence != nil else {
                throw refusal(file, node.mark?.line, "'\(key)' is written in a way of its own")
            }
            // `[]` goes, and the items stand on the lines below it.
            let (text, line) = (lines.text, lines.line(of: range.lowerBound))
            var start = range.lowerBound
            while case let before = text.unicodeScalars.index(before: start),
                text.unicodeScalars[before] == " "
            {
                start = before
            }
            let own = TextLines(text.replacing(start..<range.upperBound, with: ""))
            let isOpen = !own[line].unicodeScalars.contains { $0 == "\n" || $0 == "\r" }
            let patched =
                own.joined(0..<line + 1) + (isOpen ? lines.end : "") + written
                + own.joined(line + 1..<own.count)
            mapping[Node(key)] = list
            return try checked(patched, against: .mapping(mapping), file)
        }
        var pairs = mapping.map { ($0.key, $0.value) }
        let place = pairs.firstIndex { $0.0.scalar?.string == before } ?? pairs.count
        var line =
            pairs.indices.contains(place) ? (pairs[place].0.mark?.line ?? 1) - 1 : lines.count
        while line > 0, lines.isComment(line - 1, outside: 0) { line -= 1 }
        pairs.insert((Node(key), list), at: place)
        let patched = lines.replacing(line..<line, with: "\(key):\(lines.end)" + written)
        return try checked(patched, against: Node(pairs), file)
    }
}

/// A list of the outermost map whose items begin with dashes on lines of their own.
private struct ListLines {
    /// Where the dashes stand, from 0.
    let column: Int
    /// Each item with the comments above it, and what stands between two of them.
    var blocks: [String]
    private var gaps: [String]
    private var head: String
    private let tail: String
    private let lineEnd: String
    private let isOpen: Bool
    /// The bytes of the text through the list's key.
    private let keyEnd: Int
    private(set) var bodies: [String]

    init(
        _ key: String, in root: Node, _ lines: TextLines, _ file: String
    ) throws(AuroraError) {
        let mapping = root.mapping ?? [:]
        guard let pair = mapping.first(where: { $0.key.scalar?.string == key }),
            let keyLine = pair.key.mark?.line, let scalar = pair.key.scalar,
            let keyRange = TextPatch.extent(of: scalar, in: lines.text),
            let sequence = pair.value.sequence
        else { throw TextPatch.refusal(file, nil, "there is no list '\(key)'") }
        let refused = TextPatch.refusal(
            file, pair.value.mark?.line,
            "the items of '\(key)' are not each on lines of their own, behind a dash")
        guard !TextPatch.isFlow(pair.value, lines.text) else { throw refused }
        var starts: [(line: Int, column: Int)] = []
        for item in sequence {
            guard let mark = item.mark,
                let start = Self.dash(mark, lines, after: starts.last?.line ?? keyLine - 1)
            else { throw refused }
            starts.append(start)
        }
        guard let first = starts.first, starts.allSatisfy({ $0.column == first.column }) else {
            throw refused
        }
        column = first.column
        let next = mapping.compactMap { $0.key.mark?.line }.filter { $0 > keyLine }.min()
        var boundary = next.map { $0 - 1 } ?? lines.count
        let isEnd = { (line: Int) in lines[line].hasPrefix("---") || lines[line].hasPrefix("...") }
        if let end = (first.line..<boundary).first(where: isEnd) { boundary = end }
        var ranges: [(lead: Int, body: Range<Int>)] = []
        var free = keyLine
        for (index, start) in starts.enumerated() {
            let limit = index + 1 < starts.count ? starts[index + 1].line : boundary
            let end = lines.last(from: start.line, before: limit, column: first.column) + 1
            var lead = start.line
            while lead > free, lines.isComment(lead - 1) { lead -= 1 }
            ranges.append((lead, start.line..<end))
            free = end
        }
        lineEnd = lines.end
        let last = lines.text.unicodeScalars.last
        isOpen = last != "\n" && last != "\r"
        blocks = ranges.map { lines.joined($0.lead..<$0.body.upperBound) }
        if isOpen, free == lines.count { blocks[blocks.count - 1] += lineEnd }
        gaps = zip(ranges, ranges.dropFirst()).map {
            lines.joined($0.body.upperBound..<$1.lead)
        }
        head = lines.joined(0..<ranges[0].lead)
        tail = lines.joined(free..<lines.count)
        keyEnd = lines.text.utf8.distance(from: lines.text.startIndex, to: keyRange.upperBound)
        bodies = ranges.map { range in
            range.body.map { line in
                let indent = min(lines.indentation(line), first.column)
                let content = lines[line].unicodeScalars.dropFirst(indent)
                    .filter { $0 != "\n" && $0 != "\r" }
                return String(String.UnicodeScalarView(content))
            }.joined(separator: "\n")
        }
    }

    /// The line and column of the dash that an item stands behind; nil where there is none.
    private static func dash(
        _ mark: Mark, _ lines: TextLines, after line: Int
    ) -> (line: Int, column: Int)? {
        let own = mark.line - 1
        guard own > line, own < lines.count else { return nil }
        let prefix = Array(lines[own].unicodeScalars.prefix(mark.column - 1))
        if let column = prefix.firstIndex(of: "-") {
            let rest = prefix[(column + 1)...]
            guard prefix[..<column].allSatisfy({ $0 == " " }), !rest.isEmpty,
                rest.allSatisfy({ $0 == " " })
            else { return nil }
            return (own, column)
        }
        guard prefix.allSatisfy({ $0 == " " }) else { return nil }
        // A dash alone, the item below it.
        for above in stride(from: own - 1, to: line, by: -1) {
            let words = lines[above].split { $0.isWhitespace }
            if words.isEmpty || words[0].hasPrefix("#") { continue }
            guard words[0] == "-", words.count == 1 || words[1].hasPrefix("#") else { return nil }
            return (above, lines.indentation(above))
        }
        return nil
    }

    mutating func insert(_ block: String, at index: Int) {
        // Between items that stand apart it stands apart, too.
        let isApart = !gaps.isEmpty && gaps.allSatisfy(Self.isBlank) && !gaps.contains("")
        if !blocks.isEmpty {
            gaps.insert(isApart ? lineEnd : "", at: index == blocks.count ? gaps.count : index)
        }
        blocks.insert(block, at: index)
    }

    mutating func remove(at index: Int) {
        blocks.remove(at: index)
        guard !gaps.isEmpty else { return }
        let gap = min(index, gaps.count - 1)
        let left = gaps.remove(at: gap)
        if Self.isBlank(left) { return }
        // A comment that stands by itself stays.
        if blocks.indices.contains(gap) {
            blocks[gap] = left + blocks[gap]
        } else {
            blocks[blocks.count - 1] += left
        }
    }

    /// Writes the list without items; false where that can't be done.
    mutating func close() -> Bool {
        let colon = head.utf8.index(head.startIndex, offsetBy: keyEnd)
        guard blocks.isEmpty, head.unicodeScalars[colon...].first == ":" else { return false }
        let place = head.unicodeScalars.index(after: colon)
        head = head.replacing(place..<place, with: " []")
        return true
    }

    private static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
    }

    var text: String {
        var whole = head
        for (index, block) in blocks.enumerated() {
            whole += block + (index < gaps.count ? gaps[index] : "")
        }
        whole += tail
        guard isOpen, tail.isEmpty else { return whole }
        return String(whole.unicodeScalars.dropLast(lineEnd.unicodeScalars.count))
    }
}
