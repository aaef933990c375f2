package import Columns
import Engine
import Foundation
import Kernels
package import Query
import Runs
package import Segmentation

extension PublishedRun {
    /// What became of a segmentation's customers since an earlier run.
    ///
    /// - Throws: `unknown_name` where one of the runs has no such segmentation; `not_permitted`; and
    ///   what ``SegmentMigration`` throws.
    package func migration(
        of name: String, since earlier: PublishedRun, for reader: Reader, threads: Int = 1
    ) async throws(AuroraError) -> MigrationReport {
        let migration = try await customers(of: name, since: earlier, threads: threads)
        let runs = (from: earlier, to: self)
        return try MigrationReport(
            migration,
            of: (try runs.from.segmentation(name), try runs.to.segmentation(name)),
            runs: (runs.from.asMigrationRun, runs.to.asMigrationRun),
            identity: follows(earlier, in: name) ? try identity(of: name) : nil, through: gate,
            for: reader)
    }

    /// The same customer by customer, for readers who may see them.
    ///
    /// - Throws: as `migration`.
    package func movements(
        of name: String, since earlier: PublishedRun, for reader: Reader, threads: Int = 1
    ) async throws(AuroraError) -> SegmentMigration {
        try gate.requireCustomers(reader)
        return try await customers(of: name, since: earlier, threads: threads)
    }

    /// How a segmentation's segments follow those of the run before; nil where there is none, and
    /// where nothing has changed since.
    ///
    /// - Throws: `unknown_name`, `run_unreadable`.
    package func identity(of name: String) throws(AuroraError) -> SegmentIdentity? {
        _ = try segmentation(name)
        let path = SegmentIdentity.path(name)
        guard record.outputs[path] != nil else { return nil }
        let url = folder.appending(path: path)
        do {
            return try JSONDecoder().decode(SegmentIdentity.self, from: Data(contentsOf: url))
        } catch {
            throw AuroraError("run_unreadable", "\(url.path) can't be read", cause: "\(error)")
        }
    }

    /// - Throws: `unknown_name`.
    package func segmentation(_ name: String) throws(AuroraError) -> SegmentationResult {
        guard let result = segmentations.first(where: { $0.name == name }) else {
            throw AuroraError(
                "unknown_name", "run \(record.id) has no segmentation '\(name)'",
                hint: NearestName.hint(for: name, among: segmentations.map(\.name)))
        }
        return result
    }

    private func customers(
        of name: String, since earlier: PublishedRun, threads: Int
    ) async throws(AuroraError) -> SegmentMigration {
        try await SegmentMigration(
            from: earlier.segmented(name), to: segmented(name), work: Work(threads: threads))
    }

    private func segmented(_ name: String) throws(AuroraError) -> SegmentedTable {
        let result = try segmentation(name)
        guard let table = tables.first(where: { $0.name == result.model }) else {
            throw AuroraError("unknown_name", "run \(record.id) has no model '\(result.model)'")
        }
        return SegmentedTable(run: record.id, result: result, table: table, engine: engine)
    }

    private var asMigrationRun: MigrationReport.Run { .init(id: record.id, asOf: record.asOf) }

    /// Whether the fit that this run's segments follow is that of the earlier run.
    private func follows(_ earlier: PublishedRun, in name: String) -> Bool {
        let before = record.outputs[SegmentIdentity.anchorPath(name)]
        return before != nil && before == earlier.record.outputs[SegmentationResult.path(name)]
    }
}
