import Columns
import Kernels
package import Learning

/// What is known of each number of segments, and who chose one.
package struct ChoiceEvidence: Codable, Sendable {
    package var table: KSweep.Table
    package var jury: Jury
    /// For each number of segments from 2, whether there are groups at all.
    package var structure: [StructureEvidence]
    package var rows: Int

    /// The file of a run's folder that holds it.
    package static func path(_ name: String) -> String { "segments/\(name).evidence.json" }
}

extension ClusterFit {
    /// Rows beyond which resamples are drawn from a sample.
    private static let mostRepeated = 5_000
    /// Rows up to which every silhouette is measured, and how many are above.
    static let silhouettes = Silhouette.Options(exactUpTo: 20_000, sampleSize: 2_000)
    private static let replicates = 20

    /// Compares numbers of segments by K-Means on the same features and rows.
    func choice(
        _ range: ClosedRange<Int>, _ method: some ClusterMethod, _ space: GroupSpace, work: Work
    ) throws(AuroraError) -> ChoiceEvidence {
        let isQuick = depth == .quick
        let matrix = space.matrix
        let base = Self.sample(Self.mostRepeated, of: matrix.rows, seed: 1)
        var sweep = sweep(range, method, rows: matrix.rows)
        let range = sweep.ks
        let seed = sweep.kMeans.seed
        var bic: [Int: Double] = [:]
        for k in range where method is GaussianMixtureMethod {
            bic[k] = try method.bic(
                PreparedRows(matrix: matrix.gathered(base), categories: [:], start: nil), k: k,
                work: Work())
        }
        if !isQuick {
            sweep.gap = GapStatistic()
            sweep.predictionStrength = PredictionStrength(sampleSize: 4_000)
            sweep.stability = ClusterwiseJaccard(replicates: Self.replicates)
        }
        let table = try sweep.measure(
            matrix, outcomes: outcomes, bic: bic, repeated: base, refit: refit(base, seed),
            work: work.part(0...0.8))
        let structure =
            isQuick
            ? []
            : try StructureTest().run(
                space.designed, columns: space.kinds, ks: range.filter { $0 > 1 },
                work: work.part(0.8...1))
        return ChoiceEvidence(
            table: table, jury: Jury(table), structure: structure, rows: matrix.rows)
    }

    /// Inertia and silhouettes for each number of segments that this many rows can have.
    func sweep(_ range: ClosedRange<Int>, _ method: some ClusterMethod, rows: Int) -> KSweep {
        let most = min(range.upperBound, max(1, rows / 2))
        let options = (method as? KMeansMethod)?.options
        let kMeans = KMeans(k: 2, seed: options?.seed ?? 0, restarts: options?.restarts ?? 10)
        return KSweep(
            min(range.lowerBound, most)...most, kMeans: kMeans.sampling(rows),
            silhouette: Self.silhouettes, gap: nil, predictionStrength: nil, stability: nil)
    }

    var outcomes: [NumericVariable] {
        guard let figures else { return [] }
        return figures.sources.enumerated().map { index, source in
            NumericVariable(source.column, figures.matrix.column(index))
        }
    }

    /// K-Means on resampled customers, from preprocessing on.
    private func refit(_ base: [Int], _ seed: UInt64) -> KSweep.Refit {
        { k in
            { (rows, replicate) throws(AuroraError) in
                let raw = features.matrix.gathered(rows.map { base[$0] })
                let matrix = try preparation.measurable.fit(raw).apply(raw)
                do throws(AuroraError) {
                    return try KMeans(
                        k: k, seed: RandomNumbers.derivedSeed(seed, purpose: 3, index: replicate),
                        restarts: 2
                    ).fit(matrix).labels
                } catch {
                    guard error.code == "k_above_distinct_rows" else { throw error }
                    return [Int32](repeating: Noise.label, count: rows.count)
                }
            }
        }
    }
}
