import Columns
import DuckDBEngine
import Engine
import Foundation
import Testing

@Suite("Databases of other systems")
struct ForeignTests {
    @Test("an extension that set-up did not fetch is told, with the way to get it")
    func missing() async throws {
        let library = try TestEngine.library()
        let home = try TemporaryFolder()
        let folder = home.url.appending(path: ".deps/duckdb")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "libduckdb.so"),
            withDestinationURL: URL(filePath: library.path))
        let bare = try DuckDBLibrary.load(home: home.url)
        try #require(bare.path.hasPrefix(home.url.path), "the system has a DuckDB of its own")
        let engine = try DuckDBEngine(
            bare, path: nil, role: .intake, resources: .init(threads: 1, memory: nil))
        let missing = await error { try await engine.attach(.sqlite(path: "/x.db"), as: "x") }
        #expect(missing?.code == "extension_missing")
        #expect(missing?.message.contains("sqlite_scanner") == true)
        #expect(missing?.hint == "run 'make setup', or unpack Aurora's archive again")
        _ = try home.write(
            "no extension", to: ".deps/duckdb/extensions/" + DuckDBExtension.excel.fileName)
        let unusable = await error { try await engine.load(.excel) }
        #expect(unusable?.code == "extension_unusable")
    }

    @Test("every extension of set-up loads", arguments: DuckDBExtension.allCases)
    func loads(wanted: DuckDBExtension) async throws {
        try await TestEngine.memory().load(wanted)
    }

    @Test("only an engine that may read files attaches other databases")
    func roles() async throws {
        let folder = try TemporaryFolder()
        let engine = try TestEngine.memory(.work(folder: folder.url.path, attached: [:], kept: [:]))
        let refused = await error { try await engine.attach(.sqlite(path: "/x.db"), as: "x") }
        #expect(refused?.code == "engine_failed")
    }

    @Test("a relation of other types becomes one of Aurora's, without a loss")
    func readable() async throws {
        let engine = try TestEngine.memory()
        let plain = try await engine.readable("(SELECT 1::BIGINT AS i, 'x' AS t)")
        #expect(plain.relation == "(SELECT 1::BIGINT AS i, 'x' AS t)")
        let other = try await engine.readable(
            "(SELECT 1::TINYINT AS i, 0.1::FLOAT AS f, ['a, b'] AS l, "
                + "340282366920938463463374607431768211455::UHUGEINT AS u, '\\x00'::BLOB AS b)")
        let types = other.schema.fields.map(\.type)
        #expect(types == [.integer, .double, .text, .text, .text])
        let row = try await engine.query("SELECT * FROM \(other.relation)").row(0)
        #expect(
            row.map(\.description) == [
                "1", "0.10000000149011612", "[\"a, b\"]",
                "340282366920938463463374607431768211455", "\\x00",
            ])
    }
}
