/// The items of a list or map that is written in brackets, with the comments and spaces around them.
///
/// What an item says and the comments of it move together; the spaces and line ends between items
/// stay where they are.
struct FlowItems {
    private struct Item {
        /// Lines of comments above it, with their ends.
        var lead = ""
        var content: String
        /// Spaces before its comma.
        var gap = ""
        /// What stands behind it and its comma up to the end of the line: spaces, a comment.
        var trail = ""

        var hasComment: Bool { trail.contains("#") }
    }

    private struct Slot {
        /// Up to the last line end before an item, without comments.
        var before = ""
        /// What stands before the item on its line.
        var indent = ""
        /// The line end behind the item; empty where another item or the bracket follows.
        var lineEnd = ""
    }

    private let prefix: String
    private var head: String
    private var items: [Item] = []
    private var slots: [Slot] = []
    private var tail = ""
    private let suffix: String
    /// Whether a comma follows the last item.
    private var isTrailing = false
    private let lineEnd: String
    /// What items that get lines of their own stand behind.
    private var margin = ""

    var count: Int { items.count }
    var contents: [String] { items.map(\.content) }

    /// - Parameter start: the place of the opening bracket.
    /// - Returns: nil where the items are written in a way of their own.
    init?(from start: String.Index, _ lines: TextLines) {
        let text = lines.text
        guard let marks = FlowMarks(from: start, in: text) else { return nil }
        let inside = text.unicodeScalars.index(after: start)
        prefix = String(text[..<inside])
        suffix = String(text[marks.close...])
        lineEnd = lines.end
        isTrailing = !marks.items.isEmpty && marks.items.count == marks.commas.count
        head = ""
        var place = inside
        for (index, range) in marks.items.enumerated() {
            var before = text[place..<range.lowerBound]
            if index == 0, let comment = before.firstIndex(of: "#"),
                !before[..<comment].contains(where: \.isNewline)
            {
                // A comment behind the bracket is of the whole list.
                let end = before.pastLineEnd(from: comment)
                head = String(before[..<end])
                before = before[end...]
            }
            var (end, gap) = (range.upperBound, "")
            if marks.commas.indices.contains(index) {
                gap = String(text[range.upperBound..<marks.commas[index]])
                guard gap.allSatisfy({ $0 == " " }) else { return nil }
                end = text.unicodeScalars.index(after: marks.commas[index])
            }
            let rest = text[end..<marks.close]
            let content = rest.drop { $0 == " " || $0 == "\t" }
            var (item, slot) = Self.parts(before)
            item.content = String(text[range])
            item.gap = gap
            place = end
            if content.first == "#" || content.first?.isNewline == true {
                let stop = content.firstIndex(where: \.isNewline) ?? content.endIndex
                item.trail = String(rest[..<stop])
                place = content.pastLineEnd(from: stop)
                slot.lineEnd = String(content[stop..<place])
            }
            items.append(item)
            slots.append(slot)
        }
        tail = String(text[place..<marks.close])
        margin = ownIndent ?? String(repeating: " ", count: column(of: marks, lines) ?? 0)
    }

    private func column(of marks: FlowMarks, _ lines: TextLines) -> Int? {
        marks.items.first.map { range in
            let line = lines[lines.line(of: range.lowerBound)]
            return lines.text[line.startIndex..<range.lowerBound].unicodeScalars.count
        }
    }

    /// What an item on a line of its own stands behind.
    private var ownIndent: String? {
        slots.indices.first { isOwn($0) }.map { slots[$0].indent }
    }

    /// Whether nothing but spaces stands before an item on its line.
    private func isOwn(_ slot: Int) -> Bool {
        let before = slot == 0 ? head : slots[slot - 1].lineEnd
        return (before + slots[slot].before).last?.isNewline == true
    }

    private static func parts(_ before: Substring) -> (Item, Slot) {
        let own = before.lastIndex(where: \.isNewline).map { before.index(after: $0) }
        let start = own ?? before.startIndex
        var slot = Slot(before: String(before[..<start]), indent: String(before[start...]))
        var item = Item(content: "")
        if let comment = before.firstIndex(of: "#") {
            let line = before[..<comment].lastIndex(where: \.isNewline)
            let from = line.map { before.index(after: $0) } ?? before.startIndex
            slot.before = String(before[..<from])
            item.lead = String(before[from..<start])
        }
        return (item, slot)
    }

    // MARK: Changes

