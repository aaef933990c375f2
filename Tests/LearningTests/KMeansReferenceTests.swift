import Columns
import Kernels
import Learning
import Testing

@Suite("K-Means: agreement with scikit-learn")
struct KMeansReferenceTests {
    private static func expect(_ model: KMeans.Model, agrees fit: ReferenceClouds.Fit) {
        #expect(abs(model.inertia - fit.inertia) < 1e-6 * fit.inertia)
        #expect(zip(model.sizes, fit.sizes).allSatisfy { abs($0 - $1) <= fit.rows / 100_000 })
        let centroids = fit.centroids.flatMap { $0 }
        #expect(zip(model.centroids.storage, centroids).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test("a million rows from the same start: labels, sizes, inertia, centroids")
    func clouds() throws {
        let reference = try ReferenceClouds()
        let fit = reference.clouds.fit
        let matrix = ReferenceClouds.matrix(rows: fit.rows)
        try #require(matrix.row(0) == reference.clouds.part.firstRow)
        let model = try KMeans(k: 6, start: .centroids(Matrix(fit.start)))
            .fit(matrix, work: Work(threads: 2))
        Self.expect(model, agrees: fit)
        let different = zip(model.labels, reference.labels).count { $0 != $1 }
        // 99.999 % of a million.
        #expect(different < 10)
        // The listed rows are so many that a list read wrongly would show.
        #expect(reference.clouds.part.otherRows.count > 10_000)
    }

    @Test("the example of METHODS.md section 10")
    func golden() throws {
        let golden = try ReferenceClouds().golden
        let start = KMeans.Start.centroids(Matrix(golden.fit.start))
        let model = try KMeans(k: 3, start: start).fit(Samples.golden)
        Self.expect(model, agrees: golden.fit)
        #expect(model.labels == golden.part.labels)
        #expect(model.sizes == golden.fit.sizes)
    }

    @Test("a million rows from sampled starts end where ten starts on all rows would")
    func sampled() throws {
        let reference = try ReferenceClouds()
        let matrix = ReferenceClouds.matrix(rows: reference.clouds.fit.rows)
        let model = try KMeans(k: 6, sample: 30_000).fit(matrix, work: Work(threads: 2))
        #expect(abs(model.inertia - reference.clouds.fit.inertia) < 1e-6 * model.inertia)
        #expect(try AdjustedRandIndex.measure(model.labels, reference.labels) > 0.99999)
    }
}
