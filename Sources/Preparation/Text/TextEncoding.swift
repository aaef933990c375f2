/// How the bytes of a text file stand for characters.
enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"
    case latin1 = "latin-1"

    /// What an author may state: plain UTF-16 leaves the order of bytes to the file's mark.
    static let spellings = allCases.map(\.rawValue) + ["utf-16"]

    init?(stated text: String) {
        self.init(rawValue: text == "utf-16" ? Self.utf16LittleEndian.rawValue : text)
    }

    /// The bytes with which a file says how it is encoded.
    var mark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .windows1252, .latin1: []
        }
    }

    static func marked(_ head: [UInt8]) -> TextEncoding? {
        allCases.first { !$0.mark.isEmpty && head.starts(with: $0.mark) }
    }

    /// UTF-16 without a mark: in the texts of banks every other byte is zero, and hardly any of the
    /// others is.
    static func unmarkedUTF16(_ head: [UInt8]) -> TextEncoding? {
        guard head.count >= 4 else { return nil }
        var zeros = [0, 0]
        for (index, byte) in head.enumerated() where byte == 0 { zeros[index % 2] += 1 }
        let half = head.count / 2
        if zeros[1] * 10 > half * 7, zeros[0] * 10 < half { return .utf16LittleEndian }
        if zeros[0] * 10 > half * 7, zeros[1] * 10 < half { return .utf16BigEndian }
        return nil
    }
}
