import Columns
import Query
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

@Suite("Segments")
struct SegmentTests {
    @Test("the largest segment comes first, and names follow that order")
    func order() async throws {
        let project = try TestProject(
            segmentations: ["s": TestProject.groups + "names: [many, some, few]\n"])
        let result = try await project.run().segmentations[0]
        #expect(result.segments.map(\.id) == [1, 2, 3])
        #expect(result.segments.map(\.name) == ["many", "some", "few"])
        #expect(result.segments.map(\.size) == [5, 4, 3])
        let shares: [Double] = [5.0 / 12, 1.0 / 3, 0.25]
        #expect(result.segments.map(\.share) == shares)
        #expect(result.rows == 12)
        #expect(result.fit?.converged == true)
        let labels = try await project.sql("SELECT id, s FROM customers ORDER BY id")
        #expect(labels.prefix(4) == ["a1 3", "a2 3", "a3 3", "b1 1"])
        #expect(labels.suffix(4) == ["c1 2", "c2 2", "c3 2", "c4 2"])
    }

    @Test("by 'order: start' segments are numbered as their start rows")
    func startOrder() async throws {
        let project = try TestProject(
            segmentations: [
                "s": """
                features: [{column: x}, {column: y}]
                k_means: {k: 3, start: [c1, a1, b1]}
                order: start
                names: [up, corner, right]
                """
            ])
        let result = try await project.run().segmentations[0]
        #expect(result.segments.map(\.size) == [4, 3, 5])
        #expect(result.fit?.restartInertias.count == 1)
        let labels = try await project.sql(
            "SELECT id, s FROM customers WHERE id IN ('a1', 'b1', 'c1') ORDER BY id")
        #expect(labels == ["a1 2", "b1 3", "c1 1"])
    }

    @Test("segments without names have numbers")
    func numbers() async throws {
        let run = try await TestProject(segmentations: ["s": TestProject.groups]).run()
        let names = run.segmentations[0].segments.map(\.name)
        #expect(names == ["Segment 1", "Segment 2", "Segment 3"])
    }

    @Test("a segmentation is a dimension: its names, in the segments' order")
    func dimension() async throws {
        let project = try TestProject(
            segmentations: ["s": TestProject.groups + "names: [zebras, apples, Mice]\n"])
        let run = try await project.run()
        let sizes = try await run.rows("customers", "mean_x", by: "s")
        #expect(sizes == ["zebras 5 20.4", "apples 4 0.5", "Mice 3 0.3333333333333333"])
        let two = try await run.rows("customers", by: "s", "active")
        #expect(
            two == [
                "zebras false 1", "zebras true 4", "apples false 1", "apples true 3",
                "Mice false 1", "Mice true 2",
            ])
        #expect(try await run.rows("customers", where: "s IN ('apples', 'Mice')") == ["7"])
        #expect(run.gate.catalogue.dimensions["s"]?.isSegmentation == true)
        let values = try await run.gate.values(of: "s", limit: 9, for: .local)
        #expect(values == [.text("zebras"), .text("apples"), .text("Mice")])
    }

    @Test("principal components are numbers of each customer")
    func components() async throws {
        let project = try TestProject(
            segmentations: [
                "two": TestProject.groups, "one": "features: [{column: x}]\nk_means: {k: 2}\n",
            ])
        let run = try await project.run()
        let dimensions = run.gate.catalogue.dimensions
        #expect(dimensions["two_component_1"]?.type == .double)
        #expect(dimensions["two_component_2"]?.type == .double)
        #expect(dimensions["one_component_1"]?.type == .double)
        #expect(dimensions["one_component_2"] == nil)
        #expect(
            try await project.sql(
                """
                SELECT abs(fsum(two_component_1)) < 1e-9, abs(fsum(two_component_2)) < 1e-9
                FROM customers
                """) == ["true true"])
        let explained = run.segmentations.map(\.explainedVariance)
        #expect(explained.map(\.count) == [1, 2])
        #expect(explained.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-12 })
    }

    @Test("labels stay with their customers, in whatever order the file has them")
    func shuffled() async throws {
        let lines = TestProject.customers.split(separator: "\n").map(String.init)
        let turned = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
        var answers: Set<[String]> = []
        for customers in [TestProject.customers, turned] {
            let project = try TestProject(
                segmentations: ["s": TestProject.groups], customers: customers)
            try await project.publish()
            answers.insert(
                try await project.sql("SELECT id, s, s_component_1 FROM customers ORDER BY id"))
        }
        #expect(answers.count == 1)
    }

    @Test("true and false may be a feature")
    func boolean() async throws {
        let run = try await TestProject(
            segmentations: ["s": "features: [{column: active}]\nk_means: {k: 2}\n"]
        ).run()
        #expect(
            try await run.rows("customers", by: "s", "active") == [
                "Segment 1 true 9", "Segment 2 false 3",
            ])
    }

    @Test("several segmentations of one model stand beside each other")
    func several() async throws {
        let project = try TestProject(
            segmentations: [
                "coarse": "features: [{column: x}]\nk_means: {k: 2}\n", "fine": TestProject.groups,
            ])
        let run = try await project.run()
        let rows = try await run.rows("customers", by: "coarse", "fine")
        #expect(
            rows == [
                "Segment 1 Segment 2 4", "Segment 1 Segment 3 3", "Segment 2 Segment 1 5",
            ])
        #expect(
            run.record.outputs.keys.filter { !$0.hasPrefix("quality/") }.sorted() == [
                "segments/coarse.json", "segments/coarse.plots.json",
                "segments/coarse.profile.json", "segments/fine.json", "segments/fine.plots.json",
                "segments/fine.profile.json", "tables/customers",
            ])
    }
}
