package import Columns
package import Engine
import Foundation
package import Kernels
import Learning
package import Query
import Workspace

/// Runs one segmentation: features → matrix → model → labels.
package struct Segmenter: Sendable {
    private let engine: any Engine
    private let work: Work

    package init(_ engine: any Engine, work: Work) {
        self.engine = engine
        self.work = work
    }

    package struct Fitted: Sendable {
        package var result: SegmentationResult
        package var notices: [Notice]
        /// The segment of each row in the order of the key, from 1, and its principal components.
        package var labels: Batch

        package init(result: SegmentationResult, notices: [Notice], labels: Batch) {
            self.result = result
            self.notices = notices
            self.labels = labels
        }
    }

    /// - Returns: nil when diagnostics say why there is none.
    package func fit(
        _ spec: SegmentationSpec, of table: Catalogue.Table, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Fitted? {
        let before = diagnostics.count
        spec.check(table, &diagnostics)
        guard diagnostics.count == before else { return nil }
        let dialect = engine.dialect
        let columns = spec.features.map { dialect.quoted($0.column.value) }
        let key = dialect.quoted(table.key)
        let batch = try await engine.query(
            "SELECT \(columns.joined(separator: ", ")), \(key) FROM \(dialect.quoted(table.name)) "
                + "ORDER BY \(key)")
        let matrix = Matrix(columns: batch.columns.dropLast().map { $0.doubles() ?? [] })
        var start: [Int]?
        if let keys = spec.kMeans.start {
            start = rows(of: keys, in: batch.columns[batch.columns.count - 1], table, &diagnostics)
            if start == nil { return nil }
        }
        do throws(AuroraError) {
            return try await Blocking.run { [start, work] isCancelled throws(AuroraError) in
                let stoppable = Work(threads: work.threads) {
                    (fraction, detail) throws(AuroraError) in
                    if isCancelled() { throw .interrupted }
                    try work.report(fraction, detail)
                }
                return try spec.fit(matrix, start: start, work: stoppable)
            }
        } catch {
            throw error.code == "interrupted" ? error : error.within("segmentation '\(spec.name)'")
        }
    }

    /// The positions of the rows with these keys.
    private func rows(
        of keys: [Located<Value>], in column: Column, _ table: Catalogue.Table,
        _ diagnostics: inout [Diagnostic]
    ) -> [Int]? {
        var positions: [String: Int] = [:]
        for row in 0..<column.count { positions[column[row].description] = row }
        var rows: [Int] = []
        for key in keys {
            if let row = positions[key.value.description] {
                rows.append(row)
            } else {
                diagnostics.append(
                    Diagnostic(
                        "start_missing", at: key.place,
                        "model '\(table.name)' has no row with the key '\(key.value)'",
                        hint: "name rows of this data, or leave 'start' out"))
            }
        }
        return rows.count == keys.count ? rows : nil
    }
}

extension SegmentationSpec {
    /// The whole computation, on the calling thread and those of `work`.
    fileprivate func fit(
        _ matrix: Matrix, start: [Int]?, work: Work
    ) throws(AuroraError) -> Segmenter.Fitted {
        let preprocessing = try Preprocessing(
            features.map { .init($0.column.value, transform: $0.transform, scale: scale) }
        ).fit(matrix, work: work.part(0...0.02))
        let scaled = try preprocessing.apply(matrix, work: work.part(0.02...0.04))
        let centres = start.map { rows in Matrix(rows.map { scaled.row($0) }) }
        let fitted = try KMeans(
            k: kMeans.k, seed: kMeans.seed, restarts: kMeans.restarts,
            start: centres.map { .centroids($0) } ?? .kMeansPlusPlus,
            stopping: kMeans.tolerance.map { .tolerance($0) } ?? .converged,
            maxIterations: kMeans.maxIterations
        ).fit(scaled, work: work.part(0.04...0.6))
        let model = try fitted.ordered(by: order == .start ? .asFitted : .sizeDescending)
        let validity = try Validity.measure(
            scaled, labels: model.labels, groups: model.k, silhouette: silhouette,
            work: work.part(0.6...0.95))
        let components = try PCA().fit(scaled, work: work.part(0.95...0.97))
        let scores = try components.project(
            scaled, components: min(2, scaled.columns), work: work.part(0.97...1))
        let result = result(matrix, preprocessing, model, validity, components)
        var columns = [
            Column(
                name: "position", type: .integer,
                values: .integers((0..<matrix.rows).map(Int64.init))),
            Column(
                name: "segment", type: .integer,
                values: .integers(model.labels.map { Int64($0) + 1 })),
        ]
        for index in 0..<scores.columns {
            columns.append(
                Column(
                    name: "component_\(index + 1)", type: .double,
                    values: .doubles(scores.column(index))))
        }
        return Segmenter.Fitted(
            result: result, notices: preprocessing.notices + model.notices, labels: Batch(columns))
    }

    private func result(
        _ matrix: Matrix, _ preprocessing: Preprocessing.Model, _ model: KMeans.Model,
        _ validity: Validity, _ components: PCA.Model
    ) -> SegmentationResult {
        SegmentationResult(
            name: name, label: label, model: self.model.value, algorithm: "k_means",
            rows: matrix.rows,
            segments: (0..<model.k).map { group in
                .init(
                    id: group + 1, name: segmentNames[group], size: model.sizes[group],
                    share: Double(model.sizes[group]) / Double(matrix.rows),
                    silhouette: validity.silhouette?.byGroup[group])
            },
            inertia: model.inertia, silhouette: validity.silhouette,
            daviesBouldin: validity.daviesBouldin, calinskiHarabasz: validity.calinskiHarabasz,
            iterations: model.iterations, converged: model.converged,
            restartInertias: model.restartInertias,
            explainedVariance: components.explainedVarianceRatio, preprocessing: preprocessing,
            centroids: (0..<model.k).map { model.centroids.row($0) }, tieOrder: model.tieOrder)
    }
}
