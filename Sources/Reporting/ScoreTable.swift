import Columns
import Engine
import Segmentation

/// Scored rows as a table that is written to a file.
enum ScoreTable {
    private static let scores = "scores"
    private static let names = ["row", "segment", "distance", "runner_up", "margin", "notices"]

    static func make(in engine: any Engine) async throws(AuroraError) {
        let dialect = engine.dialect
        let types: [ColumnType] = [.integer, .integer, .double, .integer, .double, .text, .text]
        let columns = zip(names + ["key"], types).map {
            "\(dialect.quoted($0)) \(dialect.typeName($1))"
        }
        try await engine.execute(
            "CREATE TABLE \(dialect.quoted(scores)) (\(columns.joined(separator: ", ")))")
    }

    /// Gives the names of the rows the type in which the file has them; Aurora appends texts only.
    static func nameRows(as type: ColumnType, in engine: any Engine) async throws(AuroraError) {
        guard type != .text else { return }
        let dialect = engine.dialect
        try await engine.execute(
            "ALTER TABLE \(dialect.quoted(scores)) "
                + "ALTER COLUMN \(dialect.quoted("key")) SET DATA TYPE \(dialect.typeName(type))")
    }

    static func add(
        _ scored: ScoredRows, _ summary: ScoreSummary, to engine: any Engine
    ) async throws(AuroraError) {
        let rows = 0..<scored.count
        func integers(_ name: String, _ values: [Int?]) -> Columns.Column {
            Columns.Column(
                name: name, type: .integer, values: .integers(values.map { Int64($0 ?? 0) }),
                present: values.map { $0 != nil })
        }
        func doubles(_ name: String, _ values: [Double]) -> Columns.Column {
            Columns.Column(
                name: name, type: .double, values: .doubles(values),
                present: values.map { !$0.isNaN })
        }
        func texts(_ name: String, _ values: [String?]) -> Columns.Column {
            Columns.Column(
                name: name, type: .text, values: .texts(values.map { $0 ?? "" }),
                present: values.map { $0 != nil })
        }
        try await engine.append(
            Batch([
                integers(names[0], rows.map { scored.first + $0 }),
                integers(names[1], scored.segments), doubles(names[2], scored.distances),
                integers(names[3], scored.runnersUp), doubles(names[4], scored.margins),
                texts(
                    names[5],
                    rows.map { row in
                        scored.remarks[row].map { $0.map(\.text).joined(separator: "; ") }
                    }),
                texts("key", rows.map { scored.keys?[$0].keyText }),
            ]), to: scores)
    }

    /// A query of all scores in the order of the rows, over a database that is read as `published`.
    static func sql(_ summary: ScoreSummary, _ dialect: any Dialect) -> String {
        let ids = Set(summary.result.segments.map(\.id)).union([0]).sorted()
        func name(_ column: String) -> String {
            let branches = ids.map { "WHEN \($0) THEN \(dialect.literal(summary.name(of: $0)))" }
            return "CASE \(column) \(branches.joined(separator: " ")) END AS \(column)_name"
        }
        let row = dialect.quoted("row")
        return "SELECT \(row), \(dialect.quoted("key")), segment, \(name("segment")), distance, "
            + "runner_up, \(name("runner_up")), margin, notices "
            + "FROM \(dialect.quoted("published")).\(dialect.quoted(scores)) ORDER BY \(row)"
    }
}

extension Value {
    /// What names a row; nil where nothing does.
    fileprivate var keyText: String? { isMissing ? nil : description }
}
