import Columns
import Kernels
import Learning
import Testing

@Suite("Attribution to columns, and the nearest boundary")
struct AttributionTests {
    static let centroids = Matrix([[1.05, 0.975, 2], [5.025, 5.15, -1], [8.45, 1.6, 0.5]])
    static let weights = [1, 0.5, 2.0]
    static let means = [4.84, 2.575, 0.5]

    /// Two components of four columns.
    static let reduction = CentroidGeometry.Reduction(
        loadings: Matrix([[0.6, 0.48, -0.64, 0.1], [0.3, -0.2, 0.5, 0.7]]), means: [1, -2, 0.5, 3])

    static func random(_ row: Int, _ count: Int) -> [Double] {
        let numbers = RandomNumbers(seed: 8, step: row)
        return (0..<count).map { numbers.uniform($0) * 10 - 1 }
    }

    @Test("contributions are 2w(a − b)(x − x̄)")
    func byHand() throws {
        let geometry = try CentroidGeometry(centroids: Self.centroids, weights: Self.weights)
        let row = [4, 3.0, 1]
        let attribution = try #require(Attribution(of: row, means: Self.means, in: geometry))
        // d² by hand: 12.7528…, 11.3614…, 21.2825.
        #expect(attribution.own == 1)
        #expect(attribution.runnerUp == 0)
        let golden = [
            2 * 1 * (5.025 - 1.05) * (4 - 4.84), 2 * 0.5 * (5.15 - 0.975) * (3 - 2.575),
            2 * 2 * (-1 - 2) * (1 - 0.5),
        ]
        for (value, expected) in zip(attribution.contributions, golden) {
            #expect(abs(value - expected) < 1e-14)
        }
        let distances = geometry.distances(row)
        #expect(abs(attribution.margin - (distances[0] - distances[1])) < 1e-13)
        #expect(try roundTrip(attribution) == attribution)
    }

