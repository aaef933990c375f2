package import Columns
package import Engine
package import Kernels
import Learning
package import Query
import Workspace

/// How much is asked about a fit.
package enum FitDepth: Sendable {
    /// All that a run keeps.
    case full
    /// What speaks for each number of segments; nothing about this fit beside the others.
    case numbers
    /// Inertia and silhouettes: no data without groups, no resampling.
    case quick
}

/// Runs one segmentation: features → matrix → model → segments, or conditions → segments.
package struct Segmenter: Sendable {
    private let engine: any Engine
    private let parser: any ExpressionParser
    private let depth: FitDepth
    private let work: Work

    package init(
        _ engine: any Engine, parser: any ExpressionParser, depth: FitDepth = .full, work: Work
    ) {
        self.engine = engine
        self.parser = parser
        self.depth = depth
        self.work = work
    }

    package struct Fitted: Sendable {
        package var result: SegmentationResult
        package var notices: [Notice]
        /// The number of each row's segment in the order of the key, and its principal components.
        package var labels: Batch
        /// How the segments follow those of the last fit; nil where there is none, or nothing changed.
        package var identity: SegmentIdentity?
        /// What is known of other numbers of segments, if the file asks for it.
        package var choice: ChoiceEvidence?
        /// What drawings of a learnt segmentation need.
        package var plots: SegmentPlots?

        package init(
            result: SegmentationResult, notices: [Notice], labels: Batch,
            identity: SegmentIdentity? = nil, choice: ChoiceEvidence? = nil,
            plots: SegmentPlots? = nil
        ) {
            self.result = result
            self.notices = notices
            self.labels = labels
            self.identity = identity
            self.choice = choice
            self.plots = plots
        }
    }

    /// - Parameters:
    ///   - others: results of the segmentations of the same model so far.
    ///   - anchor: the last fit, whose segments keep their numbers.
    /// - Returns: nil when diagnostics say why there is none.
    package func fit(
        _ spec: SegmentationSpec, of table: Catalogue.Table, beside others: [SegmentationResult],
        anchor: SegmentationResult?, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Fitted? {
        let before = diagnostics.count
        spec.check(table, &diagnostics)
        guard diagnostics.count == before else { return nil }
        do throws(AuroraError) {
            if let method = spec.method as? any ConditionMethod {
                return try await fit(spec, method, table, others, &diagnostics)
            }
            guard let method = spec.method as? any ClusterMethod else { return nil }
            return try await fit(spec, method, table, anchor, &diagnostics)
        } catch {
            throw error.code == "interrupted" ? error : error.within("segmentation '\(spec.name)'")
        }
    }

    // MARK: Learnt segments

    private func fit(
        _ spec: SegmentationSpec, _ method: some ClusterMethod, _ table: Catalogue.Table,
        _ anchor: SegmentationResult?, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Fitted? {
        var sources: [FeatureTable.Source] = []
        for feature in spec.features {
            let type = table.schema[feature.column.value]?.type ?? .double
            let isCategory = spec.encoding(of: feature, type) != nil
            sources.append(
                .init(
                    column: feature.column.value,
                    levels: isCategory
                        ? try await FeatureTable.levels(of: feature.column.value, in: table, engine)
                        : nil))
        }
        let features = try await FeatureTable.read(sources, of: table, in: engine)
        var start: [Int]?
        if let keys = method.start {
            start = features.rows(of: keys, in: table.name, &diagnostics)
            if start == nil { return nil }
        }
        let figures = try await figures(spec, table, &diagnostics)
        let frozen = try await frozenAnchor(anchor, table)
        let preparation = try spec.preparation(sources, types: table.schema)
        let fit = ClusterFit(
            spec: spec, depth: depth, features: features, preparation: preparation, start: start,
            figures: figures, anchor: frozen)
        return try await Blocking.run { [work] isCancelled throws(AuroraError) in
            let stoppable = Work(threads: work.threads) {
                (fraction, detail) throws(AuroraError) in
                if isCancelled() { throw .interrupted }
                try work.report(fraction, detail)
            }
            return try fit.run(method, work: stoppable)
        }
    }

    /// The columns that segments should explain, row by row of the key.
    private func figures(
        _ spec: SegmentationSpec, _ table: Catalogue.Table, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> FeatureTable? {
        guard let evidence = spec.evidence, !evidence.figures.isEmpty else { return nil }
        let known = evidence.figures.filter { figure in
            if table.schema[figure.value]?.type.isNumeric == true { return true }
            diagnostics.append(
                Diagnostic(
                    "unknown_column", at: figure.place,
                    "model '\(table.name)' has no number column '\(figure.value)'",
                    hint: NearestName.hint(for: figure.value, among: table.schema.names)))
            return false
        }
        guard !known.isEmpty else { return nil }
        return try await FeatureTable.read(
            known.map { .init(column: $0.value, levels: nil) }, of: table, in: engine)
    }

    /// The last fit with this table's rows as it reads them; nil where they can't be read as it does.
    private func frozenAnchor(
        _ anchor: SegmentationResult?, _ table: Catalogue.Table
    ) async throws(AuroraError) -> ClusterFit.Anchor? {
        guard let anchor, let frozen = anchor.frozen else { return nil }
        let sources = frozen.sources
        let isReadable = sources.allSatisfy { source in
            guard let type = table.schema[source.column]?.type else { return false }
            return source.levels != nil || type.isNumeric || type == .boolean
        }
        guard isReadable else { return nil }
        let rows = try await FeatureTable.read(sources, of: table, in: engine)
        return .init(result: anchor, frozen: frozen, matrix: rows.matrix)
    }

    // MARK: Stated segments

    private func fit(
        _ spec: SegmentationSpec, _ method: some ConditionMethod, _ table: Catalogue.Table,
        _ others: [SegmentationResult], _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Fitted? {
        var names: [String: [Int: String]] = [:]
        for other in others where other.model == table.name {
            names[other.name] = Dictionary(
                other.segments.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        }
        let conditions = ConditionTable(
            table, engine: engine, parser: parser, segmentations: names)
        guard let stated = try await method.conditions(over: conditions, &diagnostics) else {
            return nil
        }
        let dialect = engine.dialect
        let expression = stated.expression
        let key = dialect.quoted(table.key)
        let labels = try await engine.query(
            "SELECT row_number() OVER (ORDER BY \(key)) - 1 AS position, "
                + "CAST(\(dialect.sql(expression, column: dialect.quoted)) "
                + "AS \(dialect.typeName(.integer))) AS segment "
                + "FROM \(dialect.quoted(table.name)) ORDER BY \(key)")
        return Fitted(
            result: spec.result(stated, expression, labels.columns[1]),
            notices: stated.notices, labels: labels)
    }
}

extension SegmentationSpec {
    fileprivate func result(
        _ stated: SegmentConditions, _ expression: CheckedExpression, _ labels: Column
    ) -> SegmentationResult {
        var sizes: [Int: Int] = [:]
        for row in 0..<labels.count { sizes[labels[row].integerValue ?? 0, default: 0] += 1 }
        let share = { (size: Int) in labels.count == 0 ? 0 : Double(size) / Double(labels.count) }
        var result = SegmentationResult(
            name: name, label: label, model: model.value,
            algorithm: type(of: method).name, rows: labels.count,
            segments: stated.segments.enumerated().map { index, segment in
                let size = sizes[index + 1] ?? 0
                var made = SegmentationResult.Segment(
                    id: index + 1, name: segment.name, size: size, share: share(size))
                made.usualName = segment.name
                made.rule = segment.condition?.text ?? "all others"
                return made
            },
            formedBy: expression.columnNames)
        if let rest = sizes[0], rest > 0 {
            result.segments.append(.outliers(size: rest, share: share(rest), name: "None"))
        }
        result.condition = expression.text
        return naming(result)
    }
}
