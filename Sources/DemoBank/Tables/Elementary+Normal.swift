extension Elementary {
    /// The probability that a standard normal number lies below `x`, strictly between 0 and 1.
    ///
    /// Abramowitz & Stegun 26.2.17: off by less than 1e-7.
    static func normalProbability(_ x: Double) -> Double {
        let z = min(x.magnitude, 6)
        let t = 1 / (1 + 0.2316419 * z)
        var sum = 1.330274429 * t - 1.821255978
        sum = sum * t + 1.781477937
        sum = sum * t - 0.356563782
        sum = sum * t + 0.319381530
        let tail = max(0.3989422804014327 * exp(-z * z / 2) * sum * t, 1e-12)
        return x < 0 ? tail : 1 - tail
    }
}

/// How far a column follows what drives several columns (a Gaussian copula of few factors).
struct Loadings: Sendable {
    private let loadings: [Double]
    private let own: Double

    /// - Parameter loadings: the correlation with each factor; their squares sum to at most 1.
    init(_ loadings: Double...) {
        self.loadings = loadings
        own = max(0, 1 - loadings.reduce(0) { $0 + $1 * $1 }).squareRoot()
    }

    /// A number between 0 and 1, from the row's factors and a normal number of the column's own.
    func uniform(_ factors: [Double], own normal: Double) -> Double {
        var sum = own * normal
        for (loading, factor) in zip(loadings, factors) { sum += loading * factor }
        return Elementary.normalProbability(sum)
    }
}
