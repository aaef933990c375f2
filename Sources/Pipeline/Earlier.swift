import Foundation
import Preparation
package import Runs

/// The runs before one: the last published of them, and what it may reuse of them.
package struct Earlier: Sendable {
    /// The folder of the published run; nil before the first one.
    let folder: URL?
    /// The record of the published run; nil before the first one, and where another version of
    /// Aurora wrote what this one can't read.
    let record: RunRecord?
    /// Both nil where everything is to be worked out anew.
    let memory: RecipeMemory?
    let sources: SourceMemory?

    package init(_ state: StateFolder, reusing: Bool) {
        folder = state.published
        let record = folder.flatMap { try? RunRecord.read($0) }
        self.record = record
        sources = reusing ? SourceMemory(state.memory) : nil
        memory = reusing ? RecipeMemory(state.memory, published: record, in: folder) : nil
    }

    /// The profile that the last run made of a table, where nothing that it depends on has changed.
    func profile(
        _ kind: TableProfile.Kind, _ name: String, _ fingerprint: RecipeKey
    ) -> QualityReport? {
        guard memory != nil, let record, let folder else { return nil }
        let known =
            switch kind {
            case .source: record.inputs.first { $0.source == name }?.fingerprint
            case .model: record.models.first { $0.name == name }?.fingerprint
            }
        guard known == fingerprint.text,
            let report = try? QualityReport.read(kind, name, from: folder)
        else { return nil }
        return QualityReport(profile: report.profile, drift: nil)
    }
}
