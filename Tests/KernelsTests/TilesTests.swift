import Columns
import Kernels
import Testing

/// The loops over tiles beside the reference, on every instruction set that this machine has.
@Suite("Tiles")
struct TilesTests {
    private static let paths = KernelPath.allCases.filter(\.isAvailable)

    /// What makes rounding to `Float` go wrong.
    enum Kind: CaseIterable {
        case uniform, ties, duplicates, offset, scales, tiny, outlier

        func value(_ random: RandomNumbers, _ place: Int, column: Int) -> Double {
            let number = random.uniform(place)
            return switch self {
            case .uniform: number * 8 - 4
            case .ties: (number * 4).rounded()
            case .duplicates: number < 0.5 ? 1.25 : -3
            case .offset: 1e12 + (number * 16).rounded() / 8
            case .scales: (number - 0.5) * [1e-12, 1, 1e9][column % 3]
            case .tiny: number * 0x1p-1060
            case .outlier: number < 0.01 ? 1e14 : number
            }
        }

        func matrix(_ rows: Int, _ columns: Int, _ random: RandomNumbers) -> Matrix {
            Matrix(
                rows: rows, columns: columns,
                storage: (0..<rows * columns).map { value(random, $0, column: $0 % columns) })
        }
    }

    private static func reference(_ matrix: Matrix, _ centroids: Matrix) -> [Int32] {
        var labels = [Int32](repeating: -1, count: matrix.rows)
        _ = Assignment.reference(
            matrix.storage, matrix.rows, columns: matrix.columns, centres: centroids.storage,
            clusters: centroids.rows, labels: &labels, record: nil)
        return labels
    }

    /// Centres that are rows, or lie between two, so that rows are equally near to several.
    private static func centres(_ matrix: Matrix, _ count: Int, _ random: RandomNumbers) -> Matrix {
        Matrix(
            (0..<count).map { centre in
                let row = matrix.row(random.integer(centre, below: matrix.rows))
                let other = matrix.row(random.integer(1000 + centre, below: matrix.rows))
                return centre % 2 == 0 ? row : zip(row, other).map { $0 / 2 + $1 / 2 }
            })
    }

