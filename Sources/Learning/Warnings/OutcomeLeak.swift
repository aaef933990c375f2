import Kernels

/// Features that nearly determine an outcome: often they were recorded after it.
///
/// Measured one feature at a time, over the rows that have both values:
///
/// | feature | outcome | measure |
/// |---|---|---|
/// | numeric | two classes | AUC, in the direction that is above ½ |
/// | numeric | more classes | η² of the feature over the classes |
/// | numeric | numeric | r² |
/// | category | numeric | η² of the outcome over the levels |
/// | category | classes | τ, the share of wrong guesses that knowing the level spares |
///
/// Source: AUC by mid-ranks, Hanley & McNeil 1982; τ, Goodman & Kruskal 1954.
package enum OutcomeLeak {
    package static let limit = 0.95

    package enum Variable: Sendable, Equatable {
        case numeric(NumericVariable)
        case nominal(NominalVariable)

        var name: String {
            switch self {
            case .numeric(let variable): variable.name
            case .nominal(let variable): variable.name
            }
        }
    }

    /// `feature_determines_outcome` for each feature whose measure is above 0.95.
    ///
    /// Complexity: O(features · rows · log rows).
    package static func findings(features: [Variable], outcome: Variable) -> [Finding] {
        features.compactMap { feature in
            guard let (measure, value) = association(feature, outcome), value > limit else {
                return nil
            }
            return Finding(
                "feature_determines_outcome",
                "'\(feature.name)' nearly determines '\(outcome.name)': \(measure) "
                    + "\(value.fixed(3)), beyond \(limit.fixed(2)); was it known before?",
                values: [("value", value), ("limit", limit)])
        }
    }

    /// The measure and its value; nil where one of the two doesn't vary.
    package static func association(
        _ feature: Variable, _ outcome: Variable
    ) -> (measure: String, value: Double)? {
        switch (feature, outcome) {
        case (.numeric(let x), .nominal(let y)) where y.levels.count == 2:
            auc(x.values, y.codes).map { ("AUC", max($0, 1 - $0)) }
        case (.numeric(let x), .nominal(let y)):
            EtaSquared.measure(x.values, labels: y.codes, groups: y.levels.count)
                .map { ("η²", $0) }
        case (.nominal(let x), .numeric(let y)):
            EtaSquared.measure(y.values, labels: x.codes, groups: x.levels.count)
                .map { ("η²", $0) }
        case (.numeric(let x), .numeric(let y)):
            squaredCorrelation(x.values, y.values).map { ("r²", $0) }
        case (.nominal(let x), .nominal(let y)):
            tau(x, y).map { ("τ", $0) }
        }
    }

    /// The chance that a row of class 1 has a larger value than one of class 0, ties counting half.
    private static func auc(_ values: [Double], _ classes: [Int32]) -> Double? {
        let rows = values.indices.filter { !values[$0].isNaN && classes[$0] >= 0 }
        let ranks = Ranks.mean(of: rows.map { values[$0] })
        var (sum, ones) = (0.0, 0.0)
        for (place, row) in rows.enumerated() where classes[row] == 1 {
            sum += ranks[place]
            ones += 1
        }
        let zeros = Double(rows.count) - ones
        guard ones > 0, zeros > 0 else { return nil }
        return (sum - ones * (ones + 1) / 2) / (ones * zeros)
    }

    private static func squaredCorrelation(_ x: [Double], _ y: [Double]) -> Double? {
        let rows = x.indices.filter { !x[$0].isNaN && !y[$0].isNaN }
        return Correlation.pearson(rows.map { x[$0] }, rows.map { y[$0] }).map { $0 * $0 }
    }

    private static func tau(_ x: NominalVariable, _ y: NominalVariable) -> Double? {
        let table = GroupOverlap(
            x.codes, y.codes, rows: x.levels.count, columns: y.levels.count)
        let totals = y.levels.indices.map { Double(table.columnTotal($0)) }
        let rows = totals.reduce(0, +)
        guard rows > 0 else { return nil }
        let blind = totals.reduce(0) { $0 + $1 * $1 } / rows
        let known = x.levels.indices.reduce(0.0) { sum, level in
            let size = Double(table.rowTotal(level))
            guard size > 0 else { return sum }
            return y.levels.indices.reduce(sum) {
                $0 + Double(table[level, $1]) * Double(table[level, $1]) / size
            }
        }
        return rows > blind ? (known - blind) / (rows - blind) : nil
    }
}
