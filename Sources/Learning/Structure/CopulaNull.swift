package import Columns
import Kernels

/// Draws tables that have the columns and the correlations of a given one, and nothing else in
/// common with it: what a method finds in those, too, is no evidence of groups.
///
/// A Gaussian copula: the correlations of the columns' normal scores, Φ⁻¹((rank − ½) / n) with
/// shared ranks for ties, give correlated normal numbers; the rows with the smallest of them take
/// the smallest values of the column, and so on. Each column of a replica therefore holds exactly
/// the values of the original, spikes, codes and outliers included, in another order.
///
/// Columns that state one category together (indicators) are drawn as one: a replica has a row's
/// whole category or another row's, never a mixture. Categories have no order of their own; they
/// take that of their mean along the first principal component.
///
/// Where many rows of two columns are tied, shared ranks make the replicas' correlation somewhat
/// weaker than the original (by up to .08 in card data with half of the values at zero).
///
/// Source: Nelsen 2006, An Introduction to Copulas; the normal null is that of Liu, Hayes, Nobel &
/// Marron 2008 (METHODS.md section 3).
package struct CopulaNull: Sendable {
    /// Columns that are drawn together, each column once.
    package let units: [[Int]]
    /// units × units, the correlations of the normal scores as measured.
    package let correlations: Matrix
    var matrix: Matrix
    /// Per unit the rows from its smallest value to its largest.
    let order: [[Int]]
    private let scores: [[Double]]
    /// A method's own starts use the small steps of the same seed.
    private static let firstStep = 1 << 20
    /// units × units; times its transpose it is the nearest correlation matrix.
    private let factor: Matrix

    /// - Parameters:
    ///   - matrix: rows × columns, at least two rows, finite.
    ///   - units: columns that are drawn together; without it each is drawn on its own.
    /// - Throws: what the eigenvalues throw.
    ///
    /// Complexity: O(rows · log rows · units + rows · units² + units³).
    package init(of matrix: Matrix, units: [[Int]]? = nil) throws(AuroraError) {
        let units = units ?? (0..<matrix.columns).map { [$0] }
        self.matrix = matrix
        self.units = units
        let keys = try Self.keys(of: units, in: matrix)
        order = keys.map { Ranks.order(of: $0) }
        scores = zip(keys, order).map { Self.scores(of: $0, inOrder: $1) }
        correlations = Self.correlations(of: scores)
        factor = try Self.factor(of: correlations)
    }

    /// The table that has this number.
    ///
    /// Complexity: O(rows · log rows · units + rows · units²).
    package func replica(_ number: Int, seed: UInt64) -> Matrix {
        let normals = units.indices.map { unit in
            let random = RandomNumbers(seed: seed, restart: number, step: Self.firstStep + unit)
            return Self.normals(random, matrix.rows)
        }
        let latent = units.indices.map { unit in
            (0..<matrix.rows).map { row in
                normals.indices.reduce(0) { $0 + factor[unit, $1] * normals[$1][row] }
            }
        }
        return arranged(by: latent)
    }

    /// The correlations that are left when every unit's rows are put into an order by chance.
    ///
    /// Complexity: O(rows · log rows · units + rows · units²).
    package func independentCorrelations(_ number: Int, seed: UInt64) -> Matrix {
        Self.correlations(
            of: scores.enumerated().map { unit, scores in
                let step = Self.firstStep + units.count + unit
                let random = RandomNumbers(seed: seed, restart: number, step: step)
                return Ranks.order(of: (0..<matrix.rows).map { random.uniform($0) }).map {
                    scores[$0]
                }
            })
    }

    private func arranged(by latent: [[Double]]) -> Matrix {
        var replica = matrix
        for (unit, columns) in units.enumerated() {
            for (row, source) in zip(Ranks.order(of: latent[unit]), order[unit]) {
                for column in columns { replica[row, column] = matrix[source, column] }
            }
        }
        return replica
    }

    private static func normals(_ random: RandomNumbers, _ count: Int) -> [Double] {
        // In the middle of its step of 2⁻⁵², since 0 and 1 have no quantile.
        (0..<count).map { NormalQuantile.of((Double(random.bits($0) >> 12) + 0.5) * 0x1p-52) }
    }

    private static func scores(of keys: [Double], inOrder order: [Int]) -> [Double] {
        let rows = Double(keys.count)
        return Ranks.mean(of: keys, inOrder: order).map { NormalQuantile.of(($0 - 0.5) / rows) }
    }

    private static func correlations(of scores: [[Double]]) -> Matrix {
        var result = Matrix(rows: scores.count, columns: scores.count)
        for a in scores.indices {
            result[a, a] = 1
            for b in 0..<a {
                // A constant goes with nothing.
                let value = Correlation.pearson(scores[a], scores[b]) ?? 0
                result[a, b] = value
                result[b, a] = value
            }
        }
        return result
    }

    /// V √Λ with the negative eigenvalues set to 0 and each row at length 1 again (Higham 2002
    /// iterates this; one step is enough for matrices of full data, which have none by themselves).
    private static func factor(of correlations: Matrix) throws(AuroraError) -> Matrix {
        let eigen = try SymmetricEigen(of: correlations)
        var factor = Matrix(rows: correlations.rows, columns: correlations.rows)
        for unit in 0..<correlations.rows {
            var square = 0.0
            for (index, value) in eigen.values.enumerated() {
                factor[unit, index] = eigen.vectors[index, unit] * max(0, value).squareRoot()
                square += factor[unit, index] * factor[unit, index]
            }
            for index in eigen.values.indices { factor[unit, index] /= square.squareRoot() }
        }
        return factor
    }

    /// A number for each row by which a unit's rows are put into order.
    private static func keys(
        of units: [[Int]], in matrix: Matrix
    ) throws(AuroraError) -> [[Double]] {
        var component: [Double]?
        var result: [[Double]] = []
        for columns in units {
            if columns.count == 1 {
                result.append(matrix.column(columns[0]))
                continue
            }
            let along: [Double]
            if let component { along = component } else { along = try firstComponent(of: matrix) }
            component = along
            let labels = matrix.categories(in: columns)
            var sums = [(sum: Double, rows: Double)](
                repeating: (0, 0), count: (labels.max() ?? 0) + 1)
            for (row, label) in labels.enumerated() {
                sums[label].sum += along[row]
                sums[label].rows += 1
            }
            // Two categories with one mean would be taken for one, so each gets a place of its own.
            let means = sums.map { $0.sum / $0.rows }
            var places = [Double](repeating: 0, count: means.count)
            for (place, label) in Ranks.order(of: means).enumerated() {
                places[label] = Double(place)
            }
            result.append(labels.map { places[$0] })
        }
        return result
    }

    private static func firstComponent(of matrix: Matrix) throws(AuroraError) -> [Double] {
        try PCA().fit(matrix).project(matrix, components: 1).storage
    }
}

extension Matrix {
    /// The category of each row: rows with equal values in these columns have one, numbered as
    /// they come.
    func categories(in columns: [Int]) -> [Int] {
        var known: [[Double]: Int] = [:]
        return (0..<rows).map { row in
            let values = columns.map { self[row, $0] }
            if let category = known[values] { return category }
            known[values] = known.count
            return known.count - 1
        }
    }
}
