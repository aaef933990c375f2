import Columns
import Foundation
import Pipeline
import Reporting
import Runs
import Starter
import TestProjects
import Testing

/// A project that was drafted from files in a temporary folder.
final class Drafted: Sendable {
    let project: StarterProject
    let folder: URL
    private let home: URL

    /// - Parameter files: texts by name; or the URLs of files elsewhere.
    init(_ files: KeyValuePairs<String, String>, from others: [URL] = []) async throws {
        home = FileManager.default.temporaryDirectory
            .appending(path: "aurora-starter-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        folder = home.appending(path: "project", directoryHint: .isDirectory)
        var urls = others
        for (name, text) in files {
            let url = home.appending(path: name)
            try Data(text.utf8).write(to: url)
            urls.append(url)
        }
        project = try await Starter(TestProject.provider(threads: 2), threads: 2)
            .write(urls, to: folder)
    }

    deinit { try? FileManager.default.removeItem(at: home) }

    func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    /// A file's lines without its comments.
    func stated(_ path: String) throws -> String {
        try text(path).split(separator: "\n").map { line in
            line.range(of: "# ").map { String(line[..<$0.lowerBound]) } ?? String(line)
        }.joined(separator: "\n")
    }

    func role(_ column: String) -> ColumnRole? { project.tables[0][column]?.role }

    var features: [String] { project.features.map(\.name) }

    /// Runs it with nothing edited.
    @discardableResult
    func run() async throws -> RunRecord {
        var diagnostics: [Diagnostic] = []
        let read = try Project.read(folder, &diagnostics)
        guard diagnostics.isEmpty else { throw InvalidProject(diagnostics) }
        return try await Pipeline(
            read, data: Pipeline.dataFolder(of: read, in: folder, stated: nil),
            provider: TestProject.provider(threads: 2), threads: 2
        ).publish(in: StateFolder(folder.appending(path: ".aurora"))) { _ in }
    }
}

/// Numbers that look like chance and are the same in every run.
struct Draws {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
