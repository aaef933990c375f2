import Columns
import Foundation
import Pipeline
import Query
import Reporting
import Runs
import Segmentation
import Synchronization
import TestProjects
import Testing

@Suite("What is published")
struct PublicationTests {
    @Test("before the first run nothing is")
    func nothing() async throws {
        let project = try TestProject.loans()
        let error = await #expect(throws: AuroraError.self) { try await project.reopened() }
        #expect(error?.code == "no_run")
    }

    @Test("a run that fails leaves the published one, and nothing of its own")
    func failure() async throws {
        let project = try TestProject.loans()
        let record = try await project.publish()
        try project.write("id,amount,rate,branch\n1,5,0.1,Oslo\n", to: "loans.csv")
        let error = await #expect(throws: AuroraError.self) { try await project.publish() }
        #expect(error?.code == "k_above_rows")
        #expect(project.state.published?.lastPathComponent == record.id)
        #expect(project.contents(of: "runs") == [record.id])
        #expect(project.state.lastFailure()?.code == "k_above_rows")
        #expect(project.state.lastFailure()?.run == "0002")
        #expect(project.state.stageUnderWay() == nil)
        let run = try await project.reopened()
        #expect(run.record.id == record.id)
        #expect(run.segmentations[0].rows == 400)
    }

    @Test("a run of a project with mistakes in its data, too")
    func mistakes() async throws {
        let project = try TestProject.loans()
        let record = try await project.publish()
        try project.write("id,amount\n1,2,3\n", to: "loans.csv")
        #expect(try await project.mistakes().map(\.code) == ["ragged_rows"])
        #expect(project.state.published?.lastPathComponent == record.id)
        #expect(project.contents(of: "runs") == [record.id])
        #expect(project.state.lastFailure()?.code == "ragged_rows")
    }

    @Test("the next good run takes over and forgets the failure")
    func recovery() async throws {
        let project = try TestProject.loans()
        try project.write("id\n", to: "loans.csv")
        _ = try await project.mistakes()
        #expect(project.state.published == nil)
        let fresh = try TestProject.loans()
        let text = try Data(contentsOf: fresh.folder.appending(path: "loans.csv"))
        try text.write(to: project.folder.appending(path: "loans.csv"))
        let record = try await project.publish()
        #expect(project.state.published?.lastPathComponent == record.id)
        #expect(project.state.lastFailure() == nil)
    }

    @Test(
        "a run that is cancelled leaves the published one and no partial folder",
        arguments: [
            "Reading: loan_file", "Preparing: loans", "Segmenting: kinds", "Hashing: large",
        ])
    func cancelled(stage: String) async throws {
        let project = try TestProject.loans(rows: 20_000)
        let record = try await project.publish()
        let (pipeline, state, canceller) = (try project.pipeline(), project.state, Canceller())
        let running = Task {
            try await pipeline.publish(in: state, reusing: false) { under in
                if under.stage == stage { canceller.cancel() }
            }
        }
        canceller.watch(running)
        let error = await #expect(throws: AuroraError.self) { _ = try await running.value }
        #expect(error?.code == "interrupted")
        #expect(canceller.isUsed)
        #expect(state.published?.lastPathComponent == record.id)
        #expect(project.contents(of: "runs") == [record.id])
        #expect(state.stageUnderWay() == nil)
        // Nothing holds the next one up.
        #expect(try await project.publish().outputs == record.outputs)
    }

    @Test("what a killed run left behind is swept up by the next one")
    func leftovers() async throws {
        let project = try TestProject.loans()
        try project.write("half", to: ".aurora/runs/.0007-partial/data.duckdb")
        let record = try await project.publish()
        #expect(project.contents(of: "runs") == [record.id])
    }

    @Test("two runs at once: the second is told who holds the lock")
    func atOnce() async throws {
        let project = try TestProject.loans()
        let first = try RunInProgress(project.state)
        let error = await #expect(throws: AuroraError.self) { try await project.publish() }
        #expect(error?.code == "run_in_progress")
        #expect(
            error?.message.contains("process \(ProcessInfo.processInfo.processIdentifier)") == true)
        first.discard()
    }

    @Test("pages under an older run stay readable while a new one is published")
    func readers() async throws {
        let project = try TestProject.loans()
        let old = try await project.run()
        try await project.publish()
        let data = try await PageView("main", of: old, for: .local).data([])
        #expect(data.text().contains("\"rows_used\":400"))
        #expect(project.state.published?.lastPathComponent.hasPrefix("0002-") == true)
    }

    @Test("every stage is told, in order")
    func stages() async throws {
        let project = try TestProject.loans()
        let stages = Mutex<[String]>([])
        _ = try await project.pipeline().publish(in: project.state) { stage in
            stages.withLock { if !$0.contains(stage.stage) { $0.append(stage.stage) } }
        }
        #expect(
            stages.withLock { $0 } == [
                "Comparing sources", "Reading: loan_file", "Checking sources", "Preparing: loans",
                "Preparing: large",
                "Profiling: loan_file", "Profiling: loans", "Profiling: large",
                "Segmenting: kinds", "Profiling: kinds", "Checking figures and pages",
                "Hashing: loans", "Hashing: large",
            ])
    }

    @Test("a check finds the same mistakes as a run, and publishes nothing")
    func check() async throws {
        let project = try TestProject.loans()
        try project.write(
            "type: page/v1\ntitle: T\nvisuals: [kpi: {measure: lones}]\n", to: "pages/main.yaml")
        let folder = project.folder.appending(path: "check")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let pipeline = try project.pipeline()
        let problem = await #expect(throws: InvalidProject.self) {
            _ = try await pipeline.check(into: folder) { _, _, _ in }
        }
        #expect(problem?.diagnostics.map(\.code) == ["unknown_measure"])
        #expect(try await project.mistakes().map(\.code) == ["unknown_measure"])
        #expect(project.state.published == nil)
    }
}

/// Cancels a task from a closure that is made before the task is.
private final class Canceller: Sendable {
    private struct State {
        var task: Task<RunRecord, any Error>?
        var isUsed = false
    }

    private let state = Mutex(State())

    var isUsed: Bool { state.withLock { $0.isUsed } }

    func watch(_ task: Task<RunRecord, any Error>) {
        state.withLock {
            $0.task = task
            if $0.isUsed { task.cancel() }
        }
    }

    func cancel() {
        state.withLock {
            $0.isUsed = true
            $0.task?.cancel()
        }
    }
}
