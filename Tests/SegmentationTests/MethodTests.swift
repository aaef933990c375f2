import Columns
import Foundation
import Learning
import Query
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

@Suite("Methods that learn segments")
struct MethodTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var algorithm: String

        init(_ testDescription: String, _ algorithm: String, _ text: String) {
            self.testDescription = testDescription
            self.algorithm = algorithm
            self.text = text + "\nrepeatability: 0\n"
        }
    }

    static let plain = "features: [{column: x}, {column: y}]\n"

    static let examples = [
        Example("k_means", "k_means", plain + "k_means: {k: 3}"),
        Example(
            "k_prototypes", "k_prototypes",
            "features: [{column: x}, {column: y}, {column: active}]\nk_prototypes: {k: 3}"),
        Example(
            "famd", "famd",
            "features: [{column: x, weight: 9}, {column: y, weight: 9}, {column: active}]\n"
                + "famd: {k: 3}"),
        Example("gaussian_mixture", "gaussian_mixture", plain + "gaussian_mixture: {k: 3}"),
        Example(
            "gaussian_mixture, diagonal", "gaussian_mixture",
            plain + "gaussian_mixture: {k: 3, covariance: diagonal}"),
        Example(
            "dbscan", "dbscan", plain + "scale: none\ndbscan: {eps: 1.5, minimum_points: 3}"),
        Example("agglomerative", "agglomerative", plain + "agglomerative: {k: 3}"),
        Example(
            "agglomerative, average", "agglomerative",
            plain + "agglomerative: {k: 3, linkage: average}"),
        Example(
            "agglomerative, complete", "agglomerative",
            plain + "agglomerative: {k: 3, linkage: complete}"),
        Example(
            "components", "k_means", plain + "components: {count: 2}\nk_means: {k: 3}"),
    ]

    @Test("find three plain groups:", arguments: examples)
    func groups(example: Example) async throws {
        let project = try TestProject(segmentations: ["s": example.text])
        let run = try await project.run()
        let result = run.segmentations[0]
        #expect(result.algorithm == example.algorithm)
        #expect(result.segments.map(\.size) == [5, 4, 3])
        #expect(result.segments.map(\.name) == ["Segment 1", "Segment 2", "Segment 3"])
        let labels = try await project.sql("SELECT string_agg(s, '' ORDER BY id) FROM customers")
        #expect(labels == ["333111112222"])
        #expect(
            try await run.rows("customers", by: "s") == [
                "Segment 1 5", "Segment 2 4", "Segment 3 3",
            ])
        // A run keeps all that assigns a customer.
        let again = try JSONDecoder().decode(
            SegmentationResult.self, from: JSONEncoder().encode(result))
        #expect(again.frozen?.ids == [1, 2, 3])
        #expect(again.frozen?.model.centroids == result.frozen?.model.centroids)
    }

    // MARK: Numbers beside categories

    private static let mixed = """
        id,size,colour
        1,0,red
        2,0,red
        3,0,blue
        4,10,blue
        5,10,blue
        6,10,red
        7,10,red
        """

    private func labels(_ method: String, _ features: String) async throws -> String {
        let project = try TestProject(
            segmentations: ["s": "features: [\(features)]\n\(method)\nrepeatability: 0\n"],
            customers: Self.mixed,
            files: ["measures/customers.yaml": "type: measures/v1\nof: customers\nmeasures: {}\n"])
        try await project.publish()
        return try await project.sql("SELECT string_agg(s, '' ORDER BY id) FROM customers")
            .joined()
    }

    @Test("gamma decides whether k-prototypes follows the number or the category")
    func gamma() async throws {
        let features = "{column: size}, {column: colour}"
        #expect(try await labels("k_prototypes: {k: 2, gamma: 0}", features) == "2221111")
        #expect(try await labels("k_prototypes: {k: 2, gamma: 1000}", features) == "1122211")
    }

    @Test("a weight does for FAMD what gamma does for k-prototypes")
    func weight() async throws {
        #expect(
            try await labels("famd: {k: 2}", "{column: size, weight: 100}, {column: colour}")
                == "2221111")
        #expect(
            try await labels("famd: {k: 2}", "{column: size}, {column: colour, weight: 100}")
                == "1122211")
    }

    @Test("indicators, with and without the first level, let K-Means use a category")
    func indicators() async throws {
        for encoding in ["indicators", "drop_first", "famd"] {
            let found = try await labels(
                "k_means: {k: 2}", "{column: colour, as: \(encoding)}")
            #expect(found == "1122211", "\(encoding)")
        }
    }

    @Test("numbers may be categories, where the file says so")
    func numberAsCategory() async throws {
        #expect(try await labels("k_means: {k: 2}", "{column: size, as: indicators}") == "2221111")
    }

    // MARK: Customers in no segment

    private static let withStray = TestProject.customers + "\nd1,12,9,Mia,true,7,12"

    @Test("DBSCAN leaves who is alone in none, or joins him to the nearest")
    func noise() async throws {
        func run(_ more: String) async throws -> SegmentationResult {
            let text =
                Self.plain + "scale: none\ndbscan: {eps: 1.5, minimum_points: 3\(more)}\n"
                + "repeatability: 0\n"
            return try await TestProject(segmentations: ["s": text], customers: Self.withStray)
                .run().segmentations[0]
        }
        let left = try await run("")
        #expect(left.segments.map(\.id) == [1, 2, 3, 0])
        #expect(left.segments.map(\.size) == [5, 4, 3, 1])
        #expect(left.segments.last?.name == "Outliers")
        #expect(left.groups.count == 3)
        #expect(try await run(", noise_within: 20").segments.map(\.size) == [6, 4, 3])
        #expect(try await run(", noise_within: 2").segments.map(\.size) == [5, 4, 3, 1])
    }

    @Test("'outliers' leaves out who is far from every centre")
    func outliers() async throws {
        let text =
            Self.plain + "scale: none\nk_means: {k: 3}\noutliers: {}\nnames: [b, c, a]\n"
            + "repeatability: 0\n"
        let run = try await TestProject(segmentations: ["s": text], customers: Self.withStray)
            .run()
        #expect(run.segmentations[0].segments.map(\.size) == [5, 4, 3, 1])
        #expect(try await run.rows("customers", by: "s") == ["b 5", "c 4", "a 3", "Outliers 1"])
    }

    @Test("DBSCAN finds one region, and there is nothing to compare")
    func oneRegion() async throws {
        let text = Self.plain + "scale: none\ndbscan: {eps: 99, minimum_points: 3}\n"
        let result = try await TestProject(segmentations: ["s": text]).run().segmentations[0]
        #expect(result.segments.map(\.size) == [12])
        #expect(result.silhouette == nil)
        #expect(result.verdict == nil)
    }
}
