/// What a file really is, by its first bytes, whatever its name says.
struct FileSignature: Sendable {
    let description: String
    /// The kind of source that reads it, where Aurora has one.
    let kind: String?
    /// What to do where none does.
    let way: String

    private let starts: [[UInt8]]

    private init(_ description: String, kind: String? = nil, way: String, starts: [[UInt8]]) {
        self.description = description
        self.kind = kind
        self.way = way
        self.starts = starts
    }

    static func of(_ head: [UInt8]) -> FileSignature? {
        let marks = TextEncoding.utf8.mark
        let text = head.drop { [32, 9, 10, 13].contains($0) || marks.contains($0) }.prefix(64)
            .map { (65...90).contains($0) ? $0 + 32 : $0 }
        return binary.first { $0.starts.contains { head.starts(with: $0) } }
            ?? written.first { $0.starts.contains { text.starts(with: $0) } }
    }

    private static func ascii(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }

    private static let unpack = "unpack it, and name the file that was in it"
    private static let export = "export the table as CSV"

    private static let binary = [
        FileSignature(
            "an Excel workbook or another zip archive", kind: "xlsx", way: export,
            starts: ascii("PK\u{3}\u{4}", "PK\u{5}\u{6}")),
        FileSignature(
            "an old Excel workbook (.xls)", way: "save it as .xlsx or as CSV UTF-8 in Excel",
            starts: [[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]]),
        FileSignature("a Parquet file", kind: "parquet", way: export, starts: ascii("PAR1")),
        FileSignature(
            "an SQLite database", kind: "sqlite", way: export,
            starts: ascii("SQLite format 3\0")),
        FileSignature("packed with gzip", way: unpack, starts: [[0x1F, 0x8B]]),
        FileSignature("packed with bzip2", way: unpack, starts: ascii("BZh9", "BZh6", "BZh1")),
        FileSignature("packed with xz", way: unpack, starts: [[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]]),
        FileSignature("packed with Zstandard", way: unpack, starts: [[0x28, 0xB5, 0x2F, 0xFD]]),
        FileSignature(
            "a 7-Zip archive", way: unpack, starts: [[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]]),
        FileSignature("a PDF document", way: export, starts: ascii("%PDF-")),
    ]

    /// Texts that are not tables.
    private static let written = [
        FileSignature(
            "a web page, as some systems export under the name .xls", way: export,
            starts: ascii("<!doctype html", "<html", "<table", "<head")),
        FileSignature("an XML document", way: export, starts: ascii("<?xml")),
        FileSignature(
            "JSON", kind: "json", way: export, starts: ascii("{\"", "[{", "{\n", "{\r\n")),
    ]
}
