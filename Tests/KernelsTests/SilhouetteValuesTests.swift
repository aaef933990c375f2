import Columns
import Kernels
import Testing

@Suite("Silhouette values")
struct SilhouetteValuesTests {
    static let paths = KernelPath.allCases.filter(\.isAvailable)

    private static func uniform(_ rows: Int, _ columns: Int) -> Matrix {
        let random = RandomNumbers(seed: UInt64(rows))
        return Matrix(
            rows: rows, columns: columns,
            storage: (0..<rows * columns).map { random.uniform($0) })
    }

    private static func labels(_ rows: Int, _ seed: UInt64, below count: Int) -> [Int32] {
        let random = RandomNumbers(seed: seed)
        return (0..<rows).map { Int32(random.integer($0, below: count)) }
    }

    /// Every length around a tile's edge, with groups that end anywhere in it.
    @Test(
        "tiles give what the definition gives, on every instruction set",
        arguments: [2, 5, 31, 32, 33, 63, 64, 65, 96, 97, 300], [1, 2, 3, 7, 17, 20])
    func definition(rows: Int, columns: Int) throws {
        let matrix = Self.uniform(rows, columns)
        let labellings = [
            Self.labels(rows, 1, below: 3), Self.labels(rows, 2, below: 2).map { $0 * 3 },
            [Int32](repeating: 0, count: rows),
        ]
        let points = Array(stride(from: 0, to: rows, by: rows > 2 ? 2 : 1))
        var first: [[Double]]?
        for path in Self.paths {
            let values = try SilhouetteValues(matrix, labellings: labellings, path: path)
                .values(of: points, work: Work(threads: 2))
            for (labels, values) in zip(labellings, values) {
                let expected = SilhouetteReference.values(of: points, matrix, labels: labels)
                for (value, expected) in zip(values, expected) {
                    #expect(abs(value - expected) < 1e-13)
                }
            }
            first = first ?? values
            #expect(values == first, "\(path)")
        }
    }

    @Test("Float32 tells six digits, the same bits on every instruction set and thread count")
    func short() throws {
        let matrix = Self.uniform(2100, 5)
        let labellings = [Self.labels(2100, 3, below: 4), Self.labels(2100, 4, below: 7)]
        let points = Array(0..<70)
        let values = try SilhouetteValues(matrix, labellings: labellings)
            .values(of: points, work: Work())
        for (labels, values) in zip(labellings, values) {
            let expected = SilhouetteReference.values(of: points, matrix, labels: labels)
            #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-6 })
            // Double would be nearer still.
            #expect(zip(values, expected).contains { abs($0 - $1) > 1e-12 })
        }
        for path in Self.paths {
            for threads in [2, 3] {
                let again = try SilhouetteValues(matrix, labellings: labellings, path: path)
                    .values(of: points, work: Work(threads: threads))
                #expect(again == values)
            }
        }
    }

    @Test("a labelling's values are the same alone and beside others")
    func together() throws {
        let matrix = Self.uniform(2500, 3)
        let labellings = (2..<8).map { Self.labels(2500, UInt64($0), below: $0) }
        let points = Array(stride(from: 0, to: 2500, by: 40))
        let together = try SilhouetteValues(matrix, labellings: labellings)
            .values(of: points, work: Work(threads: 2))
        for (labels, values) in zip(labellings, together) {
            let alone = try SilhouetteValues(matrix, labellings: [labels])
                .values(of: points, work: Work())[0]
            // Distances are the same; they are added in another order.
            #expect(zip(alone, values).allSatisfy { abs($0 - $1) < 1e-12 })
        }
    }

    /// Rows that Float32 holds too few digits of.
    @Test(
        "values of any size and place keep their digits",
        arguments: [
            (1.0, 1e12, 1.0), (1e-200, 0, 1), (1e140, 0, 1), (1e-30, 1, 1), (1, 0, 1e13),
            (1, -1e15, 1e20),
        ])
    func extremes(scale: Double, offset: Double, outlier: Double) throws {
        var matrix = Self.uniform(2300, 4)
        for place in matrix.storage.indices {
            matrix.storage[place] = matrix.storage[place] * scale + offset
        }
        matrix[17, 2] *= outlier
        let labels = Self.labels(2300, 5, below: 3)
        let points = Array(0..<40)
        let values = try SilhouetteValues(matrix, labellings: [labels])
            .values(of: points, work: Work(threads: 2))[0]
        let expected = SilhouetteReference.values(of: points, matrix, labels: labels)
        for (value, expected) in zip(values, expected) { #expect(abs(value - expected) < 2e-6) }
    }

    @Test("distances that overflow aren't numbers, so that a caller can refuse them")
    func overflow() throws {
        var matrix = Self.uniform(2300, 2)
        for place in matrix.storage.indices { matrix.storage[place] *= 1e160 }
        let values = try SilhouetteValues(matrix, labellings: [Self.labels(2300, 6, below: 2)])
            .values(of: [0], work: Work())
        #expect(values[0][0].isNaN)
    }

    @Test("work stops between blocks")
    func stops() {
        let matrix = Matrix(columns: [(0..<100).map { Double($0) }])
        let labels = (0..<100).map { Int32($0 / 50) }
        let work = Work { _, _ throws(AuroraError) in throw AuroraError.interrupted }
        let error = #expect(throws: AuroraError.self) {
            _ = try SilhouetteValues(matrix, labellings: [labels])
                .values(of: Array(0..<100), work: work)
        }
        #expect(error?.code == "interrupted")
    }
}
