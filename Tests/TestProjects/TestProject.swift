package import Columns
import DuckDBEngine
package import Engine
package import Foundation
package import Pipeline
package import Reporting
package import Runs
import Testing

/// A project of texts in a temporary folder, which goes with the last reference to it.
package final class TestProject: Sendable {
    package let folder: URL

    /// - Parameter files: texts by path; `aurora.yaml` is added where there is none.
    package init(_ files: [String: String]) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "aurora-test-\(UUID().uuidString)", directoryHint: .isDirectory)
        try write("type: project/v1\nname: Test\n", to: "aurora.yaml")
        for (path, text) in files { try write(text, to: path) }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The repository: the folder above the tests that holds the package.
    package static let home: URL = {
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        repeat {
            folder.deleteLastPathComponent()
        } while folder.path != "/"
            && !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
        return folder
    }()

    package static func provider(threads: Int = 1) throws -> any EngineProvider {
        DuckDBProvider(try DuckDBLibrary.load(home: home), threads: threads)
    }

    package var state: StateFolder { StateFolder(folder.appending(path: ".aurora")) }

    package func write(_ text: String, to path: String) throws {
        try write(Data(text.utf8), to: path)
    }

    package func write(_ data: Data, to path: String) throws {
        let url = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
    }

    package func pipeline(threads: Int = 1) throws -> Pipeline {
        var diagnostics: [Diagnostic] = []
        let project = try Project.read(folder, &diagnostics)
        guard diagnostics.isEmpty else { throw InvalidProject(diagnostics) }
        return Pipeline(
            project, data: Pipeline.dataFolder(of: project, in: folder, stated: nil),
            provider: try Self.provider(threads: threads), threads: threads)
    }

    /// - Parameter reusing: whether what earlier runs have worked out may be taken over, which a
    ///   test of what is worked out must not.
    @discardableResult
    package func publish(threads: Int = 1, reusing: Bool = false) async throws -> RunRecord {
        try await pipeline(threads: threads).publish(in: state, reusing: reusing) { _ in }
    }

    /// Runs the project and opens what it published.
    package func run(threads: Int = 1) async throws -> PublishedRun {
        try await publish(threads: threads)
        return try await reopened(threads: threads)
    }

    /// Opens what is published.
    package func reopened(threads: Int = 1) async throws -> PublishedRun {
        try await PublishedRun.current(state, Self.provider(threads: threads))
    }

    /// What plain SQL gives over the published tables: a text for each row, "–" where missing.
    package func sql(_ query: String) async throws -> [String] {
        let folder = try #require(state.published)
        let engine = try await Self.provider()
            .published(at: folder.appending(path: "data.duckdb").path, readers: 1)
        let batch = try await engine.query(query)
        return (0..<batch.rowCount).map { row in
            batch.row(row).map(\.description).joined(separator: " ")
        }
    }

    /// What is wrong with the project or its data.
    package func mistakes() async throws -> [Diagnostic] {
        do {
            try await publish()
            return []
        } catch let problem as InvalidProject {
            return problem.diagnostics
        }
    }
}
