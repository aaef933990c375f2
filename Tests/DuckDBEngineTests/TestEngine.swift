import Columns
import DuckDBEngine
import Engine
import Foundation

/// DuckDB where set-up put it, in databases that live as long as a test.
enum TestEngine {
    static let dialect: any Dialect = DuckDBDialect()

    static func library() throws -> DuckDBLibrary { try loaded.get() }

    static func memory(
        _ role: DuckDBEngine.Role = .intake, threads: Int = 2, connections: Int = 1
    ) throws -> DuckDBEngine {
        try DuckDBEngine(
            library(), path: nil, role: role, resources: .init(threads: threads, memory: nil),
            connections: connections)
    }

    static func file(_ url: URL, _ role: DuckDBEngine.Role = .intake) throws -> DuckDBEngine {
        try DuckDBEngine(
            library(), path: url.path, role: role, resources: .init(threads: 2, memory: nil),
            connections: 1)
    }

    /// One parser for all tests: it keeps nothing of what it has read.
    static func parser() async throws -> any ExpressionParser { try await parserTask.value }

    private static let parserTask = Task {
        try await DuckDBProvider(library(), threads: 1).parser()
    }

    private static let loaded = Result { try DuckDBLibrary.load(home: home) }

    /// `AURORA_HOME`, or the nearest folder above this file that holds what set-up made.
    private static let home: URL? = {
        if let stated = ProcessInfo.processInfo.environment["AURORA_HOME"] {
            return URL(filePath: stated, directoryHint: .isDirectory)
        }
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while folder.path != "/" {
            let isHome = ["Package.swift", ".deps"].allSatisfy {
                FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
            }
            if isHome { return folder }
            folder = folder.deletingLastPathComponent()
        }
        return nil
    }()
}

/// A folder that is gone when the test is over.
final class TemporaryFolder: Sendable {
    let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        .appending(path: "aurora-engine-\(UUID().uuidString)", directoryHint: .isDirectory)

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, to name: String) throws -> URL {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file
    }
}

extension Engine {
    /// The first column of a query's result.
    func values(_ sql: String) async throws(AuroraError) -> [Value] {
        let column = try await query(sql).columns[0]
        return (0..<column.count).map { column[$0] }
    }
}

/// The error that `body` throws, nil where it throws none.
func error(_ body: () async throws -> Void) async -> AuroraError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? AuroraError
    }
}
