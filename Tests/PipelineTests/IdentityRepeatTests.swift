import Columns
import Foundation
import Pipeline
import Runs
import Segmentation
import TestProjects
import Testing

@Suite("Runs whose segments follow another run's")
struct IdentityRepeatTests {
    /// A project after a second delivery, in which the sizes of its three groups have another order.
    private static func later() async throws -> (project: TestProject, second: RunRecord) {
        let project = try TestProject.loans()
        try await project.publish()
        var text = try String(
            contentsOf: project.folder.appending(path: "loans.csv"), encoding: .utf8)
        for row in 401...900 { text += "\(row),\(60_000 + row * 31 % 20_000).5,0.09\(row),Rome\n" }
        try project.write(text, to: "loans.csv")
        return (project, try await project.publish())
    }

    private static let identity = SegmentIdentity.path("kinds")
    private static let anchor = SegmentIdentity.anchorPath("kinds")

    @Test("a run keeps what its segments followed, and repeats by it")
    func verify() async throws {
        let (project, second) = try await Self.later()
        #expect(second.outputs[Self.identity] != nil)
        #expect(second.outputs[Self.anchor] != nil)
        let verification = try await VerificationTests.verify(project, second, threads: 2)
        #expect(verification.isRepeated, "\(verification.changedOutputs)")
    }

    @Test("run afresh on the same data, a run gives the same outputs, and each repeats")
    func fresh() async throws {
        let (project, second) = try await Self.later()
        for reusing in [false, false, true] {
            let again = try await project.publish(reusing: reusing)
            #expect(again.outputs == second.outputs)
            let verification = try await VerificationTests.verify(project, again)
            #expect(verification.isRepeated, "\(verification.changedOutputs)")
        }
    }
}
