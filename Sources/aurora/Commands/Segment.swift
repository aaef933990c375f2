import ArgumentParser
import Columns
import Foundation
import Kernels
import Learning
import Query
import Reporting
import Runs
import Segmentation

struct Segment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "From features to a chosen, named segmentation, written into the project.",
        discussion: """
            Compares numbers of segments on the published run's customers, tells what speaks for each,
            asks which one (or takes the recommended one where nobody can be asked, or --k), proposes names, and writes segments/NAME.yaml. Without
            --features it takes the numbers that look like behaviour and says why the others are left out.

              aurora segment --name value
              aurora segment --name value --features spending_6m,deposits,products --from 2 --to 8
              aurora segment --name value --k 5 --by "Ann Lee" --why "the branches can treat five"
            """)

    @OptionGroup var project: ProjectOptions

    @Option(help: "The new segmentation's name, which is that of its file.")
    var name: String

    @Option(help: "The model whose rows are segmented (default: the project's first).")
    var model: String?

    @Option(help: "Columns of the model, separated by commas.")
    var features: String?

    @Option(help: "k_means, k_prototypes, famd, gaussian_mixture or agglomerative.")
    var method = "k_means"

    @Option(help: "The smallest number of segments to compare.")
    var from = 2

    @Option(help: "The largest.")
    var to = 8

    @Option(help: "The number of segments, whatever is recommended.")
    var k: Int?

    @Option(help: "Columns whose variance the segments should explain, separated by commas.")
    var figures: String?

    @Option(help: "Who chooses, as the project shall record it.")
    var by: String?

    @Option(help: "Why this number of segments.")
    var why: String?

    @Flag(help: "Write nothing; print the file instead.")
    var dryRun = false

    func validate() throws {
        guard (1...100).contains(from), (max(2, from)...100).contains(to) else {
            throw ValidationError("--from \(from) --to \(to) is no range of 1 to 100 segments")
        }
        if let k, !(1...1000).contains(k) {
            throw ValidationError("--k is \(k), but 1 to 1000 are expected")
        }
        guard name.range(of: "^[A-Za-z_][A-Za-z0-9_]*$", options: .regularExpression) != nil else {
            throw ValidationError("--name '\(name)' is no name: letters, digits and _")
        }
        guard SegmentationDraft.methods.contains(method) else {
            throw ValidationError(
                "--method '\(method)' is none of "
                    + SegmentationDraft.methods.joined(separator: ", "))
        }
    }

    func run() async throws {
        try await Execution.run(json: project.json) { [self] in
            let threads = ProcessInfo.processInfo.activeProcessorCount
            let run = try await PublishedRun.current(
                project.stateFolder, try Engines.provider(threads: threads))
            try await work(run, threads: threads)
        }
    }

    private func work(_ run: PublishedRun, threads: Int) async throws {
        var draft = try await draft(run)
        let file = project.folder.appending(path: draft.path)
        if !dryRun, FileManager.default.fileExists(atPath: file.path) {
            throw AuroraError(
                "output_unwritable", "\(draft.path) is there already",
                hint: "another --name, or --dry-run to see the text")
        }
        let line = ProgressLine()
        defer { line.end() }
        let compared = try await fit(
            draft, as: "Comparing numbers of segments", run, threads, line)
        guard let choice = compared.choice else { return }
        line.end()
        if !project.json { Terminal.print(ChoiceText(choice).text) }
        let recommended = choice.jury.recommendation
        guard let chosen = k ?? asked(recommended) else {
            throw AuroraError(
                "no_recommendation", "no number of segments is recommended: \(choice.jury.summary)",
                hint: "choose one with --k, and say --why")
        }
        draft.k = chosen
        draft.chosenBy = by ?? (k == nil ? "aurora segment" : nil)
        draft.reason =
            why
            ?? (chosen == recommended
                ? choice.jury.summary : "chosen against \(choice.jury.summary)")
        var alone = draft
        alone.range = nil
        let fitted = try await fit(alone, as: "Forming segments", run, threads, line)
        line.end()
        draft.names = fitted.result.explanation?.groups.map(\.suggestedName) ?? []
        if !dryRun { try write(draft.text, to: file, draft.path) }
        tell(draft, fitted.result, choice)
    }

    /// What somebody at the terminal answers; the recommendation where nobody is there.
    private func asked(_ recommended: Int?) -> Int? {
        guard isatty(STDIN_FILENO) == 1, !project.json else { return recommended }
        while true {
            let usual = recommended.map { " [\($0)]" } ?? ""
            Terminal.tell("How many segments, from \(max(2, from)) to \(to)?\(usual)")
            guard let answer = readLine()?.trimmingCharacters(in: .whitespaces) else { return nil }
            if answer.isEmpty, let recommended { return recommended }
            if let number = Int(answer), (1...1000).contains(number) { return number }
        }
    }

    private func draft(_ run: PublishedRun) async throws -> SegmentationDraft {
        guard let model = model ?? run.models.first else {
            throw AuroraError("unknown_name", "the project has no model")
        }
        let proposal = try await run.features(of: model, features.map(Self.names))
        guard !proposal.features.isEmpty else {
            throw AuroraError(
                "no_features", "model '\(model)' has no number that looks like behaviour",
                hint: "name columns with --features; categories need k_prototypes or famd")
        }
        var draft = SegmentationDraft(
            name: name, label: name.replacingOccurrences(of: "_", with: " ").capitalized,
            model: model, proposal: proposal, method: method, k: from, range: from...to)
        draft.figures = figures.map(Self.names) ?? []
        return draft
    }

    private func fit(
        _ draft: SegmentationDraft, as stage: String, _ run: PublishedRun, _ threads: Int,
        _ line: ProgressLine
    ) async throws -> Segmenter.Fitted {
        var diagnostics: [Diagnostic] = []
        var fitted: Segmenter.Fitted?
        if let spec = try draft.spec(&diagnostics), diagnostics.isEmpty {
            let work = Work(threads: threads) { (fraction, detail) throws(AuroraError) in
                line.show(
                    RunStage(run: "segment", stage: stage, fraction: fraction, detail: detail))
            }
            fitted = try await run.explore(spec, work: work, &diagnostics)
        }
        guard let fitted, diagnostics.isEmpty else { throw InvalidProject(diagnostics) }
        return fitted
    }

    private func write(_ text: String, to file: URL, _ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file, options: .withoutOverwriting)
        } catch {
            throw AuroraError(
                "output_unwritable", "\(path) can't be written", cause: error.localizedDescription)
        }
    }

    private func tell(
        _ draft: SegmentationDraft, _ result: SegmentationResult, _ choice: ChoiceEvidence
    ) {
        if project.json {
            Terminal.print(
                JSON.object([
                    "file": .string(draft.path), "text": .string(draft.text),
                    "written": .bool(!dryRun), "k": JSON(draft.k),
                    "recommended": JSON(choice.jury.recommendation),
                    "summary": .string(choice.jury.summary),
                    "dissent": .string(choice.jury.dissent),
                    "segmentation": result.json,
                ]).text(indented: true))
            return
        }
        let rows: [[Value]] = zip(draft.names, result.groups).map { name, segment in
            let repeated = result.repeatability(of: segment.id)?.badge ?? ""
            return [
                .text(name), .integer(Int64(segment.size)), .text(repeated),
                .text(segment.rule ?? ""),
            ]
        }
        Terminal.print(
            "\n" + Terminal.table(["name", "size", "", "in short"], rows) + "\n"
                + (result.evidence?.structure?.reason ?? ""))
        for finding in result.evidence?.findings ?? [] { Terminal.tell("Note: \(finding.message)") }
        Terminal.print(
            dryRun ? "\n" + draft.text : "\nWritten: \(draft.path). aurora run forms it.")
    }

    private static func names(_ list: String) -> [String] {
        list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

/// What is known of each number of segments, for a terminal.
struct ChoiceText {
    private let choice: ChoiceEvidence

    init(_ choice: ChoiceEvidence) { self.choice = choice }

    var text: String {
        let header = [
            "k", "inertia", "silhouette", "gap", "prediction", "repeatable", "smallest", "verdict",
        ]
        let verdicts = Dictionary(
            choice.structure.map { ($0.k, $0.verdict.rawValue) }, uniquingKeysWith: { $1 })
        let rows: [[Value]] = choice.table.rows.map { row in
            [
                .integer(Int64(row.k)), .text(Self.number(row.inertia, 1)),
                .text(Self.number(row.silhouette?.mean, 3)), .text(Self.number(row.gap?.gap, 3)),
                .text(Self.number(row.predictionStrength, 2)),
                .text(Self.number(row.repeatability, 2)),
                .text(Self.number(row.smallestShare * 100, 1) + " %"),
                .text(verdicts[row.k] ?? ""),
            ]
        }
        let opinions = choice.jury.opinions.map { opinion in
            "  \(opinion.criterion.name): \(opinion.k.map { "\($0)" } ?? "none") (\(opinion.reason))"
        }
        return Terminal.table(header, rows) + "\n"
            + "looked at \(choice.rowsUsed) of \(choice.rows) rows\n"
            + opinions.joined(separator: "\n") + "\nRecommended: \(choice.jury.summary)"
            + (choice.jury.dissent.isEmpty ? "" : "\nDissent: \(choice.jury.dissent)")
    }

    private static func number(_ value: Double?, _ digits: Int) -> String {
        value.map { String(format: "%.\(digits)f", $0) } ?? "–"
    }
}
