package import Columns
import Foundation
import Reporting
package import Runs

extension Pipeline {
    /// Runs the project and publishes the result; whatever fails or is stopped leaves the published
    /// run as it was.
    ///
    /// - Parameters:
    ///   - diagnostics: what is wrong with the project's text; nothing is run then.
    ///   - reusing: whether what earlier runs have worked out is taken over where nothing that it
    ///     depends on has changed.
    ///   - fits: by segmentation, fits that are taken over on the same condition.
    package func publish(
        in state: StateFolder, _ diagnostics: [Diagnostic] = [], reusing: Bool = true,
        fits: [String: KnownFit] = [:], show: @escaping @Sendable (RunStage) -> Void
    ) async throws -> RunRecord {
        guard diagnostics.isEmpty else {
            let problem = InvalidProject(diagnostics)
            state.note(Self.failure(problem, of: state.nextNumber))
            throw problem
        }
        let run = try RunInProgress(state)
        let progress = RunProgress(state, run: run.number, show: show)
        defer { progress.end() }
        do {
            let record = try await self.run(
                into: run.folder, after: Earlier(state, reusing: reusing), fits: fits,
                report: { progress.report($0, $1, $2) })
            try Task.checkCancellation()
            let published = try run.publish(record)
            state.note(nil)
            return published
        } catch {
            run.discard()
            let error = error is CancellationError ? AuroraError.interrupted : error
            state.note(Self.failure(error, of: run.number))
            throw error
        }
    }

    private static func failure(_ error: any Error, of run: Int) -> RunFailure {
        switch error {
        case let error as AuroraError:
            RunFailure(
                run: run, code: error.code,
                message: (error.context + [error.message]).joined(separator: ": "))
        case let problem as InvalidProject:
            RunFailure(
                run: run, code: problem.diagnostics.first?.code ?? "invalid_project",
                message: problem.diagnostics.first?.message ?? "the project has mistakes")
        default: RunFailure(run: run, code: "unexpected", message: "\(error)")
        }
    }
}

/// What a second run of a past run's project gave.
package struct Verification: Sendable {
    package struct Difference: Sendable {
        package var name: String
        package var before: String?
        package var now: String?
    }

    package let record: RunRecord
    /// Source files that are not what they were, so that their outputs need not repeat.
    package let changedInputs: [Difference]
    package let changedOutputs: [Difference]

    package var isRepeated: Bool { changedInputs.isEmpty && changedOutputs.isEmpty }

    init(_ record: RunRecord, against now: RunRecord) {
        self.record = record
        func inputs(_ run: RunRecord) -> [(String, String)] {
            let day = record.asOf == nil ? nil : run.asOf
            return (day.map { [("as_of", $0)] } ?? []) + run.inputs.map { ($0.file, $0.sha256) }
                + (run.geometries ?? []).map { ($0.file.path, $0.file.sha256) }
        }
        changedInputs = Self.differences(inputs(record), inputs(now))
        changedOutputs = Self.differences(
            record.outputs.map { ($0.key, $0.value) }, now.outputs.map { ($0.key, $0.value) })
    }

    private static func differences(
        _ before: [(String, String)], _ now: [(String, String)]
    ) -> [Difference] {
        let before = Dictionary(before, uniquingKeysWith: { $1 })
        let now = Dictionary(now, uniquingKeysWith: { $1 })
        return Set(before.keys).union(now.keys).sorted().filter { before[$0] != now[$0] }
            .map { Difference(name: $0, before: before[$0], now: now[$0]) }
    }

    package var json: JSON {
        func json(_ differences: [Difference]) -> JSON {
            .array(
                differences.map {
                    .object([
                        "name": .string($0.name), "before": JSON($0.before), "now": JSON($0.now),
                    ])
                })
        }
        return .object([
            "run": .string(record.id), "repeated": .bool(isRepeated),
            "outputs": JSON(record.outputs.count), "changed_inputs": json(changedInputs),
            "changed_outputs": json(changedOutputs),
        ])
    }
}

extension Pipeline {
    /// Runs the project once more, beside the published runs, and compares the outputs' hashes.
    package func verify(
        _ record: RunRecord, in state: StateFolder, report: @escaping Report
    ) async throws -> Verification {
        let folder = state.url.appending(path: "verify-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let now = try await run(
            into: folder, repeating: try state.run(record.id), report: report)
        return Verification(record, against: now)
    }
}
