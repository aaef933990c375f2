import Columns
import Learning
import Query
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

@Suite("Options of features")
struct OptionTests {
    private func result(
        _ features: String, _ more: String = "", method: String = "k_means: {k: 3}"
    ) async throws -> SegmentationResult {
        let text = "features: [\(features)]\n\(method)\n\(more)\nrepeatability: 0\n"
        return try await TestProject(segmentations: ["s": text]).run().segmentations[0]
    }

    private func preprocessing(
        _ features: String, _ more: String = "", method: String = "k_means: {k: 3}"
    ) async throws -> Preprocessing.Model {
        try #require(await result(features, more, method: method).frozen?.preprocessing)
    }

    @Test("'winsorise' draws values in to two quantiles, and tells how many")
    func winsorise() async throws {
        let text =
            "features: [{column: x, winsorise: [0, 0.5]}, {column: y}]\nk_means: {k: 3}\n"
            + "repeatability: 0\n"
        let project = try TestProject(segmentations: ["s": text])
        let run = try await project.run()
        let feature = run.segmentations[0].frozen?.preprocessing.features[0]
        // The seventh of twelve values is the second 1: five are above.
        #expect(feature?.winsorised?.upper == 1)
        #expect(feature?.winsorised?.lower == 0)
        #expect(feature?.winsorised?.above == 5)
        #expect(run.record.notices.contains { $0.code == "winsorised" })
    }

    @Test("each scale, for all features or for one")
    func scales() async throws {
        let features = "{column: x}, {column: y, scale: none}"
        let range = try await preprocessing(features, "scale: min_max").columns
        #expect(range.map(\.centre) == [0, 0])
        #expect(range.map(\.divisor) == [21, 1])
        let robust = try await preprocessing(features, "scale: robust").columns
        // Quartiles 0 and 20 around the median 1.
        #expect(robust.map(\.centre) == [1, 0])
        #expect(robust.map(\.divisor) == [20, 1])
        let usual = try await preprocessing(features).columns
        #expect(usual.map(\.centre) == [8.75, 0])
        #expect(usual[1].divisor == 1)
    }

    @Test("yeo_johnson takes numbers below 0, which log1p refuses")
    func yeoJohnson() async throws {
        let model = try await preprocessing("{column: x, transform: yeo_johnson}, {column: y}")
        let lambda = try #require(model.features[0].lambda)
        #expect(lambda < 1)
        #expect(model.features[1].lambda == nil)
    }

    @Test(
        "what stands for a missing number:",
        arguments: [
            ("mean", 6.4), ("median", 6.5), ("most_frequent", 1),
        ])
    func missing(policy: String, fill: Double) async throws {
        let model = try await preprocessing("{column: x}, {column: gap, missing: \(policy)}")
        #expect(model.features[1].fill == fill)
        #expect(model.features[1].filled == 2)
    }

    @Test("a missing category is a level of its own, or the most frequent one")
    func missingCategory() async throws {
        let customers = "id,plan\n1,a\n2,a\n3,b\n4,\n5,\n6,a\n"
        func labels(_ policy: String) async throws -> [String] {
            let text =
                "features: [{column: plan, missing: \(policy)}]\nfamd: {k: 2}\nrepeatability: 0\n"
            let project = try TestProject(
                segmentations: ["s": text], customers: customers,
                files: [
                    "measures/customers.yaml": "type: measures/v1\nof: customers\nmeasures: {}\n"
                ])
            try await project.publish()
            return try await project.sql("SELECT s FROM customers ORDER BY id")
        }
        let filled = try await labels("most_frequent")
        #expect(filled == ["1", "1", "2", "1", "1", "1"])
        let own = try await labels("own_level")
        #expect(own[3] == own[4] && own[3] != own[0])
    }

    @Test("a weight multiplies what a feature adds to squared distances")
    func weight() async throws {
        let columns = try await preprocessing("{column: x, weight: 2}, {column: y}").columns
        #expect(columns.map(\.weight) == [2, 1])
    }

    @Test("blocks weigh the same, or as stated")
    func blocks() async throws {
        let features = "{column: x, block: place}, {column: y, block: place}, {column: active}"
        let equal = try await preprocessing(features, "blocks: {weights: {active: 3}}")
        #expect(equal.blocks.map(\.name) == ["place", "active"])
        // Two columns of variance 1 share one weight.
        #expect(abs(equal.blocks[0].factor - 0.5) < 1e-12)
        #expect(abs(equal.blocks[1].factor - 3) < 1e-12)
        let mfa = try await preprocessing(features, "blocks: {balance: mfa}")
        #expect(mfa.blocks[0].factor > 0.5 && mfa.blocks[0].factor < 1)
    }

    @Test(
        "components take the features' place:",
        arguments: [
            ("{count: 1}", 1), ("{variance: 1}", 2), ("{parallel_analysis: true}", 1),
        ])
    func components(text: String, kept: Int) async throws {
        let text =
            "features: [{column: x}, {column: y}]\nk_means: {k: 2}\ncomponents: \(text)\n"
            + "repeatability: 0\n"
        let project = try TestProject(segmentations: ["s": text])
        let run = try await project.run()
        #expect(run.segmentations[0].frozen?.preprocessing.componentsKept == kept)
        // A second component is there for pages in any case: 0 where there is one direction only.
        let second = try await project.sql("SELECT max(abs(s_component_2)) = 0 FROM customers")
        #expect(second == [kept == 1 ? "true" : "false"])
        #expect(run.gate.catalogue.dimensions["s_component_2"]?.type == .double)
    }

    @Test("a category alone has as many components as are announced")
    func categoryComponents() async throws {
        let text =
            "features: [{column: name, as: indicators}]\nk_means: {k: 2}\nrepeatability: 0\n"
        let project = try TestProject(segmentations: ["s": text])
        let run = try await project.run()
        #expect(run.gate.catalogue.dimensions["s_component_1"] != nil)
        let columns = try await project.sql(
            "SELECT column_name FROM information_schema.columns WHERE column_name LIKE 's_comp%'")
        #expect(columns == ["s_component_1"])
    }

    @Test("segments below the minimum share are dissolved")
    func minimumShare() async throws {
        let text = TestProject.groups.replacing("k: 3", with: "k: 4, minimum_share: 0.2")
        let project = try TestProject(segmentations: ["s": text + "repeatability: 0\n"])
        let run = try await project.run()
        #expect(run.segmentations[0].segments.map(\.size) == [5, 4, 3])
        #expect(run.record.notices.contains { $0.code == "segments_dissolved" })
    }
}
