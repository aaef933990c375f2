#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Tails {
    /// The z that a standard normal number exceeds with a probability whose logarithm is given, so
    /// that probabilities too small for a double keep their z.
    ///
    /// - Parameter logTail: ln P(Z ≥ z), below 0.
    ///
    /// Complexity: some 60 evaluations of the tail.
    package static func normalQuantile(logTail: Double) -> Double {
        guard logTail < 0 else { return logTail.isNaN ? .nan : -.infinity }
        guard logTail.isFinite else { return .infinity }
        var (low, high) = (-40.0, 40.0)
        while logNormalTail(high) > logTail { (low, high) = (high, high * 2) }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return high }
            if logNormalTail(middle) > logTail { low = middle } else { high = middle }
        }
    }

    /// ln P(Z ≥ z).
    private static func logNormalTail(_ z: Double) -> Double {
        if z < 0 { return log1p(-erfc(-z / 2.0.squareRoot()) / 2) }
        if z < 25 { return log(erfc(z / 2.0.squareRoot()) / 2) }
        // The asymptotic series of Mills' ratio (Abramowitz & Stegun 26.2.12).
        let square = 1 / (z * z)
        let series = -square * (1 - square * (3 - square * (15 - square * 105)))
        return -z * z / 2 - log(z) - 0.5 * log(2 * Double.pi) + log1p(series)
    }
}
