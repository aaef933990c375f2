import Columns
import Foundation

/// Goes through the records of one file, some at a time.
struct JSONRecords {
    struct Member {
        var key: JSONScanner.Token
        var value: JSONScanner.Token
    }

    enum Record {
        /// An object's members, or one member where the rows are the members of the file's object.
        case members([Member])
        case broken(reason: String)
    }

    private let file: JSONFile
    private var position: Int
    private var isDone = false
    private var isBegun = false
    private var members: [Member] = []

    init(_ file: JSONFile) {
        self.file = file
        position = file.range.lowerBound
    }

    /// Hands over the next records, with the bytes that each takes.
    ///
    /// - Returns: false when there are no more.
    /// - Throws: a failure after which nobody can tell where the next record begins.
    mutating func next(
        _ limit: Int,
        _ body: (Record, Range<Int>, UnsafeBufferPointer<UInt8>) -> Void
    ) throws(JSONScanner.Failure) -> Bool {
        let data = file.data
        var reader = self
        let outcome = data.withUnsafeBytes { raw in
            Result { () throws(JSONScanner.Failure) in
                let bytes = raw.bindMemory(to: UInt8.self)
                for _ in 0..<limit where !reader.isDone {
                    switch reader.file.form {
                    case .lines: reader.line(bytes, body)
                    case .list: try reader.element(bytes, body)
                    case .members: try reader.member(bytes, body)
                    }
                }
            }
        }
        self = reader
        try outcome.get()
        return !isDone
    }

    private mutating func line(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ body: (Record, Range<Int>, UnsafeBufferPointer<UInt8>) -> Void
    ) {
        let limit = file.range.upperBound
        guard position < limit else {
            isDone = true
            return
        }
        let start = position
        var end = bytes[start..<limit].firstIndex(of: 10) ?? limit
        position = end + 1
        while end > start, bytes[end - 1] <= 32 { end -= 1 }
        var scanner = JSONScanner(bytes, from: start, to: end)
        scanner.skipSpace()
        guard !scanner.isAtEnd else { return }
        var record: Record
        do {
            record = try object(&scanner)
            scanner.skipSpace()
            if !scanner.isAtEnd { record = .broken(reason: "something follows the object") }
        } catch {
            record = .broken(reason: error.reason)
        }
        body(record, start..<end, bytes)
    }

    private mutating func element(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ body: (Record, Range<Int>, UnsafeBufferPointer<UInt8>) -> Void
    ) throws(JSONScanner.Failure) {
        var scanner = JSONScanner(bytes, from: position, to: file.range.upperBound)
        guard try begin(&scanner, "[", "]") else { return }
        scanner.skipSpace()
        let start = scanner.position
        let record = try object(&scanner)
        body(record, start..<scanner.position, bytes)
        try end(&scanner, "]")
    }

    private mutating func member(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ body: (Record, Range<Int>, UnsafeBufferPointer<UInt8>) -> Void
    ) throws(JSONScanner.Failure) {
        var scanner = JSONScanner(bytes, from: position, to: file.range.upperBound)
        guard try begin(&scanner, "{", "}") else { return }
        scanner.skipSpace()
        let start = scanner.position
        let key = try scanner.value()
        guard key.kind == .text else {
            scanner.position = start
            throw scanner.failure("a key in double quotes is expected")
        }
        scanner.skipSpace()
        guard scanner.pass(UInt8(ascii: ":")) else {
            throw scanner.failure("a colon is expected after a key")
        }
        let value = try scanner.value(depth: 1)
        let record =
            complaint(of: scanner, from: start) ?? .members([Member(key: key, value: value)])
        body(record, start..<scanner.position, bytes)
        try end(&scanner, "}")
    }

    /// False where there is nothing in it.
    private mutating func begin(
        _ scanner: inout JSONScanner, _ open: Unicode.Scalar, _ close: Unicode.Scalar
    ) throws(JSONScanner.Failure) -> Bool {
        guard !isBegun else { return true }
        isBegun = true
        guard scanner.pass(UInt8(ascii: open)) else {
            throw scanner.failure("'\(open)' is expected")
        }
        scanner.skipSpace()
        guard scanner.pass(UInt8(ascii: close)) else { return true }
        try finish(&scanner)
        return false
    }

    private mutating func end(
        _ scanner: inout JSONScanner, _ close: Unicode.Scalar
    ) throws(JSONScanner.Failure) {
        if try scanner.hasNext(UInt8(ascii: close)) {
            position = scanner.position
        } else {
            try finish(&scanner)
        }
    }

    private mutating func finish(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) {
        isDone = true
        scanner.skipSpace()
        if !scanner.isAtEnd { throw scanner.failure("something follows the end of the JSON") }
    }

    private mutating func object(
        _ scanner: inout JSONScanner
    ) throws(JSONScanner.Failure) -> Record {
        let start = scanner.position
        scanner.complaint = nil
        scanner.hasHigh = false
        members.removeAll(keepingCapacity: true)
        guard start < scanner.end, scanner.bytes[start] == UInt8(ascii: "{") else {
            _ = try scanner.value()
            return .broken(reason: "it is not an object")
        }
        var found = members
        members = []
        defer { members = found }
        try scanner.members { found.append(Member(key: $0, value: $1)) }
        return complaint(of: scanner, from: start) ?? .members(found)
    }

    private func complaint(of scanner: JSONScanner, from start: Int) -> Record? {
        if let complaint = scanner.complaint { return .broken(reason: complaint) }
        let record = UnsafeBufferPointer(rebasing: scanner.bytes[start..<scanner.position])
        guard scanner.hasHigh, String(validating: record, as: UTF8.self) == nil else { return nil }
        return .broken(reason: "it holds bytes that are not UTF-8")
    }
}
