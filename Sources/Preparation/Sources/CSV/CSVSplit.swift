import Columns
import Foundation

/// Where rows go when the engine can't read the file as it is.
final class CSVSplit {
    private let good: ByteOutput
    private let aside: BrokenRows?

    init(good: URL, aside: BrokenRows?) throws(AuroraError) {
        self.good = try ByteOutput(good)
        self.aside = aside
    }

    func keep(_ record: some Collection<UInt8>) throws(AuroraError) {
        try good.write(record)
        try good.write(CollectionOfOne(10))
        aside?.pass(1)
    }

    func setAside(
        _ record: UnsafeRawBufferPointer, because reason: String
    ) throws(AuroraError) {
        try aside?.add(record, because: reason)
    }

    func flush() throws(AuroraError) { try good.flush() }
}

/// The rows of a source that could not be split into columns, as a file of their own.
final class BrokenRows {
    static let columns = ["row", "reason", "text"]
    let url: URL
    private(set) var count = 0
    /// The rows up to now, in all files, broken or not.
    private var rows = 0
    private let output: ByteOutput

    /// Bytes of a row's text that are kept; the bank's own file holds the rest.
    private static let longest = 1_000_000

    init(_ url: URL) throws(AuroraError) {
        self.url = url
        output = try ByteOutput(url)
    }

    /// Counts rows that are not broken.
    func pass(_ rows: Int) { self.rows += rows }

    func add(_ record: UnsafeRawBufferPointer, because reason: String) throws(AuroraError) {
        rows += 1
        count += 1
        let text =
            String(decoding: record.prefix(Self.longest), as: UTF8.self)
            + (record.count > Self.longest ? "…" : "")
        try output.write("\(rows),".utf8)
        try output.write(Self.quoted(reason))
        try output.write(CollectionOfOne(44))
        try output.write(Self.quoted(text))
        try output.write(CollectionOfOne(10))
    }

    /// Byte by byte: a quote and a combining mark behind it are one Character for Swift.
    private static func quoted(_ text: String) -> [UInt8] {
        [34] + text.utf8.flatMap { $0 == 34 ? [34, 34] : [$0] } + [34]
    }

    func flush() throws(AuroraError) { try output.flush() }
}
