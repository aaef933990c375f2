/// Finds where a function of one number is least.
///
/// Golden sections, and parabolas where they lead further.
///
/// Source: Brent, "Algorithms for minimization without derivatives", 1973, chapter 5.
enum Brent {
    /// - Parameters:
    ///   - range: where the function has one minimum; with several, one of them is found.
    ///   - tolerance: of the place, relative above 1; less than the root of the rounding error has no use.
    ///
    /// Complexity: about 20 values of the function where it is smooth, at most 100.
    static func minimum(
        in range: ClosedRange<Double>, tolerance: Double = 1e-7, of value: (Double) -> Double
    ) -> Double {
        let golden = (3 - 5.0.squareRoot()) / 2
        var (low, high) = (range.lowerBound, range.upperBound)
        let start = low + golden * (high - low)
        // The best place, the second best, and the second best before it.
        var (best, second, third) = (start, start, start)
        var costs = (best: value(start), second: 0.0, third: 0.0)
        costs.second = costs.best
        costs.third = costs.best
        var (step, stepBefore) = (0.0, 0.0)
        for _ in 0..<100 {
            let middle = (low + high) / 2
            let precision = tolerance * max(1, best.magnitude)
            if (best - middle).magnitude <= 2 * precision - (high - low) / 2 { break }
            var isGolden = true
            if stepBefore.magnitude > precision {
                let r = (best - second) * (costs.best - costs.third)
                var q = (best - third) * (costs.best - costs.second)
                var p = (best - third) * q - (best - second) * r
                q = 2 * (q - r)
                if q > 0 { p = -p } else { q = -q }
                // A parabola's step must stay inside and be less than half of the last but one.
                if p.magnitude < (q * stepBefore / 2).magnitude, p > q * (low - best),
                    p < q * (high - best)
                {
                    (stepBefore, step) = (step, p / q)
                    let place = best + step
                    if place - low < 2 * precision || high - place < 2 * precision {
                        step = best < middle ? precision : -precision
                    }
                    isGolden = false
                }
            }
            if isGolden {
                stepBefore = best < middle ? high - best : low - best
                step = golden * stepBefore
            }
            let tried =
                best + (step.magnitude >= precision ? step : step > 0 ? precision : -precision)
            let cost = value(tried)
            if cost <= costs.best {
                if tried < best { high = best } else { low = best }
                (third, second, best) = (second, best, tried)
                costs = (cost, costs.best, costs.second)
            } else {
                if tried < best { low = tried } else { high = tried }
                if cost <= costs.second || second == best {
                    (third, second) = (second, tried)
                    (costs.third, costs.second) = (costs.second, cost)
                } else if cost <= costs.third || third == best || third == second {
                    (third, costs.third) = (tried, cost)
                }
            }
        }
        return best
    }
}
