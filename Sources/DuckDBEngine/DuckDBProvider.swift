package import Columns
package import Engine

/// Opens DuckDB in its three roles.
package struct DuckDBProvider: EngineProvider {
    private let library: DuckDBLibrary
    private let threads: Int

    /// - Parameter threads: how many threads one statement may use.
    package init(_ library: DuckDBLibrary, threads: Int) {
        self.library = library
        self.threads = threads
    }

    package var version: String { "DuckDB \(library.version)" }

    package func intake(at path: String) async throws(AuroraError) -> any Engine {
        try DuckDBEngine(library, path: path, role: .intake, threads: threads)
    }

    package func work(
        at path: String, folder: String, attached: [String: String]
    ) async throws(AuroraError) -> any Engine {
        try DuckDBEngine(
            library, path: path, role: .work(folder: folder, attached: attached), threads: threads)
    }

    package func published(at path: String, readers: Int) async throws(AuroraError) -> any Engine {
        try DuckDBEngine(
            library, path: path, role: .published, threads: threads, connections: readers)
    }

    package func parser() async throws(AuroraError) -> any ExpressionParser {
        DuckDBExpressionParser(
            engine: try DuckDBEngine(
                library, path: nil, role: .work(folder: "/nonexistent", attached: [:]), threads: 1))
    }

    package func export(
        _ sql: String, of database: String, to file: String, as format: TableFormat
    ) async throws(AuroraError) {
        let engine = try DuckDBEngine(library, path: nil, role: .intake, threads: threads)
        defer { engine.close() }
        let dialect = engine.dialect
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
