import Columns
import Kernels
import Learning
import Synchronization
import Testing

@Suite("K-Means")
struct KMeansTests {
    @Test("finds the groups of the golden example")
    func golden() throws {
        let fitted = try KMeans(k: 3, seed: 1).fit(Samples.golden)
        let left = fitted.centroids.column(0)
        let model = try fitted.ordered(by: .values(left, descending: false))
        // The last row lies nearer to the second group than to the one that the example puts it in.
        #expect(model.labels == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 1])
        #expect(abs(model.inertia - 6.644166666666666) < 1e-14)
        #expect(model.sizes == [4, 5, 3])
        #expect(model.converged)
        #expect(model.restartInertias.count == 10)
        #expect(model.restartInertias.firstIndex(of: model.inertia) == model.restart)
    }

    @Test("a given start keeps its order, and updates are counted")
    func givenStart() throws {
        let matrix = Matrix([[0], [1], [10], [11]])
        let start = Matrix([[11], [0]])
        let model = try KMeans(k: 2, restarts: 5, start: .centroids(start)).fit(matrix)
        #expect(model.centroids == Matrix([[10.5], [0.5]]))
        #expect(model.labels == [1, 1, 0, 0])
        #expect(model.inertia == 1)
        #expect(model.iterations == 1)
        #expect(model.restartInertias == [1])
    }

    @Test("a tolerance stops after the update that moves the centres by no more than it")
    func tolerance() throws {
        let matrix = Matrix([[0], [2], [4], [6], [8], [10]])
        func fit(_ stopping: KMeans.Stopping) throws -> KMeans.Model {
            try KMeans(k: 2, start: .centroids(Matrix([[0], [1]])), stopping: stopping).fit(matrix)
        }
        let strict = try fit(.converged)
        #expect(strict.centroids == Matrix([[2], [8]]))
        var last = Int.max
        for tolerance in [0, 0.5, 5, 1000] {
            let model = try fit(.tolerance(tolerance))
            #expect(model.converged)
            #expect(model.iterations <= last)
            last = model.iterations
            #expect(try model.predict(matrix) == model.labels)
        }
        #expect(last == 1)
        // Without a tolerance, labels that repeat save the update that would move nothing.
        #expect(try fit(.tolerance(0)).iterations == strict.iterations + 1)
        #expect(try fit(.tolerance(0)).centroids == strict.centroids)
    }

    @Test("an update limit ends the fit with a notice")
    func limit() throws {
        let matrix = Samples.clouds(rows: 2000)
        let model = try KMeans(k: 6, restarts: 1, maxIterations: 1).fit(matrix)
        #expect(!model.converged)
        #expect(model.iterations == 1)
        #expect(model.notices.map(\.message) == ["k-means ended at its limit of 1 update"])
        #expect(try model.predict(matrix) == model.labels)
    }

    @Test("an empty cluster moves to the farthest row")
    func emptyCluster() throws {
        let matrix = Matrix([[0], [1], [2], [10], [11], [50]])
        let start = Matrix([[0], [10], [1000]])
        let model = try KMeans(k: 3, start: .centroids(start)).fit(matrix)
        #expect(model.labels == [0, 0, 0, 1, 1, 2])
        #expect(model.sizes == [3, 2, 1])
        #expect(model.notices.map(\.code) == ["empty_cluster_moved"])
        #expect(model.notices[0].message.hasSuffix("farthest row, 1 time"))
    }

    @Test("of equally far rows the first is taken")
    func emptyClusterTie() throws {
        let start = Matrix([[0], [100]])
        let model = try KMeans(k: 2, start: .centroids(start)).fit(Matrix([[-4], [0], [4]]))
        #expect(model.labels == [1, 0, 0])
    }

    @Test("a row alone in its group isn't taken away from it, however far it lies")
    func emptyClusterSpares() throws {
        let start = Matrix([[1], [10], [1000]])
        let model = try KMeans(k: 3, start: .centroids(start)).fit(Matrix([[0], [1], [2], [50]]))
        #expect(model.labels == [2, 0, 0, 1])
        #expect(model.notices.map(\.code) == ["empty_cluster_moved"])
    }

    @Test("start centres that coincide, or all lie far off, still give k groups")
    func hopelessStarts() throws {
        let matrix = Samples.clouds(rows: 300)
        for centre in [[0.0, 0, 0], [1e6, 1e6, 1e6]] {
            let start = Matrix([[Double]](repeating: centre, count: 5))
            let model = try KMeans(k: 5, start: .centroids(start)).fit(matrix)
            #expect(!model.sizes.contains(0))
            #expect(model.converged)
        }
    }

    @Test("ten restarts keep the best, ties to the first")
    func restarts() throws {
        let matrix = Samples.clouds(rows: 500, columns: 2, groups: 4)
        let model = try KMeans(k: 7, seed: 3, restarts: 10).fit(matrix)
        #expect(Set(model.restartInertias).count > 1)
        #expect(model.inertia == model.restartInertias.min())
        #expect(model.restart == model.restartInertias.firstIndex(of: model.inertia))
        // A restart doesn't depend on those around it.
        let fewer = try KMeans(k: 7, seed: 3, restarts: 4).fit(matrix)
        #expect(fewer.restartInertias == Array(model.restartInertias.prefix(4)))
    }

    @Test("k-means++ starts beat one-try starts on far-apart groups")
    func plusPlus() throws {
        // Nine tight groups: a start that misses one costs at least a thousand times the optimum.
        var rows: [[Double]] = []
        for group in 0..<9 {
            for step in 0..<20 {
                rows.append([Double(group % 3) * 100 + Double(step) / 20, Double(group / 3) * 100])
            }
        }
        let matrix = Matrix(rows)
        let model = try KMeans(k: 9, seed: 5, restarts: 20).fit(matrix)
        let best = model.restartInertias.count { $0 < 20 }
        #expect(best >= 18)
    }

    @Test("a start takes the best of its candidates")
    func greedy() throws {
        // One cloud without groups: the worst of three candidates is often an outlier.
        let matrix = Samples.clouds(rows: 1000, columns: 2, groups: 1)
        let model = try KMeans(k: 6, seed: 1, restarts: 100, maxIterations: 1).fit(matrix)
        let average = model.restartInertias.reduce(0, +) / 100
        // 171.8; the first candidate gives 183.0 and the worst 192.4.
        #expect(average < 177)
    }
}
