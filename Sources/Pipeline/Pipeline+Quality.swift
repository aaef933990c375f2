import Columns
import Engine
import Foundation
import Preparation
import Reporting
import Runs
import Workspace

extension Pipeline {
    /// Profiles every source and every model as its recipe has made it.
    ///
    /// - Parameters:
    ///   - relations: the tables by name, while the sources are still attached.
    ///   - earlier: the run before, against which drift is measured, and whose profiles are taken
    ///     over where nothing that a table depends on has changed.
    func profile(
        _ relations: [String: StepInput.Relation], in engine: any Engine,
        _ record: inout RunRecord, into folder: URL, after earlier: Earlier?,
        report: @escaping Report
    ) async throws {
        let privateColumns = PrivateColumns(project.settings.privacy, models: record.models)
        let tables =
            record.inputs.map { (TableProfile.Kind.source, $0.source) }
            + record.models.map { (TableProfile.Kind.model, $0.name) }
        for (kind, name) in tables {
            guard let relation = relations[name] else { continue }
            if let known = earlier?.profile(kind, name, relation.fingerprint) {
                let (path, hash) = try known.write(to: folder)
                record.outputs[path] = hash
                continue
            }
            let profiler = TableProfiler(
                engine, settings: project.settings, privateColumns: privateColumns
            ) { report("Profiling: \(name)", $0, $1) }
            // A run of another version may have written profiles that can't be read any more.
            let previous = earlier?.folder
            let before = previous.flatMap { try? QualityReport.read(kind, name, from: $0) }
            let report = try await profiler.profile(
                kind, name, relation,
                against: before.map { ($0.profile, previous?.lastPathComponent ?? "") })
            let (path, hash) = try report.write(to: folder)
            record.outputs[path] = hash
        }
    }
}
