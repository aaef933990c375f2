import Columns
import Engine
import Foundation
import Spreadsheets

/// A text file that carries rows to the engine: a row a line, always.
///
/// Line ends within a value are written as a mark, so that no reading in pieces can take them for
/// the end of a row, and become line ends again in SQL.
struct ScratchRows {
    let names: [String]
    private(set) var rowCount = 0
    private let url: URL
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    /// The cells of the row under way, by column.
    private var cells: [Cell?]
    /// Columns with a mark in them.
    private var isMarked: [Bool]

    private static let flushSize = 1 << 20
    /// Data link escape: the next character stands for another one.
    private static let mark: UInt8 = 0x10
    private static let marks: [(character: UInt8, sign: UInt8)] = [
        (10, UInt8(ascii: "n")), (13, UInt8(ascii: "r")), (mark, UInt8(ascii: "m")),
    ]

    /// - Throws: `state_unwritable`.
    init(_ url: URL, _ names: [String]) throws(AuroraError) {
        self.names = names
        self.url = url
        cells = Array(repeating: nil, count: names.count)
        isMarked = Array(repeating: false, count: names.count)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: url)
            handle = try FileHandle(forWritingTo: url)
        } catch {
            throw Self.unwritable(url, error)
        }
    }

    /// Adds a row, if it holds a cell of the table.
    ///
    /// - Parameters:
    ///   - targets: the table's column for each of the sheet's, −1 for those left out.
    ///   - isTimed: whether dates of a column are written with a time.
    mutating func append(
        _ row: SheetRow, _ targets: [Int], _ isTimed: [Bool]
    ) throws(AuroraError) {
        var isEmpty = true
        for index in cells.indices { cells[index] = nil }
        for cell in row.cells where cell.column < targets.count && targets[cell.column] >= 0 {
            cells[targets[cell.column]] = cell
            isEmpty = false
        }
        guard !isEmpty else { return }
        rowCount += 1
        for index in cells.indices {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            guard let cell = cells[index], cell.kind.isValue else {
                // A line with nothing on it would be no row.
                if cells.count == 1 { buffer.append(contentsOf: [34, 34]) }
                continue
            }
            let found = row.withText(of: cell) { Self.write($0, cell.kind, to: &buffer) }
            if found { isMarked[index] = true }
            if isTimed[index], cell.kind == .date {
                buffer.append(contentsOf: " 00:00:00".utf8)
            }
        }
        buffer.append(10)
        if buffer.count >= Self.flushSize { try flush() }
    }

    /// - Returns: whether there is a mark in it.
    private static func write(
        _ text: UnsafeBufferPointer<UInt8>, _ kind: CellKind, to buffer: inout [UInt8]
    ) -> Bool {
        let isPlain = kind != .text || !text.contains { $0 == 34 || $0 == 44 || $0 <= 16 }
        if isPlain {
            buffer.append(contentsOf: text)
            return false
        }
        var isMarked = false
        buffer.append(34)
        for byte in text {
            if let found = marks.first(where: { $0.character == byte }) {
                buffer.append(mark)
                buffer.append(found.sign)
                isMarked = true
            } else {
                buffer.append(byte)
                if byte == 34 { buffer.append(34) }
            }
        }
        buffer.append(34)
        return isMarked
    }

    mutating func finish() throws(AuroraError) {
        try flush()
        try? handle.close()
    }

    private mutating func flush() throws(AuroraError) {
        do {
            try handle.write(contentsOf: buffer)
        } catch {
            throw Self.unwritable(url, error)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func unwritable(_ url: URL, _ error: any Error) -> AuroraError {
        AuroraError(
            "state_unwritable", "\(url.path) can't be written", cause: error.localizedDescription)
    }

    // MARK: Reading

    /// SQL of the rows as they were in the workbook.
    func relation(_ dialect: any Dialect, missing: [String]) -> String {
        let file = dialect.relation(
            of: DelimitedFile(
                path: url.path, columns: names, delimiter: ",", quote: "\"", skippedRecords: 0,
                missing: missing.map(Self.marked)))
        guard isMarked.contains(true) else { return file }
        let items = names.indices.map { index in
            let name = dialect.quoted(names[index])
            guard isMarked[index] else { return name }
            // The mark's own sign comes last, or what it stands for would be taken for a mark.
            let value = Self.marks.reduce(name) { value, entry in
                let sign = String(decoding: [Self.mark, entry.sign], as: UTF8.self)
                let character = String(decoding: [entry.character], as: UTF8.self)
                return "replace(\(value), \(dialect.literal(sign)), \(dialect.literal(character)))"
            }
            return "\(value) AS \(name)"
        }
        return "(SELECT \(items.joined(separator: ", ")) FROM \(file))"
    }

    private static func marked(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if let found = marks.first(where: { $0.character == byte }) {
                bytes += [mark, found.sign]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
