import Columns
import Foundation
import Kernels
import Learning
import Testing

/// One method as the checks make it; a new method is one line in `all`.
struct CheckedMethod: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Rows whose groups don't depend on their order, up to the numbers of the groups.
    let ignoresRowOrder: Bool
    let run: @Sendable (EstimatorChecks) throws -> Void

    static let all = [
        CheckedMethod("K-Means") { KMeans(k: $0, seed: 9, restarts: 3) },
        CheckedMethod("K-Means with sampled starts") {
            KMeans(k: $0, seed: 9, restarts: 3, sample: 500)
        },
        CheckedMethod("K-Means with a minimum size") {
            KMeans(k: $0, seed: 9, restarts: 3, minimumSize: 1)
        },
        CheckedMethod("K-Prototypes") {
            KPrototypes(k: $0, seed: 9, restarts: 3, categories: [:])
        },
        CheckedMethod("Gaussian mixture") { GaussianMixture(k: $0, seed: 9, restarts: 3) },
        CheckedMethod("Gaussian mixture, diagonal") {
            GaussianMixture(k: $0, seed: 9, shape: .diagonal, restarts: 3)
        },
        CheckedMethod("DBSCAN") { DBSCAN(eps: 0.5, minimumPoints: $0 == 1 ? 1 : 5) },
        CheckedMethod("DBSCAN, noise to the nearest") {
            DBSCAN(eps: 0.4, minimumPoints: $0 == 1 ? 1 : 5, noise: .nearest(within: 1.5))
        },
        CheckedMethod("Ward") { Agglomerative(k: $0) },
        CheckedMethod("Average linkage") { Agglomerative(k: $0, linkage: .average) },
        CheckedMethod("Complete linkage") { Agglomerative(k: $0, linkage: .complete) },
        CheckedMethod("Ward on micro-clusters") {
            Agglomerative(k: $0, limit: 20, microClusters: 50, seed: 9)
        },
    ]

    /// - Parameters:
    ///   - ignoresRowOrder: false for methods whose groups depend on the order in which rows come.
    ///   - make: the method with so many groups; a method that finds their number itself ignores it.
    init<Method: Clustering>(
        _ name: String, ignoresRowOrder: Bool = true, _ make: @escaping @Sendable (Int) -> Method
    ) {
        testDescription = name
        self.ignoresRowOrder = ignoresRowOrder
        run = { check in try check.body(.init(make, ignoresRowOrder)) }
    }
}

/// A check that every method has to pass, whatever its model is (STYLE.md, estimator checks).
struct EstimatorChecks: Sendable {
    /// A method with its model's type put aside.
    struct Subject: Sendable {
        struct Outcome: Equatable {
            var labels: [Int32]
            var sizes: [Int]
            var json: Data
            var predicted: [Int32]
            /// After a round trip through JSON, and after the groups were numbered in reverse.
            var restored: [Int32]
            var reversed: [Int32]
            var nearest: [Int32]
        }
        let ignoresRowOrder: Bool
        let fit: @Sendable (Int, Matrix, Int) throws -> Outcome

        init<Method: Clustering>(
            _ make: @escaping @Sendable (Int) -> Method, _ ignoresRowOrder: Bool
        ) {
            self.ignoresRowOrder = ignoresRowOrder
            fit = { k, matrix, threads in
                let work = Work(threads: threads)
                let model = try make(k).fit(matrix, work: work)
                let copy = try roundTrip(model)
                #expect(copy == model)
                let turned = model.renumbered(Array((0..<model.k).reversed()))
                #expect(turned.sizes == model.sizes.reversed())
                #expect(try turned.predict(matrix, work: work) == turned.labels)
                #expect(model.centroids.rows == model.k)
                #expect(model.withoutLabels().labels.isEmpty)
                #expect(try model.withoutLabels().predict(matrix, work: work) == model.labels)
                let distances = try model.distances(matrix, work: work)
                let encoder = JSONEncoder()
                encoder.outputFormatting = .sortedKeys
                return Outcome(
                    labels: model.labels, sizes: model.sizes, json: try encoder.encode(model),
                    predicted: try model.predict(matrix, work: work),
                    restored: try copy.predict(matrix, work: work),
                    reversed: turned.labels.map { $0 < 0 ? $0 : Int32(model.k - 1) - $0 },
                    nearest: (0..<distances.rows).map { row in
                        let values = distances.row(row)
                        return Int32(values.indices.min { values[$0] < values[$1] } ?? 0)
                    })
            }
        }
    }

