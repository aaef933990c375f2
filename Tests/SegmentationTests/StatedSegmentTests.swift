import Columns
import Learning
import Query
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

@Suite("Methods that state segments")
struct StatedSegmentTests {
    private func run(
        _ text: String, customers: String = TestProject.customers
    ) async throws -> PublishedSegments {
        let project = try TestProject(segmentations: ["s": text], customers: customers)
        let run = try await project.run()
        return PublishedSegments(
            result: run.segmentations[0], rows: try await run.rows("customers", by: "s"),
            notices: run.record.notices.filter { $0.about == "segmentation 's'" }.map {
                "\($0.code): \($0.message)"
            })
    }

    private struct PublishedSegments {
        var result: SegmentationResult
        var rows: [String]
        var notices: [String]
    }

    // MARK: Rules

    @Test("of rules the first that holds counts, and a missing value meets none")
    func rules() async throws {
        let found = try await run(
            """
            rules:
              segments:
                - {name: Right, when: x > 10 and not y > 1}
                - {name: Active, when: active}
                - {name: Gap, when: gap > 2}
                - {name: Nobody, when: x > 99}
              otherwise: Rest
            """)
        // a2 is active, so that its missing gap does not matter.
        #expect(found.rows == ["Right 4", "Active 6", "Gap 2"])
        #expect(found.result.segments.map(\.size) == [4, 6, 2, 0, 0])
        #expect(found.result.segments.map(\.id) == [1, 2, 3, 4, 5])
        #expect(found.notices == ["segment_empty: nobody belongs to 'Nobody': x > 99"])
        #expect(found.result.condition?.hasPrefix("CASE WHEN x > 10 AND") == true)
        #expect(found.result.segments[4].rule == "all others")
        #expect(found.result.formedBy == ["x", "y", "active", "gap"])
        #expect(found.result.frozen == nil && found.result.silhouette == nil)
    }

    @Test("'names' may call them otherwise")
    func names() async throws {
        let found = try await run(
            "rules: {segments: [{name: Right, when: x > 10}]}\nnames: [R, L]\n")
        #expect(found.rows == ["R 5", "L 7"])
    }

    // MARK: RFM

    private static let scored = """
        id,x,active,r,f,m
        1,0,true,5,5,5
        2,0,true,3,4,5
        3,0,true,4,2,2
        4,0,true,5,1,1
        5,0,true,4,1,1
        6,0,true,3,3,3
        7,0,true,3,1,2
        8,0,true,1,5,5
        9,0,true,2,3,4
        10,0,true,1,1,1
        11,0,true,,,
        12,0,true,5,4,3
        """

