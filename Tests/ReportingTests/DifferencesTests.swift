import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("The chart differences")
struct DifferencesTests {
    static func items(_ visual: JSON) -> [String] {
        (visual["items"]?.elements ?? []).map {
            "\($0["verdict"]?.text() ?? ""): \($0["headline"]?.words ?? ""): \($0["detail"]?.words ?? "")"
        }
    }

    @Test("shows the strongest differences and a tie, and how many were tried")
    func shown() async throws {
        let visual = try await GroupsProject.visual(
            "differences: {segmentation: groups, of: [age, job, height]}")
        let items = Self.items(visual)
        #expect(items.count == 3)
        #expect(
            items[0].hasPrefix(
                #""difference": Few are higher in height than Many: 21.50 against 11.50"#))
        #expect(
            items[1].hasPrefix(
                #""difference": Many are more often clerk (job) than Few: 75% against 25%"#))
        #expect(items[2].hasPrefix(#""tie": "#))
        #expect(items[2].contains("no difference found in age"))
        // Age, height, and both jobs.
        #expect(visual["tried"] == 4)
        #expect(visual["exploratory"] == false)
    }

    @Test("what formed the groups is told of as such and never tested, also what is made from it")
    func formed() async throws {
        let visual = try await GroupsProject.visual(
            "differences: {segmentation: groups, of: [amount, double, groups_component_1]}")
        #expect(visual["tried"] == 0)
        for item in Self.items(visual) {
            #expect(item.hasPrefix(#""formed": "#))
            #expect(item.hasSuffix("(formed the groups)"))
            #expect(!item.contains("interval"))
        }
        #expect(Self.items(visual).count == 3)
        let table = try #require(visual["rows"]?.elements)
        #expect(table.allSatisfy { $0[9] == .null })
    }

    @Test("clustered noise gives no difference")
    func noise() async throws {
        var lines = "id,a,b,c,d\n"
        var state: UInt64 = 42
        func uniform() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 40) % 10_000
        }
        for id in 0..<2000 {
            lines += "\(id),\(uniform()),\(uniform()),\(uniform()),\(uniform())\n"
        }
        let project = try TestProject([
            "data.csv": lines, "sources/data.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
            "models/m.yaml": "type: model/v1\nfrom: data\nkey: id\n",
            "segments/groups.yaml": """
            type: segment/v1
            model: m
            features: [column: a, column: b]
            k_means: {k: 4}
            """,
            "measures/m.yaml": """
            type: measures/v1
            of: m
            dimensions:
              a: {expression: a}
              sum_ab: {expression: a + b}
              c: {expression: c}
              d: {expression: d}
            """,
            "pages/main.yaml":
                "type: page/v1\ntitle: T\nvisuals:\n"
                + "  - differences: {segmentation: groups, of: [a, sum_ab, c, d]}\n",
        ])
        let visual = try #require(try await project.page().data([])["visuals"]?["v1"])
        #expect(visual["tried"] == 12)
        let verdicts = (visual["rows"]?.elements ?? []).compactMap { $0[10] }
        #expect(verdicts.filter { $0 == "difference" } == [])
        #expect(verdicts.filter { $0 == "formed" }.count == 12)
        #expect(Self.items(visual).contains { $0.hasPrefix(#""tie": "#) })
    }

    @Test("is exploratory under a reader's filters")
    func exploratory() async throws {
        let visual = try await GroupsProject.visual(
            "differences: {segmentation: groups, of: [age]}",
            .picking("job", .text("clerk"), from: "s1"))
        #expect(visual["exploratory"] == true)
    }

    @Test("needs two groups, and something to compare")
    func nothing() async throws {
        let one = try await GroupsProject.visual(
            "differences: {segmentation: groups, of: [age]}",
            .picking("groups", .text("Few"), from: "s1"))
        #expect(one["items"] == [])
        #expect(one["nothing"] == "There are no two groups to compare.")
        let none = try await GroupsProject.visual("differences: {segmentation: groups, of: []}")
        #expect(none["nothing"] == "There is nothing to compare the groups by.")
    }

    @Test("readers without rights get none, and small groups stay hidden")
    func rights() async throws {
        let text = "differences: {segmentation: groups, of: [age, job, height]}"
        let stranger = Reader(name: "stranger", rights: [])
        let refused = try await GroupsProject.make("  - kpi: {measure: total}\n  - \(text)\n")
            .page(for: stranger)
        let error = await #expect(throws: AuroraError.self) { try await refused.data([]) }
        #expect(error?.code == "not_permitted")
        let hidden = try await GroupsProject.visual(
            text, small: 3, settings: "privacy: {smallest_cell: 5}\n")
        #expect(!hidden.text().contains("Rich"))
        #expect(!hidden.text().contains("baron"))
    }

    @Test("differences that are real but of no use are ties")
    func trivial() async throws {
        var lines = "id,amount,x\n"
        for id in 0..<20_000 {
            // A tenth of a standard deviation apart.
            lines += "\(id),\(id % 2 * 1000),\((id / 2) % 100 + id % 2 * 3)\n"
        }
        let project = try TestProject([
            "data.csv": lines, "sources/data.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
            "models/m.yaml": "type: model/v1\nfrom: data\nkey: id\n",
            "segments/groups.yaml":
                "type: segment/v1\nmodel: m\nfeatures: [column: amount]\nk_means: {k: 2}\n",
            "measures/m.yaml":
                "type: measures/v1\nof: m\ndimensions: {x: {expression: x}}\n",
            "pages/main.yaml":
                "type: page/v1\ntitle: T\nvisuals:\n"
                + "  - differences: {segmentation: groups, of: [x]}\n",
        ])
        let visual = try #require(try await project.page().data([])["visuals"]?["v1"])
        #expect(visual["rows"]?[0]?[10] == "same")
        #expect(Self.items(visual)[0].contains("are practically the same in x"))
    }
}
