import Columns
import Learning

/// The nearest boundary where several numbers change by the same share of themselves: twice as many
/// purchases, twice as much spent.
///
/// In the data's own units that is a straight line from 0, but transforms bend it. So each direction
/// is looked through in small steps, and where another group becomes the nearest one, the step is
/// halved until both ends are neighbouring numbers. What is crossed and crossed back within one
/// step isn't seen.
struct ProportionalChange {
    let preprocessing: Preprocessing.Model
    let geometry: CentroidGeometry
    let raw: [Double]
    let own: Int
    /// Numbers above 0.
    let features: [Int]
    /// What each of them may become, its own value included.
    let ranges: [ClosedRange<Double>]

    struct Found {
        /// What all of them are multiplied by at the boundary, and just beyond it.
        var factor: Double
        var beyond: Double
        var target: Int
        /// The length of the way's chord on the model's scale.
        var size: Double
    }

    /// Steps from the customer to the end of what customers have, in each direction.
    private static let steps = 512

    /// - Parameter designed: the customer's row of the designed matrix.
    /// - Returns: at most one for each direction, the nearer one first.
    ///
    /// Complexity: O(steps · groups · columns).
    func nearest(from designed: [Double]) throws(AuroraError) -> [Found] {
        let low = zip(features, ranges).map { $1.lowerBound / raw[$0] }.max() ?? 1
        let high = zip(features, ranges).map { $1.upperBound / raw[$0] }.min() ?? 1
        var found: [Found] = []
        for end in [low, high] where end != 1 {
            if let change = try first(towards: end, designed) { found.append(change) }
        }
        return found.sorted { $0.size < $1.size }
    }

    private func first(
        towards end: Double, _ designed: [Double]
    ) throws(AuroraError) -> Found? {
        let factors = (0...Self.steps).map { 1 + (end - 1) * Double($0) / Double(Self.steps) }
        let rows = try preprocessing.designed(Matrix(factors.map(changed)))
        guard let index = (1...Self.steps).first(where: { nearest(rows.row($0)) != own }) else {
            return nil
        }
        var (inside, outside) = (factors[index - 1], factors[index])
        while true {
            let middle = inside + (outside - inside) / 2
            guard middle != inside, middle != outside else { break }
            let row = try preprocessing.designed(Matrix([changed(middle)])).row(0)
            if nearest(row) == own { inside = middle } else { outside = middle }
        }
        let row = try preprocessing.designed(Matrix([changed(outside)])).row(0)
        let size = zip(row, designed).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        // Beyond by what is less than any step, and inside of what customers have.
        let beyond = outside + (factors[index] - outside) * 1e-6
        return Found(
            factor: outside, beyond: beyond, target: nearest(row), size: size.squareRoot())
    }

    private func changed(_ factor: Double) -> [Double] {
        var changed = raw
        for feature in features { changed[feature] *= factor }
        return changed
    }

    /// The nearest group; the own one where others are only as near.
    private func nearest(_ row: [Double]) -> Int {
        let distances = geometry.distances(row)
        return distances.indices.reduce(own) { distances[$1] < distances[$0] ? $1 : $0 }
    }
}
