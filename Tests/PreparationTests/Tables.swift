import Foundation
import Runs
import TestProjects

extension TestProject {
    /// A source for each text, by name, and a model `m` of the source `data` with the key `id`.
    ///
    /// - Parameters:
    ///   - types: lines under `columns:` of a source, by its name.
    ///   - asOf: the project's as-of date.
    convenience init(
        tables: [String: String], types: [String: [String]] = [:], steps: [String],
        key: String = "id", asOf: String? = nil
    ) throws {
        var files = [
            "models/m.yaml": "type: model/v1\nfrom: data\nkey: \(key)\nsteps:\n"
                + steps.map { "  - \($0)\n" }.joined()
        ]
        for (name, csv) in tables {
            let columns = (types[name] ?? []).map { "  \($0)\n" }.joined()
            files["\(name).csv"] = csv
            files["sources/\(name).yaml"] =
                "type: source/v1\ncsv: {file: \(name).csv}\n"
                + (columns.isEmpty ? "" : "columns:\n\(columns)")
        }
        if let asOf { files["aurora.yaml"] = "type: project/v1\nname: Test\nas_of: \(asOf)\n" }
        try self.init(files)
    }

    /// Columns of the model's rows in the order of its key, a text for each row.
    func rows(_ columns: String, by key: String = "id") async throws -> [String] {
        try await publish()
        return try await sql("SELECT \(columns) FROM m ORDER BY \(key)")
    }
}

/// A real file under `../shared/data`, which need not be there.
struct SharedFile {
    let url: URL

    init(_ path: String) {
        url = TestProject.home.deletingLastPathComponent().appending(path: "shared/data/\(path)")
    }

    var isThere: Bool { FileManager.default.fileExists(atPath: url.path) }

    func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }
}
