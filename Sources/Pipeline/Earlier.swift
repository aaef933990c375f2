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

    private init(
        folder: URL?, record: RunRecord?, memory: RecipeMemory?, sources: SourceMemory?
    ) {
        self.folder = folder
        self.record = record
        self.memory = memory
        self.sources = sources
    }

    package init(_ state: StateFolder, reusing: Bool) {
        let folder = state.published
        let record = folder.flatMap { try? RunRecord.read($0) }
        self.init(
            folder: folder, record: record,
            memory: reusing ? RecipeMemory(state.memory, published: record, in: folder) : nil,
            sources: reusing ? SourceMemory(state.memory) : nil)
    }

    /// Throws away what can't be read: it holds nothing that can't be worked out again.
    func forgetting() -> Earlier {
        sources?.forget()
        if let memory { try? FileManager.default.removeItem(at: memory.tables) }
        return Earlier(folder: folder, record: record, memory: nil, sources: nil)
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
