import Columns
import Kernels

/// One feature's parameters, before blocks.
struct FeatureFit {
    var feature: Preprocessing.Model.Feature
    var columns: [DesignColumn]
    var notices: [Notice] = []

    /// - Parameter values: the feature's raw values, finite, or missing where its policy allows it.
    init(
        _ options: Preprocessing.Feature, index: Int, values: [Double]
    ) throws(AuroraError) {
        switch options.kind {
        case .number:
            self = try FeatureFit(number: options, index: index, values: values)
        case .categories(let levels, let encoding):
            self = try FeatureFit(
                category: options, levels: levels.count, encoding: encoding, index: index,
                values: values)
        }
    }

    static func nothingToFillFrom(_ name: String, rows: Int) -> AuroraError {
        AuroraError(
            "no_values",
            "feature '\(name)' is missing in all \(counted(rows, "row")), so there is nothing to "
                + "fill it from")
    }

    static func constant(_ name: String, rows: Int) -> Notice {
        Notice(
            "constant_feature",
            "feature '\(name)' has a single value over \(counted(rows, "row")), so it separates "
                + "nothing")
    }

    static func filled(_ options: Preprocessing.Feature, _ count: Int, rows: Int) -> Notice {
        let with =
            switch options.missing {
            case .refuse, .mean: "the mean"
            case .median: "the median"
            case .mostFrequent: "the most frequent value"
            case .ownLevel: "a level of its own"
            }
        return Notice(
            "filled",
            "feature '\(options.name)' was missing in \(count) of \(counted(rows, "row")) and was "
                + "filled with \(with)")
    }
}

/// What a scale is made from.
struct ScaleSummary {
    var mean: Double
    /// The population's.
    var deviation: Double
    var isConstant: Bool
    var minimum: Double
    var maximum: Double
    /// Median and the two quartiles, for the robust scale.
    var quartiles: (lower: Double, median: Double, upper: Double)?

    /// - Returns: what is subtracted and what the rest is divided by, and whether the quartiles are
    ///   equal so that the deviation stands in for their distance.
    func scale(_ scale: Preprocessing.Scale) -> (
        centre: Double, divisor: Double, quartilesEqual: Bool
    ) {
        var (centre, divisor, quartilesEqual) = (0.0, 1.0, false)
        switch scale {
        case .none: break
        case .zScore: (centre, divisor) = (mean, deviation)
        case .minMax: (centre, divisor) = (minimum, maximum - minimum)
        case .robust:
            guard let quartiles else { preconditionFailure("a robust scale needs quartiles") }
            (centre, divisor) = (quartiles.median, quartiles.upper - quartiles.lower)
            if divisor == 0, !isConstant { (divisor, quartilesEqual) = (deviation, true) }
        }
        return (centre, divisor == 0 || isConstant ? 1 : divisor, quartilesEqual)
    }
}
