import Columns
import Foundation
import Pipeline
import Runs
import TestProjects
import Testing

@Suite("Runs that repeat")
struct RepeatTests {
    @Test("two runs give the same outputs, whatever the number of threads")
    func threads() async throws {
        let project = try TestProject.loans(rows: 5000)
        let first = try await project.publish(threads: 1)
        #expect(
            first.outputs.keys.sorted() == [
                "quality/models/large.json", "quality/models/loans.json",
                "quality/sources/loan_file.json", "segments/kinds.json",
                "segments/kinds.plots.json", "segments/kinds.profile.json", "tables/large",
                "tables/loans",
            ])
        for threads in [1, 2, 4] {
            let again = try await project.publish(threads: threads)
            #expect(again.outputs == first.outputs)
            #expect(again.models.map(\.steps.count) == [3, 1])
            #expect(
                again.models.map { $0.steps.map(\.fitted) }
                    == first.models.map { $0.steps.map(\.fitted) })
        }
        #expect(project.state.history.count == 4)
        #expect(Set(project.state.history.map { $0.suffix(8) }).count == 1)
    }

    @Test("another value gives other outputs where it matters, and the same elsewhere")
    func otherValue() async throws {
        let project = try TestProject.loans()
        let first = try await project.publish()
        let text = try String(
            contentsOf: project.folder.appending(path: "loans.csv"), encoding: .utf8)
        // The first loan is below the filter of 'large' and has no part in it.
        try project.write(text.replacing("Bern", with: "Bonn"), to: "loans.csv")
        let second = try await project.publish()
        #expect(second.outputs["tables/loans"] != first.outputs["tables/loans"])
        #expect(second.outputs["segments/kinds.json"] == first.outputs["segments/kinds.json"])
        #expect(second.inputs[0].sha256 != first.inputs[0].sha256)
    }

    @Test("the record holds the project's text, versions and inputs")
    func record() async throws {
        let project = try TestProject.loans()
        let record = try await project.publish()
        #expect(record.project["pages/main.yaml"]?.contains("title: T") == true)
        #expect(record.project.count == 7)
        #expect(record.inputs.map(\.rows) == [400])
        #expect(record.versions["engine"]?.hasPrefix("DuckDB v") == true)
        #expect(record.number == 1)
        #expect(record.id == "0001-" + record.outputHash.prefix(8))
        let published = try #require(project.state.published)
        #expect(try RunRecord.read(published).outputs == record.outputs)
        #expect(
            project.contents(of: "runs/" + record.id)
                == ["data.duckdb", "quality", "run.json", "segments"])
    }
}

@Suite("Verifying a run")
struct VerificationTests {
    static func verify(
        _ project: TestProject, _ record: RunRecord, threads: Int = 1
    ) async throws -> Verification {
        try await project.pipeline(threads: threads)
            .verify(record, in: project.state) { _, _, _ in }
    }

    @Test("an unchanged project repeats, on another number of threads too")
    func repeats() async throws {
        let project = try TestProject.loans()
        let record = try await project.publish()
        let verification = try await Self.verify(project, record, threads: 4)
        #expect(verification.isRepeated)
        #expect(verification.changedInputs.isEmpty && verification.changedOutputs.isEmpty)
        #expect(
            verification.json.text()
                == "{\"run\":\"\(record.id)\",\"repeated\":true,\"outputs\":8,"
                + "\"changed_inputs\":[],\"changed_outputs\":[]}")
    }

    @Test("leaves the published run and the state as they were")
    func leavesState() async throws {
        let project = try TestProject.loans()
        let record = try await project.publish()
        let before = project.contents(of: "")
        _ = try await Self.verify(project, record)
        #expect(project.contents(of: "") == before)
        #expect(project.state.history == [record.id])
    }

    @Test("a changed input is named, and the outputs that differ by it")
    func changedInput() async throws {
        let project = try TestProject.loans()
        let record = try await project.publish()
        try project.write(
            "id,amount,rate,branch\n1,5,0.1,Oslo\n2,6,0.2,Rome\n", to: "loans.csv")
        try project.write(
            "type: segment/v1\nmodel: loans\nfeatures: [{column: amount}]\nk_means: {k: 1}\n",
            to: "segments/kinds.yaml")
        let verification = try await Self.verify(project, record)
        #expect(!verification.isRepeated)
        #expect(verification.changedInputs.map(\.name) == ["loans.csv"])
        #expect(verification.changedInputs.first?.before == record.inputs[0].sha256)
        #expect(
            verification.changedOutputs.map(\.name)
                == [
                    "quality/models/large.json", "quality/models/loans.json",
                    "quality/sources/loan_file.json", "segments/kinds.json",
                    "segments/kinds.plots.json", "segments/kinds.profile.json", "tables/large",
                    "tables/loans",
                ])
    }

    @Test("an output that is there no more is named")
    func missingOutput() async throws {
        let project = try TestProject.loans()
        let record = try await project.publish()
        try FileManager.default.removeItem(
            at: project.folder.appending(path: "models/large.yaml"))
        let verification = try await Self.verify(project, record)
        #expect(verification.changedInputs.isEmpty)
        #expect(
            verification.changedOutputs.map(\.name)
                == ["quality/models/large.json", "tables/large"])
        #expect(verification.changedOutputs.first?.now == nil)
    }
}
