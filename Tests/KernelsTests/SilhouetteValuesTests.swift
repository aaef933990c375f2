import Columns
import Kernels
import Testing

@Suite("Silhouette values")
struct SilhouetteValuesTests {
    /// Every length around a tile's edge, with groups that end anywhere in it.
    @Test(
        "tiles give what the definition gives",
        arguments: [2, 5, 31, 33, 255, 256, 257, 300, 520], [1, 3])
    func definition(rows: Int, columns: Int) throws {
        let random = RandomNumbers(seed: UInt64(rows))
        let matrix = Matrix(
            rows: rows, columns: columns,
            storage: (0..<rows * columns).map { random.uniform($0) })
        let labels = (0..<rows).map { Int32(random.integer($0, below: 3)) }
        let points = Array(stride(from: 0, to: rows, by: 3))
        let values = try SilhouetteValues(matrix, labels: labels, clusters: 4)
            .values(of: points, work: Work(threads: 2))
        for (point, value) in zip(points, values) {
            let expected = Self.plain(matrix, labels, point)
            #expect(abs(value - expected) < 1e-13, "row \(point)")
        }
    }

    private static func plain(_ matrix: Matrix, _ labels: [Int32], _ point: Int) -> Double {
        func mean(to label: Int32) -> Double? {
            let others = labels.indices.filter { labels[$0] == label && $0 != point }
            let distances = others.map { other in
                zip(matrix.row(point), matrix.row(other))
                    .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
            }
            return others.isEmpty ? nil : distances.reduce(0, +) / Double(others.count)
        }
        let next = Set(labels).subtracting([labels[point]]).compactMap { mean(to: $0) }.min()
        guard let a = mean(to: labels[point]), let b = next else { return 0 }
        return (b - a) / max(a, b)
    }

    @Test("work stops between blocks")
    func stops() {
        let matrix = Matrix(columns: [(0..<100).map { Double($0) }])
        let labels = (0..<100).map { Int32($0 / 50) }
        let work = Work { _, _ throws(AuroraError) in throw AuroraError.interrupted }
        let error = #expect(throws: AuroraError.self) {
            _ = try SilhouetteValues(matrix, labels: labels, clusters: 2)
                .values(of: Array(0..<100), work: work)
        }
        #expect(error?.code == "interrupted")
    }
}
