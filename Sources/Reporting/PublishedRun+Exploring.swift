package import Columns
import Engine
package import Kernels
import Query
package import Segmentation
import Workspace

extension PublishedRun {
    /// The models' names, in the order of the recipes.
    package var models: [String] { tables.map(\.name) }

    /// Columns of a model that could make its customers alike.
    ///
    /// - Parameter columns: those to take; nil for all numbers that look like behaviour.
    /// - Throws: `unknown_name` for a model or a column that is not there, `not_permitted` for one that
    ///   the project hides or that tells who a customer is.
    package func features(
        of model: String, _ columns: [String]?
    ) async throws(AuroraError) -> FeatureProposal {
        let table = try table(of: model)
        let privacy = project.settings.privacy
        let isPrivate = Set((privacy.hidden + privacy.identifying).map(\.value))
        for column in columns ?? [] {
            guard table.schema[column] != nil else {
                throw AuroraError(
                    "unknown_name", "model '\(model)' has no column '\(column)'",
                    hint: NearestName.hint(for: column, among: table.schema.names))
            }
            if isPrivate.contains(column) || column == table.key {
                throw AuroraError(
                    "not_permitted", "'\(column)' tells who a customer is, or is hidden",
                    hint: "customers are made alike by what they do")
            }
        }
        var skipped = isPrivate.union(table.references.values)
        for spec in project.segmentations where spec.model.value == model {
            skipped.formUnion(SegmentTable.columns(of: spec))
        }
        return try await FeatureProposal(table, columns: columns, but: skipped, in: engine)
    }

    /// Fits a segmentation to this run's customers without changing anything.
    package func explore(
        _ spec: SegmentationSpec, work: Work, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Segmenter.Fitted? {
        let segmenter = Segmenter(engine, parser: try await provider.parser(), work: work)
        return try await segmenter.fit(
            spec, of: try table(of: spec.model.value), beside: segmentations, anchor: nil,
            &diagnostics)
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
