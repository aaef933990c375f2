import Columns
import Foundation
import Query
import Reporting
import Runs
import TestProjects
import Testing

extension TestProject {
    /// A source `data` over `data.csv`, and a model `m` of it with the key `id`.
    ///
    /// - Parameters:
    ///   - options: lines under `csv:`.
    ///   - types: lines under `columns:`.
    ///   - steps: one recipe step each.
    convenience init(
        csv: String, options: [String] = [], types: [String] = [], steps: [String] = []
    ) throws {
        let columns = types.isEmpty ? "" : "columns:\n" + types.map { "  \($0)\n" }.joined()
        let recipe = steps.isEmpty ? "" : "steps:\n" + steps.map { "  - \($0)\n" }.joined()
        try self.init([
            "data.csv": csv,
            "sources/data.yaml": "type: source/v1\ncsv:\n  file: data.csv\n"
                + options.map { "  \($0)\n" }.joined() + columns,
            "models/m.yaml": "type: model/v1\nfrom: data\nkey: id\n" + recipe,
        ])
    }

    /// The rows of the model, each as one text, in the order of the key.
    func rows() async throws -> [String] {
        try await publish()
        return try await sql("SELECT * FROM m ORDER BY id")
    }

    /// The types of the model's columns by name.
    func types() async throws -> [String: ColumnType] {
        let table = try await run().tables[0]
        return Dictionary(uniqueKeysWithValues: table.schema.fields.map { ($0.name, $0.type) })
    }

    /// The one thing that is wrong with the project or its data.
    func onlyMistake() async throws -> Diagnostic {
        let mistakes = try await mistakes()
        try #require(mistakes.count == 1, "\(mistakes)")
        return mistakes[0]
    }
}

extension RunRecord {
    /// What the first model's step at `index` did.
    func step(_ index: Int) -> Step { models[0].steps[index] }
}
