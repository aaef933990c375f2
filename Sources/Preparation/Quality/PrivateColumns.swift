package import Runs
package import Workspace

/// The columns of a run's tables of which no value may be told: those that aurora.yaml lists, and
/// those of models and sources that they were made from, whatever they are called there.
package struct PrivateColumns: Sendable {
    private var byTable: [String: Set<String>] = [:]
    /// Listed without a model: private wherever a column has the name.
    private let everywhere: Set<String>

    /// - Parameter models: each behind those that it is made from.
    package init(_ privacy: ProjectSettings.Privacy, models: [RunRecord.Model]) {
        let listed = (privacy.identifying + privacy.hidden).map(\.value)
        everywhere = Set(listed)
        for model in models.reversed() {
            let prefix = model.name + "."
            var columns = (byTable[model.name] ?? []).union(everywhere)
            columns.formUnion(
                listed.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
            byTable[model.name] = columns
            for step in model.steps.reversed() {
                columns = Set(columns.flatMap { step.lineage[$0] ?? [$0] })
            }
            for column in columns { mark(column, of: model.from) }
        }
    }

    /// A column of another table stands as table.column.
    private mutating func mark(_ column: String, of table: String) {
        byTable[table, default: []].insert(column)
        let parts = column.split(separator: ".", maxSplits: 1).map(String.init)
        if parts.count == 2 { byTable[parts[0], default: []].insert(parts[1]) }
    }

    package func contains(_ column: String, of table: String) -> Bool {
        everywhere.contains(column) || byTable[table]?.contains(column) == true
    }
}
