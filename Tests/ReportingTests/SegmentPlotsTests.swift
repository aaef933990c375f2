import Columns
import Foundation
import Query
import Reporting
import TestProjects
import Testing

@Suite("How segments lie")
struct SegmentPlotsTests {
    private static let analyst = Reader(name: "analyst", rights: [.aggregates])

    /// Whoever reads what is published keeps the project, whose folder goes with it.
    private static func make(_ method: String, settings: String = "") throws -> TestProject {
        let project = try GroupsProject.make("  - kpi: {measure: total}\n", settings: settings)
        try project.write(
            """
            type: segment/v1
            model: customers
            features: [{column: amount}, {column: height}]
            repeatability: 0
            \(method)
            """, to: "segments/groups.yaml")
        // No figure may read what is hidden.
        try project.write(
            "type: measures/v1\nof: customers\nmeasures: {total: {expression: sum(amount)}}\n",
            to: "measures/customers.yaml")
        return project
    }

    private static func plots(
        _ method: String, settings: String = "", for reader: Reader = .local
    ) async throws -> JSON {
        let project = try make(method, settings: settings)
        return try await plots(of: project, for: reader)
    }

    private static func plots(
        of project: TestProject, for reader: Reader = .local
    ) async throws -> JSON {
        try await SegmentationView(try await project.run(), for: reader).plots(named: "groups")
    }

    private static func number(_ json: JSON?) throws -> Double {
        guard case .number(let digits) = try #require(json) else { throw CancellationError() }
        return try #require(Double(digits))
    }

    @Test("the biplot has an arrow for each feature, each segment's centre, and each customer")
    func biplot() async throws {
        let plots = try await Self.plots("k_means: {k: 2}")
        let biplot = try #require(plots["biplot"])
        #expect(biplot["arrows"]?.elements.map { $0["column"] } == ["amount", "height"])
        // Two z-scored features that go together: the first component is their mean.
        for arrow in try #require(biplot["arrows"]).elements {
            #expect(try Self.number(arrow["correlations"]?[0]) > 0.98)
            #expect(abs(try Self.number(arrow["loadings"]?[0]) - 0.5.squareRoot()) < 1e-12)
        }
        let shares = try (biplot["explained"]?.elements ?? []).map { try Self.number($0) }
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
        #expect(biplot["centres"]?.elements.map { $0["id"] } == [1, 2])
        #expect(biplot["points"]?["series"]?[0]?.elements.count == 60)
        let segments = try #require(biplot["points"]?["series"]?[2]).elements
        #expect(segments.count { $0 == 1 } == 40)
        #expect(biplot["density"] == .null)
        #expect(plots["dendrogram"] == .null)
        #expect(plots["k_distance"] == .null)
    }

    @Test("readers who may not see customers get counts in fields, and curves without their ends")
    func analyst() async throws {
        let plots = try await Self.plots("k_means: {k: 2}", for: Self.analyst)
        let biplot = try #require(plots["biplot"])
        #expect(biplot["points"] == .null)
        #expect(biplot["density"]?["rows"]?.elements.isEmpty == false)
        let curves = try #require(plots["silhouette"]?["segments"]).elements
        // Five of 40 customers lie before rank 13 of 100, five of 20 before rank 27.
        #expect(try Self.number(curves[0]["points"]?[0]?["share"]) == 0.13)
        #expect(try Self.number(curves[1]["points"]?[0]?["share"]) == 0.27)
    }

    @Test("silhouettes are those of the segmentation, with whoever is nearer to another segment")
    func silhouettes() async throws {
        let project = try Self.make("k_means: {k: 2}")
        let view = try SegmentationView(try await project.run(), for: .local)
        let plots = try await view.plots(named: "groups")
        let silhouette = try #require(plots["silhouette"])
        let known = try view.segmentation(named: "groups")["details"]?["silhouette"]
        #expect(silhouette["mean"] == known)
        #expect(silhouette["measured"] == 60)
        let curves = try #require(silhouette["segments"]).elements
        #expect(curves.map { $0["measured"] } == [40, 20])
        #expect(curves.map { $0["below"] } == [0, 0])
        #expect(curves[0]["points"]?.elements.count == 101)
        let values = try (curves[0]["points"]?.elements ?? []).map { try Self.number($0["value"]) }
        #expect(values == values.sorted())
    }

    @Test("the tree has every merge of few customers, with its cut between two of them")
    func tree() async throws {
        let plots = try await Self.plots("agglomerative: {k: 2}")
        let tree = try #require(plots["dendrogram"])
        #expect(tree["leaves_total"] == 60)
        #expect(tree["leaves"]?.elements.count == 60)
        let merges = try #require(tree["merges"]).elements
        #expect(merges.count == 59)
        #expect(merges.last?["size"] == 60)
        #expect(merges.last?["height"] == tree["first_not_made"])
        #expect(merges[57]["height"] == tree["last_made"])
        let segments = try #require(tree["leaves"]).elements.map { $0["segment"] }
        #expect(segments.count { $0 == 1 } == 40)
        #expect(segments.count { $0 == 2 } == 20)
    }

    @Test("where small cells are hidden, branches have no sizes")
    func hiddenSizes() async throws {
        let plots = try await Self.plots(
            "agglomerative: {k: 2}", settings: "privacy: {smallest_cell: 5}\n")
        let tree = try #require(plots["dendrogram"])
        #expect(tree["leaves"]?.elements.allSatisfy { $0["size"] == .null } == true)
        #expect(tree["merges"]?.elements.allSatisfy { $0["size"] == .null } == true)
    }

    @Test("the k-distance curve rises, and says how many lie within eps")
    func distances() async throws {
        let plots = try await Self.plots("dbscan: {eps: 0.5, minimum_points: 5}")
        let curve = try #require(plots["k_distance"])
        #expect(try Self.number(curve["eps"]) == 0.5)
        #expect(curve["minimum_points"] == 5)
        #expect(curve["measured"] == 60)
        #expect(curve["within"] == 60)
        let values = try (curve["points"]?.elements ?? []).map { try Self.number($0["distance"]) }
        #expect(values.count == 201)
        #expect(values == values.sorted())
    }

    @Test("a hidden feature has no arrow; stated segments have no drawing")
    func leftOut() async throws {
        let hidden = try await Self.plots(
            "k_means: {k: 2}", settings: "privacy: {hidden: [height]}\n")
        #expect(hidden["biplot"]?["arrows"]?.elements.map { $0["column"] } == ["amount"])
        #expect(hidden["biplot"]?["arrows_hidden"] == 1)
        let project = try Self.make("k_means: {k: 2}")
        try project.write(
            "type: segment/v1\nmodel: customers\ntiers: {column: amount, parts: 2}\n",
            to: "segments/groups.yaml")
        let stated = try await Self.plots(of: project)
        for name in ["biplot", "dendrogram", "k_distance", "silhouette"] {
            #expect(stated[name] == .null)
        }
    }
}
