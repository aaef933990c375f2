import CKernels
import Columns
import Kernels
import Testing

/// Passes that leave out rows whose label is sure to stay, beside the reference.
@Suite("Rows that are left out")
struct GapTests {
    private static let paths = KernelPath.allCases.filter(\.isAvailable)

    private static func reference(_ matrix: Matrix, _ centroids: Matrix) -> [Int32] {
        var labels = [Int32](repeating: -1, count: matrix.rows)
        _ = Assignment.reference(
            matrix.storage, matrix.rows, columns: matrix.columns, centres: centroids.storage,
            clusters: centroids.rows, labels: &labels, record: nil)
        return labels
    }

    @Test(
        "labels stay those of the reference while centres come to rest",
        arguments: paths, TilesTests.Kind.allCases)
    func resting(path: KernelPath, kind: TilesTests.Kind) throws {
        for (columns, clusters) in [(1, 2), (2, 9), (10, 6), (17, 3)] {
            let random = RandomNumbers(seed: 11, restart: columns)
            let matrix = kind.matrix(3_001, columns, random)
            let tiles = try #require(Tiles(matrix, threads: 1, path: path))
            var centroids = Matrix(
                (0..<clusters).map { matrix.row($0 * 3_000 / clusters) })
            var assignment = Assignment(
                rows: matrix.rows, columns: columns, clusters: clusters)
            for pass in 0..<40 {
                assignment.assign(matrix, in: tiles, to: centroids, threads: 2)
                let isRight = assignment.labels == Self.reference(matrix, centroids)
                #expect(isRight, "pass \(pass)")
                if pass < 8 {
                    _ = assignment.update(&centroids)
                    continue
                }
                // Steps that shrink to nothing, some of them along a column only.
                let numbers = RandomNumbers(seed: 12, restart: columns, step: pass)
                let step = Double(sign: .plus, exponent: -pass, significand: 1)
                for place in centroids.storage.indices where numbers.uniform(place) < 0.7 {
                    centroids.storage[place] *= 1 + step * (numbers.uniform(1_000 + place) - 0.5)
                }
            }
        }
    }

    @Test("centres that jump after a rest, and a row that was moved by hand", arguments: paths)
    func jumps(path: KernelPath) throws {
        let random = RandomNumbers(seed: 3)
        let matrix = TilesTests.Kind.uniform.matrix(2_000, 4, random)
        let tiles = try #require(Tiles(matrix, threads: 1, path: path))
        let starts = (0..<6).map { start in
            Matrix((0..<5).map { matrix.row(300 * start + 7 * $0) })
        }
        var assignment = Assignment(rows: 2_000, columns: 4, clusters: 5)
        for centroids in starts {
            for _ in 0..<4 {
                assignment.assign(matrix, in: tiles, to: centroids, threads: 1)
                #expect(assignment.labels == Self.reference(matrix, centroids))
            }
            #expect(assignment.changed == 0)
            let label = assignment.labels[1_234]
            assignment.move(1_234, of: matrix, to: (Int(label) + 1) % 5)
            assignment.assign(matrix, in: tiles, to: centroids, threads: 1)
            #expect(assignment.labels[1_234] == label && assignment.changed == 1)
        }
    }

    @Test("whole tiles hold the rows to the last bit", arguments: paths)
    func tiles(path: KernelPath) throws {
        let functions = try #require(path.functions)
        for columns in 1...41 {
            for rows in [1, 7, 31, 32] {
                let random = RandomNumbers(seed: 2, restart: columns, step: rows)
                let values = (0..<rows * columns).map { random.uniform($0) * 1e3 - 400 }
                let offsets = (0..<columns).map { random.uniform(100_000 + $0) }
                var tile = [Float](repeating: 7, count: 32 * columns)
                let norm = functions.tile(values, rows, columns, offsets, &tile)
                var longest = 0.0
                for row in 0..<32 {
                    var square = 0.0
                    for column in 0..<columns {
                        let own = tile[column * 32 + row]
                        guard row < rows else {
                            #expect(own.isNaN)
                            continue
                        }
                        let exact = values[row * columns + column] - offsets[column]
                        #expect(own == Float(exact))
                        square += exact * exact
                    }
                    longest = max(longest, square.squareRoot())
                }
                #expect(Double(norm) >= longest && Double(norm) < longest * 1.00002)
            }
        }
        for (place, value) in [(5, Double.nan), (300, .infinity), (319, -.infinity)] {
            var values = [Double](repeating: 1, count: 320)
            values[place] = value
            var tile = [Float](repeating: 0, count: 320)
            let offsets = [Double](repeating: 0, count: 10)
            #expect(!(functions.tile(values, 32, 10, offsets, &tile) <= .greatestFiniteMagnitude))
        }
    }

    @Test("inertia is that of plain sums, the same bits on every instruction set")
    func inertia() throws {
        for columns in 1...26 {
            for rows in [1, 2, 3, 8, 17, 1_000] {
                let clusters = 1 + columns % 7
                let random = RandomNumbers(seed: 6, restart: columns, step: rows)
                let values = (0..<rows * columns).map { random.uniform($0) * 9 }
                let centres = (0..<clusters * columns).map { random.uniform(50_000 + $0) * 9 }
                let labels = (0..<rows).map {
                    Int32(random.integer(90_000 + $0, below: clusters))
                }
                var plain = 0.0
                for row in 0..<rows {
                    for column in 0..<columns {
                        let centre = centres[Int(labels[row]) * columns + column]
                        let difference = values[row * columns + column] - centre
                        plain += difference * difference
                    }
                }
                let all = try Self.paths.map { path in
                    try #require(path.functions).inertia(
                        values, columns, clusters, rows, labels, centres)
                }
                #expect(all.allSatisfy { abs($0 - plain) <= 1e-12 * plain })
                #expect(all.allSatisfy { $0.bitPattern == all[0].bitPattern })
            }
        }
    }
}
