import Columns
import Kernels

/// What happens to one number before its scale.
struct NumberStep {
    /// NaN where a missing value is refused.
    let fill: Double
    let lower: Double
    let upper: Double
    let transform: Preprocessing.Transform
    let lambda: Double

    @inline(__always)
    func drawn(_ value: Double) -> Double { min(max(value, lower), upper) }

    @inline(__always)
    func transformed(_ value: Double) -> Double {
        switch transform {
        case .none: value
        case .log1p: Logarithm.log1p(value)
        case .yeoJohnson: YeoJohnson(lambda: lambda)(value)
        }
    }

    /// All at once, the same bits.
    func transformed(_ values: [Double]) -> [Double] {
        switch transform {
        case .none: values
        case .log1p: Logarithm.log1p(values)
        case .yeoJohnson: values.map { transformed($0) }
        }
    }
}

/// Makes designed rows from raw ones, with all that is frozen laid out flat.
struct Designer {
    private enum Step {
        case number(NumberStep)
        /// Codes below the first count are levels; a missing one becomes the fill.
        case category(levels: Int, fill: Double, isCodes: Bool)
    }

    private let names: [String]
    private let steps: [Step]
    /// Each feature's columns are next to each other, from here to where the next one's start.
    private let starts: [Int]
    private let centres: [Double]
    private let divisors: [Double]
    private let factors: [Double]
    /// Of each column; −1 unless it is an indicator.
    private let levels: [Double]
    private let width: Int

    init(_ model: Preprocessing.Model) {
        names = model.features.map(\.name)
        let (features, columns) = (model.features, model.columns)
        steps = zip(model.configuration.features, features).map { options, feature in
            switch options.kind {
            case .number:
                .number(
                    NumberStep(
                        fill: feature.fill ?? .nan, lower: feature.winsorised?.lower ?? -.infinity,
                        upper: feature.winsorised?.upper ?? .infinity, transform: options.transform,
                        lambda: feature.lambda ?? 1))
            case .categories(let levels, _):
                .category(
                    levels: levels.count, fill: feature.fill ?? .nan, isCodes: options.isCodes)
            }
        }
        starts = (0...features.count).map { feature in
            columns.firstIndex { $0.feature >= feature } ?? columns.count
        }
        centres = columns.map(\.centre)
        divisors = columns.map(\.divisor)
        let isCodes = model.configuration.features.map(\.isCodes)
        factors = columns.map { isCodes[$0.feature] ? 1 : $0.weight.squareRoot() }
        levels = columns.map { $0.level.map(Double.init) ?? -1 }
        width = columns.count
    }

    /// The position that a code stands for, if it is one of `count` levels.
    @inline(__always)
    static func level(_ code: Double, of count: Int) -> Int? {
        guard code >= 0, code < Double(count) else { return nil }
        let level = Int(code)
        return Double(level) == code ? level : nil
    }

    static func log1pDomain(_ name: String, rows: Int) -> AuroraError {
        AuroraError(
            "log1p_domain",
            "log1p needs values above -1, but feature '\(name)' is -1 or less in "
                + counted(rows, "row"),
            hint: "clip the feature in the recipe, or leave out its transform")
    }

    /// - Parameter matrix: checked.
    /// - Throws: `log1p_domain`, `values_too_large`.
    func design(_ matrix: Matrix, threads: Int) throws(AuroraError) -> Matrix {
        var result = Matrix(rows: matrix.rows, columns: width)
        // Rows outside of log1p's domain, then rows beyond the largest number.
        var refused = ChunkedSums(rows: matrix.rows, width: 2 * steps.count)
        matrix.storage.withUnsafeBufferPointer { raw in
            result.storage.withUnsafeMutableBufferPointer { result in
                nonisolated(unsafe) let places = result
                refused.pass(threads: threads) { rows, record in
                    for feature in steps.indices {
                        write(feature, rows, raw, places, record)
                    }
                }
            }
        }
        for (feature, name) in names.enumerated() {
            let outside = Int(refused.totals[feature])
            if outside > 0 { throw Self.log1pDomain(name, rows: outside) }
            if refused.totals[steps.count + feature] > 0 {
                throw Matrix.tooLarge("a scaled value of feature '\(name)'")
            }
        }
        return result
    }

    /// One feature's columns of a chunk.
    private func write(
        _ feature: Int, _ rows: Range<Int>, _ raw: UnsafeBufferPointer<Double>,
        _ result: UnsafeMutableBufferPointer<Double>, _ record: UnsafeMutablePointer<Double>
    ) {
        let (first, end) = (starts[feature], starts[feature + 1])
        switch steps[feature] {
        case .number(let step):
            let (centre, divisor, factor) = (centres[first], divisors[first], factors[first])
            let isLogarithm = step.transform == .log1p
            withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count) { drawn in
                for (place, row) in rows.enumerated() {
                    let value = raw[row * steps.count + feature]
                    drawn[place] = step.drawn(value.isNaN ? step.fill : value)
                    if isLogarithm, drawn[place] <= -1 { record[feature] += 1 }
                }
                // Nothing comes of rows that are refused.
                if isLogarithm { Logarithm.log1p(drawn) }
                for (place, row) in rows.enumerated() {
                    let value = isLogarithm ? drawn[place] : step.transformed(drawn[place])
                    let scaled = (value - centre) / divisor * factor
                    if !scaled.isFinite { record[steps.count + feature] += 1 }
                    result[row * width + first] = scaled
                }
            }
        case .category(let count, let fill, let isCodes):
            // Each indicator has but two values.
            let scaled = [0.0, 1.0].map { value in
                (first..<end).map { (value - centres[$0]) / divisors[$0] * factors[$0] }
            }
            for row in rows {
                let value = raw[row * steps.count + feature]
                let code =
                    value.isNaN ? fill : Self.level(value, of: count) == nil ? -1 : value
                if isCodes {
                    result[row * width + first] = code
                    continue
                }
                for column in first..<end {
                    let isLevel = code == levels[column] ? 1 : 0
                    result[row * width + column] = scaled[isLevel][column - first]
                }
            }
        }
    }
}
