import Columns
import Kernels
import Learning
import Testing

@Suite("K-Means over tiles")
struct KMeansTilesTests {
    @Test("rows that Float can't tell apart are told apart", arguments: 0..<5)
    func nearRows(seed: UInt64) throws {
        let values = [0, 1e6, 1e6 + 0.01, 1e6 + 0.02]
        let matrix = Matrix((0..<400).map { [values[$0 % 4], values[$0 % 4] / 3] })
        let model = try KMeans(k: 4, seed: seed, restarts: 1).fit(matrix)
        #expect(model.sizes == [100, 100, 100, 100])
        #expect(model.inertia < 1e-12)
        #expect(try model.predict(matrix) == model.labels)
    }

    @Test("centroids are the means of their rows, and labels hold beside them")
    func settled() throws {
        let random = RandomNumbers(seed: 3)
        let rows = Assignment.manyRows + 1
        let matrix = Matrix(
            rows: rows, columns: 2,
            storage: (0..<rows * 2).map { 1e9 + Double($0 % 5) + random.uniform($0) })
        let model = try KMeans(k: 3, seed: 1, restarts: 1).fit(matrix, work: Work(threads: 2))
        #expect(model.converged)
        #expect(try model.predict(matrix) == model.labels)
        var exact = Assignment(rows: rows, columns: 2, clusters: 3)
        exact.assign(matrix, to: model.centroids, threads: 1)
        var centroids = model.centroids
        _ = exact.update(&centroids)
        #expect(exact.labels == model.labels)
        #expect(centroids == model.centroids)
        #expect(exact.inertia == model.inertia)
    }

    @Test("a report that throws stops restarts that run beside each other")
    func stops() throws {
        let matrix = Samples.clouds(rows: 500, columns: 3, groups: 4)
        let work = Work(threads: 2) { (_, _) throws(AuroraError) in throw AuroraError.interrupted }
        #expect(throws: AuroraError.self) {
            try KMeans(k: 3, restarts: 50).fit(matrix, work: work)
        }
    }
}
