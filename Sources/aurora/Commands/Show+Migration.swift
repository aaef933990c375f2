import Columns
import Foundation
import Query
import Reporting
import Runs
import Segmentation

extension Show {
    /// What became of the customers of one segmentation, or of each that was learnt, between two runs.
    ///
    /// - Throws: `no_run`, `no_earlier_run`, `run_missing`; what the comparison throws.
    func migrations(in state: StateFolder) async throws -> [Entry] {
        guard let folder = try to.map({ try state.run($0) }) ?? state.published else {
            throw AuroraError(
                "no_run", "no run is published in \(state.url.path)",
                hint: "aurora run makes one")
        }
        let ids = state.history
        let place = ids.firstIndex(of: folder.lastPathComponent) ?? 0
        guard let id = from ?? (place > 0 ? ids[place - 1] : nil) else {
            throw AuroraError(
                "no_earlier_run",
                "run \(folder.lastPathComponent) is the first, and a migration is told between two",
                hint: "run the project on the data of another day, too")
        }
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let provider = try Engines.provider(threads: threads)
        let earlier = try await PublishedRun(try state.run(id), provider)
        let later = try await PublishedRun(folder, provider)
        let names = name.map { [$0] } ?? later.segmentations.filter { $0.frozen != nil }.map(\.name)
        var entries: [Entry] = []
        for name in names {
            let report = try await later.migration(
                of: name, since: earlier, for: .local, threads: threads)
            entries.append(
                Entry(name: name, json: try Describe.json(report), text: Describe.text(report)))
        }
        return entries
    }

    /// How segments follow those of the run before.
    func identities(of run: PublishedRun) throws -> [Entry] {
        let names = name.map { [$0] } ?? run.segmentations.filter { $0.frozen != nil }.map(\.name)
        return try names.map { name in
            let result = try run.segmentation(name)
            let identity = try run.identity(of: name)
            let hidesFew = { (used: Int, total: Int) in run.gate.hidesFew(used, of: total) }
            return Entry(
                name: name, json: Describe.identity(identity, of: result, hidesFew),
                text: Describe.text(identity, of: result, hidesFew))
        }
    }
}
