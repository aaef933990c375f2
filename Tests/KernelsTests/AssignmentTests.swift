import Columns
import Kernels
import Testing

@Suite("Assignment")
struct AssignmentTests {
    @Test("rows go to the nearest centroid, ties to the lowest index")
    func nearest() {
        let matrix = Matrix([[0], [1], [2], [5]])
        var assignment = Assignment(rows: 4, columns: 1, clusters: 3)
        assignment.assign(matrix, to: Matrix([[0], [2], [2]]), threads: 1)
        #expect(assignment.labels == [0, 0, 1, 1])
        #expect(assignment.sizes == [2, 2, 0])
        #expect(assignment.inertia == 10)
        #expect(assignment.changed == 4)
        assignment.assign(matrix, to: Matrix([[0], [2], [5]]), threads: 1)
        #expect(assignment.changed == 1)
    }

    @Test("an update writes means, reports the movement and leaves empty clusters")
    func update() {
        let matrix = Matrix([[0, 0], [2, 0], [9, 3]])
        var centroids = Matrix([[0, 0], [9, 0], [100, 100]])
        var assignment = Assignment(rows: 3, columns: 2, clusters: 3)
        assignment.assign(matrix, to: centroids, threads: 1)
        #expect(assignment.update(&centroids) == 1 + 9)
        #expect(centroids == Matrix([[1, 0], [9, 3], [100, 100]]))
    }

    @Test("a moved row counts for its new cluster until the next pass")
    func move() {
        let matrix = Matrix([[0], [4], [9]])
        var centroids = Matrix([[0], [100]])
        var assignment = Assignment(rows: 3, columns: 1, clusters: 2)
        assignment.assign(matrix, to: centroids, threads: 1)
        assignment.move(2, of: matrix, to: 1)
        #expect(assignment.sizes == [2, 1])
        #expect(assignment.labels == [0, 0, 1])
        _ = assignment.update(&centroids)
        #expect(centroids == Matrix([[2], [9]]))
        assignment.assign(matrix, to: centroids, threads: 1)
        #expect(assignment.changed == 0)
        #expect(assignment.sizes == [2, 1])
    }

    @Test("the same bits on any number of threads")
    func threads() {
        let random = RandomNumbers(seed: 3)
        let matrix = Matrix(
            rows: 30_001, columns: 3, storage: (0..<90_003).map { random.uniform($0) })
        let start = Matrix((0..<5).map { matrix.row($0) })
        let results = [1, 2, 3, 4, 7].map { threads in
            var centroids = start
            var assignment = Assignment(rows: matrix.rows, columns: 3, clusters: 5)
            assignment.assign(matrix, to: centroids, threads: threads)
            let movement = assignment.update(&centroids)
            return (assignment.labels, assignment.inertia, movement, centroids)
        }
        #expect(results.allSatisfy { $0 == results[0] })
    }

    @Test("the start's weighted draw skips rows that are centres already")
    func weightedDraw() {
        let matrix = Matrix([[0], [0], [1], [0], [3], [0]])
        var closest = ClosestCentre(matrix, first: 0, threads: 1)
        #expect(closest.potential == 10)
        #expect(closest.row(at: 0) == 2)
        #expect(closest.row(at: 0.0999) == 2)
        #expect(closest.row(at: 0.1) == 4)
        #expect(closest.row(at: 1) == 4)
        #expect(closest.potentials([2, 4], of: matrix) == [4, 1])
        closest.add(4, of: matrix)
        #expect(closest.potential == 1)
    }

    @Test("the draw finds its row in any chunk")
    func drawInChunks() {
        let matrix = Matrix(columns: [(0..<3000).map { $0 == 0 ? 0 : 1 }])
        let closest = ClosestCentre(matrix, first: 0, threads: 2)
        #expect(closest.potential == 2999)
        #expect(closest.row(at: 1023.5 / 2999) == 1024)
        #expect(closest.row(at: 2998.5 / 2999) == 2999)
    }
}
