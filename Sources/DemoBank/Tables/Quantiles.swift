/// A distribution given by some of its quantiles, and linear between them.
struct Quantiles: Sendable {
    /// Probabilities from 0 to 1, ascending.
    private let probabilities: [Double]
    private let values: [Double]

    /// The probabilities that most tables of parameters state.
    static let usual = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1]

    /// - Parameters:
    ///   - values: ascending, one for each probability.
    ///   - probabilities: from 0 to 1.
    init(_ values: [Double], at probabilities: [Double] = Self.usual) {
        precondition(values.count == probabilities.count, "each probability has one value")
        self.values = values
        self.probabilities = probabilities
    }

    /// Equal parts between neighbouring values.
    init(equalParts values: [Double]) {
        self.init(
            values, at: values.indices.map { Double($0) / Double(values.count - 1) })
    }

    /// The value below which lies a part `uniform` of all.
    func value(at uniform: Double) -> Double {
        var index = 1
        while index < probabilities.count - 1, probabilities[index] < uniform { index += 1 }
        let low = probabilities[index - 1]
        let share = (uniform - low) / (probabilities[index] - low)
        return values[index - 1] + share * (values[index] - values[index - 1])
    }

    var mean: Double {
        var sum = 0.0
        for index in 1..<values.count {
            let share = probabilities[index] - probabilities[index - 1]
            sum += share * (values[index - 1] + values[index]) / 2
        }
        return sum
    }
}
