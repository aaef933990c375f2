import Columns
import Workspace

extension Gate {
    /// The groups whose size no reader gets: those with fewer customers than the project's smallest
    /// cell, and others from which these could be worked out.
    ///
    /// - Parameter groups: all groups of a model's customers.
    package func hiddenGroups(_ groups: [(name: String, size: Int)]) -> Set<Int> {
        CellSuppression(
            keys: groups.map { [.text($0.name)] }, counts: groups.map(\.size),
            smallest: privacy.smallestCell
        ).hidden
    }
}
