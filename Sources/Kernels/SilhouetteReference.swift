package import Columns

/// The reference of `SilhouetteValues`: one labelling, one row after the other, all in Double.
package enum SilhouetteReference {
    package static func values(
        of points: [Int], _ matrix: Matrix, labels: [Int32]
    ) -> [Double] {
        let clusters = Int((labels.max() ?? -1) + 1)
        var sizes = [Double](repeating: 0, count: clusters)
        for label in labels { sizes[Int(label)] += 1 }
        return points.map { point in
            var sums = [Double](repeating: 0, count: clusters)
            for row in labels.indices {
                var square = 0.0
                for column in 0..<matrix.columns {
                    let difference = matrix[point, column] - matrix[row, column]
                    square += difference * difference
                }
                sums[Int(labels[row])] += square.squareRoot()
            }
            let own = Int(labels[point])
            let others = (0..<clusters).filter { $0 != own && sizes[$0] > 0 }
            guard sizes[own] > 1, let b = others.map({ sums[$0] / sizes[$0] }).min() else {
                return 0
            }
            let a = sums[own] / (sizes[own] - 1)
            return max(a, b) == 0 ? 0 : (b - a) / max(a, b)
        }
    }
}
