import Columns
import Foundation

/// Parts of a text file from which its form is guessed: its beginning, and some further in.
struct CSVSample {
    /// Each of whole lines; the first begins below the lines that are left out.
    let pieces: [[UInt8]]
    /// What the first line says about the delimiter, as Excel writes it: `sep=;`.
    let statedDelimiter: String?

    private static let laterSize = 1 << 14

    init(_ text: UTF8Text, skip: Int) throws(AuroraError) {
        let file = try ByteFile(text.url)
        var head = Array(try file.next(UTF8Text.headSize))
        let isWhole = head.count < UTF8Text.headSize
        if head.starts(with: TextEncoding.utf8.mark) { head.removeFirst(3) }
        statedDelimiter = Self.separator(head)
        for _ in 0..<(skip + (statedDelimiter == nil ? 0 : 1)) {
            head.removeFirst(Self.firstLine(head))
        }
        var pieces = [isWhole ? head : Self.withoutCutLine(head)]
        if !isWhole {
            for quarter in 1...3 {
                try file.seek(to: text.survey.size / 4 * quarter)
                let piece = Array(try file.next(Self.laterSize))
                pieces.append(Self.withoutCutLine(Array(piece.dropFirst(Self.firstLine(piece)))))
            }
        }
        self.pieces = pieces
    }

    private static func separator(_ head: [UInt8]) -> String? {
        let line = head.prefix(6).prefix { $0 != 10 && $0 != 13 }
        let text = String(decoding: line, as: UTF8.self)
        guard line.count == 5, text.lowercased().hasPrefix("sep="), let last = text.last,
            last.isASCII
        else { return nil }
        return String(last)
    }

    /// The number of bytes up to the first line end, and with it.
    private static func firstLine(_ bytes: [UInt8]) -> Int {
        guard let end = bytes.firstIndex(where: { $0 == 10 || $0 == 13 }) else {
            return bytes.count
        }
        return bytes[end...].starts(with: [13, 10]) ? end + 2 : end + 1
    }

    private static func withoutCutLine(_ bytes: [UInt8]) -> [UInt8] {
        guard let end = bytes.lastIndex(where: { $0 == 10 || $0 == 13 }) else { return bytes }
        return Array(bytes[...end])
    }
}
