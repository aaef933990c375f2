/// An amount whose logarithm is normal.
struct LogNormal: Sendable {
    /// In the unit of the amount.
    var median: Double
    /// Standard deviation of the natural logarithm.
    var spread: Double

    /// The amount that lies `normal` standard deviations from the median, at most 2.4: the tails of
    /// real amounts end sooner than a normal distribution's.
    func value(at normal: Double) -> Double {
        median * Elementary.exp(spread * min(max(normal, -2.4), 2.4))
    }
}

/// A share between 0 and 1 with Kumaraswamy's distribution (1980), F(x) = 1 − (1 − xᵃ)ᵇ, and the
/// probability that it is 1.
struct Share: Sendable {
    var a: Double
    var b: Double
    /// The probability of exactly 1.
    var whole = 0.0

    /// The share below which lies a part `uniform` of all.
    func value(at uniform: Double) -> Double {
        if uniform < whole { return 1 }
        let rest = (uniform - whole) / (1 - whole)
        return Elementary.power(1 - Elementary.power(1 - rest, 1 / b), 1 / a)
    }

    /// The share as a count of at least 1 out of `total`.
    func count(of total: Int, at uniform: Double) -> Int {
        min(max(Int((value(at: uniform) * Double(total)).rounded(.up)), 1), total)
    }
}
