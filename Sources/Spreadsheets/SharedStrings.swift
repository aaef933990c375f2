import Columns

/// The texts that cells of a workbook share, one after another in one piece of memory.
struct SharedStrings: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    private static let mostBytes = 1 << 30

    var count: Int { ends.count }

    init() {}

    /// - Throws: `workbook_damaged`, `workbook_too_large`.
    init(_ entry: ZipArchive.Entry, of archive: ZipArchive) throws(AuroraError) {
        var xml = try XMLScanner.open(entry, of: archive)
        while true {
            switch try xml.next() {
            case .open where xml.isNamed("si"):
                let start = bytes.count
                try xml.appendRichText(to: &bytes)
                XMLText.unescape(&bytes, from: start)
                ends.append(bytes.count)
                guard bytes.count <= Self.mostBytes else {
                    throw .tooLarge(entry.name, "holds over \(Self.mostBytes >> 20) MB of texts")
                }
            case .end:
                let texts = bytes[...]
                guard texts.isUTF8 else { throw .damaged(entry.name, "is not in UTF-8") }
                return
            default: continue
            }
        }
    }

    func isEmpty(_ index: Int) -> Bool { ends[index] == (index == 0 ? 0 : ends[index - 1]) }

    func withText<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let start = index == 0 ? 0 : ends[index - 1]
        return bytes.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[start..<ends[index]]))
        }
    }
}

extension XMLScanner {
    /// Adds the text of the element just opened, which is a text or runs of formatted text, and
    /// passes over its end. How a text is pronounced is left out.
    mutating func appendRichText(to bytes: inout [UInt8]) throws(AuroraError) {
        let inner = depth
        while true {
            switch try next() {
            case .open where isNamed("t"): try appendElementText(to: &bytes)
            case .open where isNamed("rPh"): try skipElement()
            case .close where depth < inner: return
            case .end: throw .damaged(part, "ends in the middle")
            default: continue
            }
        }
    }
}

extension ArraySlice<UInt8> {
    var isUTF8: Bool { !contains { $0 >= 0x80 } || String(validating: self, as: UTF8.self) != nil }
}
