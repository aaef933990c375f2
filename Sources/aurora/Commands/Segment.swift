import ArgumentParser
import Columns
import Foundation
import Kernels
import Learning
import Pipeline
import Query
import Reporting
import Runs
import Segmentation
import Workspace

struct Segment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "From features to a chosen, named segmentation, written into the project.",
        discussion: """
            Compares numbers of segments, tells what speaks for each, asks which one (or takes the
            recommended one where nobody can be asked, or --k), proposes names, and writes
            segments/NAME.yaml. Where that file is there already, its features and method are compared,
            and only the chosen number is written into it. Without --features a new one takes the
            numbers that look like behaviour and says why the others are left out.

            The customers are those of the published run; before the first run, and with --data, they
            are read from the source files.

              aurora segment --name value
              aurora segment --name value --features spending_6m,deposits,products --from 2 --to 8
              aurora segment --name value --k 5 --by "Ann Lee" --why "the branches can treat five"
              aurora segment --name value --quick --dry-run
            """)

    @OptionGroup var project: ProjectOptions
    @OptionGroup var sources: SourceOptions

    @Option(help: "The segmentation's name, which is that of its file.")
    var name: String

    @Option(help: "The model whose rows are segmented (default: the project's first).")
    var model: String?

    @Option(help: "Columns of the model, separated by commas.")
    var features: String?

    @Option(
        help: "k_means (default), k_prototypes, famd, gaussian_mixture or agglomerative.")
    var method: String?

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

    @Flag(
        help:
            "Only inertia and silhouettes: no data without groups beside it, no resampling, no jury."
    )
    var quick = false

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
        if let method, !SegmentationDraft.methods.contains(method) {
            throw ValidationError(
                "--method '\(method)' is none of "
                    + SegmentationDraft.methods.joined(separator: ", "))
        }
    }

    func run() async throws {
        try await Execution.run(json: project.json) { [self] in
            let line = ProgressLine()
            defer { line.end() }
            if sources.data == nil, project.stateFolder.published != nil {
                let run = try await PublishedRun.current(
                    project.stateFolder, try Engines.provider(threads: sources.threads))
                return try await work(try await run.trial(), line)
            }
            let (pipeline, diagnostics) = try sources.read(project)
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "aurora-segment-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            try await pipeline.explore(
                into: folder, remembering: project.stateFolder, diagnostics,
                report: {
                    line.show(RunStage(run: "segment", stage: $0, fraction: $1, detail: $2))
                }, { try await work($0.trial, line) })
        }
    }

    private func work(_ trial: SegmentationTrial, _ line: ProgressLine) async throws {
        var subject = try await subject(trial)
        subject.choose(k ?? max(2, from), by: by, because: why)
        let compared = try await fit(
            subject, comparing: from...to, depth: quick ? .quick : k == nil ? .numbers : .full,
            trial, line)
        line.end()
        guard let choice = compared.choice else { return }
        if !project.json { Terminal.print(ChoiceText(choice).text) }
        let recommended = choice.jury.recommendation
        guard let chosen = k ?? asked(recommended) else {
            throw AuroraError(
                "no_recommendation", "no number of segments is recommended: \(choice.jury.summary)",
                hint: "choose one with --k, and say --why")
        }
        subject.choose(
            chosen, by: by ?? (k == nil ? "aurora segment" : nil),
            because: why
                ?? (chosen == recommended
                    ? choice.jury.summary : "chosen against \(choice.jury.summary)"))
        let fitted =
            k != nil
            ? compared
            : try await fit(
                subject, comparing: nil, depth: quick ? .quick : .full, trial, line)
        line.end()
        let profile = try await trial.profile(of: fitted, work: Work(threads: sources.threads))
        subject.name(fitted.result.explanation?.groups.map(\.suggestedName) ?? [])
        if !dryRun { try subject.write(in: project.folder) }
        try tell(subject, fitted.result, profile, choice)
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

    /// The project's segmentation of this name, or the draft of a new one.
    private func subject(_ trial: SegmentationTrial) async throws -> SegmentSubject {
        let path = SegmentationDraft.path(of: name)
        if let text = try? String(contentsOf: project.folder.appending(path: path), encoding: .utf8)
        {
            let stated = [("features", features), ("model", model), ("method", method)]
            if let (option, _) = stated.first(where: { $0.1 != nil }) {
                throw AuroraError(
                    "output_unwritable",
                    "\(path) is there already, and --\(option) is for a new segmentation",
                    hint: "another --name, or change the file in an editor")
            }
            return .file(name: name, text: text)
        }
        guard let model = model ?? trial.tables.first?.name else {
            throw AuroraError("unknown_name", "the project has no model")
        }
        let proposal = try await trial.features(of: model, features.map(Self.names))
        guard !proposal.features.isEmpty else {
            throw AuroraError(
                "no_features", "model '\(model)' has no number that looks like behaviour",
                hint: "name columns with --features; categories need k_prototypes or famd")
        }
        var draft = SegmentationDraft(
            name: name, label: name.replacingOccurrences(of: "_", with: " ").capitalized,
            model: model, proposal: proposal, method: method ?? "k_means", k: from,
            range: from...to)
        draft.figures = figures.map(Self.names) ?? []
        return .draft(draft)
    }

    private func fit(
        _ subject: SegmentSubject, comparing range: ClosedRange<Int>?, depth: FitDepth,
        _ trial: SegmentationTrial, _ line: ProgressLine
    ) async throws -> Segmenter.Fitted {
        let stage = range == nil ? "Forming segments" : "Comparing numbers of segments"
        var diagnostics: [Diagnostic] = []
        var fitted: Segmenter.Fitted?
        if var spec = try subject.spec(&diagnostics), diagnostics.isEmpty {
            let columns = figures.map(Self.names) ?? []
            spec.evidence = range.map { range in
                EvidenceSpec(
                    range,
                    figures: columns.isEmpty
                        ? spec.evidence?.figures ?? []
                        : columns.map { Located($0, at: .init(file: subject.path)) })
            }
            let work = Work(threads: sources.threads) { (fraction, detail) throws(AuroraError) in
                line.show(
                    RunStage(run: "segment", stage: stage, fraction: fraction, detail: detail))
            }
            fitted = try await trial.fit(spec, depth: depth, work: work, &diagnostics)
        }
        guard let fitted, diagnostics.isEmpty else { throw InvalidProject(diagnostics) }
        return fitted
    }

    private func tell(
        _ subject: SegmentSubject, _ result: SegmentationResult, _ profile: SegmentProfile,
        _ choice: ChoiceEvidence
    ) throws {
        let text = try subject.text()
        if project.json {
            Terminal.print(
                JSON.object([
                    "file": .string(subject.path), "text": .string(text),
                    "written": .bool(!dryRun), "k": JSON(subject.k),
                    "recommended": JSON(choice.jury.recommendation),
                    "summary": .string(choice.jury.summary),
                    "dissent": .string(choice.jury.dissent),
                    "choice": ChoiceText(choice).json,
                    "segmentation": result.json,
                    "profile": SegmentText(result, profile).profileJSON,
                ]).text(indented: true))
            return
        }
        Terminal.print(SegmentText(result, profile).text)
        for finding in result.evidence?.findings ?? [] { Terminal.tell("Note: \(finding.message)") }
        Terminal.print(
            dryRun ? "\n" + text : "\nWritten: \(subject.path). aurora run forms it.")
    }

    private static func names(_ list: String) -> [String] {
        list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
