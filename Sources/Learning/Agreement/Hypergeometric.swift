#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How many of `marked` rows are among `drawn` ones, of `total` rows, when chance draws.
package struct Hypergeometric: Sendable {
    package let total: Int
    package let marked: Int
    package let drawn: Int

    /// - Parameters:
    ///   - marked: at most `total`.
    ///   - drawn: at most `total`.
    package init(total: Int, marked: Int, drawn: Int) {
        (self.total, self.marked, self.drawn) = (total, marked, drawn)
    }

    var support: ClosedRange<Int> { max(0, drawn + marked - total)...min(drawn, marked) }

    var mode: Int {
        let (low, high) = (support.lowerBound, support.upperBound)
        let likeliest = (Double(drawn) + 1) * (Double(marked) + 1) / (Double(total) + 2)
        return max(low, min(high, Int(likeliest)))
    }

    /// P(x + 1) / P(x).
    func ratio(_ x: Int) -> Double {
        let (taken, left) = (Double(marked - x), Double(drawn - x))
        return taken * left / (Double(x + 1) * Double(total - marked - drawn + x + 1))
    }

    /// The mean of a function of the number, `value` 0 for what isn't likelier than 10⁻³⁰ times the
    /// likeliest number.
    ///
    /// Probabilities are followed from the likeliest number on both sides and made to add up to 1
    /// in the end, so that no logarithm of a large factorial loses digits.
    ///
    /// Complexity: O(standard deviation of the number).
    package func mean(of value: (Int) -> Double) -> Double {
        let start = mode
        var (weights, sum) = (1.0, value(start))
        var (x, weight) = (start, 1.0)
        while x < support.upperBound, weight > 1e-30 {
            weight *= ratio(x)
            x += 1
            weights += weight
            sum += weight * value(x)
        }
        (x, weight) = (start, 1)
        while x > support.lowerBound, weight > 1e-30 {
            x -= 1
            weight /= ratio(x)
            weights += weight
            sum += weight * value(x)
        }
        return sum / weights
    }

    /// The number that belongs to `uniform`, 0 ≤ u < 1: numbers are gone through from the likeliest
    /// one outwards.
    ///
    /// Complexity: O(standard deviation of the number), on average.
    package func number(at uniform: Double) -> Int {
        let (low, high) = (support.lowerBound, support.upperBound)
        guard low < high else { return low }
        let start = mode
        let likeliest = exp(logProbability(start))
        var left = uniform - likeliest
        var (above, below) = (start, start)
        var (up, down) = (likeliest, likeliest)
        while left >= 0, above < high || below > low {
            if above < high {
                up *= ratio(above)
                above += 1
                left -= up
                if left < 0 { return above }
            }
            if below > low {
                below -= 1
                down /= ratio(below)
                left -= down
                if left < 0 { return below }
            }
        }
        return start
    }

    func logProbability(_ x: Int) -> Double {
        func choose(_ n: Int, _ k: Int) -> Double {
            Tails.logFactorial(n) - Tails.logFactorial(k) - Tails.logFactorial(n - k)
        }
        return choose(marked, x) + choose(total - marked, drawn - x) - choose(total, drawn)
    }

    /// ln P(X ≥ x), for x in the support; finite where the probability itself would be 0.
    package func logUpperTail(_ x: Int) -> Double {
        var (term, sum, place) = (1.0, 1.0, x)
        // Below the likeliest number terms grow first: then the other side is the smaller one.
        if x <= mode {
            guard x > support.lowerBound else { return 0 }
            return log1p(-exp(logLowerTail(x - 1)))
        }
        while place < support.upperBound, term > sum * 1e-17 {
            term *= ratio(place)
            place += 1
            sum += term
        }
        return min(0, logProbability(x) + log(sum))
    }

    /// ln P(X ≤ x), for x in the support.
    package func logLowerTail(_ x: Int) -> Double {
        if x >= mode {
            guard x < support.upperBound else { return 0 }
            return log1p(-exp(logUpperTail(x + 1)))
        }
        var (term, sum, place) = (1.0, 1.0, x)
        while place > support.lowerBound, term > sum * 1e-17 {
            place -= 1
            term /= ratio(place)
            sum += term
        }
        return min(0, logProbability(x) + log(sum))
    }
}
