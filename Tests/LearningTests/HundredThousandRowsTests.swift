import Columns
import Foundation
import Kernels
import Learning
import Testing

/// What takes minutes or gigabytes on a small machine; `make test-full` asks for it.
@Suite(
    "Methods on 100,000 rows × 10", .serialized,
    .enabled(
        if: ProcessInfo.processInfo.environment["AURORA_SLOW_TESTS"] != nil,
        "AURORA_SLOW_TESTS is not set"))
struct HundredThousandRowsTests {
    private static let rows = 100_000
    private static let clouds = Samples.clouds(rows: rows, columns: 10, groups: 8)
    private static let threads = ProcessInfo.processInfo.activeProcessorCount

    /// The most memory that this process has held, in bytes; nil where the system doesn't tell.
    private static func peakMemory() -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
            return nil
        }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first
            .flatMap { Int($0) }.map { $0 * 1024 }
    }

    private func measure<Value>(_ name: String, _ body: () throws -> Value) throws -> Value {
        let clock = ContinuousClock()
        let start = clock.now
        let value = try body()
        let took = clock.now - start
        let memory = Self.peakMemory()
        print("\(name): \(took), \((memory ?? 0) / 1_000_000) MB at most so far")
        #expect(took < .seconds(120), "\(name)")
        #expect(memory ?? 0 < 2_000_000_000, "\(name)")
        return value
    }

    private func densest(_ matrix: Matrix, _ name: String) throws {
        let work = Work(threads: Self.threads)
        let curve = try measure("k-distance curve, \(name)") {
            try KDistance.measure(matrix, minimumPoints: 10, work: work)
        }
        #expect(!curve.isExact)
        let share = curve.distances.count * 9 / 10
        for eps in [curve.distances[share], curve.distances[share] * 3] {
            let model = try measure("DBSCAN, \(name), eps \(eps)") {
                try DBSCAN(eps: eps, minimumPoints: 10).fit(matrix, work: work)
            }
            print("\(model.k) groups, \(model.noise) rows of noise")
            #expect(model.labels.count == Self.rows)
            let again = try measure("its prediction") { try model.predict(matrix, work: work) }
            #expect(again == model.labels)
        }
    }

    @Test("DBSCAN on clouds")
    func densityOfClouds() throws { try densest(Self.clouds, "clouds") }

    @Test("DBSCAN on rows spread evenly, the worst for an index")
    func densityOfBox() throws {
        let random = RandomNumbers(seed: 6)
        let box = Matrix(
            rows: Self.rows, columns: 10,
            storage: (0..<Self.rows * 10).map { random.uniform($0) })
        try densest(box, "box")
    }

    @Test("Ward through micro-clusters, and the largest tree of all rows")
    func ward() throws {
        let work = Work(threads: Self.threads)
        let model = try measure("Ward through micro-clusters") {
            try Agglomerative(k: 8).fit(Self.clouds, work: work)
        }
        #expect(try model.predict(Self.clouds, work: work) == model.labels)
        for (linkage, rows) in [
            (Agglomerative.Linkage.ward, 20_000), (.average, 10_000), (.complete, 10_000),
        ] {
            let part = Samples.clouds(rows: rows, columns: 10, groups: 8)
            let tree = try measure("\(linkage) of \(rows) rows") {
                try Agglomerative(k: 8, linkage: linkage).fit(part, work: work)
            }
            #expect(tree.dendrogram.merges.count == rows - 1)
            let again = try measure("its prediction") { try tree.predict(part, work: work) }
            #expect(again == tree.labels)
        }
    }
}
