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
        let counts = try await engine.query(
            "SELECT (SELECT count(*) FROM \(dialect.quoted(Self.texts))), "
                + "(SELECT count(*) FROM (SELECT DISTINCT * FROM \(dialect.quoted(Self.texts))))"
        ).row(0)
        var columns: [InspectedColumn] = []
        for reading in readings { columns.append(try await inspect(reading, counts.number(0))) }
        if let table {
            try await engine.execute(
                "ALTER TABLE \(dialect.quoted(Self.values)) RENAME TO \(dialect.quoted(table))")
        }
        try await drop()
        return (columns, counts.number(0), counts.number(0) - counts.number(1))
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
            engine, relation: dialect.quoted(Self.texts), scratch: "inspect:guess"
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

    // MARK: One column

    private func inspect(
        _ reading: ColumnReading, _ rows: Int
    ) async throws(AuroraError) -> InspectedColumn {
        let name = dialect.quoted(reading.column)
        let type = reading.type
        let isOrdered = type.isNumeric || type.isTemporal
        let values = try await CountedValues(name, of: dialect.quoted(Self.values), engine)
        let (count, distinct) = (values.rows, values.distinct)
        let levels = try await levels(reading, count, distinct)
        let facts = try await ColumnFacts(
            reading, count: count, distinct: distinct, levels: levels, engine, Self.texts,
            Self.values)
        let missingTexts = facts.missingTexts
        let isCategory = Self.isCategory(count, distinct, type)
        return InspectedColumn(
            reading: reading, confidence: facts.confidence, reason: facts.reason,
            missing: rows - count, missingTexts: missingTexts, distinct: distinct,
            quartiles: isOrdered ? try await values.quartiles() : [],
            // What few customers share could tell one of them.
            levels: isCategory ? levels.filter { $0.count >= Self.fewest } : [],
            examples: try await examples(reading, count), oddities: facts.oddities,
            mappings: isCategory && type == .text ? LevelMapping.proposals(levels) : [],
            proposal: facts.proposal)
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

    /// The shapes of the least and the greatest text, and of one from the middle of the table.
    private func examples(
        _ reading: ColumnReading, _ count: Int
    ) async throws(AuroraError) -> [String] {
        let name = dialect.quoted(reading.column)
        let text = "CAST(\(name) AS \(dialect.typeName(.text)))"
        let table = dialect.quoted(Self.texts)
        let row = try await engine.query(
            """
            SELECT min(\(text)), (SELECT \(text) FROM \(table) WHERE \(name) IS NOT NULL
                ORDER BY \(dialect.rowPosition) LIMIT 1 OFFSET \(count / 2)), max(\(text))
            FROM \(table)
            """
        ).row(0)
        var shapes: [String] = []
        for shape in row.compactMap(\.textValue).map({ Redaction.shape(of: $0) })
        where !shapes.contains(shape) {
            shapes.append(shape)
        }
        return shapes
    }
}
