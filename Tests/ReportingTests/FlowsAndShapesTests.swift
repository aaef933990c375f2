import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("Sankey diagrams, radars, and drawings of a segmentation")
struct FlowsAndShapesTests {
    private func data(_ visuals: String, _ selections: PageSelection...) async throws -> JSON {
        try await NewVisualsTests.project(visuals).page(for: .local).data(selections)
    }

    @Test("each step of a flow is what a query of its two dimensions gives")
    func flows() async throws {
        let data = try await data(
            "  - sankey: {measure: sales, through: [kind, town]}\n"
                + "  - sankey: {measure: total, through: [town, kind, day], top: 2}\n")
        #expect(
            data.rows(of: "v1")?.hasPrefix(
                #"[["kind","food","town","Bern",1],["kind","food","town","Nice",1]"#) == true)
        let rows = data.rows(of: "v2") ?? ""
        // Three towns of five are one, in each step.
        #expect(rows.contains(#"["town",{"other":3},"kind","food",13]"#))
        #expect(rows.contains(#"["kind","food","day","2025-01-05",1]"#))
        #expect(data["visuals"]?["v2"]?["folded"] == true)
    }

    @Test("a flow below nothing, of one dimension, or twice through one is refused")
    func refusedFlows() async throws {
        let file = "nr,day,town,kind,amount\n1,2025-01-01,Oslo,food,-5\n2,2025-01-01,Oslo,toys,9\n"
        let project = try NewVisualsTests.project(
            "  - sankey: {measure: total, through: [town, kind]}\n", file: file)
        let data = try await project.page(for: .local).data([])
        #expect(data["visuals"]?["v1"]?["error"]?["code"] == "negative_flow")
        let wrong = try NewVisualsTests.project(
            "  - sankey: {measure: sales, through: [town]}\n"
                + "  - sankey: {measure: sales, through: [town, kind, town]}\n"
                + "  - sankey: {measure: average, through: [town, kind]}\n")
        #expect(
            try await wrong.mistakes().map(\.code).sorted()
                == ["flow_dimensions", "flow_dimensions", "not_additive"])
    }

    @Test("a radar has each group's figures and those of all rows")
    func radar() async throws {
        let data = try await data(
            "  - radar: {measures: [sales, total, average], by: kind, scale: average}\n",
            .picking("kind", .text("food"), .text("toys"), from: "s1"))
        #expect(data.rows(of: "v1") == #"[["food",5,24,4.8],["toys",6,133,22.166666666666668]]"#)
        #expect(data["visuals"]?["v1"]?["all"]?.text().hasPrefix("[11,157,14.27") == true)
    }

    @Test("a radar of too few measures or too many groups is refused, and of a negative average")
    func refusedRadars() async throws {
        let few = try NewVisualsTests.project("  - radar: {measures: [sales, total], by: kind}\n")
        #expect(try await few.mistakes().map(\.code) == ["radar_axes"])
        let measures = "measures: [sales, total, average]"
        let file =
            "nr,day,town,kind,amount\n"
            + (0..<9).map { "\($0),2025-01-01,T\($0),food,-1\n" }.joined()
        let project = try NewVisualsTests.project(
            "  - radar: {\(measures), by: town}\n  - radar: {\(measures), by: town, top: 5}\n"
                + "  - radar: {\(measures), by: kind, scale: average}\n", file: file)
        let data = try await project.page(for: .local).data([])
        #expect(data["visuals"]?["v1"]?["error"]?["code"] == "too_many_shapes")
        #expect(data["visuals"]?["v2"]?["rows"]?.elements.count == 6)
        #expect(data["visuals"]?["v3"]?["error"]?["code"] == "no_average")
    }

    @Test("drawings of a segmentation are those of its own page, whatever is filtered")
    func drawings() async throws {
        let visuals = ["curves", "silhouettes", "biplot", "dendrogram"]
            .map { "  - \($0): {segmentation: groups}\n" }.joined()
        let project = try GroupsProject.make(visuals)
        try project.write(
            """
            type: segment/v1
            model: customers
            features: [column: amount, column: height]
            agglomerative: {k: 2}
            evidence: {from: 2, to: 3}
            names: [Many, Few]
            """, to: "segments/groups.yaml")
        let page = try await project.page()
        let data = try await page.data([])["visuals"]
        let plots = try await SegmentationView(project.reopened(), for: .local)
            .plots(named: "groups")
        // One segment, two, three.
        #expect(data?["v1"]?["choice"]?["table"]?.elements.count == 3)
        #expect(data?["v1"]?["rows"]?.elements.map { $0[0] } == [1, 2, 3])
        #expect(data?["v2"]?["rows"]?.elements.map { $0[0] } == ["Many", "Few"])
        #expect(data?["v3"]?["rows"]?.elements.count == 2)
        #expect(data?["v4"]?["rows"]?.elements.count == 59)
        #expect(data?["v1"]?["current"] == 2)
        #expect(data?["v2"]?["silhouette"] == plots["silhouette"])
        #expect(data?["v3"]?["biplot"] == plots["biplot"])
        #expect(data?["v4"]?["dendrogram"] == plots["dendrogram"])
        #expect(data?["v4"]?["biplot"] == .null)
        #expect(data?["v4"]?["rows_used"] == 60)
        let filtered = try await page.data([.picking("job", .text("clerk"), from: "s1")])
        #expect(filtered["visuals"]?["v2"] == data?["v2"])
    }

    @Test("a segmentation without such a drawing says why")
    func missing() async throws {
        let tree = try await GroupsProject.visual("dendrogram: {segmentation: groups}")
        #expect(tree["error"]?["code"] == "no_plot")
        #expect(tree["error"]?["title"]?.text().contains("only agglomerative") == true)
    }
}
