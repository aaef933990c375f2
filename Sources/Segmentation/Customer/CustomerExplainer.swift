package import Columns
package import Engine
import Kernels
import Learning
package import Query
import Workspace

/// Explains the customers of a run one by one, by the run's frozen model.
///
/// What customers are held against is read once, so that many can be asked for.
package struct CustomerExplainer: Sendable {
    private let result: SegmentationResult
    private let table: Catalogue.Table
    private let engine: any Engine
    private let learnt: Learnt?

    private struct Learnt: Sendable {
        let frozen: FrozenSegments
        let geometry: CentroidGeometry?
        let typical: TypicalValues
        let ways: [BoundarySearch.Way]
    }

    /// - Parameter spec: says which features are actionable.
    ///
    /// Complexity: O(rows · features).
    package init(
        _ result: SegmentationResult, _ spec: SegmentationSpec, of table: Catalogue.Table,
        in engine: any Engine
    ) async throws(AuroraError) {
        (self.result, self.table, self.engine) = (result, table, engine)
        guard let frozen = result.frozen else {
            learnt = nil
            return
        }
        let declared = frozen.sources.compactMap { source in
            spec.features.first { $0.column.value == source.column }
        }
        learnt = Learnt(
            frozen: frozen, geometry: frozen.geometry,
            typical: try await TypicalValues(result, frozen, of: table, in: engine),
            ways: declared.count == frozen.sources.count ? BoundarySearch.ways(declared) : [])
    }

    /// - Parameter key: as it is written.
    /// - Throws: `unknown_customer`.
    ///
    /// Complexity: a look through the table's keys, and O(groups² · columns) for each way.
    package func explain(_ key: String) async throws(AuroraError) -> CustomerExplanation {
        guard let learnt else { return try await stated(key) }
        let dialect = engine.dialect
        let items = learnt.frozen.sources.map { source in
            let column = dialect.quoted(source.column)
            return source.levels == nil
                ? column : "CAST(\(column) AS \(dialect.typeName(.text)))"
        }
        let row = try await row(key, items)
        return try await Blocking.run { (_) throws(AuroraError) in
            try explanation(of: row, learnt)
        }
    }

    /// One row with these columns, its key and the number of its segment.
    private func row(_ key: String, _ items: [String]) async throws(AuroraError) -> Batch {
        let dialect = engine.dialect
        let name = dialect.quoted(table.key)
        let segment = dialect.quoted(SegmentTable.segmentColumn(result.name))
        let batch = try await engine.query(
            "SELECT \((items + [name, segment]).joined(separator: ", ")) "
                + "FROM \(dialect.quoted(table.name)) "
                + "WHERE CAST(\(name) AS \(dialect.typeName(.text))) = \(dialect.literal(key))")
        guard batch.rowCount == 1 else {
            throw AuroraError(
                "unknown_customer", "model '\(table.name)' has no row with the key '\(key)'",
                hint: "its key is '\(table.key)', written as 'aurora export' writes it")
        }
        return batch
    }

    // MARK: Stated segments

    private func stated(_ key: String) async throws(AuroraError) -> CustomerExplanation {
        let dialect = engine.dialect
        let columns = result.formedBy.filter { table.schema[$0] != nil }
        let row = try await row(key, columns.map { dialect.quoted($0) })
        let segment = row.columns[columns.count + 1][0].integerValue ?? FrozenSegments.outlierID
        return CustomerExplanation(
            key: row.columns[columns.count][0], segment: segment, measure: .none,
            features: columns.enumerated().map { index, column in
                .init(
                    column: column, isCategory: table.schema[column]?.type.isNumeric == false,
                    value: row.columns[index][0])
            }, unexplained: .stated)
    }

    // MARK: Learnt segments

    private func explanation(
        of row: Batch, _ learnt: Learnt
    ) throws(AuroraError) -> CustomerExplanation {
        let frozen = learnt.frozen
        let raw = frozen.raw(row)
        let assigned = try frozen.assign(raw, work: Work())
        let range = try frozen.preprocessing.range(of: raw)
        let measure = ScoreMeasure(result)
        let scored = ScoredRows(
            first: 1, keys: row.columns[frozen.sources.count], frozen: frozen, raw: raw, assigned,
            range, measure: measure)
        let own = frozen.ids.firstIndex(of: scored.segments[0])
        var attribution: Attribution?
        var boundaries:
            (boundaries: [CustomerExplanation.Boundary], refusals: [CustomerExplanation.Refusal]) =
                ([], [])
        if let own, let geometry = learnt.geometry {
            let columns = frozen.preprocessing.columns
            let designed = try frozen.preprocessing.designed(raw).row(0)
            attribution = Attribution(
                of: designed, means: learnt.typical.designed, own: own, in: geometry
            )?.byFeature(columns.map(\.feature), count: frozen.sources.count)
            if attribution != nil {
                boundaries = try BoundarySearch(
                    frozen: frozen, geometry: geometry, raw: raw.row(0), own: own
                ).run(learnt.ways)
            }
        }
        let runnerUp = attribution.map { frozen.ids[$0.runnerUp] } ?? scored.runnersUp[0]
        let (distance, margin) = (scored.distances[0], scored.margins[0])
        return CustomerExplanation(
            key: row.columns[frozen.sources.count][0], segment: scored.segments[0],
            distance: distance.isNaN ? nil : distance, runnerUp: runnerUp,
            margin: margin.isNaN ? nil : margin, measure: measure,
            isBorderline: frozen.tellsNearness
                ? CustomerExplanation.isBorderline(distance, margin, measure) : nil,
            remarks: scored.remarks[0] ?? [],
            features: features(raw.row(0), scored.segments[0], runnerUp, attribution, learnt),
            attribution: attribution.map { .init(customer: $0.margin, baseline: $0.baseline) },
            unexplained: attribution != nil
                ? nil
                : own == nil ? .outside : frozen.model.k < 2 ? .oneSegment : .noCentroids,
            boundaries: boundaries.boundaries, refusals: boundaries.refusals)
    }

    private func features(
        _ raw: [Double], _ segment: Int, _ runnerUp: Int?, _ attribution: Attribution?,
        _ learnt: Learnt
    ) -> [CustomerExplanation.Feature] {
        let features = learnt.frozen.sources.enumerated().map { index, source in
            let value = raw[index]
            var shown = value.isNaN ? Value.missing : .double(value)
            if let levels = source.levels, !value.isNaN {
                let code = Int(value)
                shown = levels.indices.contains(code) ? .text(levels[code]) : .missing
            }
            return CustomerExplanation.Feature(
                column: source.column, isCategory: source.levels != nil, value: shown,
                segment: learnt.typical.typical(index, beside: value, in: segment),
                runnerUp: runnerUp.flatMap {
                    learnt.typical.typical(index, beside: value, in: $0)
                }, overall: learnt.typical.typical(index, beside: value),
                contribution: attribution?.contributions[index])
        }
        let order = features.indices.sorted {
            (-abs(features[$0].contribution ?? 0), $0) < (-abs(features[$1].contribution ?? 0), $1)
        }
        return order.map { features[$0] }
    }
}
