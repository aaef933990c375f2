import ArgumentParser
import Columns
import Dispatch
import Foundation
import Kernels

/// Runs a command's work, stops it cleanly on Ctrl-C, and turns what went wrong into a message and
/// an exit code.
enum Execution {
    /// Exit codes are stated here and nowhere else: 0 done, 1 failed, 2 project invalid, 64 usage
    /// (by the argument parser), and 130 for Ctrl-C, as shells expect it.
    private enum Exit {
        static let failed = ExitCode(1)
        static let invalidProject = ExitCode(2)
        static let interrupted = ExitCode(130)
    }

    /// - Parameter json: whether problems go to standard output as a document, too.
    static func run(
        json: Bool, _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        let task = Task {
            try checkKernels()
            try await work()
        }
        let signals = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                // A second Ctrl-C means it.
                if task.isCancelled { _exit(Exit.interrupted.rawValue) }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { signals.forEach { $0.cancel() } }
        do {
            try await task.value
        } catch let problem as InvalidProject {
            report(problem, json: json)
            throw Exit.invalidProject
        } catch let error as AuroraError {
            if json { Terminal.print(JSON.object(["error": error.json]).text(indented: true)) }
            Terminal.tell("aurora: \(error)")
            throw error.code == "interrupted" ? Exit.interrupted : Exit.failed
        } catch is CancellationError {
            Terminal.tell("aurora: \(AuroraError.interrupted)")
            throw Exit.interrupted
        }
    }

    /// Refuses an instruction set that is none, or that this machine lacks.
    private static func checkKernels() throws(AuroraError) {
        let name = ProcessInfo.processInfo.environment["AURORA_KERNELS"] ?? ""
        let available = KernelPath.allCases.filter(\.isAvailable).map(\.rawValue)
        guard !name.isEmpty, !available.contains(name) else { return }
        throw AuroraError(
            "unknown_kernels",
            "AURORA_KERNELS is '\(name)', but this machine has \(available.joined(separator: ", "))",
            hint: "unset it for the fastest of them")
    }

    private static func report(_ problem: InvalidProject, json: Bool) {
        let diagnostics = problem.diagnostics.sorted {
            ($0.place.file, $0.place.line ?? 0, $0.place.column ?? 0)
                < ($1.place.file, $1.place.line ?? 0, $1.place.column ?? 0)
        }
        if json {
            let list = JSON.array(diagnostics.map(\.json))
            Terminal.print(JSON.object(["diagnostics": list]).text(indented: true))
        }
        for diagnostic in diagnostics { Terminal.tell(diagnostic.description) }
        let count = diagnostics.count
        Terminal.tell("aurora: \(count) \(count == 1 ? "mistake" : "mistakes")")
    }
}
