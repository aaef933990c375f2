import ArgumentParser
import Columns
import Engine
import Foundation
import Preparation

struct Inspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell how a file is written and what stands in it, before a project reads it.",
        discussion: """
            Looks at every row, says how sure each guess is and why, and ends with a source file that
            states what should not be guessed. Values of single customers are shown by their shape.

              aurora inspect ~/data/customers.csv
              aurora inspect ~/data/workbook.xlsx --sheet Transactions
              aurora inspect ~/data/customers.csv --json
            """)

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Option(
        name: .customLong("option"),
        help: "What a source file would state of the file, as key=value; may be repeated.")
    var options: [String] = []

    @Option(help: "The sheet of a workbook, as --option sheet=NAME.")
    var sheet: String?

    @Option(help: "How many threads compute (default: all). No result depends on it.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    func validate() throws {
        guard (1...1024).contains(threads) else {
            throw ValidationError("--threads is \(threads), but 1 to 1024 are expected")
        }
        for option in options where !option.contains("=") {
            throw ValidationError("--option is '\(option)', but key=value is expected")
        }
    }

    func run() async throws {
        try await Execution.run(json: json) { [self] in
            let inspection = try await inspection()
            Terminal.print(json ? inspection.json.text(indented: true) : inspection.text)
        }
    }

    /// What stands before and behind the first `=` of each option.
    private var stated: [(key: String, value: String)] {
        var stated: [(key: String, value: String)] = options.map { option in
            let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (key: String(parts[0]), value: String(parts.last ?? ""))
        }
        if let sheet { stated.append((key: "sheet", value: sheet)) }
        return stated
    }

    private func inspection() async throws -> Inspection {
        let url = URL(filePath: file).absoluteURL
        guard let kind = SourceKind.forFile(url) else {
            throw AuroraError(
                "file_unreadable", "\(url.path) can't be read, or is of no kind that Aurora reads",
                hint: "kinds are " + SourceKind.all.map(\.name).joined(separator: ", "))
        }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "aurora-inspect-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let engine = try await Engines.provider(threads: threads)
            .intake(at: folder.appending(path: "inspect.duckdb").path)
        defer { engine.close() }
        var diagnostics: [Diagnostic] = []
        guard let reader = kind.reader(of: url, stated, &diagnostics),
            let inspection = try await Inspection.of(
                reader, kind, options: [(key: "file", value: url.lastPathComponent)] + stated,
                data: url.deletingLastPathComponent(), scratch: folder, intake: engine,
                &diagnostics)
        else { throw InvalidProject(diagnostics) }
        return inspection
    }
}
