#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Tails {
    /// P(X ≥ x) of the χ² distribution: the regularised incomplete gamma function Q(ν/2, x/2).
    ///
    /// - Parameters:
    ///   - x: at least 0.
    ///   - degrees: ν; 1 for 0 degrees, where X is always 0.
    ///
    /// Complexity: O(√ν).
    package static func chiSquared(_ x: Double, degrees: Int) -> Double {
        guard degrees > 0, x > 0 else { return x.isNaN ? .nan : 1 }
        guard x.isFinite else { return 0 }
        let (a, half) = (Double(degrees) / 2, x / 2)
        let front = density(half, a)
        return half < a + 1
            ? 1 - min(1, front * series(half, a)) : min(1, front * fraction(half, a))
    }

    /// ln n!.
    package static func logFactorial(_ n: Int) -> Double {
        guard n >= factorials.count else { return log(factorials[n]) }
        let x = Double(n)
        return (x + 0.5) * log(x) - x + 0.5 * log(2 * Double.pi) + stirling(x)
    }

    /// Those that a double holds without rounding.
    private static let factorials: [Double] = (1...22).reduce(into: [1]) {
        $0.append($0[$1 - 1] * Double($1))
    }

    /// x^a e^-x / Γ(a), without the cancellation of large powers.
    private static func density(_ x: Double, _ a: Double) -> Double {
        var (shifted, factor) = (a, 1.0)
        // Stirling's series is exact to the last digits from here on.
        while shifted < 20 {
            factor *= shifted / x
            shifted += 1
        }
        let excess = (x - shifted) / shifted
        return factor * (shifted / (2 * Double.pi)).squareRoot()
            * exp(shifted * (log1p(excess) - excess) - stirling(shifted))
    }

    /// Σ x^n / (a (a + 1) … (a + n)).
    private static func series(_ x: Double, _ a: Double) -> Double {
        var (term, sum, divisor) = (1 / a, 1 / a, a)
        while term > sum * 1e-17 {
            divisor += 1
            term *= x / divisor
            sum += term
        }
        return sum
    }

    /// The continued fraction of the upper incomplete gamma function, by Lentz's method (Press et
    /// al., Numerical Recipes, 6.2).
    private static func fraction(_ x: Double, _ a: Double) -> Double {
        func kept(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
        var b = x + 1 - a
        var c = 1e300
        var d = 1 / kept(b)
        var result = d
        for step in 1...100_000 {
            let n = Double(step)
            b += 2
            d = 1 / kept(n * (a - n) * d + b)
            c = kept(b + n * (a - n) / c)
            result *= c * d
            if abs(c * d - 1) < 1e-16 { break }
        }
        return result
    }
}
