import Columns
import Engine

/// Looks at every value of a table of texts and typed columns.
struct ColumnInspector {
    private let engine: any Engine
    private let schema: Schema
    private static let texts = "inspect:texts"
    private static let values = "inspect:values"

    private var dialect: any Dialect { engine.dialect }

    init(_ engine: any Engine, _ schema: Schema) {
        self.engine = engine
        self.schema = schema
    }

    /// Keeps the rows, so that a file is read once.
    func load(_ relation: String) async throws(AuroraError) {
        try await drop()
        try await engine.execute(
            "CREATE TABLE \(dialect.quoted(Self.texts)) AS SELECT * FROM \(relation)")
    }

    /// - Parameter table: the name under which the typed columns stay.
    /// - Returns: the columns, the number of rows, and how many of them are copies.
    func inspect(keeping table: String?) async throws(AuroraError) -> (
        columns: [InspectedColumn], rows: Int, duplicates: Int
    ) {
        let readings = try await readings()
        try await type(readings)
        let rows = try await engine.query(
            "SELECT count(*) FROM \(dialect.quoted(Self.texts))"
        ).row(0).number(0)
        var columns: [InspectedColumn] = []
        // Small tables many columns at once, large ones few, so that memory stays bounded.
        let atOnce = max(1, min(32, Self.mostAtOnce / max(1, rows)))
        for first in stride(from: 0, to: readings.count, by: atOnce) {
            let part = readings[first..<min(readings.count, first + atOnce)]
            columns += try await inspect(Array(part), rows)
        }
        let duplicates = try await duplicates(columns, rows)
        if let table {
            try await engine.execute(
                "ALTER TABLE \(dialect.quoted(Self.values)) RENAME TO \(dialect.quoted(table))")
        }
        try await drop()
        return (columns, rows, duplicates)
    }

    private func drop() async throws(AuroraError) {
        for table in [Self.texts, Self.values] {
            try await engine.execute("DROP TABLE IF EXISTS \(dialect.quoted(table))")
        }
    }

    private func readings() async throws(AuroraError) -> [ColumnReading] {
        let questions = schema.fields.filter { $0.type == .text }
            .map { ColumnQuestion(column: $0.name) }
        let findings = try await ReadingInference(
            engine, table: Self.texts
        ).findings(of: questions).columns
        return schema.fields.map { field in
            findings.first { $0.reading.column == field.name }?.reading
                ?? ColumnReading(column: field.name, type: field.type, form: .typed)
        }
    }

    private func type(_ readings: [ColumnReading]) async throws(AuroraError) {
        let values = readings.map { "\($0.value(dialect)) AS \(dialect.quoted($0.column))" }
        try await engine.execute(
            "CREATE TABLE \(dialect.quoted(Self.values)) AS "
                + "SELECT \(values.joined(separator: ", ")) FROM \(dialect.quoted(Self.texts))")
    }

    /// Where some column tells all rows apart, no two of them are the same.
    private func duplicates(
        _ columns: [InspectedColumn], _ rows: Int
    ) async throws(AuroraError) -> Int {
        guard !columns.contains(where: { $0.distinct == rows }) else { return 0 }
        let different = try await engine.query(
            "SELECT count(*) FROM (SELECT DISTINCT * FROM \(dialect.quoted(Self.texts)))")
        return rows - different.row(0).number(0)
    }

    // MARK: Columns

    /// Values of which quartiles are held in memory.
    private static let mostHeld = 12_000_000
    private static let mostAtOnce = 4_000_000

