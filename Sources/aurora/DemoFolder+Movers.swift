import Columns
import DemoBank
import Engine
import Foundation
import Learning
import Pipeline
import Query
import Reporting
import Runs
import Segmentation

extension DemoFolder {
    /// Features of the demo's segments look back so many months.
    private static let window = 6
    /// Customers by whom two runs are known to be of one bank.
    private static let sample = 100

    /// How a bank's segments went on since an earlier day.
    struct Month {
        /// The earlier run's day.
        var since: String
        /// Segments that keep their numbers since the run before, of how many; nil where the model
        /// is the same.
        var kept: (segments: Int, of: Int)?
        var score: MoverScore
    }

    /// How well the moves planted since the last run on an earlier day are told; nil where there is
    /// no such run of this bank, or one of the two has no segmentation 'behaviour' of 'customers'.
    func sinceEarlierDay(
        _ provider: any EngineProvider, threads: Int
    ) async throws -> Month? {
        guard let folder = state.published else { return nil }
        let later = try await PublishedRun(folder, provider)
        guard let day = later.record.asOf,
            let earlier = try await lastRun(before: day, folder.lastPathComponent, provider),
            try await isSameBank(earlier.folder, folder, provider)
        else { return nil }
        for run in [earlier.run, later] {
            let segmentation = run.segmentations.first { $0.name == "behaviour" }
            guard segmentation?.model == "customers", segmentation?.frozen != nil else {
                return nil
            }
        }
        let movements = try await later.movements(
            of: "behaviour", since: earlier.run, for: .local, threads: threads)
        let told = movements.movement.outcomes.enumerated().map { index, outcome in
            (
                customer: Int(movements.key(index).doubleValue ?? -1),
                hasMoved: outcome == .moved
            )
        }
        let score = MoverScore(
            try PlantedSegments(in: data), told: told, from: earlier.run.record.asOf ?? "", to: day,
            window: Self.window)
        let groups = try later.identity(of: "behaviour")?.matching.groups
        return Month(
            since: earlier.run.record.asOf ?? "",
            kept: groups.map { (segments: $0.count { $0.isKept }, of: $0.count) }, score: score)
    }

    private func lastRun(
        before day: String, _ published: String, _ provider: any EngineProvider
    ) async throws -> (run: PublishedRun, folder: URL)? {
        for id in state.history.prefix(while: { $0 != published }).reversed() {
            let folder = try state.run(id)
            guard let record = try? RunRecord.read(folder), let earlier = record.asOf,
                earlier < day
            else { continue }
            return (try await PublishedRun(folder, provider), folder)
        }
        return nil
    }

    /// Whether the first customers are the same: another seed makes others under the same numbers.
    private func isSameBank(
        _ first: URL, _ second: URL, _ provider: any EngineProvider
    ) async throws -> Bool {
        var people: [[String]] = []
        for folder in [first, second] {
            let engine = try await provider.published(
                at: folder.appending(path: "data.duckdb").path, readers: 1)
            defer { engine.close() }
            let rows = try? await engine.query(
                "SELECT customer_id, joined, branch_id FROM everyone ORDER BY customer_id "
                    + "LIMIT \(Self.sample)")
            guard let rows else { return false }
            people.append(
                (0..<rows.rowCount).map {
                    rows.row($0).map(\.description).joined(separator: " ")
                })
        }
        return people[0] == people[1]
    }
}
