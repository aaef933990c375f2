#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How often chance alone gives a statistic this far from 0, on both sides.
package enum Tails {
    /// P(|Z| ≥ |z|) of the normal distribution.
    package static func normal(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

    /// P(|T| ≥ |t|) of Student's t: the regularised incomplete beta function I_x(ν/2, 1/2) at
    /// x = ν / (ν + t²).
    ///
    /// - Parameter degrees: ν, above 0; whole or not.
    package static func student(_ t: Double, degrees: Double) -> Double {
        guard t.isFinite else { return t.isNaN ? .nan : 0 }
        let square = t * t
        guard square.isFinite else { return 0 }
        let (a, b) = (degrees / 2, 0.5)
        let (x, rest) = (degrees / (degrees + square), square / (degrees + square))
        guard rest > 0 else { return 1 }
        // x^a (1-x)^b / B(a, b), by logarithms.
        let front = exp(-a * log1p(square / degrees) + b * log(rest) - logBeta(a))
        return x < (a + 1) / (a + b + 2)
            ? front * fraction(x, a, b) / a : 1 - front * fraction(rest, b, a) / b
    }

    /// The t beyond which `share` of Student's t lies, both sides together.
    ///
    /// Complexity: some 60 evaluations of ``student(_:degrees:)``.
    package static func critical(_ share: Double, degrees: Double) -> Double {
        var (low, high) = (0.0, 2.0)
        while student(high, degrees: degrees) > share, high < 1e12 {
            (low, high) = (high, high * 2)
        }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return high }
            if student(middle, degrees: degrees) > share { low = middle } else { high = middle }
        }
    }

    /// ln B(a, 1/2), without the cancellation of large gamma functions.
    private static func logBeta(_ a: Double) -> Double {
        var (a, shift) = (a, 0.0)
        // Stirling's series is exact to the last digits from here on.
        while a < 20 {
            shift += log(a / (a + 0.5))
            a += 1
        }
        let rise =
            a * log1p(0.5 / a) + 0.5 * log(a) - 0.5 + stirling(a + 0.5) - stirling(a) + shift
        return 0.5 * log(Double.pi) - rise
    }

    /// What Stirling's formula leaves of ln Γ(a).
    static func stirling(_ a: Double) -> Double {
        let square = 1 / (a * a)
        return (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square / 1680))) / a
    }

    /// The continued fraction of the incomplete beta function, by Lentz's method (Press et al.,
    /// Numerical Recipes, 6.4).
    ///
    /// Complexity: O(√max(a, b)).
    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        func kept(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
        var c = 1.0
        var d = 1 / kept(1 - (a + b) * x / (a + 1))
        var result = d
        for step in 1...100_000 {
            let m = Double(step)
            for factor in [
                m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
            ] {
                d = 1 / kept(1 + factor * d)
                c = kept(1 + factor / c)
                result *= c * d
            }
            if abs(c * d - 1) < 1e-16 { break }
        }
        return result
    }
}
