package import Columns
package import Kernels

/// K-Means over a range of k, with all that helps to choose one.
///
/// The rows are taken as they are clustered: prepared and scaled. `Jury` reads the table.
///
/// Source: METHODS.md sections 3 to 5.
package struct KSweep: Sendable, Equatable {
    /// Restarts whose inertia is so little above the best, relatively, agree with it.
    package static let agreement = 0.001

    /// k = 1 is measured too where it isn't among them: some criteria choose it.
    package var ks: ClosedRange<Int>
    /// All options but k, and without a given start.
    package var kMeans: KMeans
    package var silhouette: Silhouette.Options
    /// What is nil isn't measured.
    package var gap: GapStatistic?
    package var predictionStrength: PredictionStrength?
    package var stability: ClusterwiseJaccard?

    package init(
        _ ks: ClosedRange<Int>, kMeans: KMeans, silhouette: Silhouette.Options = .init(),
        gap: GapStatistic? = GapStatistic(),
        predictionStrength: PredictionStrength? = PredictionStrength(),
        stability: ClusterwiseJaccard? = ClusterwiseJaccard(replicates: 50)
    ) {
        self.ks = ks
        self.kMeans = kMeans
        self.silhouette = silhouette
        self.gap = gap
        self.predictionStrength = predictionStrength
        self.stability = stability
    }

    /// Gives the groups of some rows for one k; see `ClusterwiseJaccard.Refit`.
    package typealias Refit = @Sendable (_ k: Int) -> ClusterwiseJaccard.Refit

    /// - Parameters:
    ///   - matrix: rows × features, no missing value.
    ///   - outcomes: columns outside the features, one value a row, of which the groups should
    ///     explain something.
    ///   - bic: −2 log L + m ln n of a Gaussian mixture for some k, where one was fitted.
    ///   - repeated: the rows that resamples are drawn from; nil for all.
    ///   - refit: forms a replicate's groups from preparation on, of places among the repeated rows;
    ///     without it only k-means is repeated on the given rows, which overstates stability where
    ///     scales were learnt.
    /// - Throws: `sweep_start` for given centroids; as `KMeans.fit`, `Silhouette.measure`,
    ///   `GapStatistic.measure`, `PredictionStrength.measure`, `ClusterwiseJaccard.measure`.
    ///
    /// Complexity: that of its parts; the refits cost most, k · replicates k-means.
    package func measure(
        _ matrix: Matrix, outcomes: [NumericVariable] = [], bic: [Int: Double] = [:],
        repeated: [Int]? = nil, refit: Refit? = nil, work: Work = Work()
    ) throws(AuroraError) -> Table {
        try checkStart()
        let gaps = try gap?.measure(matrix, upTo: ks.upperBound, work: work.part(0...0.3))
        let strengths = try predictionStrength?.measure(
            matrix, ks: all.filter { $0 > 1 }, work: work.part(0.3...0.5))
        let models = try models(matrix, work: work.part(0.5...0.6))
        // One pass over the distances serves every k.
        let validities = try Validity.measure(
            matrix, labellings: models.map(\.labels), groups: all, silhouette: silhouette,
            work: work.part(0.6...0.7))
        var rows = [Row]()
        for (place, k) in all.enumerated() {
            var row = try measure(
                models[place], validities[place], k, outcomes, repeated,
                refit ?? again(repeated.map { matrix.gathered($0) } ?? matrix),
                work.part(0.7...1).part(place, of: all.count))
            row.gap = gaps?.points.first { $0.k == k }
            row.predictionStrength =
                k == 1 && strengths != nil ? 1 : strengths?.points.first { $0.k == k }?.strength
            row.bic = bic[k]
            rows.append(row)
        }
        return Table(
            rows: rows, gapRows: gaps?.measured, predictionRows: strengths?.measured,
            measuredRows: matrix.rows,
            repeatedRows: stability == nil ? nil : repeated?.count ?? matrix.rows)
    }

    /// 1, and all of `ks`.
    package var all: [Int] { ks.lowerBound > 1 ? [1] + Array(ks) : Array(ks) }

    /// A model for each of `all`.
    ///
    /// - Parameter known: one that these options have been fitted with already; nil for none.
    /// - Throws: `sweep_start` for given centroids; as `KMeans.fit`.
    package func models(
        _ matrix: Matrix, known: KMeans.Model? = nil, work: Work = Work()
    ) throws(AuroraError) -> [KMeans.Model] {
        try checkStart()
        let tiles = Tiles(matrix, threads: work.threads)
        var models = [KMeans.Model]()
        for (place, k) in all.enumerated() {
            if let known, known.k == k {
                models.append(known)
                continue
            }
            var kMeans = kMeans
            kMeans.k = k
            models.append(try kMeans.fit(matrix, tiles, work: work.part(place, of: all.count)))
        }
        return models
    }

    /// What `models` and the validity of each come to, without anything that takes more fits.
    package func table(
        of models: [KMeans.Model], _ validities: [Validity], outcomes: [NumericVariable] = [],
        bic: [Int: Double] = [:]
    ) -> Table {
        let rows = all.indices.map { place in
            var row = row(models[place], validities[place], all[place], outcomes)
            row.bic = bic[all[place]]
            return row
        }
        return Table(
            rows: rows, gapRows: nil, predictionRows: nil,
            measuredRows: models.first?.labels.count ?? 0, repeatedRows: nil)
    }

    private func checkStart() throws(AuroraError) {
        guard kMeans.start == .kMeansPlusPlus else {
            throw AuroraError(
                "sweep_start", "start is a list of centres but must be k-means++ for several k")
        }
    }

    private func measure(
        _ model: KMeans.Model, _ validity: Validity, _ k: Int, _ outcomes: [NumericVariable],
        _ base: [Int]?, _ refit: Refit, _ work: Work
    ) throws(AuroraError) -> Row {
        let repeated =
            k == 1
            ? nil
            : try stability?.measure(
                labels: base.map { rows in rows.map { model.labels[$0] } } ?? model.labels,
                groups: k, work: work, refit: refit(k))
        var row = row(model, validity, k, outcomes)
        row.repeatability = repeated?.mean
        return row
    }

    private func row(
        _ model: KMeans.Model, _ validity: Validity, _ k: Int, _ outcomes: [NumericVariable]
    ) -> Row {
        let limit = model.inertia * (1 + Self.agreement)
        let agreeing = model.restartInertias.count { $0 <= limit }
        return Row(
            k: k, inertia: model.inertia,
            agreeing: Double(agreeing) / Double(model.restartInertias.count),
            validity: validity, repeatability: nil,
            smallestShare: Double(model.sizes.min() ?? 0) / Double(model.labels.count),
            explained: outcomes.map { outcome in
                Explained(
                    name: outcome.name,
                    share: EtaSquared.measure(outcome.values, labels: model.labels, groups: k))
            })
    }

    /// K-means of the given rows, every replicate with a seed of its own.
    private func again(_ matrix: Matrix) -> Refit {
        { [kMeans] k in
            { (rows, replicate) throws(AuroraError) in
                let sample = matrix.gathered(rows)
                var kMeans = kMeans
                // A resample of few rows may hold fewer than k different ones.
                kMeans.k = sample.distinctRows(upTo: k)
                kMeans.seed = RandomNumbers.derivedSeed(kMeans.seed, purpose: 1, index: replicate)
                return try kMeans.fit(sample).labels
            }
        }
    }
}
