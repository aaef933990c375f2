import ArgumentParser
import Columns
import Engine
import Foundation
import Kernels
import Query
import Reporting
import Runs
import Segmentation
import Synchronization

struct Score: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell the segments of a file's customers by the published run's model.",
        usage: """
            aurora score [PROJECT] SEGMENTATION FILE [--output OUTPUT] [--state STATE] \
            [--option OPTION ...] [--threads THREADS] [--json]
            """,
        discussion: """
            Nothing is fitted again. The file is CSV, JSON, Parquet or Excel, and has the columns of
            the model behind the segmentation, as 'aurora export' writes them. For each row: its
            segment, how far it is from it, the next best segment, by how much that is farther, and
            whether values are unlike those that the model was fitted to.

              aurora score published new-customers.csv
              aurora score Examples/credit-card published new.parquet --output scored.csv
              aurora score published workbook.xlsx --option sheet=New --json
            """)

    @Argument(
        help: ArgumentHelp(
            "The project's folder, unless it is this one; the segmentation; the file.",
            valueName: "project-segmentation-file"), completion: .file())
    var words: [String]

    @Option(help: "Where runs are kept (default: .aurora in the project).", completion: .directory)
    var state: String?

    @Option(
        help: "The file that gets the scores of all rows: .csv, .parquet or .xlsx.",
        completion: .file())
    var output: String?

    @Option(
        name: .customLong("option"),
        help: "What a source file would state of the file, as key=value; may be repeated.")
    var options: [String] = []

    @Option(help: "How many threads compute (default: all). No result depends on it.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    /// Rows that are shown where no file is written.
    private static let shown = 20

    func validate() throws {
        guard (2...3).contains(words.count) else {
            throw ValidationError(
                "\(words.count) words are stated, but [PROJECT] SEGMENTATION FILE are expected")
        }
        guard (1...1024).contains(threads) else {
            throw ValidationError("--threads is \(threads), but 1 to 1024 are expected")
        }
        for option in options where !option.contains("=") {
            throw ValidationError("--option is '\(option)', but key=value is expected")
        }
        if options.contains(where: { $0.hasPrefix("broken_rows=") }) {
            throw ValidationError("rows that can't be read are not left out: no broken_rows here")
        }
    }

    func run() async throws {
        try await Execution.run(json: json) { [self] in
            let target = try output.map { try Self.target($0) }
            let folder = URL(
                filePath: words.count == 3 ? words[0] : ".", directoryHint: .isDirectory
            ).absoluteURL
            let run = try await PublishedRun.current(
                ProjectOptions.stateFolder(state, of: folder), Engines.provider(threads: threads))
            var scoring = Scoring(
                words[words.count - 2], URL(filePath: words[words.count - 1]).absoluteURL)
            scoring.options = options.map { option in
                let parts = option.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (key: String(parts[0]), value: String(parts.last ?? ""))
            }
            scoring.work = Work(threads: threads)
            // A document without a file has all rows.
            let listing = Listing(most: target != nil ? 0 : json ? .max : Self.shown, json: json)
            let summary = try await run.score(scoring, for: .local, to: target) {
                (summary, scored) throws(AuroraError) in listing.add(scored, summary)
            }
            show(summary, listing, target, of: run)
        }
    }

    private static func target(_ path: String) throws(AuroraError) -> Scoring.Output {
        let file = URL(filePath: path).absoluteURL
        guard let format = TableFormat(rawValue: file.pathExtension.lowercased()) else {
            throw AuroraError(
                "unknown_format", "'\(file.lastPathComponent)' names no kind of file",
                hint: "end it in "
                    + TableFormat.allCases.map { ".\($0.rawValue)" }.joined(separator: ", "))
        }
        return Scoring.Output(file, format)
    }

    private func show(
        _ summary: ScoreSummary, _ listing: Listing, _ target: Scoring.Output?,
        of run: PublishedRun
    ) {
        if json {
            var members = [JSON.Member(name: "run", value: .string(run.record.id))] + summary.json
            if let target {
                members.append(.init(name: "file", value: .string(target.file.path)))
            } else {
                members.append(.init(name: "scores", value: .encoded(listing.document)))
            }
            return Terminal.print(JSON.object(members).text(indented: true))
        }
        if target == nil, summary.rows > 0 {
            Terminal.print(Terminal.table(Listing.header, listing.rows))
            if summary.rows > listing.rows.count {
                Terminal.print("… \(summary.rows - listing.rows.count) more rows")
            }
            Terminal.print("")
        }
        Terminal.print(
            Terminal.table(
                ["id", "name", "rows", "share"],
                summary.segments.map { segment in
                    [
                        .integer(Int64(segment.id)), .text(segment.name),
                        .integer(Int64(segment.rows)),
                        .text("\((segment.share * 1000).rounded() / 10) %"),
                    ]
                }))
        for notice in summary.notices { Terminal.tell("\(notice.message) [\(notice.code)]") }
        if let target {
            Terminal.print("\(summary.rows) rows scored, written to \(target.file.path)")
        }
    }
}

/// The rows that are shown. They arrive one part after another.
private final class Listing: Sendable {
    static let header = [
        "row", "key", "segment", "name", "distance", "runner-up", "margin", "notices",
    ]

    private let most: Int
    private let json: Bool
    private let kept = Mutex<(rows: [[Value]], documents: [String], count: Int)>(([], [], 0))

    init(most: Int, json: Bool) {
        self.most = most
        self.json = json
    }

    var rows: [[Value]] { kept.withLock { $0.rows } }

    /// A line for each row.
    var document: String {
        kept.withLock {
            $0.documents.isEmpty ? "[]" : "[\n\($0.documents.joined(separator: ",\n"))\n]"
        }
    }

    func add(_ scored: ScoredRows, _ summary: ScoreSummary) {
        kept.withLock { kept in
            let rows = 0..<min(scored.count, most - kept.count)
            guard !rows.isEmpty else { return }
            kept.count += rows.count
            if json {
                kept.documents.append(
                    rows.map { summary.json(scored, row: $0).text() }.joined(separator: ",\n"))
            } else {
                kept.rows += rows.map { Self.row(scored, $0, summary) }
            }
        }
    }

    private static func row(_ scored: ScoredRows, _ row: Int, _ summary: ScoreSummary) -> [Value] {
        func number(_ value: Double) -> Value {
            value.isNaN ? .missing : .double((value * 10_000).rounded() / 10_000)
        }
        let remarks = (scored.remarks[row] ?? []).map(\.text)
        return [
            .integer(Int64(scored.first + row)), scored.keys?[row] ?? .missing,
            .integer(Int64(scored.segments[row])), .text(summary.name(of: scored.segments[row])),
            number(scored.distances[row]),
            scored.runnersUp[row].map { .text(summary.name(of: $0)) } ?? .missing,
            number(scored.margins[row]), .text(remarks.joined(separator: "; ")),
        ]
    }
}
