package import Columns
package import Engine
package import Kernels
package import Preparation
package import Query
package import Workspace

/// The tables of a project, on which segmentations are tried that are no part of it yet.
package struct SegmentationTrial: Sendable {
    package let tables: [Catalogue.Table]
    let engine: any Engine
    private let parser: any ExpressionParser
    private let privacy: PrivateColumns
    private let segmentations: [SegmentationSpec]
    private let results: [SegmentationResult]

    /// - Parameters:
    ///   - segmentations: those of the project, whose columns are no features.
    ///   - results: those whose labels the tables hold.
    package init(
        _ tables: [Catalogue.Table], in engine: any Engine, parser: any ExpressionParser,
        privacy: PrivateColumns, segmentations: [SegmentationSpec],
        results: [SegmentationResult]
    ) {
        self.tables = tables
        self.engine = engine
        self.parser = parser
        self.privacy = privacy
        self.segmentations = segmentations
        self.results = results
    }

    /// Columns of a model that could make its customers alike.
    ///
    /// - Parameter columns: those to take; nil for all numbers that look like behaviour.
    /// - Throws: `unknown_name` for a model or a column that is not there, `not_permitted` for one that
    ///   the project hides or that tells who a customer is.
    package func features(
        of model: String, _ columns: [String]?
    ) async throws(AuroraError) -> FeatureProposal {
        let table = try table(of: model)
        for column in columns ?? [] {
            guard table.schema[column] != nil else {
                throw AuroraError(
                    "unknown_name", "model '\(model)' has no column '\(column)'",
                    hint: NearestName.hint(for: column, among: table.schema.names))
            }
            if isPrivate(column, of: table) || column == table.key {
                throw AuroraError(
                    "not_permitted", "'\(column)' tells who a customer is, or is hidden",
                    hint: "customers are made alike by what they do")
            }
        }
        let skipped = Set(table.references.values).union(
            table.schema.names.filter { isPrivate($0, of: table) || isSegmentColumn($0, of: table) }
        )
        return try await FeatureProposal(table, columns: columns, but: skipped, in: engine)
    }

    /// Fits a segmentation without changing anything; one that the tables hold already is formed anew.
    ///
    /// - Returns: nil when diagnostics say why there is none.
    package func fit(
        _ spec: SegmentationSpec, depth: FitDepth, work: Work, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Segmenter.Fitted? {
        var table = try table(of: spec.model.value)
        let own = SegmentTable.columns(of: spec)
        table.schema = Schema(table.schema.fields.filter { !own.contains($0.name) })
        let segmenter = Segmenter(engine, parser: parser, depth: depth, work: work)
        return try await segmenter.fit(
            spec, of: table, beside: results.filter { $0.name != spec.name }, anchor: nil,
            &diagnostics)
    }

    /// Whether the project hides a column, or says that it tells who a customer is.
    func isPrivate(_ column: String, of table: Catalogue.Table) -> Bool {
        privacy.contains(column, of: table.name)
    }

    /// Whether a segmentation has added a column to its model's table.
    func isSegmentColumn(_ column: String, of table: Catalogue.Table) -> Bool {
        segmentations.contains {
            $0.model.value == table.name && SegmentTable.columns(of: $0).contains(column)
        }
    }

    func table(of model: String) throws(AuroraError) -> Catalogue.Table {
        guard let table = tables.first(where: { $0.name == model }) else {
            throw AuroraError(
                "unknown_name", "there is no model '\(model)'",
                hint: NearestName.hint(for: model, among: tables.map(\.name)))
        }
        return table
    }
}
