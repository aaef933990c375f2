import Columns
import Reporting
import Segmentation
import TestProjects
import Testing

@Suite("Segments as SQL")
struct ScoringSQLTests {
    static let common = "repeatability: 0\n"
    static let texts = [
        "features: [{column: x}, {column: y, weight: 2}]\nk_means: {k: 3}\n",
        "features: [{column: x, transform: log1p}, {column: y, transform: yeo_johnson}]\n"
            + "k_means: {k: 4}\n",
        "features: [{column: x, winsorise: [0.1, 0.9], scale: robust}, {column: gap, missing: median}]\n"
            + "k_means: {k: 3}\noutliers: {beyond: 2}\n",
        "features: [{column: x}, {column: active, as: indicators}]\nk_means: {k: 3}\n",
        "features: [{column: x}, {column: y}, {column: active}]\nfamd: {k: 3}\n"
            + "components: {count: 2}\n",
    ]

    @Test("assigns every customer as the model does", arguments: texts)
    func same(text: String) async throws {
        let project = try TestProject(segmentations: ["s": text + Self.common])
        let run = try await project.run()
        let query = try run.scoringSQL(of: "s")
        let wrong = try await project.sql(
            "SELECT count(*) FROM (\(query)) q JOIN customers c ON c.id = q.id "
                + "WHERE q.segment IS DISTINCT FROM c.s")
        #expect(wrong == ["0"], "\(query)")
        let all = try await project.sql("SELECT count(*) FROM (\(query)) q")
        #expect(all == ["12"])
    }

    @Test("is not written where nearness to a centroid doesn't decide")
    func refused() async throws {
        let run = try await TestProject(
            segmentations: [
                "s": "features: [{column: x}, {column: y}]\nagglomerative: {k: 2}\n" + Self.common
            ]
        ).run()
        let error = #expect(throws: AuroraError.self) { try run.scoringSQL(of: "s") }
        #expect(error?.code == "not_scorable")
    }
}
