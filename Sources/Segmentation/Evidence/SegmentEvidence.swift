package import Columns
import Kernels
package import Learning
import Workspace

/// What speaks for and against a fitted segmentation.
package struct SegmentEvidence: Codable, Sendable {
    /// Whether there are groups at all; nil below two segments.
    package var structure: StructureEvidence?
    /// How well each segment is found again when all is fitted anew on resampled customers, in the
    /// order of the segments; nil where the file asks for no repetition.
    package var repeatability: ClusterwiseJaccard.Result?
    /// The customers that resamples were drawn from: all, or a random sample.
    package var repeatedRows: Int?
    /// What a reader should beware of.
    package var findings: [Finding]
}

extension ClusterFit {
    /// A random sample in the order of the rows; all rows where there are no more.
    static func sample(_ count: Int, of rows: Int, seed: UInt64) -> [Int] {
        rows <= count
            ? Array(0..<rows) : RandomNumbers(seed: seed, step: 7).sample(count, below: rows)
    }

    func evidence(
        _ method: some ClusterMethod, _ model: some ClusterModel, _ labels: [Int32],
        _ rows: PreparedRows, _ space: GroupSpace, _ names: [String], work: Work
    ) throws(AuroraError) -> SegmentEvidence {
        var evidence = SegmentEvidence(findings: [])
        if model.k > 1, depth == .full {
            try work.report(0, "comparing with data without groups")
            evidence.structure = try StructureTest().run(
                space.designed, columns: space.kinds, k: model.k, work: work.part(0...0.4))
        }
        evidence.findings = try findings(method, model, labels, rows, space, names, work)
        if spec.replicates > 0, model.k > 1, depth == .full {
            let base = Self.sample(type(of: method).repeatedRows, of: labels.count, seed: 0)
            evidence.repeatedRows = base.count
            evidence.repeatability = try repeatability(
                method, labels, base, groups: model.k, work: work.part(0.5...1))
        }
        return evidence
    }

    /// Refits from preprocessing on, so that what scaling learns varies, too.
    private func repeatability(
        _ method: some ClusterMethod, _ labels: [Int32], _ base: [Int], groups: Int, work: Work
    ) throws(AuroraError) -> ClusterwiseJaccard.Result {
        try ClusterwiseJaccard(replicates: spec.replicates).measure(
            labels: base.map { labels[$0] }, groups: groups, work: work,
            refit: { (rows, replicate) throws(AuroraError) in
                let raw = features.matrix.gathered(rows.map { base[$0] })
                do throws(AuroraError) {
                    let fitted = try preparation.fit(raw)
                    let matrix = try fitted.apply(raw)
                    return try method.repeated(replicate).fit(
                        PreparedRows(matrix: matrix, categories: fitted.codes, start: nil),
                        work: Work()
                    ).labels
                } catch {
                    // A resample that can't be segmented finds no segment again.
                    return [Int32](repeating: Noise.label, count: rows.count)
                }
            })
    }

    private func findings(
        _ method: some ClusterMethod, _ model: some ClusterModel, _ labels: [Int32],
        _ rows: PreparedRows, _ space: GroupSpace, _ names: [String], _ work: Work
    ) throws(AuroraError) -> [Finding] {
        let columns = space.columns.map(\.name)
        var findings = CategorySegments.findings(
            labels: labels, segments: names, categories: categories)
        findings += GroupShape.giant(sizes: model.sizes, segments: names, rows: labels.count)
        findings += GroupShape.loneFeature(
            space.designed, features: columns, labels: labels, groups: model.k)
        findings += FeatureChecks.scale(
            space.designed, features: columns, threads: work.threads)
        if let kMeans = model as? KMeans.Model, model.k > 1 {
            if rows.start == nil {
                findings += LocalOptimum.findings(
                    kept: kMeans.inertia, others: kMeans.restartInertias)
            } else if let method = method as? KMeansMethod {
                findings += try LocalOptimum.findings(
                    of: kMeans, by: method.configuration(rows).sampling(rows.matrix.rows),
                    on: rows.matrix, work: work.part(0.4...0.5))
            }
        }
        return findings
    }

    /// The features that are categories.
    var categories: [NominalVariable] {
        features.sources.enumerated().compactMap { index, source in
            guard let levels = source.levels else { return nil }
            return NominalVariable(
                source.column,
                codes: features.matrix.column(index).map { $0.isNaN ? -1 : Int32($0) },
                levels: levels)
        }
    }
}

extension KMeans {
    /// Fresh starts over many rows begin on a sample.
    func sampling(_ rows: Int) -> KMeans {
        var copy = self
        if rows > 100_000 { copy.sample = sample ?? 30_000 }
        return copy
    }
}

extension GroupSpace {
    /// What the columns stand for.
    var kinds: [StructureTest.Column] {
        columns.map { $0.level == nil ? .number : .indicator(of: $0.feature) }
    }
}
