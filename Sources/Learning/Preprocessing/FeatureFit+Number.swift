import Columns
import Kernels

extension FeatureFit {
    init(
        number options: Preprocessing.Feature, index: Int, values: [Double]
    ) throws(AuroraError) {
        let (name, rows) = (options.name, values.count)
        let raw = RawSummary(values)
        guard raw.missing < rows else { throw Self.nothingToFillFrom(name, rows: rows) }
        let needsOrder =
            options.winsorise != nil || options.scale == .robust || options.missing == .median
            || options.missing == .mostFrequent
        var ordered = needsOrder ? OrderedValues(values) : nil
        let fill = options.fill(raw, ordered)
        if let fill, raw.missing > 0 { ordered?.insert(fill, count: raw.missing) }
        let bounds: (lower: Double, upper: Double)? = options.winsorise.flatMap { quantiles in
            ordered.map { ($0.quantile(quantiles.lower), $0.quantile(quantiles.upper)) }
        }
        let complete = fill.map { fill in values.map { $0.isNaN ? fill : $0 } } ?? values
        var drawn = complete
        var winsorised: Preprocessing.Model.Winsorised?
        if let (lower, upper) = bounds {
            winsorised = Preprocessing.Model.Winsorised(
                lower: lower, upper: upper, below: complete.count { $0 < lower },
                above: complete.count { $0 > upper })
            drawn = complete.map { min(max($0, lower), upper) }
        }
        try Self.requireLog1pDomain(options, outside: drawn)
        let lambda =
            options.transform == .yeoJohnson ? YeoJohnson(mostLikelyFor: drawn).lambda : nil
        let step = NumberStep(
            fill: fill ?? .nan, lower: bounds?.lower ?? -.infinity,
            upper: bounds?.upper ?? .infinity,
            transform: options.transform, lambda: lambda ?? 1)
        let summary = ScaleSummary(
            step.transformed(drawn),
            ordered: options.scale == .robust ? ordered : nil, step)
        guard summary.mean.isFinite, summary.deviation.isFinite else {
            throw Matrix.tooLarge("the variance of feature '\(name)'")
        }
        let scale = summary.scale(options.scale)
        feature = Preprocessing.Model.Feature(
            name: name, minimum: raw.minimum, maximum: raw.maximum, fill: fill,
            filled: raw.missing, winsorised: winsorised, lambda: lambda, levelCounts: [])
        columns = [
            DesignColumn(
                name: name, feature: index, level: nil, centre: scale.centre,
                divisor: scale.divisor, weight: options.weight)
        ]
        notices = Self.notices(
            options, feature, isConstant: summary.isConstant, quartilesEqual: scale.quartilesEqual,
            drawn)
    }

    private static func requireLog1pDomain(
        _ options: Preprocessing.Feature, outside values: [Double]
    ) throws(AuroraError) {
        guard options.transform == .log1p else { return }
        let count = values.count { $0 <= -1 }
        if count > 0 { throw Designer.log1pDomain(options.name, rows: count) }
    }

    private static func notices(
        _ options: Preprocessing.Feature, _ feature: Preprocessing.Model.Feature, isConstant: Bool,
        quartilesEqual: Bool, _ values: [Double]
    ) -> [Notice] {
        var notices: [Notice] = []
        if feature.filled > 0 {
            notices.append(filled(options, feature.filled, rows: values.count))
        }
        if let winsorised = feature.winsorised, winsorised.below + winsorised.above > 0 {
            notices.append(
                Notice(
                    "winsorised",
                    "feature '\(feature.name)' was below its lower bound in "
                        + "\(counted(winsorised.below, "row")) and above its upper one in "
                        + "\(counted(winsorised.above, "row")), which were drawn to them"))
        }
        if isConstant {
            notices.append(constant(feature.name, rows: values.count))
        } else if let same = values.rowsOfNearlyOnlyValue {
            notices.append(
                Notice(
                    "near_zero_variance",
                    "feature '\(feature.name)' has one value in \(same) of "
                        + "\(counted(values.count, "row")), so few rows decide its scale"))
        }
        if quartilesEqual {
            notices.append(
                Notice(
                    "quartiles_equal",
                    "the quartiles of feature '\(feature.name)' are equal, so it is scaled by its "
                        + "standard deviation"))
        }
        return notices
    }
}

/// Raw values of a number, those that are there.
private struct RawSummary {
    var missing = 0
    var minimum = Double.infinity
    var maximum = -Double.infinity
    var mean = 0.0

    init(_ values: [Double]) {
        for value in values {
            if value.isNaN {
                missing += 1
            } else {
                minimum = min(minimum, value)
                maximum = max(maximum, value)
            }
        }
        guard missing < values.count else { return }
        var sums = ChunkedSums(rows: values.count, width: 1)
        let origin = minimum
        sums.pass(threads: 1) { rows, record in
            for row in rows where !values[row].isNaN { record[0] += values[row] - origin }
        }
        // Rounding must not lead out of the values' range.
        mean = min(max(origin + sums.totals[0] / Double(values.count - missing), minimum), maximum)
    }
}

extension Preprocessing.Feature {
    fileprivate func fill(_ raw: RawSummary, _ ordered: OrderedValues?) -> Double? {
        switch missing {
        case .refuse, .ownLevel: nil
        case .mean: raw.mean
        case .median: ordered?.quantile(0.5)
        case .mostFrequent: ordered?.mostFrequent
        }
    }
}

extension ScaleSummary {
    fileprivate init(_ values: [Double], ordered: OrderedValues?, _ step: NumberStep) {
        let moments = Moments(
            of: Matrix(rows: values.count, columns: 1, storage: values), threads: 1)
        mean = moments.means[0]
        deviation = moments.variances[0].squareRoot()
        isConstant = moments.isConstant[0]
        minimum = values.reduce(.infinity) { min($0, $1) }
        maximum = values.reduce(-.infinity) { max($0, $1) }
        quartiles = ordered.map { ordered in
            func quantile(_ share: Double) -> Double {
                ordered.quantile(share) { step.transformed(step.drawn($0)) }
            }
            return (quantile(0.25), quantile(0.5), quantile(0.75))
        }
    }
}

extension [Double] {
    /// How many rows share one value, where that is more than 95 % of them (Kuhn 2008).
    ///
    /// Whatever more than half of the rows have is left over when unequal values cancel each other
    /// (Boyer & Moore 1991).
    fileprivate var rowsOfNearlyOnlyValue: Int? {
        var (candidate, votes) = (0.0, 0)
        for value in self {
            if votes == 0 { candidate = value }
            votes += value == candidate ? 1 : -1
        }
        let same = count { $0 == candidate }
        return Double(same) > 0.95 * Double(count) ? same : nil
    }
}
