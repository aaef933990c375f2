import Columns
import Kernels
import Learning
import Synchronization
import Testing

@Suite("Validity indices")
struct ValidityTests {
    @Test("golden values of METHODS.md section 10")
    func golden() throws {
        let validity = try Validity.measure(
            Samples.golden, labels: Samples.goldenLabels, groups: 3)
        let silhouette = try #require(validity.silhouette)
        #expect(abs(silhouette.mean - 0.7842383367775331) < 1e-14)
        #expect(silhouette.isExact)
        #expect(silhouette.margin == 0)
        #expect(abs(validity.within - 8.125) < 1e-13)
        #expect(abs(validity.between - 150.28666666666666) < 1e-12)
        #expect(abs(try #require(validity.calinskiHarabasz) - 83.23569230769229) < 1e-12)
        // As scikit-learn 1.9.1 gives it; METHODS.md prints …8406 by mistake.
        #expect(abs(try #require(validity.daviesBouldin) - 0.2589458247406133) < 1e-14)
    }

    @Test("the golden example's last row lies nearer to another group")
    func lastRow() throws {
        let values = try SilhouetteValues(
            Samples.golden, labellings: [Samples.goldenLabels]
        ).values(of: [11], work: Work())
        #expect(abs(values[0][0] - -0.137276) < 5e-7)
    }

    @Test("one group has no index")
    func oneGroup() throws {
        let labels = [Int32](repeating: 0, count: 12)
        let validity = try Validity.measure(Samples.golden, labels: labels, groups: 1)
        #expect(validity.silhouette == nil)
        #expect(validity.daviesBouldin == nil)
        #expect(validity.calinskiHarabasz == nil)
        #expect(validity.between < 1e-20)
    }

    @Test("groups without rows change nothing")
    func emptyGroups() throws {
        let plain = try Validity.measure(Samples.golden, labels: Samples.goldenLabels, groups: 3)
        let moved = Samples.goldenLabels.map { $0 * 2 }
        let spread = try Validity.measure(Samples.golden, labels: moved, groups: 6)
        #expect(spread.silhouette?.mean == plain.silhouette?.mean)
        #expect(spread.daviesBouldin == plain.daviesBouldin)
        #expect(spread.calinskiHarabasz == plain.calinskiHarabasz)
        let means = spread.silhouette?.byGroup ?? []
        #expect(means.map { $0 == nil } == [false, true, false, true, false, true])
    }

    @Test("a row alone in its group has silhouette 0")
    func singleton() throws {
        let silhouette = try #require(
            try Silhouette.measure(Matrix([[0], [1], [5]]), labels: [0, 0, 1], groups: 2))
        #expect(silhouette.byGroup[1] == 0)
        #expect(abs(silhouette.mean - (4.0 / 5 + 3.0 / 4 + 0) / 3) < 1e-15)
    }

    @Test("duplicates and constants leave an index out instead of dividing by 0")
    func degenerate() throws {
        let same = Matrix(rows: 4, columns: 2, repeating: 1)
        let flat = try Validity.measure(same, labels: [0, 0, 1, 1], groups: 2)
        #expect(flat.silhouette?.mean == 0)
        #expect(flat.daviesBouldin == nil)
        #expect(flat.calinskiHarabasz == nil)
        let tight = try Validity.measure(
            Matrix([[0], [0], [3], [3]]), labels: [0, 0, 1, 1], groups: 2)
        #expect(tight.silhouette?.mean == 1)
        #expect(tight.daviesBouldin == 0)
        #expect(tight.calinskiHarabasz == nil)
        let alone = try Validity.measure(Matrix([[0], [3]]), labels: [0, 1], groups: 2)
        #expect(alone.silhouette?.mean == 0)
        #expect(alone.calinskiHarabasz == nil)
    }

    @Test("a sample's interval covers the exact mean as often as it says")
    func sampled() throws {
        let matrix = Samples.clouds(rows: 4000)
        let labels = try KMeans(k: 4, restarts: 1).fit(matrix).labels
        let exact = try #require(try Silhouette.measure(matrix, labels: labels, groups: 4))
        #expect(exact.isExact)
        var covered = 0
        for seed in 1...40 {
            let options = Silhouette.Options(
                exactUpTo: 1000, sampleSize: 300, seed: UInt64(seed))
            let sampled = try #require(
                try Silhouette.measure(matrix, labels: labels, groups: 4, options: options))
            #expect(!sampled.isExact)
            #expect(sampled.measured == 300)
            #expect(sampled.margin > 0 && sampled.margin < 0.05)
            if sampled.interval.contains(exact.mean) { covered += 1 }
        }
        // 95 % of 40 is 38.
        #expect(covered >= 35)
    }

    @Test("a sample as large as the data is exact")
    func sampleOfAll() throws {
        let options = Silhouette.Options(exactUpTo: 0, sampleSize: 12)
        let all = try Silhouette.measure(
            Samples.golden, labels: Samples.goldenLabels, groups: 3, options: options)
        #expect(all?.isExact == true)
        expectError("sample_below_one") {
            _ = try Silhouette.measure(
                Samples.golden, labels: Samples.goldenLabels, groups: 3,
                options: .init(exactUpTo: 0, sampleSize: 0))
        }
    }

    @Test("the order of the rows doesn't matter")
    func rowOrder() throws {
        let matrix = Samples.clouds(rows: 1500)
        let labels = try KMeans(k: 4, restarts: 1).fit(matrix).labels
        let back = Matrix((0..<1500).reversed().map { matrix.row($0) })
        let one = try Validity.measure(matrix, labels: labels, groups: 4)
        let other = try Validity.measure(back, labels: labels.reversed(), groups: 4)
        let pairs: [(Double?, Double?)] = [
            (one.silhouette?.mean, other.silhouette?.mean),
            (one.daviesBouldin, other.daviesBouldin),
            (one.calinskiHarabasz, other.calinskiHarabasz),
        ]
        for (a, b) in pairs {
            let (a, b) = (try #require(a), try #require(b))
            #expect(abs(a - b) < 1e-12 * abs(a))
        }
    }

    @Test("missing values are refused, and the indices come back from JSON bit for bit")
    func checks() throws {
        expectError("missing_values") {
            _ = try Validity.measure(Matrix([[.nan], [1]]), labels: [0, 1], groups: 2)
        }
        let validity = try Validity.measure(
            Samples.golden, labels: Samples.goldenLabels, groups: 4)
        #expect(try roundTrip(validity) == validity)
    }
}
