import Columns
import Foundation
import Learning
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

@Suite("What a run keeps of a segmentation")
struct ResultTests {
    @Test("it survives JSON to the last bit")
    func roundTrip() async throws {
        let result = try await TestProject(segmentations: ["s": TestProject.groups]).run()
            .segmentations[0]
        let data = try JSONEncoder.stable.encode(result)
        let again = try JSONDecoder().decode(SegmentationResult.self, from: data)
        #expect(try JSONEncoder.stable.encode(again) == data)
        #expect(again.fit?.inertia?.bitPattern == result.fit?.inertia?.bitPattern)
        #expect(again.frozen?.model.centroids == result.frozen?.model.centroids)
        #expect(again.frozen?.preprocessing.columns.map(\.centre) == [8.75, 7.25])
    }

    @Test("a file that isn't there or isn't one")
    func unreadable() throws {
        let folder = TestProject.home
        let error = #expect(throws: AuroraError.self) {
            try SegmentationResult.read("nothing", from: folder)
        }
        #expect(error?.code == "run_unreadable")
    }

    @Test("show's document, null where a field doesn't apply")
    func document() async throws {
        let run = try await TestProject(
            segmentations: [
                "s": "features: [{column: x}, {column: y}]\nk_means: {k: 1}\nnames: [all]\n"
            ]
        ).run()
        let result = run.segmentations[0]
        let inertia = try #require(result.fit?.inertia)
        #expect(abs(inertia - 24) < 1e-12)
        let text = result.json.text()
        let start =
            #"{"name":"s","algorithm":"k_means","k":1,"rows":12,"inertia":\#(inertia),"#
            + #""silhouette":null,"davies_bouldin":null,"calinski_harabasz":null,"verdict":null,"#
            + #""segments":[{"id":1,"name":"all","size":12,"share":1.0}]"#
        #expect(text.hasPrefix(start), "\(text)")
    }

    @Test("the seed decides the starts, and the same seed gives the same bits")
    func seed() async throws {
        func inertias(_ seed: Int, threads: Int) async throws -> [Double] {
            let text =
                "features: [{column: x}, {column: gap}]\n"
                + "k_means: {k: 4, seed: \(seed), restarts: 8}\n"
            let project = try TestProject(
                segmentations: ["s": text],
                files: [
                    "models/customers.yaml": """
                    type: model/v1
                    from: customer_file
                    key: id
                    steps: [impute: {column: gap, with: mean}]
                    """
                ])
            let result = try await project.run(threads: threads).segmentations[0]
            #expect(result.fit?.inertia == result.fit?.restartInertias.min())
            return result.fit?.restartInertias ?? []
        }
        let first = try await inertias(1, threads: 1)
        #expect(first.count == 8)
        for threads in [1, 2, 4] {
            let again = try await inertias(1, threads: threads)
            #expect(again.map(\.bitPattern) == first.map(\.bitPattern))
        }
        #expect(try await inertias(2, threads: 1) != first)
    }

    @Test("a silhouette of a sample says how many rows it was measured on")
    func sample() async throws {
        let text = TestProject.groups + "silhouette: {exact_up_to: 5, sample: 6, seed: 1}\n"
        let result = try await TestProject(segmentations: ["s": text]).run().segmentations[0]
        #expect(result.silhouette?.measured == 6)
        #expect(result.silhouette?.isExact == false)
        let exact = try await TestProject(segmentations: ["s": TestProject.groups]).run()
            .segmentations[0]
        #expect(exact.silhouette?.measured == 12)
        #expect(exact.silhouette?.isExact == true)
    }
}
