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

    /// The flows of a segmentation's customers from the newest earlier run in which they are not
    /// just the same; nil where there is none.
    ///
    /// A run that was repeated on the same data, because a page has changed, tells nothing of them.
    ///
    /// - Throws: `not_permitted`; `run_unreadable`; and what ``SegmentMigration`` throws.
    func flows(
        of name: String, for reader: Reader, threads: Int = 1
    ) async throws(AuroraError) -> RunFlows? {
        try gate.requireFigures(reader)
        if let known = explainers.flows(of: name) { return known }
        let result = try segmentation(name)
        for id in earlierRuns.reversed() {
            let folder = runs.appending(path: id)
            let record = try RunRecord.read(folder)
            guard record.outputs[SegmentationResult.path(name)] != nil else { continue }
            let outputs = [SegmentationResult.path(name), "tables/\(result.model)"]
            if outputs.allSatisfy({ record.outputs[$0] == self.record.outputs[$0] }) { continue }
            let earlier = try await PublishedRun(folder, provider)
            let before = try earlier.segmentation(name)
            let migration = try await customers(of: name, since: earlier, threads: threads)
            let flows = RunFlows(
                from: earlier.asMigrationRun, segments: before.segments.map { ($0.id, $0.name) },
                flows: MigrationFlows(migration))
            explainers.keep(flows, of: name)
            return flows
        }
        return nil
    }

    private var runs: URL { folder.deletingLastPathComponent() }

    /// The ids of the finished runs before this one, oldest first.
    private var earlierRuns: ArraySlice<String> {
        let ids = StateFolder(runs.deletingLastPathComponent()).history
        return ids[..<(ids.firstIndex(of: folder.lastPathComponent) ?? 0)]
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

    var asMigrationRun: MigrationReport.Run { .init(id: record.id, asOf: record.asOf) }

    /// Whether the fit that this run's segments follow is that of the earlier run.
    private func follows(_ earlier: PublishedRun, in name: String) -> Bool {
        let before = record.outputs[SegmentIdentity.anchorPath(name)]
        return before != nil && before == earlier.record.outputs[SegmentationResult.path(name)]
    }
}

/// Where a segmentation's customers have come from since an earlier run.
struct RunFlows: Sendable {
    var from: MigrationReport.Run
    /// The segments as the earlier run calls them.
    var segments: [(id: Int, name: String)]
    var flows: MigrationFlows
}