    private func inspect(
        _ readings: [ColumnReading], _ rows: Int
    ) async throws(AuroraError) -> [InspectedColumn] {
        var (values, texts) = (Survey(dialect), Survey(dialect))
        let facts = readings.map { ColumnFacts($0, dialect, &values, &texts) }
        let tallies = readings.map {
            ColumnTally($0, dialect, ordering: rows <= Self.mostHeld, &values)
        }
        let examples = readings.map { askExamples($0, rows, &texts) }
        let answers = (
            values: try await values.answer(engine, from: dialect.quoted(Self.values)),
            texts: try await texts.answer(engine, from: dialect.quoted(Self.texts))
        )
        var columns: [InspectedColumn] = []
        for (index, reading) in readings.enumerated() {
            let tally = tallies[index]
            var facts = facts[index]
            let (count, distinct) = (tally.count(answers.values), tally.distinct(answers.values))
            let levels = try await levels(reading, count, distinct)
            try await facts.tell(
                count: count, distinct: distinct, levels: levels, answers, engine, Self.texts)
            let isCategory = Self.isCategory(count, distinct, reading.type)
            columns.append(
                InspectedColumn(
                    reading: reading, confidence: facts.confidence, reason: facts.reason,
                    missing: rows - count, missingTexts: facts.missingTexts, distinct: distinct,
                    quartiles: try await quartiles(reading, tally, answers.values),
                    // What few customers share could tell one of them.
                    levels: isCategory ? levels.filter { $0.count >= Self.fewest } : [],
                    examples: Self.shapes(examples[index].map { answers.texts[$0] }),
                    oddities: facts.oddities,
                    mappings: isCategory && reading.type == .text
                        ? LevelMapping.proposals(levels) : [],
                    proposal: facts.proposal))
        }
        return columns
    }

    private func quartiles(
        _ reading: ColumnReading, _ tally: ColumnTally, _ answer: [Value]
    ) async throws(AuroraError) -> [Value] {
        guard reading.type.isNumeric || reading.type.isTemporal, tally.count(answer) > 0 else {
            return []
        }
        if let quartiles = tally.quartiles(answer) { return quartiles }
        return try await CountedValues(
            dialect.quoted(reading.column), of: dialect.quoted(Self.values), engine
        ).quartiles()
    }

    /// Rows that a value must have to be shown as it is.
    private static let fewest = 5

    /// Whether a column has so few different values that they are kinds of something.
    private static func isCategory(_ count: Int, _ distinct: Int, _ type: ColumnType) -> Bool {
        (type == .text || type == .boolean || type == .integer)
            && distinct <= (type == .integer ? 20 : 100) && distinct * 5 <= count
    }

    private func levels(
        _ reading: ColumnReading, _ count: Int, _ distinct: Int
    ) async throws(AuroraError) -> [InspectedColumn.Level] {
        guard Self.isCategory(count, distinct, reading.type) else { return [] }
        let name = dialect.quoted(reading.column)
        let text = "CAST(\(name) AS \(dialect.typeName(.text)))"
        let answer = try await engine.query(
            "SELECT \(text), count(*) FROM \(dialect.quoted(Self.values)) "
                + "WHERE \(name) IS NOT NULL GROUP BY ALL ORDER BY 2 DESC, 1")
        return (0..<answer.rowCount).map { index in
            let row = answer.row(index)
            return .init(row[0].textValue ?? "", row.number(1))
        }
    }

    /// Asks for the least and the greatest text, and for one from the middle of the table.
    ///
    /// - Returns: where they will stand in the answer.
    private func askExamples(
        _ reading: ColumnReading, _ rows: Int, _ survey: inout Survey
    ) -> [Int] {
        let text =
            "CAST(\(dialect.quoted(reading.column)) AS \(dialect.typeName(.text)))"
        let position = dialect.rowPosition
        return [
            survey.ask("min(\(text))"),
            survey.ask("min_by(\(text), \(position)) FILTER (WHERE \(position) >= \(rows / 2))"),
            survey.ask("max(\(text))"),
        ]
    }

    private static func shapes(_ texts: [Value]) -> [String] {
        var shapes: [String] = []
        for shape in texts.compactMap(\.textValue).map({ Redaction.shape(of: $0) })
        where !shapes.contains(shape) {
            shapes.append(shape)
        }
        return shapes
    }
}
