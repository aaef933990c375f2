import Columns
import Learning
import Query
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

/// The two segmentations that REFERENCE_DASHBOARDS.md describes for 001.
@Suite("Reference 001: segments", .onFiles(of: .massAffluent))
struct MassAffluentSegmentTests {
    @Test("'published' is what the original published")
    func published() async throws {
        let result = try await ReferenceProject.massAffluent.run.segmentation("published")
        #expect(result.fit?.inertia?.rounded(to: 2) == 56793.99)
        #expect(result.segments.map(\.size) == [655, 2305, 150, 796])
        #expect(result.silhouette?.mean.rounded(to: 3) == 0.110)
        #expect(result.silhouette?.measured == 3906)
    }

    @Test("three of its clusters are one industry each, and better starts are known: both are told")
    func degenerate() async throws {
        let run = try await ReferenceProject.massAffluent.run
        let industries = try await run.sql(
            """
            SELECT published, count(DISTINCT job_industry_category), count(*) FROM customers
            GROUP BY published ORDER BY published
            """)
        #expect(industries == ["1 1 655", "2 7 2305", "3 1 150", "4 1 796"])
        let told = run.notices("degenerate_segmentation")
        #expect(told.contains { $0.hasPrefix("segmentation 'published'") })
        #expect(
            run.notices("poor_local_optimum").contains {
                $0.hasPrefix("segmentation 'published'") && $0.contains("56793.99")
            })
    }

    @Test("the box plot of age by cluster is that of pandas")
    func ages() async throws {
        let run = try await ReferenceProject.massAffluent.run
        let rows = try await run.shown("rows", of: "v1", on: "clusters")
        let names = try run.segmentation("published").segments.map(\.name)
        let expected = [
            "655,20.0,36.0,45.0,55.0,69.0,0,0", "2305,20.0,35.0,45.0,54.0,82.0,0,2",
            "150,21.0,35.0,44.0,52.5,69.0,0,0", "796,20.0,36.0,45.0,55.0,79.0,0,0",
        ]
        let lines = zip(names, expected).map { "[\"\($0)\",\($1)]" }
        #expect(rows == "[\(lines.joined(separator: ","))]")
    }

    @Test("no segment of 'mixed' is one level of a category")
    func mixed() async throws {
        let run = try await ReferenceProject.massAffluent.run
        let result = try run.segmentation("mixed")
        #expect(result.algorithm == "k_prototypes")
        #expect(
            result.segments.map(\.name) == [
                "Occasional buyers", "Frequent buyers", "Young customers", "Modest property",
            ])
        #expect(result.segments.map(\.size).reduce(0, +) == 3906)
        #expect(result.segments.allSatisfy { $0.share >= 0.1 })
        for column in ["State", "job_industry_category", "wealth_segment", "Owns_Car"] {
            // The larger of a cell's share of its segment and of its level, where both are large.
            let pure = try await run.sql(
                """
                SELECT count(*) FROM (
                    SELECT count(*) AS cell, sum(count(*)) OVER (PARTITION BY mixed) AS segment,
                        sum(count(*)) OVER (PARTITION BY \(column)) AS level
                    FROM customers GROUP BY mixed, \(column))
                WHERE cell >= 0.95 * segment AND cell >= 0.95 * level
                """)
            #expect(pure == ["0"], "\(column)")
        }
        #expect(!run.notices("segment_is_category").contains { $0.contains("'mixed'") })
    }

    @Test("its names say what its means are")
    func names() async throws {
        let rows = try await ReferenceProject.massAffluent.run.table(
            "avg_age", "avg_purchases", "avg_property_valuation", by: "mixed"
        ).rows.map { $0.dropFirst().map { $0.doubleValue ?? .nan } }
        let (age, purchases, valuation) = (
            rows.map { $0[0] }, rows.map { $0[1] }, rows.map { $0[2] }
        )
        #expect(purchases.min() == purchases[0] && purchases.max() == purchases[1])
        #expect(age.min() == age[2] && age[2] < 35)
        #expect(valuation.min() == valuation[3] && valuation[3] < 5)
    }
}
