import Columns
import Kernels

extension KPrototypes {
    /// Rows, numbers first, and the same rows as points between which squared Euclidean distances
    /// are those of the mixed measure.
    struct Embedded {
        let rows: Matrix
        let points: Matrix
    }

    /// Draws the rows of the starts, and turns each category column into one column a code: √(γ/2)
    /// where the row has the code, else 0, so that two rows which differ are γ apart.
    func embed(_ matrix: Matrix, _ layout: MixedLayout, _ gamma: Double) -> Embedded {
        let rows = matrix.sampledRows(Self.startRows, seed: seed, groups: k) ?? matrix
        let levels = layout.categoryLevels
        guard !levels.isEmpty else { return Embedded(rows: rows, points: rows) }
        let numbers = layout.numbers
        var points = Matrix(rows: rows.rows, columns: numbers + levels.reduce(0, +))
        let side = (gamma / 2).squareRoot()
        for row in 0..<rows.rows {
            for column in 0..<numbers { points[row, column] = rows[row, column] }
            var place = numbers
            for (column, count) in levels.enumerated() {
                points[row, place + Int(rows[row, numbers + column])] = side
                place += count
            }
        }
        return Embedded(rows: rows, points: points)
    }

    /// k × columns, numbers first: rows that k-means++ chooses, or the given centroids.
    func firstCentroids(
        _ restart: Int, _ embedded: Embedded?, _ layout: MixedLayout, _ work: Work
    ) throws(AuroraError) -> Matrix {
        if case .centroids(let centroids) = start { return layout.numbersFirst(centroids) }
        guard let embedded else { preconditionFailure("starts are drawn from embedded rows") }
        let chosen = try KMeans(k: k, seed: seed).plusPlusRows(
            embedded.points, restart: restart, work: work)
        return Matrix(chosen.map { embedded.rows.row($0) })
    }
}
