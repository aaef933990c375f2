import Columns
import Kernels

/// Where the verdicts begin; measured on invented banks and on the reference projects' files.
///
/// The best of k groups scatters by chance, from replica to replica by .001 to .03 of a
/// silhouette, and by .2 where columns have a few values far out: hence a score. Correlations that
/// are no Gaussian copula's add up to .02 to the silhouette without a gap between any two groups
/// (a tenure that can't exceed an age), and columns tied at zero .01 to .04, since replicas hold
/// somewhat less of their correlation: hence a margin. The card data stands at .047 to .058, and
/// mixtures that K-Means recovers at .038 and above, mostly at .1 to .3.
private enum Threshold {
    static let margin = 0.04
    /// Standard deviations of the null.
    static let score = 3.0
    /// Where columns have several humps, replicas have them, too, in all combinations, and their
    /// groups are nearly as far apart. That the table's are far tighter then says more: by .3 to
    /// 1.3 of ln W in mixtures, by up to .11 in banks without groups.
    static let tightMargin = 0.02
    static let tightness = 0.15
    static let tightnessScore = 5.0
    /// Against columns with one hump each, which a gap in a column exceeds by far: groups must
    /// separate reasonably (Kaufman & Rousseeuw 1990), and clearly better.
    static let reasonable = 0.5
    static let gapMargin = 0.1
    /// Cohen's (1988) small correlation: less is of no use for cutting.
    static let correlation = 0.1
    static let level = 0.05
    /// Of ln W: columns that go together in another way than by correlation, as along a bend.
    static let bend = 0.05
}

extension StructureEvidence {
    init(
        k: Int, _ comparison: Comparison, of subject: StructureTest.Subject, data: Separation,
        null: [Separation]
    ) {
        let silhouettes = Moments(of: Matrix(columns: [null.map(\.silhouette)]), threads: 1)
        let logs = Moments(of: Matrix(columns: [null.map(\.logInertia)]), threads: 1)
        let count = Double(null.count)
        self.k = k
        self.comparison = comparison
        observed = data.silhouette
        nullMean = silhouettes.means[0]
        nullStandardDeviation = (silhouettes.variances[0] * count / (count - 1)).squareRoot()
        nullHighest = null.reduce(-1) { max($0, $1.silhouette) }
        margin = observed - nullMean
        p = Double(1 + null.count { $0.silhouette >= data.silhouette }) / (1 + count)
        let gain = logs.means[0] - data.logInertia
        // Where every row lies on its centroid, ln W is no number to compare.
        tightness = gain.isFinite ? gain : 0
        let scatter = (logs.variances[0] * count / (count - 1)).squareRoot()
        tightnessScore = scatter > 0 && scatter.isFinite ? tightness / scatter : 0
        (correlation, correlationP) = (subject.dependence.correlation, subject.dependence.p)
        replicas = null.count
        (rows, rowsTested) = (subject.rows.all, subject.rows.tested)
        (columns, columnsTested) = (subject.columns.all, subject.columns.tested)
        (verdict, reason) = (.nothing, "")
        if isNatural {
            verdict = .naturalGroups
        } else if isConnected || subject.units == 1 {
            verdict = .usefulCuts
        }
        reason = sentence(units: subject.units)
    }

    /// Whether the groups separate so well that gaps in single columns may be why the replicas'
    /// do, too.
    var needsOneHump: Bool { verdict != .naturalGroups && observed >= Threshold.reasonable }

    private var isNatural: Bool {
        guard observed > nullHighest, margin >= Threshold.score * nullStandardDeviation else {
            return false
        }
        if comparison == .oneHump {
            return observed >= Threshold.reasonable && margin >= Threshold.gapMargin
        }
        let isTight =
            tightness >= Threshold.tightness && tightnessScore >= Threshold.tightnessScore
        return margin >= Threshold.margin || (isTight && margin >= Threshold.tightMargin)
    }

    /// Whether the columns have more to do with each other than by chance.
    private var isConnected: Bool {
        (correlation >= Threshold.correlation && correlationP <= Threshold.level)
            || (tightness >= Threshold.bend && tightnessScore >= Threshold.tightnessScore)
    }

    private func sentence(units: Int) -> String {
        let scope =
            rowsTested == rows
            ? "" : ", tested on \(rowsTested) of \(rows) rows"
        let comparison =
            "\(k) groups separate by \(observed.twoDecimals), and by \(nullMean.twoDecimals) in "
            + (comparison == .sameColumns
                ? "tables of the same columns and correlations without groups"
                : "tables of the same correlations without gaps in their columns")
        switch (verdict, units) {
        case (.nothing, 0):
            return "No column varies over three rows or more, so there is nothing to form groups by"
        case (.usefulCuts, 1):
            return
                "A single column varies, without gaps: groups cut it"
                + scope
        case (.naturalGroups, _):
            return "Natural groups: \(comparison)\(scope)"
        case (.usefulCuts, _):
            return "No natural groups, but cuts of a continuum: \(comparison)\(scope)"
        case (.nothing, _):
            return "Nothing there: \(comparison), and no two columns go together\(scope)"
        }
    }
}

extension Double {
    /// "0.39", "-0.02".
    fileprivate var twoDecimals: String {
        let hundredths = Int((abs(self) * 100).rounded())
        let rest = hundredths % 100
        let sign = self < 0 && hundredths > 0 ? "-" : ""
        return "\(sign)\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
