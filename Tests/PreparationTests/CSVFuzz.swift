/// Random numbers of a seed: SplitMix64 (Steele, Lea & Flood, OOPSLA 2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// A text file that was sound once, and what was done to it; the same for the same seed.
struct FuzzedCSV {
    private(set) var bytes: [UInt8] = []
    private(set) var damages: [String] = []
    let delimiter: UInt8

    private static let delimiters = Array(",;\t|".utf8)
    private static let words = ["", "a", "42", "-1.5", "Größe", "日本", "x y", " z ", "N/A", "0"]
    private static let quoted = ["a,b;c|d\te", "two\nlines", "two\r\nlines", "\"hi\"", "", " q "]

    init(seed: UInt64) {
        var random = SplitMix(seed: seed)
        delimiter = Self.delimiters.randomElement(using: &random)!
        let lineEnd = ["\n", "\n", "\r\n", "\r"].randomElement(using: &random)!
        let columns = Int.random(in: 1...5, using: &random)
        let quotes = Double([0, 0, 0.1, 0.5].randomElement(using: &random)!)
        var lines = [(0..<columns).map { "c\($0)" }]
        for _ in 0..<Int.random(in: 1...40, using: &random) {
            lines.append(
                (0..<columns).map { _ in
                    guard Double.random(in: 0..<1, using: &random) < quotes else {
                        return Self.words.randomElement(using: &random)!
                    }
                    let text = Self.quoted.randomElement(using: &random)!
                    return "\""
                        + text.split(separator: "\"", omittingEmptySubsequences: false)
                        .joined(separator: "\"\"") + "\""
                })
        }
        let between = String(UnicodeScalar(delimiter))
        let text = lines.map { $0.joined(separator: between) }.joined(separator: lineEnd)
        bytes = Array(text.utf8)
        if Bool.random(using: &random) { bytes += lineEnd.utf8 }
        for _ in 0..<Int.random(in: 0...3, using: &random) { damage(&random) }
    }

    private mutating func damage(_ random: inout SplitMix) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let length = Int.random(in: 0...20, using: &random)
        let part = place..<min(place + length, bytes.count)
        let kind = Int.random(in: 0..<14, using: &random)
        switch kind {
        case 0: bytes.removeSubrange(place...)
        case 1: bytes.removeSubrange(part)
        case 2: bytes.insert(34, at: place)
        case 3: bytes.insert(delimiter, at: place)
        case 4: bytes.insert(0, at: place)
        case 5: bytes.insert(UInt8.random(in: 0x80...0xFF, using: &random), at: place)
        case 6: bytes.insert([10, 13].randomElement(using: &random)!, at: place)
        case 7: bytes.insert(contentsOf: bytes[part], at: place)
        case 8: for index in part { bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
        case 9: bytes.insert(contentsOf: Array(repeating: 120, count: 20_000), at: place)
        case 10:
            bytes.insert(contentsOf: [0xEF, 0xBB, 0xBF], at: random.next() % 2 == 0 ? 0 : place)
        case 11: bytes.insert(contentsOf: [34, 32, 34], at: place)
        case 12:
            bytes = bytes.flatMap { [$0, 0] }
            if Bool.random(using: &random) { bytes = [0xFF, 0xFE] + bytes }
        default:
            let size = Int.random(in: 0...300, using: &random)
            bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        damages.append("\(kind) at \(place)")
    }
}

/// The records of a text, told apart in the plainest way: the whole text at once, a value at a time.
struct PlainRecordCounter {
    private let bytes: [UInt8]
    private let delimiter: UInt8

    init(_ bytes: [UInt8], delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
    }

    /// Records that are not empty, the header among them.
    ///
    /// A record whose quotes don't end before a delimiter or a line end is the line it begins on.
    var count: Int {
        var count = 0
        var place = 0
        while place < bytes.count {
            let isEmpty = isLineEnd(place)
            place = endOfRecord(place) ?? endOfLine(place)
            if !isEmpty { count += 1 }
            place += 1
        }
        return count
    }

    private func isLineEnd(_ place: Int) -> Bool {
        place >= bytes.count || bytes[place] == 10 || bytes[place] == 13
    }

    private func endOfLine(_ place: Int) -> Int {
        (place...bytes.count).first(where: isLineEnd) ?? bytes.count
    }

    /// - Returns: the place of the line end behind the record.
    private func endOfRecord(_ start: Int) -> Int? {
        var place = start
        while true {
            let first = (place..<bytes.count).first { bytes[$0] != 32 } ?? bytes.count
            if first < bytes.count, bytes[first] == 34 {
                guard let end = endOfQuoted(first + 1) else { return nil }
                place = (end..<bytes.count).first { bytes[$0] != 32 } ?? bytes.count
                guard isLineEnd(place) || bytes[place] == delimiter else { return nil }
            }
            while !isLineEnd(place), bytes[place] != delimiter { place += 1 }
            if isLineEnd(place) { return place }
            place += 1
        }
    }

    /// - Returns: the place behind the quote that ends it.
    private func endOfQuoted(_ start: Int) -> Int? {
        var place = start
        while place < bytes.count {
            if bytes[place] != 34 {
                place += 1
            } else if place + 1 < bytes.count, bytes[place + 1] == 34 {
                place += 2
            } else {
                return place + 1
            }
        }
        return nil
    }
}
