import Columns
import Kernels
import Learning
import Testing

@Suite("K-Means: sampled starts and a minimum size")
struct KMeansOptionsTests {
    // Eight corners in three or five groups have optima within 0.1 % of each other.
    @Test("sampled starts cost at most 0.1 % of inertia", arguments: [2, 3, 5, 8])
    func sampled(k: Int) throws {
        for seed in [1, 2, 3] as [UInt64] {
            var matrix = Samples.clouds(rows: 40_000, groups: 8, seed: seed)
            for row in 0..<matrix.rows {
                matrix[row, 1] *= 1.3
                matrix[row, 2] *= 1.7
            }
            let full = try KMeans(k: k, seed: seed).fit(matrix)
            let sampled = try KMeans(k: k, seed: seed, sample: 8000).fit(matrix)
            #expect(sampled.inertia < full.inertia * 1.001)
            #expect(sampled.restartRows == 8000)
            #expect(full.restartRows == 40_000)
            #expect(sampled.restartInertias.count == 10)
            #expect(sampled.restartInertias.allSatisfy { $0 < full.inertia * 0.5 })
            #expect(sampled.converged)
            #expect(sampled.notices.isEmpty)
            #expect(sampled.labels.count == 40_000)
            #expect(sampled.sizes.reduce(0, +) == 40_000)
            #expect(try sampled.predict(matrix) == sampled.labels)
        }
    }

    @Test("the same sample on any number of threads, another with another seed")
    func sampleRepeats() throws {
        let matrix = Samples.clouds(rows: 20_000)
        let model = try KMeans(k: 4, seed: 5, restarts: 3, sample: 3000).fit(matrix)
        for threads in [2, 5] {
            let work = Work(threads: threads)
            #expect(
                try KMeans(k: 4, seed: 5, restarts: 3, sample: 3000).fit(matrix, work: work)
                    == model)
        }
        let other = try KMeans(k: 4, seed: 6, restarts: 3, sample: 3000).fit(matrix)
        #expect(other.restartInertias != model.restartInertias)
        #expect(try roundTrip(model) == model)
    }

    @Test("a sample as large as the data, and a given start, change nothing")
    func sampleOfAll() throws {
        let matrix = Samples.clouds(rows: 1500)
        let plain = try KMeans(k: 4, seed: 2).fit(matrix)
        #expect(try KMeans(k: 4, seed: 2, sample: 1500).fit(matrix) == plain)
        let start = KMeans.Start.centroids(Matrix((0..<4).map { matrix.row($0) }))
        let given = try KMeans(k: 4, start: start).fit(matrix)
        #expect(try KMeans(k: 4, start: start, sample: 100).fit(matrix) == given)
    }

    @Test("a sample without k different values gives way to all rows")
    func sampleTooPlain() throws {
        var matrix = Matrix(rows: 5000, columns: 1)
        for group in 1..<4 { matrix[group * 1000, 0] = Double(group) }
        let model = try KMeans(k: 4, sample: 10).fit(matrix)
        #expect(model.restartRows == 5000)
        #expect(model.sizes.sorted() == [1, 1, 1, 4997])
        let message = expectError("sample_below_k") { _ = try KMeans(k: 4, sample: 3).fit(matrix) }
        #expect(message == "sample is 3 rows but k is 4")
    }

    @Test("the share of restarts that end near the best")
    func agreement() throws {
        let corners = Matrix((0..<60).map { [Double($0 % 3) * 90, Double($0 % 5)] })
        #expect(try KMeans(k: 3).fit(corners).restartAgreement == 1)
        let matrix = Samples.clouds(rows: 400, columns: 2, groups: 1)
        let model = try KMeans(k: 12, restarts: 20).fit(matrix)
        let near = model.restartInertias.count { $0 <= model.inertia * 1.001 }
        #expect(model.restartAgreement == Double(near) / 20)
        #expect((0.05..<0.5).contains(model.restartAgreement))
        #expect(try KMeans(k: 1).fit(Matrix([[3], [3]])).restartAgreement == 1)
    }

    /// 40 rows around 0, 40 around 100, 3 around 30 and 1 at 70.
    private static let uneven = Matrix(
        (0..<40).map { [Double($0 % 5)] } + (0..<40).map { [100 + Double($0 % 5)] }
            + [[29], [30], [31], [70]])

    @Test("groups below the minimum are dissolved, the smallest first")
    func minimumSize() throws {
        let plain = try KMeans(k: 4, seed: 1).fit(Self.uneven)
        #expect(plain.sizes.sorted() == [1, 3, 40, 40])
        let three = try KMeans(k: 4, seed: 1, minimumSize: 3).fit(Self.uneven)
        #expect(three.sizes.sorted() == [3, 40, 41])
        #expect(
            three.notices.map(\.message)
                == ["k fell from 4 to 3: 1 group with fewer than 3 rows dissolved"])
        #expect(three.restartInertias == plain.restartInertias)
        let ten = try KMeans(k: 4, seed: 1, minimumSize: 10).fit(Self.uneven)
        #expect(ten.k == 2)
        #expect(ten.sizes.sorted() == [41, 43])
        #expect(ten.notices.map(\.code) == ["segments_dissolved"])
        #expect(ten.iterations > three.iterations)
        #expect(try ten.predict(Self.uneven) == ten.labels)
        #expect(try roundTrip(ten) == ten)
        // What is left is a fit of its own: the centroids are its rows' means.
        let start = KMeans.Start.centroids(ten.centroids)
        #expect(try KMeans(k: 2, start: start).fit(Self.uneven).labels == ten.labels)
        #expect(try KMeans(k: 4, seed: 1, minimumSize: 50).fit(Self.uneven).sizes == [84])
    }

    @Test("of equally small groups the first goes, and what it leaves may save the other")
    func ties() throws {
        let matrix = Matrix([[0], [1], [2], [10], [14], [30], [31], [32]])
        let start = KMeans.Start.centroids(Matrix([[31], [10], [14], [1]]))
        let model = try KMeans(k: 4, start: start, minimumSize: 2).fit(matrix)
        #expect(model.sizes == [3, 2, 3])
        #expect(model.centroids == Matrix([[31], [12], [1]]))
    }

    @Test("groups that are large enough stay as they are")
    func largeEnough() throws {
        let matrix = Samples.clouds(rows: 2000)
        let plain = try KMeans(k: 4, seed: 3, restarts: 2).fit(matrix)
        let least = plain.sizes.min() ?? 0
        #expect(
            try KMeans(k: 4, seed: 3, restarts: 2, minimumSize: least).fit(matrix) == plain)
        let message = expectError("minimum_size_above_rows") {
            _ = try KMeans(k: 2, minimumSize: 85).fit(Self.uneven)
        }
        #expect(message == "minimum_size is 85 but there are 84 rows")
    }
}
