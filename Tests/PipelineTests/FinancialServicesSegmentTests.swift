import Columns
import Query
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

/// The three segmentations that REFERENCE_DASHBOARDS.md asks of 004.
@Suite("Reference 004: segments", .onFiles(of: .financialServices))
struct FinancialServicesSegmentTests {
    private var run: ReferenceRun {
        get async throws { try await ReferenceProject.financialServices.run }
    }

    @Test(
        "each has four segments with names, none of them tiny",
        arguments: [("demographic", "famd"), ("behavioural", "k_means"), ("combined", "famd")])
    func sizes(name: String, algorithm: String) async throws {
        let result = try await run.segmentation(name)
        #expect(result.algorithm == algorithm)
        #expect(result.segments.map(\.id) == [1, 2, 3, 4])
        #expect(result.segments.map(\.size).reduce(0, +) == 10127)
        #expect(result.segments.allSatisfy { $0.share > 0.1 && $0.share < 0.5 })
        #expect(!result.segments.contains { $0.name.hasPrefix("Segment") })
    }

    @Test("neither the outcome nor a model's knowledge of it is a feature")
    func leakage() async throws {
        for name in ["demographic", "behavioural", "combined"] {
            let features = try await run.segmentation(name).formedBy
            #expect(!features.contains { $0 == "Attrition_Flag" || $0.hasPrefix("Naive_Bayes") })
        }
    }

    @Test("no segment of the combined one is one level of a category")
    func notOneCategory() async throws {
        #expect(
            try await !run.notices("segment_is_category").contains { $0.contains("'combined'") })
    }

    @Test("behaviour's names say what its figures are")
    func names() async throws {
        let rows = try await run.table(
            "avg_utilization", "avg_transaction_amount", "attrition_rate", by: "behavioural"
        ).rows
        #expect(
            rows.map { $0[0].description } == [
                "Limit hardly used", "Limit mostly used", "Fading activity", "Heavy spenders",
            ])
        let figures = rows.map { $0.dropFirst().map { $0.doubleValue ?? .nan } }
        #expect(figures.map { $0[0] }.min() == figures[0][0])
        #expect(figures[1][0] > 0.5)
        #expect(figures[2][2] > 0.4)
        #expect(figures.map { $0[1] }.max() == figures[3][1])
    }

    @Test("one segmentation can be broken down by another")
    func across() async throws {
        let rows = try await run.table("customers", by: "demographic", "behavioural").rows
        #expect(rows.count == 16)
    }
}