    @Test("RFM names every combination of scores, and those without purchases")
    func rfm() async throws {
        let found = try await run("rfm: {}\n", customers: Self.scored)
        #expect(
            found.rows == [
                "Champions 2", "Loyal 1", "Potential loyalists 1", "New 1", "Promising 1",
                "Need attention 1", "About to sleep 1", "Can't lose 1", "At risk 1",
                "Hibernating 1", "No purchases 1",
            ])
    }

    @Test("every one of the 125 combinations belongs to one segment")
    func allScores() async throws {
        var lines = ["id,x,active,recent,often,much"]
        for r in 1...5 {
            for f in 1...5 {
                for m in 1...5 { lines.append("\(lines.count),0,true,\(r),\(f),\(m)") }
            }
        }
        let found = try await run(
            "rfm: {recency: recent, frequency: often, monetary: much}\n",
            customers: lines.joined(separator: "\n"))
        #expect(found.result.segments.map(\.size).reduce(0, +) == 125)
        #expect(found.result.segments.last?.size == 0)
        #expect(found.result.segments.dropLast().allSatisfy { $0.size > 0 })
    }

    // MARK: Tiers

    @Test("tiers have as many customers each, and those without a value have their own")
    func tiers() async throws {
        let found = try await run("tiers: {column: gap, parts: 2}\n")
        #expect(found.rows == ["gap ≤ 6 5", "gap > 6 5", "No gap 2"])
        #expect(found.notices == [])
        let named = try await run(
            "tiers: {column: gap, parts: 2}\nnames: [Low, High, Unknown]\n")
        #expect(named.rows == ["Low 5", "High 5", "Unknown 2"])
        let partly = try await run("tiers: {column: gap, parts: 2}\nnames: [gap > 6]\n")
        #expect(partly.rows == ["gap > 6 5", "gap > 6 (2) 5", "No gap 2"])
    }

    @Test("equal values stay together, also where that leaves fewer tiers")
    func ties() async throws {
        let quarters = try await run("tiers: {column: x, parts: 4}\n")
        #expect(quarters.rows == ["x ≤ 0 4", "x 0 – 1 3", "x 1 – 20 3", "x > 20 2"])
        #expect(quarters.notices == [])
        let sixths = try await run("tiers: {column: y, parts: 6}\n")
        #expect(sixths.rows == ["y ≤ 0 4", "y 0 – 1 3", "y 1 – 2 1", "y 2 – 20 2", "y > 20 2"])
        #expect(sixths.notices.first?.contains("there are 5 tiers instead of 6") == true)
        let one = try await run("tiers: {column: same, parts: 4}\n")
        #expect(one.rows == ["same ≤ 7 12"])
        #expect(one.notices.first?.contains("there is 1 tier instead of 4") == true)
    }

    @Test("a missing value is no tier that stands for a merged one")
    func mergedBesideMissing() async throws {
        let customers = "id,x,active\n1,1,true\n2,1,true\n3,1,true\n4,2,true\n5,,true\n"
        let found = try await run("tiers: {column: x, parts: 3}\n", customers: customers)
        #expect(found.rows == ["x ≤ 1 3", "x > 1 1", "No x 1"])
        #expect(found.notices.map { $0.prefix(12) } == ["tiers_merged"])
    }

    @Test("tiers may end at shares or at values")
    func cuts() async throws {
        let shares = try await run("tiers: {column: y, shares: [0.5, 0.999]}\n")
        #expect(shares.rows == ["y ≤ 1 7", "y > 1 5"])
        let edges = try await run("tiers: {column: x, edges: [0, 20.5, 100]}\n")
        #expect(edges.rows == ["x ≤ 0 4", "x 0 – 20.5 6", "x 20.5 – 100 2"])
        #expect(edges.result.segments.map(\.size) == [4, 6, 2, 0])
        #expect(edges.notices == ["segment_empty: nobody belongs to 'x > 100'"])
    }

    // MARK: Grids

    @Test("a grid has the cells that somebody is in")
    func grid() async throws {
        let found = try await run(
            "grid: {rows: {column: active}, columns: {column: x, edges: [10]}}\n")
        #expect(
            found.rows == [
                "false × x ≤ 10 2", "false × x > 10 1", "true × x ≤ 10 5", "true × x > 10 4",
            ])
        #expect(found.notices == [])
    }

    @Test("small cells are joined with a neighbour")
    func minimumShare() async throws {
        let found = try await run(
            """
            grid:
              rows: {column: active}
              columns: {column: x, edges: [10]}
              minimum_share: 0.2
            """)
        #expect(
            found.rows == ["false × x ≤ 10, x > 10 3", "true × x ≤ 10 5", "true × x > 10 4"])
        #expect(found.notices.map { $0.prefix(12) } == ["cells_joined"])
    }

    @Test("axes may be segmentations, and who is in none of their segments comes last")
    func segmentations() async throws {
        let project = try TestProject(
            segmentations: [
                "z": MethodTests.plain
                    + "scale: none\ndbscan: {eps: 1.5, minimum_points: 3}\nnames: [B, C, A]\n"
                    + "repeatability: 0\n",
                "grid": """
                grid: {rows: {segmentation: z}, columns: {segmentation: sides}}
                """,
                "sides": "rules: {segments: [{name: Right, when: x > 10}], otherwise: Left}\n",
            ], customers: TestProject.customers + "\nd1,12,9,Mia,true,7,12")
        let run = try await project.run()
        #expect(
            try await run.rows("customers", by: "grid") == [
                "B × Right 5", "C × Left 4", "A × Left 3", "Outliers × Right 1",
            ])
        let grid = run.segmentations.first { $0.name == "grid" }
        #expect(grid?.segments.map(\.id) == [1, 2, 3, 4])
        #expect(grid?.formedBy.sorted() == ["sides", "z"])
    }

    @Test("another name of a segment reaches the grids that are made of it")
    func renamed() async throws {
        let project = try TestProject(segmentations: [
            "b": "tiers: {column: x, edges: [10]}\nnames: [Low, High]\n",
            "a": "grid: {rows: {segmentation: b}, columns: {column: active}}\n",
        ])
        try await project.publish(reusing: true)
        try project.write(
            "type: segment/v1\nmodel: customers\ntiers: {column: x, edges: [10]}\n"
                + "names: [Small, Large]\n",
            to: "segments/b.yaml")
        try await project.publish(reusing: true)
        #expect(
            try await project.reopened().rows("customers", by: "a") == [
                "Small × false 2", "Small × true 5", "Large × false 1", "Large × true 4",
            ])
    }

    @Test("names that the file states no more give way to the usual ones")
    func unnamed() async throws {
        let text = "tiers: {column: x, edges: [10]}\n"
        let project = try TestProject(segmentations: ["s": text + "names: [Low, High]\n"])
        try await project.publish(reusing: true)
        try project.write(
            "type: segment/v1\nmodel: customers\n" + text, to: "segments/s.yaml")
        try await project.publish(reusing: true)
        #expect(
            try await project.reopened().rows("customers", by: "s") == ["x ≤ 10 7", "x > 10 5"])
    }
}
