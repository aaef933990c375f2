import Kernels

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Yeo and Johnson's power transform, which makes values of any sign more like normal ones.
///
/// Source: Yeo & Johnson, "A new family of power transformations to improve normality or symmetry",
/// Biometrika 87(4), 2000.
package struct YeoJohnson: Hashable, Sendable {
    package let lambda: Double

    package init(lambda: Double) { self.lambda = lambda }

    @inline(__always)
    package func callAsFunction(_ value: Double) -> Double {
        value >= 0 ? Self.power(lambda, log1p(value)) : -Self.power(2 - lambda, log1p(-value))
    }

    /// The value that becomes `transformed`; nil where none does.
    package func inverse(_ transformed: Double) -> Double? {
        let exponent = transformed >= 0 ? lambda : 2 - lambda
        let magnitude = transformed.magnitude
        let logarithm = exponent == 0 ? magnitude : log1p(exponent * magnitude) / exponent
        let value = expm1(logarithm)
        return value.isFinite ? (transformed >= 0 ? value : -value) : nil
    }

    /// (eˡ^λ − 1) / λ with l = ln(1 + |x|), without loss of digits near λ = 0.
    @inline(__always)
    private static func power(_ exponent: Double, _ logarithm: Double) -> Double {
        exponent == 0 ? logarithm : expm1(exponent * logarithm) / exponent
    }
}

extension YeoJohnson {
    /// Finds the λ of −5…5 under which the values are likeliest to be normal.
    ///
    /// - Parameter values: finite. Where all are equal, λ is 1, which changes nothing.
    ///
    /// Complexity: O(values) for each of about 10 to 20 trials.
    package init(mostLikelyFor values: [Double]) {
        guard let first = values.first, values.contains(where: { $0 != first }) else {
            self.init(lambda: 1)
            return
        }
        let (range, likelihood) = (-5.0...5.0, YeoJohnsonLikelihood(values))
        let guess = Self.guess(values, in: range)
        let near = guess.map { max(-5, $0 - 0.25)...min(5, $0 + 0.25) }
        if let near {
            let best = Brent.minimum(in: near) { likelihood.cost($0) }
            // At an end that the guess has set, the minimum may lie beyond it.
            let isInside =
                (best - near.lowerBound > 1e-3 || near.lowerBound == range.lowerBound)
                && (near.upperBound - best > 1e-3 || near.upperBound == range.upperBound)
            if isInside {
                self.init(lambda: best)
                return
            }
        }
        self.init(lambda: Brent.minimum(in: range) { likelihood.cost($0) })
    }

    /// The λ of every so manyth of many values, near which that of all of them is looked for first.
    private static func guess(_ values: [Double], in range: ClosedRange<Double>) -> Double? {
        let step = values.count / 10_000
        guard step > 4 else { return nil }
        let some = stride(from: 0, to: values.count, by: step).map { values[$0] }
        guard let first = some.first, some.contains(where: { $0 != first }) else { return nil }
        let likelihood = YeoJohnsonLikelihood(some)
        return Brent.minimum(in: range) { likelihood.cost($0) }
    }
}

/// How unlikely a λ is for values that are to become normal.
private struct YeoJohnsonLikelihood {
    private enum Sign { case positive, negative, mixed }

    private let sign: Sign
    /// ln(1 + |x|), below 0 for values below 0; where all have one sign, less its mean.
    private let logarithms: [Double]
    /// The mean of ln(1 + |x|) with the sign of x.
    private let mean: Double

    /// - Parameter values: not all equal.
    init(_ values: [Double]) {
        sign =
            values.allSatisfy { $0 >= 0 }
            ? .positive : values.allSatisfy { $0 <= 0 } ? .negative : .mixed
        let logarithms = values.map { $0 >= 0 ? log1p($0) : -log1p(-$0) }
        var sums = ChunkedSums(rows: values.count, width: 1)
        sums.pass(threads: 1) { rows, record in
            for row in rows { record[0] += logarithms[row] }
        }
        let mean = sums.totals[0] / Double(values.count)
        self.mean = mean
        self.logarithms = sign == .mixed ? logarithms : logarithms.map { $0 - mean }
    }

    /// ½ ln(variance of the transformed values) − (λ − 1) · mean of sign(x) · ln(1 + |x|).
    func cost(_ lambda: Double) -> Double {
        let spread =
            switch sign {
            case .positive: oneSided(lambda)
            case .negative: oneSided(2 - lambda)
            case .mixed: log(twoSided(lambda)) / 2
            }
        let cost = spread - (lambda - 1) * mean
        return cost.isNaN ? .infinity : cost
    }

    /// The logarithm of the deviation of values on one side of 0. The power of their geometric mean
    /// is taken out, so that large values keep their digits under a negative exponent.
    private func oneSided(_ exponent: Double) -> Double {
        // Below 0 the logarithms run the other way.
        let (turn, middle) = (sign == .negative ? -1.0 : 1, mean.magnitude)
        guard exponent.magnitude > 1e-10 else { return log(variance { $0 }) / 2 }
        let relative = variance { expm1(exponent * turn * $0) }
        return exponent * middle - log(exponent.magnitude) + log(relative) / 2
    }

    private func twoSided(_ lambda: Double) -> Double {
        let (right, left) = (lambda, 2 - lambda)
        return variance {
            let exponent = $0 >= 0 ? right : left
            return exponent == 0
                ? $0 : ($0 >= 0 ? 1 : -1) * expm1(exponent * $0.magnitude) / exponent
        }
    }

    /// The population variance of what the logarithms become.
    @inline(__always)
    private func variance(_ become: (Double) -> Double) -> Double {
        var sums = ChunkedSums(rows: logarithms.count, width: 2)
        // Near the middle, so that the squares lose few digits.
        let centre = become(sign == .mixed ? mean : 0)
        logarithms.withUnsafeBufferPointer { logarithms in
            sums.pass(threads: 1) { rows, record in
                for row in rows {
                    let deviation = become(logarithms[row]) - centre
                    record[0] += deviation
                    record[1] += deviation * deviation
                }
            }
        }
        let count = Double(logarithms.count)
        return (sums.totals[1] - sums.totals[0] * sums.totals[0] / count) / count
    }
}
