/// How two numbers go together.
package enum Correlation {
    /// Pearson's r, the same to the bit for the same rows in the same order.
    ///
    /// - Parameter x: finite, of the length of `y`.
    /// - Returns: −1…1; nil where one of the two is constant or the numbers overflow.
    ///
    /// Complexity: O(pairs).
    package static func pearson(_ x: [Double], _ y: [Double]) -> Double? {
        precondition(x.count == y.count, "a y for each x")
        guard let firstX = x.first, let firstY = y.first else { return nil }
        guard x.contains(where: { $0 != firstX }), y.contains(where: { $0 != firstY }) else {
            return nil
        }
        let rows = Double(x.count)
        var sums = ChunkedSums(rows: x.count, width: 5)
        sums.pass(threads: 1) { range, record in
            for row in range {
                record[0] += (x[row] - firstX)
                record[1] += (y[row] - firstY)
            }
        }
        let centre = (x: firstX + sums.totals[0] / rows, y: firstY + sums.totals[1] / rows)
        // Deviations within −1…1: their squares neither overflow nor vanish.
        let scale = (
            x: x.reduce(0) { max($0, abs($1 - centre.x)) },
            y: y.reduce(0) { max($0, abs($1 - centre.y)) }
        )
        sums.pass(threads: 1) { range, record in
            for row in range {
                let (left, right) = ((x[row] - centre.x) / scale.x, (y[row] - centre.y) / scale.y)
                record[0] += left
                record[1] += right
                record[2] += left * left
                record[3] += right * right
                record[4] += left * right
            }
        }
        return coefficient(
            rows: rows, sums: (sums.totals[0], sums.totals[1]),
            squares: (sums.totals[2], sums.totals[3]), products: sums.totals[4])
    }

    /// Spearman's ρ: Pearson's r of the ranks, of which equal values share the mean.
    ///
    /// Complexity: O(pairs · log pairs).
    package static func spearman(_ x: [Double], _ y: [Double]) -> Double? {
        pearson(Ranks.mean(of: x), Ranks.mean(of: y))
    }

    /// - Parameters:
    ///   - sums: of the deviations from any centre.
    ///   - squares: of these deviations.
    static func coefficient(
        rows: Double, sums: (Double, Double), squares: (Double, Double), products: Double
    ) -> Double? {
        let varying = (squares.0 - sums.0 * sums.0 / rows, squares.1 - sums.1 * sums.1 / rows)
        guard varying.0 > 0, varying.1 > 0 else { return nil }
        let r =
            (products - sums.0 * sums.1 / rows) / (varying.0.squareRoot() * varying.1.squareRoot())
        return r.isFinite ? min(1, max(-1, r)) : nil
    }
}
