import Columns
import Foundation
import Learning
import Testing

@Suite("Outlier limit")
struct OutlierLimitTests {
    @Test("median plus six deviations, group by group")
    func deviations() throws {
        // Median 3, absolute deviations 2, 1, 0, 1, 97: MAD 1. The other group: 20 and 10.
        let distances = [1.0, 2, 3, 4, 100, 10, 20, 30, 40, 0]
        let labels: [Int32] = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
        let model = try OutlierLimit().fit(distances: distances, labels: labels, groups: 2)
        let limits: [Double] = [3 + 6 * 1.4826, 20 + 6 * 14.826]
        #expect(zip(model.limits, limits).allSatisfy { abs(($0 ?? 0) - $1) < 1e-12 })
        #expect(model.outliers == [1, 0])
        #expect(
            try model.apply(distances: distances, labels: labels)
                == [0, 0, 0, 0, Noise.label, 1, 1, 1, 1, 1])
        let strict = try OutlierLimit(.deviations(0.5)).fit(
            distances: distances, labels: labels, groups: 2)
        #expect(strict.outliers == [2, 2])
    }

    @Test("quantiles between two rows, as numpy gives them")
    func quantiles() throws {
        let distances = [5.0, 1, 4, 2, 3, 9]
        for (share, limit) in [(0.5, 3.5), (0.9, 7.0), (1, 9), (0.25, 2.25)] {
            let model = try OutlierLimit(.quantile(share)).fit(
                distances: distances, labels: [0, 0, 0, 0, 0, 0], groups: 1)
            let found = try #require(model.limits[0])
            #expect(abs(found - limit) < 1e-14)
            #expect(model.outliers == [distances.count { $0 > limit }])
        }
    }

    @Test("where half of a group are equally far, the mean deviation stands in")
    func equalRows() throws {
        let model = try OutlierLimit().fit(
            distances: [1, 1, 1, 1, 1, 1, 1, 21], labels: [0, 0, 0, 0, 0, 0, 0, 0], groups: 1)
        // Seven deviations of 0 and one of 20.
        let limit: Double = 1 + 6 * 1.2533 * 2.5
        #expect(abs((model.limits[0] ?? 0) - limit) < 1e-12)
        #expect(model.outliers == [1])
    }

    @Test("a group of one row, of equal rows or of none has no limit")
    func noLimit() throws {
        let model = try OutlierLimit().fit(
            distances: [4, 2, 2, 2], labels: [0, 1, 1, 1], groups: 3)
        #expect(model.limits == [nil, nil, nil])
        #expect(try model.apply(distances: [1e9, 1e9], labels: [0, 1]) == [0, 1])
        #expect(try roundTrip(model) == model)
    }

    @Test("new rows are told by the limits of the first ones, also after JSON")
    func frozen() throws {
        let matrix = Samples.clouds(rows: 2000)
        let groups = try KMeans(k: 4, seed: 1).fit(matrix)
        func distances(_ rows: Matrix, _ labels: [Int32]) throws -> [Double] {
            let all = try groups.distances(rows)
            return labels.indices.map { all[$0, Int(labels[$0])].squareRoot() }
        }
        let own = try distances(matrix, groups.labels)
        let model = try OutlierLimit().fit(distances: own, labels: groups.labels, groups: 4)
        #expect(model.outliers == [0, 0, 0, 0])
        #expect(try model.apply(distances: own, labels: groups.labels) == groups.labels)
        let far = Matrix([[30, 0, 0], matrix.row(7)])
        let labels = try groups.predict(far)
        let copy = try roundTrip(model)
        #expect(copy == model)
        #expect(
            try copy.apply(distances: distances(far, labels), labels: labels)
                == [Noise.label, groups.labels[7]])
    }

    @Test("the groups' new numbers, and rows that are left out already")
    func renumbered() throws {
        let model = try OutlierLimit(.quantile(0.5)).fit(
            distances: [1, 2, 30, 10, 20], labels: [0, 0, -1, 1, 1], groups: 2)
        #expect(model.limits == [1.5, 15])
        #expect(model.outliers == [1, 1])
        let turned = model.renumbered([1, 0])
        #expect(turned.limits == [15, 1.5])
        #expect(
            try turned.apply(distances: [2, 16, 16, 99], labels: [0, 0, 1, -1]) == [0, -1, -1, -1])
    }

    @Test("what makes no sense is refused with both values")
    func refused() throws {
        for count in [0, -1, Double.nan, .infinity] {
            expectError("outlier_deviations") {
                _ = try OutlierLimit(.deviations(count)).fit(distances: [1], labels: [0], groups: 1)
            }
        }
        for share in [0, 1.5, Double.nan] {
            expectError("outlier_quantile") {
                _ = try OutlierLimit(.quantile(share)).fit(distances: [1], labels: [0], groups: 1)
            }
        }
        let rows = expectError("rows_differ") {
            _ = try OutlierLimit().fit(distances: [1, 2], labels: [0], groups: 1)
        }
        #expect(rows == "there are 2 distances but 1 label")
        let model = try OutlierLimit().fit(distances: [1, 2], labels: [0, 0], groups: 1)
        let group = expectError("group_count") { _ = try model.apply(distances: [1], labels: [1]) }
        #expect(group == "there are limits for 1 group but a row is in group 2")
    }
}
