package import Columns
package import Engine
import Synchronization

/// Opens DuckDB in its three roles.
package struct DuckDBProvider: EngineProvider {
    private let library: DuckDBLibrary
    private let resources: DuckDBResources
    private let parsers = Parsers()

    /// One parser for all who ask: it holds nothing, and an engine takes its time to open.
    private final class Parsers: Sendable {
        let shared = Mutex<DuckDBExpressionParser?>(nil)
    }

    /// - Parameters:
    ///   - threads: how many threads one statement may use.
    ///   - memory: bytes that an engine may take before it writes to the disk; nil for most of
    ///     what the machine or its control group has.
    package init(_ library: DuckDBLibrary, threads: Int, memory: Int? = nil) {
        self.library = library
        resources = DuckDBResources(threads: threads, memory: memory)
    }

    package var version: String { "DuckDB \(library.version)" }

    package func intake(at path: String) async throws(AuroraError) -> any Engine {
        try DuckDBEngine(library, path: path, role: .intake, resources: resources)
    }

    package func work(
        at path: String?, folder: String, attached: [String: String], kept: [String: String]
    ) async throws(AuroraError) -> any Engine {
        try DuckDBEngine(
            library, path: path, role: .work(folder: folder, attached: attached, kept: kept),
            resources: resources)
    }

    package func published(at path: String, readers: Int) async throws(AuroraError) -> any Engine {
        try DuckDBEngine(
            library, path: path, role: .published, resources: resources, connections: readers)
    }

    package func parser() async throws(AuroraError) -> any ExpressionParser & QueryParser {
        try parsers.shared.withLock { shared throws(AuroraError) in
            if let shared { return shared }
            let parser = DuckDBExpressionParser(
                engine: try DuckDBEngine(
                    library, path: nil,
                    role: .work(folder: "/nonexistent", attached: [:], kept: [:]),
                    resources: .init(threads: 1, memory: nil)))
            shared = parser
            return parser
        }
    }

    package func export(
        _ sql: String, of database: String, to file: String, as format: TableFormat
    ) async throws(AuroraError) {
        let engine = try DuckDBEngine(library, path: nil, role: .intake, resources: resources)
        defer { engine.close() }
        let dialect = engine.dialect
        if format == .xlsx { try await engine.load(.excel) }
        try await engine.execute(
            "ATTACH \(dialect.literal(database)) AS \(dialect.quoted("published")) (READ_ONLY)")
        let options =
            switch format {
            case .csv: "FORMAT csv, HEADER true"
            case .parquet: "FORMAT parquet"
            case .xlsx: "FORMAT xlsx, HEADER true"
            }
        try await engine.execute("COPY (\(sql)) TO \(dialect.literal(file)) (\(options))")
    }
}