    @Test("labels are those of the reference", arguments: paths, Kind.allCases)
    func labels(path: KernelPath, kind: Kind) throws {
        for (index, rows) in [1, 31, 32, 33, 64, 95, 97, 1023, 1025, 8193].enumerated() {
            for columns in rows < 100 ? Array(1...21) : [1, 3, 10, 17] {
                let random = RandomNumbers(seed: 5, restart: columns, step: index)
                let matrix = kind.matrix(rows, columns, random)
                let tiles = try #require(Tiles(matrix, threads: 1, path: path))
                let clusters = 1 + (columns * 7 + index) % 21
                let first = Self.centres(matrix, clusters, random)
                let expected = Self.reference(matrix, first)
                let nearest = Assignment.nearest(matrix, to: first, threads: 1, path: path)
                #expect(nearest.areFinite && nearest.labels == expected)
                var assignment = Assignment(rows: rows, columns: columns, clusters: clusters)
                assignment.assign(matrix, in: tiles, to: first, threads: 2)
                #expect(assignment.labels == expected)
                let second = Self.centres(matrix, clusters, RandomNumbers(seed: 6, step: index))
                assignment.assign(matrix, in: tiles, to: second, threads: 2)
                let labels = Self.reference(matrix, second)
                #expect(assignment.labels == labels)
                #expect(assignment.changed == zip(expected, labels).count { $0 != $1 })
                #expect(
                    assignment.sizes
                        == (0..<clusters).map { group in labels.count { $0 == group } })
            }
        }
    }

    @Test("a row next to the middle of two centres", arguments: paths)
    func nearTies(path: KernelPath) throws {
        for columns in 1...12 {
            let random = RandomNumbers(seed: 9, restart: columns)
            let one = (0..<columns).map { random.uniform($0) * 6 - 3 }
            let other = (0..<columns).map { random.uniform(100 + $0) * 6 - 3 }
            // From the middle towards either centre, by a share that shrinks to nothing.
            let rows = (-60...60).map { step in
                let share =
                    step == 0
                    ? 0
                    : Double(sign: .plus, exponent: -abs(step), significand: Double(step.signum()))
                return zip(one, other).map { $0 * (0.5 - share / 2) + $1 * (0.5 + share / 2) }
            }
            for offset in [0, 1e9] {
                let moved = { (row: [Double]) in row.map { $0 + offset } }
                let matrix = Matrix(rows.map(moved))
                let centres = Matrix([moved(other), moved(one), moved(one)])
                let tiles = try #require(Tiles(matrix, threads: 1, path: path))
                var assignment = Assignment(rows: matrix.rows, columns: columns, clusters: 3)
                assignment.assign(matrix, in: tiles, to: centres, threads: 1)
                #expect(assignment.labels == Self.reference(matrix, centres))
            }
        }
    }

    @Test("updates are the same bits on every instruction set and any number of threads")
    func sameBits() throws {
        let random = RandomNumbers(seed: 4)
        let matrix = Kind.uniform.matrix(20_011, 5, random)
        let start = Matrix((0..<7).map { matrix.row($0) })
        var all: [[UInt64]] = []
        for path in Self.paths {
            for threads in 1...3 {
                let tiles = try #require(Tiles(matrix, threads: threads, path: path))
                var assignment = Assignment(rows: matrix.rows, columns: 5, clusters: 7)
                var centroids = start
                for _ in 0..<20 {
                    assignment.assign(matrix, in: tiles, to: centroids, threads: threads)
                    _ = assignment.update(&centroids)
                }
                all.append(centroids.storage.map(\.bitPattern))
            }
        }
        #expect(all.allSatisfy { $0 == all[0] })
    }

    @Test("sums that follow the labels are those of a new start, to 12 digits")
    func followingSums() throws {
        let matrix = Kind.uniform.matrix(9_001, 4, RandomNumbers(seed: 2))
        let tiles = try #require(Tiles(matrix, threads: 1))
        var centroids = Matrix((0..<6).map { matrix.row($0) })
        var assignment = Assignment(rows: matrix.rows, columns: 4, clusters: 6)
        for _ in 0..<30 {
            assignment.assign(matrix, in: tiles, to: centroids, threads: 1)
            _ = assignment.update(&centroids)
        }
        var fresh = Assignment(rows: matrix.rows, columns: 4, clusters: 6)
        fresh.assign(matrix, in: tiles, to: centroids, threads: 1)
        assignment.assign(matrix, in: tiles, to: centroids, threads: 1)
        var (first, second) = (centroids, centroids)
        _ = (assignment.update(&first), fresh.update(&second))
        for (a, b) in zip(first.storage, second.storage) { #expect(abs(a - b) < 1e-12) }
        let isNew = assignment.settle(matrix, threads: 2)
        #expect(isNew)
        _ = assignment.update(&first)
        #expect(first == second)
        let isAgain = assignment.settle(matrix, threads: 2)
        #expect(!isAgain)
    }

    @Test("sums of tiles become those of the matrix when they settle")
    func manyRows() throws {
        let rows = Assignment.manyRows + 7
        let random = RandomNumbers(seed: 8)
        let matrix = Matrix(
            rows: rows, columns: 2, storage: (0..<rows * 2).map { 1e6 + random.uniform($0) })
        let tiles = try #require(Tiles(matrix, threads: 2))
        var centroids = Matrix((0..<3).map { matrix.row($0) })
        var assignment = Assignment(rows: rows, columns: 2, clusters: 3)
        for _ in 0..<4 {
            assignment.assign(matrix, in: tiles, to: centroids, threads: 2)
            _ = assignment.update(&centroids)
        }
        var exact = Assignment(rows: rows, columns: 2, clusters: 3)
        assignment.assign(matrix, in: tiles, to: centroids, threads: 2)
        exact.assign(matrix, to: centroids, threads: 2)
        #expect(assignment.labels == exact.labels)
        var (first, second) = (centroids, centroids)
        _ = (assignment.update(&first), exact.update(&second))
        for (a, b) in zip(first.storage, second.storage) { #expect(abs(a - b) < 1e-7) }
        let isNew = assignment.settle(matrix, threads: 2)
        #expect(isNew)
        _ = assignment.update(&first)
        #expect(first == second)
    }

    @Test("rows that don't fit into tiles are refused, and assigned all the same")
    func tooLarge() {
        let matrix = Matrix([[1e30], [-1e30], [1e300], [2], [.leastNonzeroMagnitude]])
        #expect(Tiles(matrix, threads: 1) == nil)
        for value in [Double.nan, .infinity] {
            #expect(Tiles(Matrix([[1], [value]]), threads: 1) == nil)
        }
        let centres = Matrix([[0], [1e30], [1e299]])
        let nearest = Assignment.nearest(matrix, to: centres, threads: 2)
        #expect(!nearest.areFinite)
        #expect(nearest.labels == Self.reference(matrix, centres))
    }

    @Test("a start's distances are those of the reference", arguments: paths)
    func closestCentre(path: KernelPath) throws {
        // Whole numbers: every distance and sum is exact in Float and in Double.
        let random = RandomNumbers(seed: 1)
        let matrix = Matrix(
            rows: 2_100, columns: 3,
            storage: (0..<6_300).map { Double(random.integer($0, below: 60)) })
        var offset = Matrix(rows: 2_100, columns: 3, storage: matrix.storage)
        // The first row of 1,050 and the others' means are whole numbers, too, when all are equal.
        for row in stride(from: 0, to: 2_100, by: 2) {
            for column in 0..<3 { offset[row, column] = 30 }
        }
        let tiles = try #require(Tiles(offset, threads: 2, path: path))
        var tuned = TiledClosestCentre(tiles, first: 1, threads: 2)
        var plain = ExactClosestCentre(offset, first: 1, threads: 1)
        for row in [3, 5, 1_025, 2_099] {
            #expect(tuned.isReliable)
            #expect(tuned.potential == plain.potential)
            let candidates = [7, 9, 0, 11, 2_047, 13]
            #expect(tuned.potentials(candidates) == plain.potentials(candidates))
            for fraction in [0, 0.001, 0.3, 0.77, 0.9999] {
                #expect(tuned.row(at: fraction) == plain.row(at: fraction))
            }
            tuned.add(row)
            plain.add(row)
        }
    }

    @Test("distances that rounding would decide are told apart as such")
    func unreliable() throws {
        let isReliable = { (values: [Double], centres: [Int]) in
            let matrix = Matrix((0..<60).map { [values[$0 % values.count]] })
            let tiles = try #require(Tiles(matrix, threads: 1))
            var closest = TiledClosestCentre(tiles, first: centres[0], threads: 1)
            for row in centres.dropFirst() { closest.add(row) }
            return closest.isReliable
        }
        #expect(try isReliable([1, 1 + 0x1p-40, 1 - 0x1p-40], [0]))
        #expect(try !isReliable([0, 1e-160, 2e-160], [0]))
        #expect(try isReliable([0, 1e6, 1e6 + 0.01], [0]))
        // What is left after 0 and a million is a hundredth, too little beside them.
        #expect(try !isReliable([0, 1e6, 1e6 + 0.01], [0, 1]))
    }
}
