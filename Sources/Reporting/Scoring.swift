package import Columns
package import Engine
package import Foundation
package import Kernels
import Preparation
package import Query
import Runs
package import Segmentation
import Workspace

/// A file of customers whose segments are asked for.
package struct Scoring: Sendable {
    /// The name of the segmentation.
    package var segmentation: String
    package var file: URL
    /// What a source file would state of the file, besides its name.
    package var options: [(key: String, value: String)] = []
    /// More rows than this are refused; nil for any number.
    package var mostRows: Int?
    package var work = Work()

    package init(_ segmentation: String, _ file: URL) {
        self.segmentation = segmentation
        self.file = file
    }

    /// Where the scores of all rows are written.
    package struct Output: Sendable {
        package var file: URL
        package var format: TableFormat

        package init(_ file: URL, _ format: TableFormat) {
            self.file = file
            self.format = format
        }
    }

    package typealias Body =
        @Sendable (ScoreSummary, ScoredRows) async throws(AuroraError) -> Void
}

extension PublishedRun {
    /// Tells the segments of a file's rows by this run's model, which stays as it is.
    ///
    /// The file's columns are those that the model's recipe makes. Of the file nothing is told but
    /// the model's key, unless the project hides that, and where values are unlike the training
    /// rows'; what is read of it lies in a temporary folder and goes with the call.
    ///
    /// - Parameters:
    ///   - output: a file that gets the scores of all rows, and appears when it is whole.
    ///   - body: is given the rows in their order, some at a time.
    /// - Throws: `not_permitted`, `unknown_name`, `not_scorable`, `file_unreadable`,
    ///   `too_many_rows`, `file_unwritable`; `InvalidProject` with all that is wrong with the file.
    package func score(
        _ scoring: Scoring, for reader: Reader, to output: Scoring.Output? = nil,
        _ body: @escaping Scoring.Body
    ) async throws -> ScoreSummary {
        guard reader.may(.customers) else {
            throw AuroraError("not_permitted", "\(reader.name) may not see single customers")
        }
        guard let result = segmentations.first(where: { $0.name == scoring.segmentation }),
            let table = tables.first(where: { $0.name == result.model })
        else {
            throw AuroraError(
                "unknown_name", "there is no segmentation '\(scoring.segmentation)'",
                hint: NearestName.hint(
                    for: scoring.segmentation, among: segmentations.map(\.name)))
        }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "aurora-score-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = folder.appending(path: "score.duckdb").path
        let engine = try await provider.intake(at: database)
        var isOpen = true
        defer { if isOpen { engine.close() } }
        let session = ScoringSession(
            run: self, scoring: scoring, result: result, table: table, engine: engine,
            scratch: folder)
        let summary = try await session.run(keeping: output != nil, body)
        guard let output else { return summary }
        if let most = output.format.mostRows, summary.rows > most {
            throw AuroraError(
                "too_many_rows",
                "there are \(summary.rows) rows, but one \(output.format.rawValue) sheet holds "
                    + "\(most)", hint: "write csv or parquet")
        }
        try await engine.persist()
        let sql = ScoreTable.sql(summary, engine.dialect)
        engine.close()
        isOpen = false
        try await write(sql, of: database, to: output.file, as: output.format)
        return summary
    }

    /// How the recipe makes a column, in words; nil for one that comes from its source as it is.
    func origin(of column: String, in model: String) -> String? {
        guard let steps = record.models.first(where: { $0.name == model })?.steps,
            let index = steps.lastIndex(where: { $0.columnsAdded.contains(column) })
        else { return nil }
        let read = (steps[index].lineage[column] ?? []).filter { $0 != column }
        let from = read.isEmpty ? "" : ", from " + read.map { "'\($0)'" }.joined(separator: ", ")
        return "step \(index + 1) of the recipe makes it\(from): \(steps[index].summary)"
    }
}

/// One call of ``PublishedRun/score(_:for:to:_:)`` with its database.
private struct ScoringSession {
    let run: PublishedRun
    let scoring: Scoring
    let result: SegmentationResult
    let table: Catalogue.Table
    let engine: any Engine
    let scratch: URL

    private static let rows = "rows"

    func run(keeping keeps: Bool, _ body: @escaping Scoring.Body) async throws -> ScoreSummary {
        let parser = try await run.provider.parser()
        let recipe = run.record.models.first { $0.name == table.name }?.columns ?? []
        let scorer = try await SegmentScorer(
            result, among: run.segmentations, of: table,
            recipe: recipe.isEmpty ? table.schema.names : recipe, in: engine, parser: parser,
            work: scoring.work)
        let staging = Staging(
            intake: engine, data: scoring.file.deletingLastPathComponent(), scratch: scratch,
            settings: run.project.settings, parser: parser)
        var diagnostics: [Diagnostic] = []
        let place = Diagnostic.Place(file: scoring.file.path)
        guard
            let opened = try await staging.open(
                scoring.file, as: Self.rows, options: scoring.options, &diagnostics)
        else { throw InvalidProject(diagnostics.map(Self.ofFile)) }
        diagnostics += scorer.lacking(opened.columns, at: place) {
            run.origin(of: $0, in: table.name)
        }
        guard diagnostics.isEmpty else { throw InvalidProject(diagnostics) }
        let isNamed = opened.columns.contains(table.key) && !isHidden(table.key)
        var columns = scorer.columns
        let cells = opened.lost.map { Notice("cells_without_value", $0) }
        if isNamed, !columns.contains(table.key) { columns.append(table.key) }
        guard
            let schema = try await staging.stage(
                opened, as: Self.rows, columns: columns, texts: scorer.texts, &diagnostics)
        else { throw InvalidProject(diagnostics) }
        try await requireFew()
        if keeps { try await ScoreTable.make(in: engine) }
        let summary = try await scorer.score(
            Self.rows, schema, key: isNamed, at: place, &diagnostics
        ) { [engine] (summary, scored) async throws(AuroraError) -> Void in
            if keeps { try await ScoreTable.add(scored, summary, to: engine) }
            try await body(summary, scored)
        }
        guard var summary else {
            // Else whoever sees a figure in the cell would not know why it is missing.
            diagnostics += cells.map { Diagnostic($0.code, at: place, $0.message) }
            throw InvalidProject(diagnostics)
        }
        summary.ofCells = cells
        if keeps, isNamed, let type = schema[table.key]?.type {
            try await ScoreTable.nameRows(as: type, in: engine)
        }
        return summary
    }

    /// No source file states the sheet of a file that is scored.
    private static func ofFile(_ diagnostic: Diagnostic) -> Diagnostic {
        guard diagnostic.code == "several_tables" else { return diagnostic }
        var told = diagnostic
        told.hint = "name the sheet: --option 'sheet=NAME', or in a request: score?sheet=NAME"
        return told
    }

    private func requireFew() async throws(AuroraError) {
        guard let most = scoring.mostRows else { return }
        let answer = try await engine.query(
            "SELECT count(*) FROM \(engine.dialect.quoted(Self.rows))")
        let rows = answer.columns[0][0].integerValue ?? 0
        guard rows > most else { return }
        throw AuroraError(
            "too_many_rows", "there are \(rows) rows, but \(most) are scored at once",
            hint: "send fewer at a time, or use aurora score")
    }

    private func isHidden(_ column: String) -> Bool {
        let hidden = run.project.settings.privacy.hidden.map(\.value)
        return hidden.contains(column) || hidden.contains("\(table.name).\(column)")
    }
}
