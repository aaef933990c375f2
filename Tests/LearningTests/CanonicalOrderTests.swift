import Columns
import Kernels
import Learning
import Testing

@Suite("Canonical order")
struct CanonicalOrderTests {
    /// Sizes 1, 3, 3, 2 around 50, 1, −9, 20.
    private static func model() throws -> (Matrix, KMeans.Model) {
        let matrix = Matrix([[50], [0], [1], [2], [-10], [-9], [-8], [19], [21]])
        let start = Matrix([[50], [1], [-9], [20]])
        return (matrix, try KMeans(k: 4, start: .centroids(start)).fit(matrix))
    }

    @Test("largest first, ties by the centroids' values")
    func bySize() throws {
        let (matrix, model) = try Self.model()
        #expect(try CanonicalOrder.sizeDescending.permutation(of: model) == [2, 1, 3, 0])
        let ordered = try model.ordered(by: .sizeDescending)
        #expect(ordered.sizes == [3, 3, 2, 1])
        #expect(ordered.centroids == Matrix([[-9], [1], [20], [50]]))
        #expect(ordered.labels == [3, 1, 1, 1, 0, 0, 0, 2, 2])
        #expect(ordered.inertia == model.inertia)
        #expect(try ordered.predict(matrix) == ordered.labels)
    }

    @Test("by one value a group, either way")
    func byValues() throws {
        let (_, model) = try Self.model()
        let values = [1.0, 7, 3, 3]
        let rising = CanonicalOrder.values(values, descending: false)
        #expect(try rising.permutation(of: model) == [0, 2, 3, 1])
        let falling = CanonicalOrder.values(values, descending: true)
        #expect(try falling.permutation(of: model) == [1, 2, 3, 0])
    }

    @Test("as fitted and as given")
    func given() throws {
        let (_, model) = try Self.model()
        #expect(try model.ordered(by: .asFitted) == model)
        let given = try model.ordered(by: .given([3, 2, 1, 0]))
        #expect(given.sizes == [2, 3, 3, 1])
        // There and back again.
        #expect(try given.ordered(by: .given([3, 2, 1, 0])) == model)
    }

    @Test("an order that doesn't fit is refused")
    func refused() throws {
        let (_, model) = try Self.model()
        let message = expectError("order_mismatch") {
            _ = try model.ordered(by: .values([1, 2], descending: true))
        }
        #expect(message == "the model has 4 groups but the order has 2 values")
        for order in [[0, 1, 2], [0, 1, 2, 2], [1, 2, 3, 4]] {
            expectError("order_mismatch") { _ = try model.ordered(by: .given(order)) }
        }
        expectError("order_mismatch") {
            _ = try model.ordered(by: .values([1, 2, .nan, 3], descending: true))
        }
    }

    @Test("the same groups from two seeds end in the same order")
    func acrossSeeds() throws {
        let matrix = Samples.clouds(rows: 1000, groups: 8)
        let models = try [1, 2, 3].map {
            try KMeans(k: 8, seed: $0, restarts: 5).fit(matrix).ordered(by: .sizeDescending)
        }
        #expect(models.allSatisfy { $0.labels == models[0].labels })
    }

    @Test("a row halfway between two groups stays where it is")
    func ties() throws {
        // Row 0 is as far from −1 as from 1; the fit gave it to the first.
        let matrix = Matrix([[-2], [-1], [0], [1], [1], [1], [1]])
        let start = KMeans.Start.centroids(Matrix([[-1], [1]]))
        let model = try KMeans(k: 2, start: start).fit(matrix)
        #expect(model.labels == [0, 0, 0, 1, 1, 1, 1])
        let ordered = try model.ordered(by: .sizeDescending)
        #expect(ordered.labels == [1, 1, 1, 0, 0, 0, 0])
        #expect(ordered.tieOrder == [1, 0])
        #expect(try ordered.predict(matrix) == ordered.labels)
        #expect(try roundTrip(ordered).predict(matrix) == ordered.labels)
    }
}