    mutating func insert(_ content: String, at index: Int) {
        defer { items.insert(Item(content: content), at: index) }
        guard !slots.isEmpty else {
            if tail.allSatisfy(\.isWhitespace) { tail = "" }
            return slots.append(Slot())
        }
        if index == slots.count {
            let last = slots.count - 1
            let end = slots[last].lineEnd
            let isLong = length + content.count > PatchValue.width
            let isNext = isOwn(last) || isLong || items[last].hasComment
            slots[last].lineEnd = isNext ? lineEnd : ""
            // Spaces at the end of a line.
            if !isNext { items[last].trail = "" }
            let indent = isOwn(last) ? slots[last].indent : isNext ? margin : " "
            slots.append(Slot(indent: indent, lineEnd: end))
        } else if isOwn(index) {
            let next = slots[index]
            slots[index].before = ""
            slots.insert(
                Slot(before: next.before, indent: next.indent, lineEnd: lineEnd), at: index)
        } else if index == 0 {
            let isOnLines = !slots[0].lineEnd.isEmpty
            slots.insert(
                Slot(
                    before: slots[0].before, indent: slots[0].indent,
                    lineEnd: isOnLines ? lineEnd : ""), at: 0)
            slots[1].before = ""
            slots[1].indent = isOnLines ? margin : " "
        } else {
            slots.insert(Slot(indent: " "), at: index)
        }
    }

    /// Of the longest line that the items stand on.
    private var length: Int {
        let before = prefix[(prefix.lastIndex(where: \.isNewline) ?? prefix.startIndex)...]
        return (before + body).split(whereSeparator: \.isNewline).map(\.count).max() ?? 0
    }

    mutating func move(_ index: Int, to target: Int) {
        items.insert(items.remove(at: index), at: target)
    }

    mutating func remove(at index: Int) {
        items.remove(at: index)
        guard slots.count > 1 else {
            isTrailing = false
            slots = []
            return
        }
        let isOnLines = isOwn(index) && !slots[index].lineEnd.isEmpty
        if index < slots.count - 1, index == 0 || isOnLines || slots[index].lineEnd.isEmpty {
            // The next one takes its place.
            slots[index].lineEnd = slots.remove(at: index + 1).lineEnd
            return
        }
        let end = slots.remove(at: index).lineEnd
        let isKept = isOnLines || end.isEmpty && items[index - 1].hasComment
        if !isKept { slots[index - 1].lineEnd = end }
    }

    mutating func replace(at index: Int, with content: String) {
        items[index].content = content
        items[index].gap = ""
    }

    // MARK: Text

    var text: String { prefix + body + suffix }

    private var body: String {
        guard !items.isEmpty else {
            return (head + tail).allSatisfy(\.isWhitespace) ? "" : head + tail
        }
        var body = head
        for (index, (slot, item)) in zip(slots, items).enumerated() {
            body += slot.before
            let isBroken = { body.last?.isNewline == true }
            var indent = slot.indent
            if !item.lead.isEmpty {
                if !isBroken() { body += lineEnd }
                body += item.lead
            }
            if isBroken(), !isOwn(index) { indent = margin }
            body += indent + item.content
            if index < items.count - 1 || isTrailing { body += item.gap + "," }
            body += item.trail + slot.lineEnd
            // Else the comment would take in what follows.
            if slot.lineEnd.isEmpty, item.hasComment { body += lineEnd }
        }
        return body + tail
    }
}

/// Where the items of a list or map in brackets begin and end, and the commas between them.
private struct FlowMarks {
    var items: [Range<String.Index>] = []
    var commas: [String.Index] = []
    /// The place of the closing bracket.
    var close: String.Index

    init?(from start: String.Index, in text: String) {
        let scalars = text.unicodeScalars
        var place = scalars.index(after: start)
        close = place
        var depth = 1
        var first: String.Index?
        var last = place
        /// The last character that is no space: a quotation mark opens a text only behind a sign.
        var before = scalars[start]
        while place < scalars.endIndex {
            let scalar = scalars[place]
            var next = scalars.index(after: place)
            switch scalar {
            case "[", "{": depth += 1
            case "]", "}": depth -= 1
            case "'", "\"":
                guard ["[", "{", ",", ":"].contains(before) else { break }
                guard let end = TextPatch.quoted(from: place, in: scalars) else { return nil }
                next = end
            case "#" where scalars[scalars.index(before: place)].properties.isWhitespace:
                place =
                    scalars[place...].firstIndex { $0 == "\n" || $0 == "\r" } ?? scalars.endIndex
                continue
            default: break
            }
            if depth == 0 || depth == 1 && scalar == "," {
                if let first { items.append(first..<last) }
                first = nil
                if depth == 0 {
                    close = place
                    return
                }
                commas.append(place)
                guard commas.count == items.count else { return nil }
            } else if !scalar.properties.isWhitespace {
                first = first ?? place
                last = next
            }
            if !scalar.properties.isWhitespace { before = scalar }
            place = next
        }
        return nil
    }
}

extension Substring {
    /// The place behind the line end that comes next; the end where none does.
    fileprivate func pastLineEnd(from place: Index) -> Index {
        self[place...].firstIndex(where: \.isNewline).map { index(after: $0) } ?? endIndex
    }
}
