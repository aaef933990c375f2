/// The lines of a text as YAML breaks them, with their ends.
struct TextLines {
    let text: String
    let ranges: [Range<String.Index>]

    init(_ text: String) {
        self.text = text
        var ranges: [Range<String.Index>] = []
        let scalars = text.unicodeScalars
        var start = scalars.startIndex
        var place = start
        while place < scalars.endIndex {
            let scalar = scalars[place]
            place = scalars.index(after: place)
            guard ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) else { continue }
            if scalar == "\r", place < scalars.endIndex, scalars[place] == "\n" {
                place = scalars.index(after: place)
            }
            ranges.append(start..<place)
            start = place
        }
        if start < scalars.endIndex { ranges.append(start..<scalars.endIndex) }
        self.ranges = ranges
    }

    var count: Int { ranges.count }

    /// What the text ends its lines with.
    var end: String { text.contains("\r\n") ? "\r\n" : "\n" }

    subscript(line: Int) -> Substring { text[ranges[line]] }

    func joined(_ lines: Range<Int>) -> String {
        guard let first = lines.first, let last = lines.last else { return "" }
        return String(text[ranges[first].lowerBound..<ranges[last].upperBound])
    }

    func indentation(_ line: Int) -> Int {
        self[line].unicodeScalars.prefix { $0 == " " }.count
    }

    func isBlank(_ line: Int) -> Bool {
        self[line].unicodeScalars.allSatisfy { $0.properties.isWhitespace }
    }

    func isComment(_ line: Int) -> Bool {
        self[line].unicodeScalars.first { $0 != " " && $0 != "\t" } == "#"
    }

    /// A comment that belongs to what stands at this column or left of it, not to something inside.
    func isComment(_ line: Int, outside column: Int) -> Bool {
        isComment(line) && indentation(line) <= column
    }

    /// The last line of what begins in one and ends before another: without the blank lines and the
    /// comments at its end.
    func last(from start: Int, before end: Int, column: Int) -> Int {
        (start..<end).last { !isBlank($0) && !isComment($0, outside: column) } ?? start
    }

    /// The line that holds a place.
    func line(of place: String.Index) -> Int {
        ranges.firstIndex { $0.contains(place) } ?? max(0, count - 1)
    }
}
