import Columns
import Kernels
import Learning
import Workspace

/// One fit of learnt segments, from raw features to a result: the whole computation, on the calling
/// thread and those of its work.
struct ClusterFit: Sendable {
    /// The last fit, and this table's rows as it reads them.
    struct Anchor: Sendable {
        var result: SegmentationResult
        var frozen: FrozenSegments
        var matrix: Matrix
    }

    let spec: SegmentationSpec
    let depth: FitDepth
    let features: FeatureTable
    let preparation: Preprocessing
    /// Rows that the segments start from.
    let start: [Int]?
    /// Columns that segments should explain.
    let figures: FeatureTable?
    let anchor: Anchor?

    func run(
        _ method: some ClusterMethod, work: Work
    ) throws(AuroraError) -> Segmenter.Fitted {
        let preprocessing = try preparation.fit(features.matrix, work: work.part(0...0.02))
        let rows = try prepared(preprocessing, work: work.part(0.02...0.04))
        var model = try method.fit(rows, work: work.part(0.04...0.3))
            .ordered(by: spec.order == .start ? .asFitted : .sizeDescending)
        var labels = model.labels
        var limit: OutlierLimit.Model?
        if let beyond = spec.outliers {
            let distances = try model.distances(rows.matrix, work: work.part(0.3...0.31))
                .toOwn(labels)
            let fitted = try OutlierLimit(.deviations(beyond))
                .fit(distances: distances, labels: labels, groups: model.k)
            labels = try fitted.apply(distances: distances, labels: labels)
            limit = fitted
        }
        var frozen = FrozenSegments(
            preprocessing: preprocessing, method: type(of: method).name,
            model: model.withoutLabels(), outliers: limit, ids: [])
        let numbering = try number(frozen, labels, work: work.part(0.31...0.33))
        // Segments that are still there keep their places, whatever their size is now.
        let order = numbering.ids.indices.sorted { numbering.ids[$0] < numbering.ids[$1] }
        model = model.renumbered(order)
        labels = labels.map { label in
            label < 0 ? label : Int32(order.firstIndex(of: Int(label)) ?? 0)
        }
        frozen.model = model.withoutLabels()
        frozen.outliers = limit?.renumbered(order)
        frozen.ids = order.map { numbering.ids[$0] }
        let quick = try quickLook(method, model, labels, rows, work: work.part(0.33...0.48))
        let space = try GroupSpace(
            rows, labels, groups: model.k, preprocessing, features.matrix,
            depth == .quick ? Self.silhouettes : spec.silhouette, known: quick?.validity,
            work: work.part(0.48...0.5))
        var result = spec.naming(result(model, labels, frozen, space))
        result.highestID = numbering.highest
        result.explanation = try explanation(
            preprocessing, labels, groups: model.k, work: work.part(0.5...0.55))
        let evidence = try evidence(
            method, model, labels, rows, space, result.groups.map(\.name),
            work: work.part(0.55...0.8))
        result.evidence = evidence
        result.verdict = evidence.structure?.verdict.rawValue
        describe(&result)
        var choice = quick?.choice
        if choice == nil, let range = spec.evidence?.range {
            choice = try self.choice(range, method, space, work: work.part(0.8...0.99))
        }
        var plots: SegmentPlots?
        if depth != .quick {
            plots = try self.plots(
                model, labels, frozen.ids, rows, space, work: work.part(0.99...1))
        }
        return Segmenter.Fitted(
            result: result,
            notices: preprocessing.notices + model.notices + unnamed(frozen.ids)
                + evidence.findings.map(\.notice),
            labels: batch(labels, frozen.ids, space.scores), identity: numbering.shown,
            choice: choice, plots: plots)
    }

    /// Told where the file names segments, but not all that have got a number since.
    private func unnamed(_ ids: [Int]) -> [Notice] {
        guard let names = spec.names, let most = ids.max(), most > names.count else { return [] }
        let numbers = ids.map { "\($0)" }.joined(separator: ", ")
        return [
            Notice(
                "segments_unnamed",
                "'names' has \(names.count) names, but since the last fit the segments are numbered "
                    + "\(numbers): a name stands at the place of its segment's number")
        ]
    }

    private func prepared(
        _ preprocessing: Preprocessing.Model, work: Work
    ) throws(AuroraError) -> PreparedRows {
        let matrix = try preprocessing.apply(features.matrix, work: work)
        return PreparedRows(
            matrix: matrix, categories: preprocessing.codes,
            start: start.map { rows in Matrix(rows.map { matrix.row($0) }) })
    }

    private func batch(_ labels: [Int32], _ ids: [Int], _ scores: Matrix) -> Batch {
        var columns = [
            Column(
                name: "position", type: .integer,
                values: .integers(labels.indices.map(Int64.init))),
            Column(
                name: "segment", type: .integer,
                values: .integers(
                    labels.map { Int64($0 < 0 ? FrozenSegments.outlierID : ids[Int($0)]) })),
        ]
        for index in 0..<scores.columns {
            columns.append(
                Column(
                    name: "component_\(index + 1)", type: .double,
                    values: .doubles(scores.column(index))))
        }
        return Batch(columns)
    }

    private func result(
        _ model: some ClusterModel, _ labels: [Int32], _ frozen: FrozenSegments,
        _ space: GroupSpace
    ) -> SegmentationResult {
        let rows = labels.count
        var sizes = [Int](repeating: 0, count: model.k)
        for label in labels where label >= 0 { sizes[Int(label)] += 1 }
        let outside = rows - sizes.reduce(0, +)
        var result = SegmentationResult(
            name: spec.name, label: spec.label, model: spec.model.value, algorithm: frozen.method,
            rows: rows,
            segments: sizes.indices.map { group in
                var segment = SegmentationResult.Segment(
                    id: frozen.ids[group], name: "", size: sizes[group],
                    share: Double(sizes[group]) / Double(rows))
                segment.silhouette = space.validity?.silhouette?.byGroup[group]
                return segment
            }, formedBy: spec.features.map(\.column.value))
        if outside > 0 {
            result.segments.append(
                .outliers(size: outside, share: Double(outside) / Double(rows), name: "Outliers"))
        }
        result.silhouette = space.validity?.silhouette
        result.daviesBouldin = space.validity?.daviesBouldin
        result.calinskiHarabasz = space.validity?.calinskiHarabasz
        result.explainedVariance = space.components.explainedVarianceRatio
        result.fit = .init(model)
        result.frozen = frozen
        return result
    }
}

extension Preprocessing.Model {
    /// The columns of the finished matrix that hold codes, with their numbers of levels.
    var codes: [Int: Int] {
        var codes: [Int: Int] = [:]
        for (index, column) in columns.enumerated() {
            let feature = configuration.features[column.feature]
            guard case .categories(_, .codes) = feature.kind else { continue }
            codes[index] = feature.levels.count
        }
        return codes
    }
}
