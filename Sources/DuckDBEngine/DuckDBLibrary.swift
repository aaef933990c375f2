import CDuckDB
package import Columns
package import Foundation

/// DuckDB's shared library, found on this machine and opened once.
package final class DuckDBLibrary: Sendable {
    package let path: String
    /// The folder of the signed extensions that set-up fetched; nil where there is no home.
    package let extensions: URL?
    let api: cduckdb_api

    package var version: String { api.library_version().map { String(cString: $0) } ?? "unknown" }

    /// The version that Aurora is made for; `doctor` names any other.
    package static let expectedVersion = "v1.5.5"

    private init(path: String, extensions: URL?, api: cduckdb_api) {
        self.path = path
        self.extensions = extensions
        self.api = api
    }

    /// Opens the first library that exists among `AURORA_DUCKDB`, the system's and set-up's.
    ///
    /// - Parameter home: the folder that holds `.deps/`.
    /// - Throws: `duckdb_missing` when there is none, `duckdb_unusable` when it can't be opened.
    package static func load(home: URL?) throws(AuroraError) -> DuckDBLibrary {
        let candidates = candidates(home: home)
        guard let path = candidates.first(where: FileManager.default.fileExists(atPath:)) else {
            throw AuroraError(
                "duckdb_missing", "DuckDB's library was found in none of its places",
                cause: candidates.joined(separator: "\n"),
                hint: "run 'make setup', or set AURORA_DUCKDB to a libduckdb of 1.5.5")
        }
        // The Python wheel's library refers to Python's symbols; those of its own version only.
        // An unpacked archive brings their names along.
        let shipped = home.map { [$0.path + "/.deps/duckdb/python-names.so"] } ?? []
        for name in shipped + ["libpython3.11.so.1.0", "libpython3.11.dylib"]
        where cduckdb_preload(name) {
            break
        }
        var api = cduckdb_api()
        if let reason = cduckdb_load(path, &api) {
            defer { free(reason) }
            throw AuroraError(
                "duckdb_unusable", "DuckDB's library at \(path) can't be opened",
                cause: String(cString: reason),
                hint: "it needs Python 3.11's shared library (Debian: libpython3.11); "
                    + "'make setup' installs it")
        }
        return DuckDBLibrary(
            path: path, extensions: home?.appending(path: ".deps/duckdb/extensions"), api: api)
    }

    private static func candidates(home: URL?) -> [String] {
        var paths: [String] = []
        if let chosen = ProcessInfo.processInfo.environment["AURORA_DUCKDB"] {
            return [chosen]
        }
        for folder in ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib"] {
            paths.append(folder + "/libduckdb.so")
        }
        for folder in ["/usr/local/lib", "/opt/homebrew/lib"] {
            paths += [folder + "/libduckdb.so", folder + "/libduckdb.dylib"]
        }
        if let home { paths.append(home.path + "/.deps/duckdb/libduckdb.so") }
        return paths
    }
}
