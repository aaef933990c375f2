import Columns
import Learning
import Query
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

/// The two segmentations that REFERENCE_DASHBOARDS.md describes for 003.
@Suite("Reference 003: segments", .onFiles(of: .creditCard))
struct CreditCardSegmentTests {
    @Test("'published' is what the original published, after 15 updates")
    func published() async throws {
        let result = try await ReferenceProject.creditCard.run.segmentation("published")
        #expect(result.fit?.inertia?.rounded(to: 3) == 13646.893)
        #expect(result.fit?.iterations == 15)
        #expect(result.segments.map(\.size) == [1095, 2180, 3697, 1978])
        #expect(
            result.segments.map(\.name) == [
                "Low Touch Explorers", "Transitional Group", "Active Retailers",
                "The Liquidity Holdouts",
            ])
    }

    @Test("its three indices")
    func indices() async throws {
        let result = try await ReferenceProject.creditCard.run.segmentation("published")
        #expect(result.silhouette?.mean.rounded(to: 5) == 0.39248)
        #expect(result.silhouette?.measured == 8950)
        #expect(result.daviesBouldin?.rounded(to: 5) == 0.90546)
        #expect(result.calinskiHarabasz?.rounded(to: 3) == 6796.485)
    }

    @Test("as a dimension it has the same sizes, in the same order")
    func dimension() async throws {
        let card = try await ReferenceProject.creditCard.run
        #expect(
            try await card.rows("customers", by: "published") == [
                "Low Touch Explorers: 1095", "Transitional Group: 2180", "Active Retailers: 3697",
                "The Liquidity Holdouts: 1978",
            ])
    }

    @Test("'behaviour' finds the best known optimum, or one as good")
    func behaviour() async throws {
        let result = try await ReferenceProject.creditCard.run.segmentation("behaviour")
        let fit = try #require(result.fit)
        let inertia = try #require(fit.inertia)
        #expect(inertia <= 13645.93)
        #expect(inertia > 13645.9)
        #expect(fit.converged == true)
        #expect(fit.restartInertias.count == 10)
        #expect(fit.restartInertias.min() == inertia)
        let sizes = result.segments.map(\.size)
        #expect(sizes == [3699, 2170, 1999, 1082])
    }

    @Test("the principal components' shares of the variance")
    func components() async throws {
        for name in ["published", "behaviour"] {
            let result = try await ReferenceProject.creditCard.run.segmentation(name)
            let shares = result.explainedVariance.map { $0.rounded(to: 4) }
            #expect(shares == [0.5321, 0.3609, 0.0806, 0.0144, 0.0121])
        }
    }
}