    var body: @Sendable (Subject) throws -> Void
}

@Suite("Every method: estimator checks")
struct EveryMethodTests {
    @Test("one row, one feature", arguments: CheckedMethod.all)
    func oneRow(method: CheckedMethod) throws {
        try method.run(
            .init { subject in
                let result = try subject.fit(1, Matrix([[7]]), 1)
                #expect(result.labels.count == 1)
                #expect(result.predicted == result.labels)
            })
    }

    @Test("duplicated rows stay together", arguments: CheckedMethod.all)
    func duplicates(method: CheckedMethod) throws {
        try method.run(
            .init { subject in
                let matrix = Matrix((0..<60).map { [Double($0 % 3) * 5, 1] })
                let labels = try subject.fit(3, matrix, 1).labels
                #expect((3..<60).allSatisfy { labels[$0] == labels[$0 - 3] })
            })
    }

    @Test("one constant feature beside another", arguments: CheckedMethod.all)
    func constants(method: CheckedMethod) throws {
        try method.run(
            .init { subject in
                let rows: [[Double]] = (0..<40).map { row in
                    let group = Double(row / 20)
                    return [4, group * 9 + Double(row % 5) / 10]
                }
                let matrix = Matrix(rows)
                let result = try subject.fit(2, matrix, 1)
                #expect(result.predicted == result.labels)
                #expect(result.labels[0] != result.labels[39])
            })
    }

    @Test("missing and infinite values are refused", arguments: CheckedMethod.all)
    func notFinite(method: CheckedMethod) throws {
        try method.run(
            .init { subject in
                let missing = expectError("missing_values") {
                    _ = try subject.fit(2, Matrix([[1, 2], [3, .nan], [5, 6]]), 1)
                }
                #expect(missing == "feature 2 is missing in 1 of 3 rows")
                expectError("infinite_values") {
                    _ = try subject.fit(1, Matrix([[1], [.infinity], [2]]), 1)
                }
                expectError("no_rows") { _ = try subject.fit(1, Matrix(rows: 0, columns: 2), 1) }
                expectError("no_features") {
                    _ = try subject.fit(1, Matrix(rows: 2, columns: 0), 1)
                }
            })
    }

    @Test("training rows are predicted as they were labelled", arguments: CheckedMethod.all)
    func predictsItself(method: CheckedMethod) throws {
        try method.run(
            .init { subject in
                let result = try subject.fit(4, Samples.clouds(rows: 1500), 2)
                #expect(result.predicted == result.labels)
                #expect(result.restored == result.labels)
                #expect(result.reversed == result.labels)
                #expect(
                    zip(result.nearest, result.labels).allSatisfy { $1 < 0 || $0 == $1 },
                    "the nearest group is the row's")
                #expect(
                    result.sizes
                        == result.sizes.indices.map { k in
                            result.labels.count { Int($0) == k }
                        })
            })
    }

    @Test("the same seed repeats every bit, on any number of threads", arguments: CheckedMethod.all)
    func repeats(method: CheckedMethod) throws {
        try method.run(
            .init { subject in
                let matrix = Samples.clouds(rows: 3001)
                let first = try subject.fit(4, matrix, 1)
                for threads in [1, 2, 5] { #expect(try subject.fit(4, matrix, threads) == first) }
            })
    }

    @Test("another order of the rows finds the same groups", arguments: CheckedMethod.all)
    func rowOrder(method: CheckedMethod) throws {
        guard method.ignoresRowOrder else { return }
        try method.run(
            .init { subject in
                // Clouds that no method can mistake.
                let matrix = Matrix(
                    (0..<900).map { row -> [Double] in
                        let random = RandomNumbers(seed: 4, restart: 0, step: row)
                        let corner = [(0.0, 0.0), (40.0, 0.0), (0.0, 40.0)][row % 3]
                        return [corner.0 + random.uniform(0), corner.1 + random.uniform(1)]
                    })
                let order = (0..<900).sorted {
                    RandomNumbers(seed: 8).bits($0) < RandomNumbers(seed: 8).bits($1)
                }
                let labels = try subject.fit(3, matrix, 1).labels
                let shuffled = try subject.fit(3, Matrix(order.map { matrix.row($0) }), 1).labels
                #expect(
                    try AdjustedRandIndex.measure(shuffled, order.map { labels[$0] }) == 1)
            })
    }
}
