import Columns
import Engine
import Foundation
import Reporting
import TestProjects
import Testing

import Preparation

/// Text files that are opened as a `csv` source, without a run around them.
struct CSVReading: Sendable {
    private let project: TestProject
    private let engine: any Engine
    private let reader: any SourceReader

    /// - Parameters:
    ///   - file: a file, or a pattern of files.
    ///   - options: lines under `csv:`.
    ///   - data: the data folder; the project's own where nil.
    init(file: String = "data.csv", _ options: [String] = [], data: URL? = nil) async throws {
        project = try TestProject([
            "sources/data.yaml": "type: source/v1\ncsv:\n  file: \"\(file)\"\n"
                + options.map { "  \($0)\n" }.joined()
        ])
        var diagnostics: [Diagnostic] = []
        let described = try Project.read(project.folder, &diagnostics)
        guard diagnostics.isEmpty else { throw InvalidProject(diagnostics) }
        reader = try #require(described.recipes.sources.first).reader
        engine = try await TestProject.provider(threads: 2).intake(at: ":memory:")
        self.data = data ?? project.folder
    }

    private let data: URL

    func write(_ bytes: some Sequence<UInt8>, to path: String = "data.csv") throws {
        try Data(bytes).write(to: project.folder.appending(path: path))
    }

    struct Answer {
        /// Values of each row that was kept; nil where missing.
        var rows: [[String?]] = []
        var broken: [(row: Int, reason: String, text: String)] = []
        var names: [String] = []
        var facts: [String] = []
        var diagnostics: [Diagnostic] = []
    }

    func read() async throws -> Answer {
        var answer = Answer()
        let scratch = project.folder.appending(path: "scratch")
        defer { try? FileManager.default.removeItem(at: scratch) }
        var context = SourceContext(source: "data", data: data, scratch: scratch, intake: engine)
        let table = try await reader.open(&context)
        answer.diagnostics = context.diagnostics
        guard let table else { return answer }
        (answer.names, answer.facts) = (table.schema.names, table.facts)
        do throws(AuroraError) {
            // As staging does it: a part first, then all.
            _ = try await engine.query("SELECT * FROM \(table.relation) LIMIT 3")
            answer.rows = try await engine.query("SELECT * FROM \(table.relation)").texts
        } catch {
            guard let diagnostic = reader.diagnostic(error, in: table.files) else { throw error }
            answer.diagnostics.append(diagnostic)
            return answer
        }
        guard let broken = table.broken else { return answer }
        let batch = try await engine.query(
            "SELECT row, reason, text FROM \(broken) ORDER BY row")
        answer.broken = batch.texts.map { (Int($0[0] ?? "") ?? 0, $0[1] ?? "", $0[2] ?? "") }
        return answer
    }
}

extension Batch {
    fileprivate var texts: [[String?]] {
        (0..<rowCount).map { index in
            row(index).map { value in
                if case .missing = value { nil } else { value.textValue ?? value.description }
            }
        }
    }
}
