import Columns
import Engine
import Foundation
import Pipeline
import Reporting
import Runs

/// Runs a project again in the background, one run at a time; wishes that come meanwhile are met by
/// one run more.
actor Reruns {
    private let folder: URL
    private let state: StateFolder
    private let provider: any EngineProvider
    private let threads: Int
    private var isWanted = false
    private var work: Task<Void, Never>?

    init(_ folder: URL, _ state: StateFolder, _ provider: any EngineProvider, threads: Int) {
        self.folder = folder
        self.state = state
        self.provider = provider
        self.threads = threads
    }

    func want() {
        isWanted = true
        guard work == nil else { return }
        work = Task {
            while isWanted, !Task.isCancelled {
                isWanted = false
                await once()
            }
            work = nil
        }
    }

    /// Stops the run under way and waits until it has cleaned up.
    func stop() async {
        isWanted = false
        work?.cancel()
        await work?.value
    }

    private func once() async {
        do {
            var diagnostics: [Diagnostic] = []
            let project = try Project.read(folder, &diagnostics)
            // The sources are where the published run has read them.
            let data = state.published.flatMap { try? RunRecord.read($0).data }
            let pipeline = Pipeline(
                project, data: Pipeline.dataFolder(of: project, in: folder, stated: data),
                provider: provider, threads: threads)
            _ = try await pipeline.publish(in: state, diagnostics) { _ in }
        } catch let error as AuroraError where error.code == "run_in_progress" {
            // That run may have read the project before the change.
            isWanted = true
            try? await Task.sleep(for: .seconds(1))
        } catch let error as AuroraError where error.code != "interrupted" {
            // Open pages are told, too: the run has noted it.
            Terminal.tell("aurora: \(error)")
        } catch {
            // Mistakes of the project are told by the page and by 'aurora check'.
        }
    }
}
