package import Columns
import Engine
import Preparation
import Query
import Runs
package import Segmentation
import Workspace

extension PublishedRun {
    /// The models' names, in the order of the recipes.
    package var models: [String] { tables.map(\.name) }

    /// This run's tables, to try segmentations on.
    package func trial() async throws(AuroraError) -> SegmentationTrial {
        SegmentationTrial(
            tables, in: engine, parser: try await provider.parser(),
            privacy: PrivateColumns(project.settings.privacy, models: record.models),
            segmentations: project.segmentations,
            results: segmentations)
    }

    func table(of model: String) throws(AuroraError) -> Catalogue.Table {
        guard let table = tables.first(where: { $0.name == model }) else {
            throw AuroraError(
                "unknown_name", "there is no model '\(model)'",
                hint: NearestName.hint(for: model, among: models))
        }
        return table
    }
}

extension PublishedRun {
    /// A segmentation as one SELECT over its model's columns.
    ///
    /// - Throws: `unknown_name`, `not_scorable`.
    package func scoringSQL(of name: String) throws(AuroraError) -> String {
        let result = try segmentation(name)
        let table = try table(of: result.model)
        let dialect = engine.dialect
        return try ScoringSQL(result, dialect: dialect)
            .query(from: dialect.quoted(table.name), key: table.key)
    }
}