    @Test("they add up to margin(x) − margin(x̄), also through a reduction", arguments: 0..<200)
    func addsUp(row: Int) throws {
        let plain = try CentroidGeometry(centroids: Self.centroids, weights: Self.weights)
        let reduced = try CentroidGeometry(
            centroids: Matrix([[0, 1], [3, -1], [-2, 2]]), weights: [2, 0.3],
            reduction: Self.reduction)
        for geometry in [plain, reduced] {
            let means = Self.random(1000, geometry.columns)
            let attribution = try #require(
                Attribution(
                    of: Self.random(row, geometry.columns), means: means, in: geometry))
            let sum = attribution.contributions.reduce(0, +)
            #expect(abs(sum - (attribution.margin - attribution.baseline)) < 1e-12)
            #expect(attribution.margin >= 0)
        }
    }

    @Test("a reduction to the columns themselves changes nothing")
    func identity() throws {
        let plain = try CentroidGeometry(centroids: Self.centroids, weights: Self.weights)
        let same = try CentroidGeometry(
            centroids: Self.centroids, weights: Self.weights,
            reduction: .init(
                loadings: Matrix([[1, 0, 0], [0, 1, 0], [0, 0, 1]]), means: [0, 0, 0]))
        let row = Self.random(3, 3)
        #expect(
            Attribution(of: row, means: Self.means, in: plain)
                == Attribution(of: row, means: Self.means, in: same))
    }

    @Test("indicator columns of one feature are added; one group has no runner-up")
    func features() throws {
        let geometry = try CentroidGeometry(centroids: Self.centroids)
        let attribution = try #require(
            Attribution(of: [4, 3, 1], means: Self.means, own: 2, in: geometry))
        let grouped = attribution.byFeature([1, 0, 1], count: 2)
        let columns = attribution.contributions
        #expect(grouped.contributions == [columns[1], columns[0] + columns[2]])
        #expect(grouped.margin == attribution.margin)
        #expect(attribution.own == 2)
        #expect(attribution.margin < 0)
        let one = try CentroidGeometry(centroids: Matrix([[1, 2, 3]]))
        #expect(Attribution(of: [4, 3, 1], means: Self.means, in: one) == nil)
        expectError("feature_count") {
            _ = try CentroidGeometry(centroids: Self.centroids, reduction: Self.reduction)
        }
    }

    @Test("the change is −margin / 2w(a − b), and the row lands where it says", arguments: 0..<200)
    func lands(row: Int) throws {
        let plain = try CentroidGeometry(centroids: Self.centroids, weights: Self.weights)
        let reduced = try CentroidGeometry(
            centroids: Matrix([[0, 1], [3, -1], [-2, 2], [6, 5]]), reduction: Self.reduction)
        for geometry in [plain, reduced] {
            let values = Self.random(row, geometry.columns)
            let boundary = NearestBoundary(
                of: values, actionable: Array(0..<geometry.columns), in: geometry)
            let nearest = try #require(boundary.nearest)
            #expect(nearest.size == boundary.changes.map(\.size).min())
            for change in boundary.changes {
                let (column, step) = (change.columns[0], change.changes[0])
                var moved = values
                moved[column] += step
                #expect(winners(geometry, moved, within: 1e-9).contains(change.target))
                moved[column] += step * 1e-6
                #expect(winners(geometry, moved, within: 0) == [change.target])
            }
            // The first boundary on a way is the own group's.
            let (column, step) = (nearest.columns[0], nearest.changes[0])
            let margin = geometry.margin(values, own: boundary.own, other: nearest.target)
            let slope = geometry.gradient(own: boundary.own, other: nearest.target)[column]
            #expect(abs(step + margin / slope) < 1e-9)
        }
    }

    private func winners(
        _ geometry: CentroidGeometry, _ row: [Double], within tolerance: Double
    ) -> [Int] {
        let distances = geometry.distances(row)
        let least = distances.min() ?? 0
        return distances.indices.filter { distances[$0] <= least + tolerance }
    }

    @Test("another centroid in between is reached first, and one behind it further on")
    func between() throws {
        let geometry = try CentroidGeometry(
            centroids: Matrix([[0, 0], [4, 0], [10, 0], [0, 9]]))
        let boundary = NearestBoundary(of: [1, 0], actionable: [0], in: geometry)
        #expect(boundary.changes.map(\.target) == [1, 2])
        #expect(boundary.changes.map(\.changes) == [[1], [6]])
        // The last centroid can't be reached along the first column.
        #expect(!boundary.changes.contains { $0.target == 3 })
        #expect(NearestBoundary(of: [1, 0], actionable: [], in: geometry).nearest == nil)
        #expect(try roundTrip(boundary) == boundary)
    }

    @Test("linked columns move together, or are refused")
    func linked() throws {
        let geometry = try CentroidGeometry(centroids: Matrix([[0, 0, 0], [4, 4, 0]]))
        let together = NearestBoundary(
            of: [1, 1, 0], actionable: [0, 1, 2],
            links: [.init(columns: [0, 1], steps: [1, 0.5])],
            in: geometry)
        // Margin 32 − 16 = 16, slope −8 (1 + ½): a step of 4/3.
        #expect(together.changes.count == 1)
        #expect(together.changes[0].columns == [0, 1])
        #expect(abs(together.changes[0].changes[0] - 4 / 3.0) < 1e-12)
        #expect(abs(together.changes[0].changes[1] - 2 / 3.0) < 1e-12)
        let refused = NearestBoundary(
            of: [1, 1, 0], actionable: [0, 1, 2], links: [.init(columns: [0, 1])], in: geometry)
        #expect(refused.changes.isEmpty)
        #expect(refused.refused == [0, 1])
        let half = NearestBoundary(
            of: [1, 1, 0], actionable: [0], links: [.init(columns: [0, 1], steps: [1, 1])],
            in: geometry)
        #expect(half.changes.isEmpty)
        #expect(half.refused == [0])
    }

    @Test("a column stays within its limits")
    func limits() throws {
        let geometry = try CentroidGeometry(centroids: Matrix([[0, 0], [4, 0], [-6, 0]]))
        let free = NearestBoundary(of: [1, 0], actionable: [0], in: geometry)
        #expect(free.changes.map(\.target) == [1, 2])
        let limited = NearestBoundary(
            of: [1, 0], actionable: [0], limits: [-1...5, 0...0], in: geometry)
        #expect(limited.changes.map(\.target) == [1])
        let fixed = NearestBoundary(
            of: [1, 0], actionable: [0], limits: [-1...1.5, 0...0], in: geometry)
        #expect(fixed.nearest == nil)
    }

    @Test("the distance to the boundary is that of the nearest plane between two groups")
    func boundaryDistance() throws {
        let geometry = try CentroidGeometry(centroids: Matrix([[0, 0], [4, 0], [3, 4]]))
        #expect(geometry.boundaryDistance([1, 0], own: 0) == 1)
        #expect(geometry.boundaryDistance([3, 0], own: 0) == -1)
        // Half of 5 from the plane to the last centroid, less the way of 1.5 towards it.
        let distance = try #require(geometry.boundaryDistance([0.9, 1.2], own: 0))
        #expect(abs(distance - 1) < 1e-12)
        // A weight of 4 halves the unit, not the place of the boundary.
        let weighted = try CentroidGeometry(
            centroids: Matrix([[0, 0], [4, 0]]), weights: [4, 1])
        #expect(weighted.boundaryDistance([1, 5], own: 0) == 1)
        let one = try CentroidGeometry(centroids: Matrix([[0, 0]]))
        #expect(one.boundaryDistance([1, 0], own: 0) == nil)
    }
}
