import Columns
import Engine
import Foundation
import Runs
import Testing

/// Gives one table, cut into batches of `size` rows.
private struct TableEngine: Engine {
    var table: Batch
    var size = 1000

    var dialect: any Dialect { fatalError("these tests write no SQL") }

    func execute(_ sql: String) async throws(AuroraError) {}

    func stream(
        _ sql: String, _ body: @escaping @Sendable (Batch) throws(AuroraError) -> Void
    ) async throws(AuroraError) {
        for start in stride(from: 0, to: table.rowCount, by: size) {
            try body(cut(start..<min(start + size, table.rowCount)))
        }
    }

    private func cut(_ rows: Range<Int>) -> Batch {
        Batch(
            table.columns.map { column in
                let values: ColumnValues =
                    switch column.values {
                    case .integers(let values): .integers(Array(values[rows]))
                    case .texts(let values): .texts(Array(values[rows]))
                    case .doubles(let values): .doubles(Array(values[rows]))
                    case .booleans(let values): .booleans(Array(values[rows]))
                    case .hugeIntegers(let values): .hugeIntegers(Array(values[rows]))
                    case .decimals(let values): .decimals(Array(values[rows]))
                    case .days(let values): .days(Array(values[rows]))
                    case .microseconds(let values): .microseconds(Array(values[rows]))
                    }
                let present = column.present.map { Array($0[rows]) }
                // An engine says that nothing is missing where nothing in the batch is.
                return Column(
                    name: column.name, type: column.type, values: values,
                    present: present?.contains(false) == true ? present : nil)
            })
    }

    func schema(of sql: String) async throws(AuroraError) -> Schema { table.schema }

    func append(_ batch: Batch, to table: String) async throws(AuroraError) {}

    func persist() async throws(AuroraError) {}

    func progress() -> Double? { nil }

    func close() {}
}

@Suite("Hashes of contents")
struct ContentHashTests {
    private static let present = [true, false, true, true, true]

    private static func table(_ change: (inout [Column]) -> Void = { _ in }) -> Batch {
        var columns = [
            Column(
                name: "id", type: .integer, values: .integers([1, 2, 3, 4, 5]), present: present),
            Column(name: "name", type: .text, values: .texts(["a", "", "bc", "ö", "d"])),
            Column(
                name: "amount", type: .decimal(precision: 18, scale: 2),
                values: .decimals([100, -250, 0, .max, 7])),
            Column(
                name: "share", type: .double,
                values: .doubles([0.1, -0.5, 0, 1e300, .leastNonzeroMagnitude])),
            Column(
                name: "vip", type: .boolean, values: .booleans([true, false, true, true, false])),
            Column(name: "day", type: .date, values: .days([0, -1, 5, .max, 7])),
            Column(
                name: "at", type: .timestamp(zoned: true),
                values: .microseconds([0, -1, 5, .max, 7])),
            Column(name: "huge", type: .hugeInteger, values: .hugeIntegers([0, .min, .max, 1, 2])),
        ]
        change(&columns)
        return Batch(columns)
    }

    private func hash(_ table: Batch, size: Int = 1000) async throws -> String {
        try await ContentHash.ofTable("q", in: TableEngine(table: table, size: size))
    }

    @Test("one table has one hash, however it is cut into batches", arguments: [1, 2, 3, 4, 5])
    func batches(size: Int) async throws {
        #expect(try await hash(Self.table(), size: size) == hash(Self.table()))
    }

    @Test("what stands behind a missing value doesn't count")
    func behindMissing() async throws {
        let other = Self.table { $0[0].values = .integers([1, 999, 3, 4, 5]) }
        #expect(try await hash(other) == hash(Self.table()))
    }

    @Test("any change of a value, a type, a name, a row or an order is another hash")
    func changes() async throws {
        let tables = [
            Self.table(),
            Self.table { $0[0].values = .integers([1, 2, 3, 4, 6]) },
            Self.table { $0[0].present = nil },
            Self.table { $0[0].present = [false, true, true, true, true] },
            Self.table { $0[0].name = "ID" },
            Self.table { $0[1].values = .texts(["a", "b", "c", "ö", "d"]) },
            Self.table { $0[1].values = .texts(["a", "", "bc", "o\u{308}", "d"]) },
            Self.table { $0[1].values = .texts(["a", "", "bd", "ö", "d"]) },
            Self.table { $0[1].present = Self.present },
            Self.table { $0[2].type = .decimal(precision: 18, scale: 3) },
            Self.table {
                $0[3].values = .doubles([0.1, -0.5, -0.0, 1e300, .leastNonzeroMagnitude])
            },
            Self.table { $0[4].values = .booleans([true, false, true, true, true]) },
            Self.table { $0[5].values = .days([0, -1, 5, .max, 8]) },
            Self.table { $0[6].type = .timestamp(zoned: false) },
            Self.table { $0[6].type = .time },
            Self.table { $0[7].values = .hugeIntegers([0, .min, .max, 2, 1]) },
            Self.table { $0.swapAt(0, 1) },
            Self.table { $0.removeLast() },
        ]
        var hashes: Set<String> = []
        for table in tables { hashes.insert(try await hash(table)) }
        #expect(hashes.count == tables.count)
    }

    @Test("an empty table's hash tells its columns")
    func empty() async throws {
        let one = Batch(emptyOf: Schema([.init("a", .integer)]))
        let other = Batch(emptyOf: Schema([.init("a", .double)]))
        #expect(try await hash(one) != hash(other))
        #expect(try await hash(one) == hash(one))
    }

    @Test("names can't be mistaken for types or for several columns")
    func hostileNames() async throws {
        let plain = Batch(emptyOf: Schema([.init("a", .integer), .init("b", .text)]))
        let hostile = Batch(emptyOf: Schema([.init("a\" integer\n\"b", .text)]))
        #expect(try await hash(plain) != hash(hostile))
    }

    @Test(
        "texts and files have the SHA-256 of their bytes",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func knownBytes(text: String, hexadecimal: String) throws {
        #expect(ContentHash.of(text) == hexadecimal)
        #expect(ContentHash.of(Data(text.utf8)) == hexadecimal)
        let temporary = TemporaryState()
        try temporary.state.create()
        let file = temporary.url.appending(path: "file")
        try Data(text.utf8).write(to: file)
        #expect(try ContentHash.ofFile(file) == hexadecimal)
    }

    @Test("a file of several megabytes is hashed whole")
    func largeFile() throws {
        let temporary = TemporaryState()
        try temporary.state.create()
        let file = temporary.url.appending(path: "file")
        try Data(repeating: UInt8(ascii: "a"), count: 3_000_001).write(to: file)
        #expect(
            try ContentHash.ofFile(file)
                == ContentHash.of(String(repeating: "a", count: 3_000_001)))
        #expect(error { _ = try ContentHash.ofFile(temporary.url) }?.code == "file_unreadable")
        let absent = temporary.url.appending(path: "absent")
        #expect(error { _ = try ContentHash.ofFile(absent) }?.code == "file_unreadable")
    }
}
