import Columns
import Kernels

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How far apart and how tight the groups are that K-Means finds in a table.
struct Separation: Sendable {
    /// The mean over all rows.
    var silhouette: Double
    /// ln W; −∞ where every row lies on its centroid.
    var logInertia: Double

    /// Where fewer than k rows are different, each makes a group.
    init(of matrix: Matrix, _ tiles: Tiles?, by method: KMeans) throws(AuroraError) {
        var method = method
        method.k = matrix.distinctRows(upTo: method.k)
        let model = try method.fit(matrix, tiles, work: Work())
        logInertia = log(model.inertia)
        let values = try SilhouetteValues(matrix, labellings: [model.labels])
            .values(of: Array(0..<matrix.rows), work: Work())[0]
        guard values.allSatisfy(\.isFinite) else { throw Matrix.tooLarge("a distance") }
        silhouette = Moments(of: Matrix(columns: [values]), threads: 1).means[0]
    }

    init(silhouette: Double, logInertia: Double) {
        (self.silhouette, self.logInertia) = (silhouette, logInertia)
    }
}

/// Whether columns go together at all.
struct Dependence: Sendable {
    /// The largest correlation of two columns' normal scores, by magnitude; 0 for one column.
    var correlation: Double
    /// (1 + tables with independent columns that reach it) / (1 + tables).
    var p: Double

    /// Complexity: O(replicas · rows · (log rows · units + units²)).
    init(of null: CopulaNull, replicas: Int, seed: UInt64) {
        correlation = Self.largest(null.correlations)
        var reached = 0
        for number in 1...replicas {
            let correlations = null.independentCorrelations(number, seed: seed)
            if Self.largest(correlations) >= correlation { reached += 1 }
        }
        p = Double(1 + reached) / Double(1 + replicas)
    }

    init(correlation: Double, p: Double) {
        (self.correlation, self.p) = (correlation, p)
    }

    private static func largest(_ correlations: Matrix) -> Double {
        var largest = 0.0
        for a in 0..<correlations.rows {
            for b in 0..<a { largest = max(largest, abs(correlations[a, b])) }
        }
        return largest
    }
}
