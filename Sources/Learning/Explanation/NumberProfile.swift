package import Columns
package import Kernels

/// How a number differs between groups.
///
/// Show effect sizes first. A number that formed the groups has no p-value: K-Means makes groups
/// differ in it whether or not there are any (METHODS.md section 8).
package struct NumberProfile: Sendable, Equatable, Codable {
    /// One group, against all rows and against the rest.
    package struct Group: Sendable, Equatable, Codable {
        /// Rows with a value.
        package let count: Int
        /// Nil without a value.
        package let mean: Double?
        /// Divided by count − 1; nil below two values.
        package let standardDeviation: Double?
        /// v = (x̄_g − x̄) / √(s²/n_g · (n − n_g)/(n − 1)), s² the variance of all rows (divided by
        /// n): how far the mean is from that of a random draw of as many rows, in its standard
        /// deviations. Nil where nothing varies or the group holds all rows or none. Source: Lebart,
        /// Morineau & Piron 1995.
        package let vTest: Double?
        /// Cohen's d of the group against the rest, over the pooled standard deviation; nil where
        /// there is no rest or nothing varies.
        package let cohensD: Double?

        private enum CodingKeys: String, CodingKey {
            case count, mean
            case standardDeviation = "standard_deviation"
            case vTest = "v_test"
            case cohensD = "cohens_d"
        }
    }

    /// Rows with a group and a value.
    package let count: Int
    /// Rows that have a group but no value.
    package let missing: Int
    package let mean: Double?
    /// η² = B / (B + W): the share of the variance that the groups explain; nil where nothing varies.
    package let etaSquared: Double?
    package let groups: [Group]

    private enum CodingKeys: String, CodingKey {
        case count, missing, mean, groups
        case etaSquared = "eta_squared"
    }

    /// - Parameters:
    ///   - values: one a row, in any unit; NaN where missing.
    ///   - labels: one a row, below `groups`; rows of `Noise.label` are left out.
    /// - Throws: `rows_differ`.
    ///
    /// Complexity: O(rows + groups²).
    package init(
        _ values: [Double], labels: [Int32], groups: Int, work: Work = Work()
    ) throws(AuroraError) {
        try requireSameRows(values.count, labels.count)
        let parts = Parts(values, labels, groups, threads: work.threads)
        let all = parts.joined(Array(0..<groups))
        count = all.count
        missing = parts.missing
        mean = all.count > 0 ? all.mean : nil
        let within = parts.groups.reduce(0) { $0 + $1.squares }
        etaSquared = all.squares > 0 ? max(0, 1 - within / all.squares) : nil
        self.groups = (0..<groups).map { group in
            Group(
                parts.groups[group], all: all,
                rest: parts.joined((0..<groups).filter { $0 != group }))
        }
    }
}

extension NumberProfile.Group {
    fileprivate init(_ own: Part, all: Part, rest: Part) {
        count = own.count
        mean = own.count > 0 ? own.mean : nil
        let (n, m) = (Double(all.count), Double(own.count))
        standardDeviation = own.count > 1 ? (own.squares / (m - 1)).squareRoot() : nil
        guard own.count > 0, rest.count > 0, all.squares > 0 else {
            (vTest, cohensD) = (nil, nil)
            return
        }
        let variance = all.squares / n / m * (n - m) / (n - 1)
        vTest = (own.mean - all.mean) / variance.squareRoot()
        let pooled = (own.squares + rest.squares) / (n - 2)
        cohensD = n > 2 && pooled > 0 ? (own.mean - rest.mean) / pooled.squareRoot() : nil
    }
}

/// How many values there are, their mean, and their squared deviations from it, summed.
private struct Part {
    var count = 0
    var mean = 0.0
    var squares = 0.0
}

/// All groups' values, in two passes: means first, then deviations from them.
private struct Parts {
    private(set) var groups: [Part]
    private(set) var missing = 0

    init(_ values: [Double], _ labels: [Int32], _ count: Int, threads: Int) {
        groups = Array(repeating: Part(), count: count)
        // Of each group: rows with a value, their sum, rows without one.
        var sums = ChunkedSums(rows: values.count, width: 3 * count)
        sums.pass(threads: threads) { rows, record in
            for row in rows where labels[row] >= 0 {
                let (value, place) = (values[row], 3 * Int(labels[row]))
                if value.isNaN {
                    record[place + 2] += 1
                } else {
                    record[place] += 1
                    record[place + 1] += value
                }
            }
        }
        for group in 0..<count {
            let rows = sums.totals[3 * group]
            groups[group].count = Int(rows)
            groups[group].mean = rows > 0 ? sums.totals[3 * group + 1] / rows : 0
            missing += Int(sums.totals[3 * group + 2])
        }
        let means = groups.map(\.mean)
        var squares = ChunkedSums(rows: values.count, width: count)
        squares.pass(threads: threads) { rows, record in
            for row in rows where labels[row] >= 0 && !values[row].isNaN {
                let difference = values[row] - means[Int(labels[row])]
                record[Int(labels[row])] += difference * difference
            }
        }
        for group in 0..<count { groups[group].squares = squares.totals[group] }
    }

    /// Some groups as one (Chan, Golub & LeVeque 1983).
    func joined(_ chosen: [Int]) -> Part {
        var result = Part()
        result.count = chosen.reduce(0) { $0 + groups[$1].count }
        guard result.count > 0 else { return result }
        let sum = chosen.reduce(0) { $0 + Double(groups[$1].count) * groups[$1].mean }
        result.mean = sum / Double(result.count)
        for group in chosen {
            let difference = groups[group].mean - result.mean
            result.squares +=
                groups[group].squares + Double(groups[group].count) * difference * difference
        }
        return result
    }
}
