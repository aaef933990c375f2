package import Columns
import Engine
import Kernels
package import Query
import Runs
import Segmentation
import Workspace

/// What has to be asked of a customer so that a segmentation can tell the segment, with what the run's
/// customers have of it, and what the project says about each segment. In the form of
/// docs/http-api.md.
struct ScoreForm {
    let run: PublishedRun
    let result: SegmentationResult
    let reader: Reader
    private let table: Catalogue.Table
    private let guarded: GuardedSegments
    private let scorer: SegmentScorer

    /// As many levels of a category are told, those of the most customers.
    private static let mostLevels = 100

    /// - Throws: `unknown_name`, `not_scorable`.
    init(
        _ name: String, of run: PublishedRun, for reader: Reader
    ) async throws(AuroraError) {
        self.run = run
        self.reader = reader
        let result = try run.segmentation(name)
        self.result = result
        table = try run.table(of: result.model)
        guarded = GuardedSegments(result, run)
        let recipe = run.record.models.first { $0.name == result.model }?.columns ?? []
        scorer = try await SegmentScorer(
            result, among: run.segmentations, of: table,
            recipe: recipe.isEmpty ? table.schema.names : recipe, in: run.engine,
            parser: try await run.provider.parser(), work: .init())
    }

    func json() async throws(AuroraError) -> JSON {
        let hidden = scorer.columns.filter {
            run.isHidden($0, of: table.name, withIdentifying: false)
        }
        var columns: [JSON] = []
        for column in scorer.columns where !hidden.contains(column) {
            columns.append(try await json(column))
        }
        let keyIsHidden = run.isHidden(table.key, of: table.name, withIdentifying: false)
        return .object([
            "run": .string(run.record.id), "name": .string(result.name),
            "label": .string(result.label), "model": .string(result.model),
            "key": keyIsHidden ? .null : .string(table.key),
            "columns": .array(columns), "columns_hidden": JSON(hidden.count),
            "advice": .array(try await advice()),
            "recommendations": .array(
                try await recommendations(asking: scorer.columns.filter { !hidden.contains($0) })),
        ])
    }

    private func json(_ column: String) async throws(AuroraError) -> JSON {
        let type = table.schema[column]?.type
        let isCategory = scorer.categories.contains(column)
        let kind: Kind =
            switch type {
            case .boolean?: .boolean
            case let type? where type.isTemporal: .date
            case let type? where type.isNumeric && !isCategory: .number
            default: .category
            }
        var members: [JSON.Member] = [
            .init(name: "name", value: .string(column)),
            .init(name: "label", value: .string(guarded.label(column))),
            .init(name: "kind", value: .string(kind.rawValue)),
            .init(name: "format", value: guarded.format(column)),
            .init(name: "required", value: .bool(scorer.required.contains(column))),
            .init(name: "whole", value: .bool(type == .integer)),
            .init(name: "origin", value: JSON(run.origin(of: column, in: table.name))),
        ]
        let levels = kind == .category || kind == .boolean
        members += try await levels ? self.levels(of: column) : range(of: column, kind)
        return .object(members)
    }

    private enum Kind: String { case number, category, boolean, date }

    /// The least and the greatest value, and the one in the middle.
    private func range(of column: String, _ kind: Kind) async throws(AuroraError) -> [JSON.Member] {
        let dialect = run.engine.dialect
        let name = dialect.quoted(column)
        let usual = kind == .number ? dialect.quantile(0.5, of: name) : "NULL"
        let answer = try await run.engine.query(
            "SELECT min(\(name)), max(\(name)), \(usual) FROM \(dialect.quoted(table.name))")
        let words = ["lowest", "highest", "usual"]
        return zip(words, answer.columns).map { .init(name: $0, value: $1[0].json) }
            + [.init(name: "levels", value: .null), .init(name: "levels_total", value: .null)]
    }

    /// The levels that most customers have, in the order of their names.
    private func levels(of column: String) async throws(AuroraError) -> [JSON.Member] {
        let dialect = run.engine.dialect
        let name = dialect.quoted(column)
        let level = "CAST(\(name) AS \(dialect.typeName(.text)))"
        let answer = try await run.engine.query(
            "SELECT \(level), count(*) FROM \(dialect.quoted(table.name)) "
                + "WHERE \(name) IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1")
        let all = (0..<answer.columns[0].count).map { answer.columns[0][$0] }
        let told = all.prefix(Self.mostLevels).map(\.description).sorted()
        return [
            .init(name: "lowest", value: .null), .init(name: "highest", value: .null),
            .init(name: "usual", value: all.first?.json ?? .null),
            .init(name: "levels", value: .array(told.map { .string($0) })),
            .init(name: "levels_total", value: JSON(all.count)),
        ]
    }
}

extension PublishedRun {
    /// What a form asks for to score one customer, for a reader who may see single customers.
    ///
    /// - Throws: `not_permitted`, `unknown_name`, `not_scorable`.
    package func scoreForm(_ name: String, for reader: Reader) async throws(AuroraError) -> JSON {
        try gate.requireCustomers(reader)
        return try await ScoreForm(name, of: self, for: reader).json()
    }
}
