import ArgumentParser
import Columns
import DemoBank
import Foundation
import Pipeline
import Reporting
import Runs
import Server

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make an invented bank, run the demo project on it, and serve its pages.",
        discussion: """
            The folder holds the project's text, which may be changed, and the bank's files in data/.
            What is there is not made again: a second start only serves. A month more is a new delivery
            of the same bank, with a later as-of date.

              aurora demo
              aurora demo --months 25
              aurora demo --customers 100000 --output /tmp/bank --no-browser
            """)

    @Option(help: "The demo's folder.", completion: .directory)
    var output = "aurora-demo"

    @Option(help: "How many customers the bank has.")
    var customers = 10_000

    @Option(help: "How many months of transactions, from January 2023 on.")
    var months = 24

    @Option(help: "Which customers.")
    var seed: UInt64 = 1

    @Option(help: "The port; 0 takes a free one.")
    var port = 8787

    @Flag(inversion: .prefixedNo, help: "Open this desktop's browser, where there is one.")
    var browser = true

    @Flag(help: "Print JSON documents on standard output.")
    var json = false

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port is \(port), but 0 to 65535 are expected")
        }
    }

    func run() async throws {
        try await Execution.run(json: json) { [self] in
            let folder = DemoFolder(
                url: URL(filePath: output, directoryHint: .isDirectory).absoluteURL
                    .standardizedFileURL,
                bank: try SyntheticBank(customers: customers, months: months, seed: seed))
            try folder.addProject(from: Home.url)
            let threads = ProcessInfo.processInfo.activeProcessorCount
            let provider = try Engines.provider(threads: threads)
            let isNew = try folder.addData()
            try await publish(folder, isNew: isNew)
            let index = try await folder.recovered(provider)
            let reference = try folder.reference(from: Home.url)
            let month = try await folder.sinceEarlierDay(provider, threads: threads)
            if !json, let index {
                Terminal.print(Self.recovery(index, reference).joined(separator: "\n"))
            }
            if !json, let month { Terminal.print(Self.text(month).joined(separator: "\n")) }
            try await Serve.serve(folder.url, folder.state, port: port) { [self] place in
                if json {
                    Terminal.print(
                        JSON.object([
                            "address": .string(place), "folder": .string(folder.url.path),
                            "customers": JSON(customers), "adjusted_rand_index": JSON(index),
                            "scikit_learn": reference.map { reference in
                                .object([
                                    "version": .string(reference.scikitLearn),
                                    "adjusted_rand_index": JSON(reference.adjustedRandIndex),
                                ])
                            } ?? .null,
                            "since_earlier_day": month.map(Self.document) ?? .null,
                        ]).text())
                } else {
                    Terminal.print("Serving the demo bank at \(place)")
                    Terminal.tell(
                        "Its project and data: \(folder.url.path). What was planted: data/TRUTH.json. "
                            + "Ctrl-C ends it.")
                }
                if browser { Serve.showInBrowser(place) }
            }
        }
    }

    /// Runs the demo's project, unless nothing has changed since its last run.
    private func publish(_ folder: DemoFolder, isNew: Bool) async throws {
        var diagnostics: [Diagnostic] = []
        let project = try Project.read(folder.url, &diagnostics)
        if !isNew, diagnostics.isEmpty, folder.currentRecord(of: project) != nil { return }
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let pipeline = Pipeline(
            project, data: Pipeline.dataFolder(of: project, in: folder.url, stated: nil),
            provider: try Engines.provider(threads: threads), threads: threads)
        let line = ProgressLine()
        defer { line.end() }
        let record = try await pipeline.publish(in: folder.state, diagnostics) { line.show($0) }
        line.end()
        guard !json else { return }
        let rows = record.inputs.reduce(0) { $0 + $1.rows + $1.quarantined }
        Terminal.print(
            "\(customers) synthetic customers, \(rows) rows read; published run \(record.id)")
    }

    /// How far the planted segments are found, and how far by scikit-learn where that is known.
    private static func recovery(_ index: Double, _ reference: BankReference?) -> [String] {
        var lines = ["planted segments recovered: adjusted Rand index \(hundredths(index))"]
        if let reference {
            lines.append(
                "  by K-Means of scikit-learn \(reference.scikitLearn) on the same features: "
                    + "\(hundredths(reference.adjustedRandIndex)) (computed beforehand)")
        }
        return lines
    }

    /// How segments and planted movers are found again a month later.
    private static func text(_ month: DemoFolder.Month) -> [String] {
        let score = month.score
        var lines: [String] = []
        if let (kept, all) = month.kept {
            lines.append("since \(month.since): \(kept) of \(all) segments keep their numbers")
        }
        lines.append(
            "planted movers since \(month.since): \(score.found) of \(score.planted) are told as moved"
                + (score.recall.map { " (recall \(hundredths($0)))" } ?? ""))
        lines.append(
            "  of \(score.told) told as moved, \(score.right) moved within the features' six months"
                + (score.precision.map { " (precision \(hundredths($0)))" } ?? "")
                + "; of \(score.others) who did not, \(score.wrong) are told as moved")
        return lines
    }

    private static func document(_ month: DemoFolder.Month) -> JSON {
        let score = month.score
        return .object([
            "since": .string(month.since), "segments_kept": JSON(month.kept?.segments),
            "segments": JSON(month.kept?.of), "customers": JSON(score.customers),
            "planted_movers": JSON(score.planted), "found": JSON(score.found),
            "recall": JSON(score.recall), "told_as_moved": JSON(score.told),
            "right": JSON(score.right), "precision": JSON(score.precision),
            "others": JSON(score.others), "others_told_as_moved": JSON(score.wrong),
        ])
    }

    private static func hundredths(_ index: Double) -> String {
        let hundredths = Int((index * 100).rounded())
        let sign = hundredths < 0 ? "-" : ""
        let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
