package import Columns
package import Engine
package import Kernels
import Learning
package import Query
import Workspace

/// Assigns the rows of a table to the segments of a run, by what the run has learnt or the project
/// states. Nothing is fitted again, so a row's segment depends on no other row.
///
/// The rows that the run was fitted to get the segments that they have in it.
package struct SegmentScorer: Sendable {
    private let plan: ScoringPlan
    private let table: Catalogue.Table
    private let engine: any Engine
    private let work: Work
    private let rowsAtOnce: Int

    /// - Parameters:
    ///   - results: the run's segmentations, which some are made of.
    ///   - table: the model's table in the run.
    ///   - recipe: the columns that the model's recipe has made.
    ///   - engine: where the rows to be scored are, and where tables beside them may be made.
    ///   - rowsAtOnce: rows that are held in memory; no result depends on it.
    /// - Throws: `not_scorable`.
    package init(
        _ result: SegmentationResult, among results: [SegmentationResult],
        of table: Catalogue.Table, recipe: [String], in engine: any Engine,
        parser: any ExpressionParser, work: Work, rowsAtOnce: Int = 1 << 16
    ) async throws(AuroraError) {
        plan = try await ScoringPlan(result, among: results, recipe: Set(recipe), parser: parser)
        self.table = table
        self.engine = engine
        self.work = work
        self.rowsAtOnce = rowsAtOnce
    }

    private init(_ plan: ScoringPlan, like other: SegmentScorer) {
        self.plan = plan
        table = other.table
        engine = other.engine
        work = other.work
        rowsAtOnce = other.rowsAtOnce
    }

    /// The columns that a table must have.
    package var columns: [String] { plan.columns }
    /// Those of them that no customer may lack.
    package var required: Set<String> { plan.required }
    /// Those of which it is the level that counts, whatever their type.
    package var categories: Set<String> { plan.categories }
    /// Those, and the key, that are to be read as texts whatever they look like.
    package var texts: Set<String> {
        Set((plan.columns + [table.key]).filter { table.schema[$0]?.type == .text })
    }

    /// Says which columns a table lacks, all at once: `column_missing`.
    ///
    /// - Parameter origin: how the recipe makes a column, in words.
    package func lacking(
        _ present: [String], at place: Diagnostic.Place, origin: (String) -> String?
    ) -> [Diagnostic] {
        plan.lacking(present, at: place, origin: origin)
    }

    /// Scores a table's rows in their order.
    ///
    /// - Parameters:
    ///   - name: the table, with at least `columns`.
    ///   - schema: its columns.
    ///   - key: whether rows are named by the model's key, which the table has.
    ///   - place: what messages call the table.
    ///   - body: is given the rows, some at a time.
    /// - Returns: nil when diagnostics say why no row can be scored: `wrong_value`,
    ///   `missing_values`, `infinite_values`, `log1p_domain`, and for k-prototypes `unseen_level`.
    ///
    /// Complexity: as the method's `distances`, in memory for `rowsAtOnce` rows.
    package func score(
        _ name: String, _ schema: Schema, key: Bool, at place: Diagnostic.Place,
        _ diagnostics: inout [Diagnostic],
        _ body: (ScoreSummary, ScoredRows) async throws(AuroraError) -> Void
    ) async throws(AuroraError) -> ScoreSummary? {
        let conversions = plan.columns.compactMap { column -> ColumnConversion? in
            guard let found = schema[column]?.type else { return nil }
            return ColumnConversion(
                column: column, wanted: table.schema[column]?.type ?? found, found: found)
        }
        let rows = relation(name)
        let problems = try await ScoringChecks(plan, conversions, at: place, in: engine)
            .diagnostics(of: rows)
        guard problems.isEmpty else {
            diagnostics += problems
            return nil
        }
        return try await score(name, conversions, key: key, body)
    }

    /// The rows of a table with their places, from 1.
    private func relation(_ name: String) -> String {
        let dialect = engine.dialect
        return
            "(SELECT \(dialect.rowPosition) + 1 AS \(dialect.quoted(ScoringChecks.rowNumber)), * "
            + "FROM \(dialect.quoted(name)))"
    }

    private func score(
        _ name: String, _ conversions: [ColumnConversion], key: Bool,
        _ body: (ScoreSummary, ScoredRows) async throws(AuroraError) -> Void
    ) async throws(AuroraError) -> ScoreSummary {
        var rows = relation(name)
        let dialect = engine.dialect
        let number = dialect.quoted(ScoringChecks.rowNumber)
        for other in plan.others {
            let labels = try await labels(other, name, conversions)
            rows =
                "(SELECT r.*, l.segment AS \(dialect.quoted(other.result.name)) "
                + "FROM \(rows) AS r JOIN \(dialect.quoted(labels)) AS l ON l.place = r.\(number))"
        }
        let answer = try await engine.query("SELECT count(*) FROM \(dialect.quoted(name))")
        let count = answer.columns[0][0].integerValue ?? 0
        var summary = ScoreSummary(plan.result)
        let items = (try items(conversions) + (key ? [dialect.quoted(table.key)] : []))
            .joined(separator: ", ")
        for first in stride(from: 1, through: count, by: rowsAtOnce) {
            let last = min(count, first + rowsAtOnce - 1)
            try work.report(Double(first - 1) / Double(count), "row \(first) of \(count)")
            let batch = try await engine.query(
                "SELECT \(items) FROM \(rows) WHERE \(number) BETWEEN \(first) AND \(last) "
                    + "ORDER BY \(number)")
            let scored = try await scored(batch, first: first, key: key)
            summary.add(scored)
            try await body(summary, scored)
        }
        return summary
    }

    /// A table of the segments' numbers by another segmentation, by the rows' places.
    private func labels(
        _ other: ScoringPlan, _ name: String, _ conversions: [ColumnConversion]
    ) async throws(AuroraError) -> String {
        let dialect = engine.dialect
        let labels = "\(name):by:\(other.result.name)"
        let integer = dialect.typeName(.integer)
        try await engine.execute("DROP TABLE IF EXISTS \(dialect.quoted(labels))")
        try await engine.execute(
            "CREATE TABLE \(dialect.quoted(labels)) (place \(integer), segment \(integer))")
        _ = try await SegmentScorer(other, like: self)
            .score(name, conversions, key: false) { (_, scored) async throws(AuroraError) -> Void in
                let places = scored.segments.indices.map { Int64(scored.first + $0) }
                try await engine.append(
                    Batch([
                        Column(name: "place", type: .integer, values: .integers(places)),
                        Column(
                            name: "segment", type: .integer,
                            values: .integers(scored.segments.map(Int64.init))),
                    ]), to: labels)
            }
        return labels
    }

    // MARK: What is asked of the engine, and what it becomes

    private func items(_ conversions: [ColumnConversion]) throws(AuroraError) -> [String] {
        let dialect = engine.dialect
        let known = Dictionary(
            conversions.map { ($0.column, $0) }, uniquingKeysWith: { first, _ in first })
        func value(_ column: String) -> String {
            known[column]?.value(dialect) ?? dialect.quoted(column)
        }
        switch plan.way {
        case .learnt(let frozen):
            return frozen.sources.map { source in
                guard source.levels != nil else { return value(source.column) }
                return known[source.column]?.level(dialect)
                    ?? "CAST(\(dialect.quoted(source.column)) AS \(dialect.typeName(.text)))"
            }
        case .stated(let expression):
            let integer = dialect.typeName(.integer)
            let segment = dialect.sql(expression) { "(\(value($0)))" }
            return ["CAST(\(segment) AS \(integer))"]
                + expression.columnNames.map { "(\(value($0))) IS NULL" }
        }
    }

    private func scored(
        _ batch: Batch, first: Int, key: Bool
    ) async throws(AuroraError) -> ScoredRows {
        let keys = key ? batch.columns.last : nil
        switch plan.way {
        case .learnt(let frozen):
            let measure = ScoreMeasure(plan.result)
            let threads = work.threads
            return try await Blocking.run { isCancelled throws(AuroraError) in
                let work = Work(threads: threads) { (_, _) throws(AuroraError) in
                    if isCancelled() { throw .interrupted }
                }
                let raw = frozen.raw(batch)
                let range = try frozen.preprocessing.range(of: raw, work: work)
                let assigned = try frozen.assign(raw, work: work)
                return ScoredRows(
                    first: first, keys: keys, frozen: frozen, raw: raw, assigned, range,
                    measure: measure)
            }
        case .stated(let expression):
            let missing = expression.columnNames.enumerated().map { index, name in
                let column = batch.columns[1 + index]
                return (column: name, rows: (0..<column.count).map { column[$0] == .boolean(true) })
            }
            let segments = batch.columns[0]
            return ScoredRows(
                first: first, keys: keys,
                segments: (0..<segments.count).map { segments[$0].integerValue ?? 0 },
                missing: missing)
        }
    }
}

extension FrozenSegments {
    /// Rows × features: numbers, or the codes of levels; NaN where missing, −1 for a level that was
    /// never seen.
    func raw(_ batch: Batch) -> Matrix {
        Matrix(
            columns: zip(sources, batch.columns).map { source, column in
                guard let levels = source.levels else { return column.doubles() ?? [] }
                let codes = Dictionary(
                    levels.enumerated().map { ($1, Double($0)) },
                    uniquingKeysWith: { first, _ in first })
                guard case .texts(let texts) = column.values else { return [] }
                return texts.indices.map { row in
                    column.present?[row] == false ? .nan : codes[texts[row]] ?? -1
                }
            })
    }
}
