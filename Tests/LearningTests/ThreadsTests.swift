import Columns
import Kernels
import Learning
import Testing

@Suite("Any number of threads")
struct ThreadsTests {
    /// 100,003 rows: the last chunk is not full.
    private static let matrix = Samples.clouds(rows: 100_003, columns: 4, groups: 8)

    private struct Result: Equatable {
        var model: KMeans.Model
        var validity: Validity
        var pca: PCA.Model
        var scores: [UInt64]
        var predicted: [Int32]
    }

    private static func result(threads: Int) throws -> Result {
        let work = Work(threads: threads)
        let names = ["a", "b", "c", "d"]
        let scaled = try Preprocessing(names).fit(matrix, work: work).apply(matrix, work: work)
        let model = try KMeans(k: 6, seed: 2, restarts: 2).fit(scaled, work: work)
        let pca = try PCA().fit(scaled, work: work)
        return Result(
            model: model,
            validity: try Validity.measure(
                scaled, labels: model.labels, groups: 6,
                silhouette: .init(exactUpTo: 1000, sampleSize: 333), work: work),
            pca: pca, scores: bits(try pca.project(scaled, components: 2, work: work)),
            predicted: try model.predict(scaled, work: work))
    }

    private static let expected = Swift.Result { try result(threads: 1) }

    @Test("the same bits from 100,003 rows", arguments: [2, 3, 4, 7])
    func sameBits(threads: Int) throws {
        let expected = try Self.expected.get()
        let result = try Self.result(threads: threads)
        #expect(result == expected)
        #expect(bits(result.model.centroids) == bits(expected.model.centroids))
        #expect(result.predicted == result.model.labels)
    }
}
