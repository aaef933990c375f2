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
    /// Nil where everything is to be worked out anew.
    let memory: RecipeMemory?

    package init(_ state: StateFolder, reusing: Bool) {
        folder = state.published
        let record = folder.flatMap { try? RunRecord.read($0) }
        self.record = record
        memory = reusing ? RecipeMemory(state.memory, published: record, in: folder) : nil
    }
}
