package import Columns
package import Engine
package import Foundation
package import Query

extension PublishedRun {
    /// Writes a model's table to a file, in the order of its key and without hidden columns.
    ///
    /// The file appears under its name when it is whole.
    ///
    /// - Returns: how many rows were written.
    /// - Throws: `unknown_name`, `not_permitted`, `too_many_rows`, `file_unwritable`.
    package func export(
        _ model: String, to file: URL, as format: TableFormat, for reader: Reader
    ) async throws(AuroraError) -> Int {
        let export = try await TableExport(of: model, as: format, for: reader, through: gate)
        try await write(export, to: file, as: format)
        return export.rows
    }

    func write(
        _ export: TableExport, to file: URL, as format: TableFormat
    ) async throws(AuroraError) {
        try await write(
            export.sql, of: folder.appending(path: "data.duckdb").path, to: file, as: format)
    }

    /// The file appears under its name when it is whole.
    ///
    /// - Parameters:
    ///   - sql: over the tables of `database`, which is read as `published`.
    func write(
        _ sql: String, of database: String, to file: URL, as format: TableFormat
    ) async throws(AuroraError) {
        let partial = file.deletingLastPathComponent()
            .appending(path: ".\(file.lastPathComponent)-\(UUID().uuidString).\(format.rawValue)")
        do {
            try await provider.export(
                sql, of: database, to: partial.path, as: format)
        } catch {
            try? FileManager.default.removeItem(at: partial)
            guard error.code == "engine_failed" else { throw error }
            throw AuroraError(
                "file_unwritable", "\(file.path) can't be written", cause: error.cause)
        }
        guard rename(partial.path, file.path) == 0 else {
            let cause = String(cString: strerror(errno))
            try? FileManager.default.removeItem(at: partial)
            throw AuroraError("file_unwritable", "\(file.path) can't be written", cause: cause)
        }
    }
}
