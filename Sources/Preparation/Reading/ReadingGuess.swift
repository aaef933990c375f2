import Columns
import Engine

/// The readings of a source's columns: guessed from some rows, and settled by all rows where those
/// could decide otherwise.
struct ReadingGuess {
    private let engine: any Engine
    private let source: SourceSpec
    private let raw: RawTable
    private let questions: [ColumnQuestion]
    private var found: [String: ReadingInference.Finding] = [:]
    /// The columns that all rows were asked about.
    private var settled: Set<String> = []

    /// Rows from the beginning, and from further in, where numbers are larger and dates later.
    private static let first = 2_500
    private static let (later, offset) = (2_500, 100_000)

    init(_ engine: any Engine, _ source: SourceSpec, _ raw: RawTable) {
        self.engine = engine
        self.source = source
        self.raw = raw
        questions = raw.schema.fields
            .filter { source.stated($0) == nil && !raw.texts.contains($0.name) }
            .map { source.question($0) }
    }

    var readings: [ColumnReading] {
        raw.schema.fields.map { field in
            found[field.name]?.reading ?? source.stated(field)
                ?? ColumnReading(column: field.name, type: .text, form: .lenient)
        }
    }

    /// Guesses all readings.
    mutating func sample() async throws(AuroraError) {
        let rows = "(SELECT * FROM \(raw.relation) LIMIT \(Self.first))"
        let later = "(SELECT * FROM \(raw.relation) LIMIT \(Self.later) OFFSET \(Self.offset))"
        let mayHaveLater = raw.mostRows.map { $0 > Self.offset } ?? true
        let count = try await ask(
            questions,
            of: mayHaveLater ? "(SELECT * FROM \(rows) UNION ALL SELECT * FROM \(later))" : rows)
        if count < Self.first { settled = Set(questions.map(\.column)) }
        let open = questions.map(\.column).filter { found[$0]?.isOpen == true }
        _ = try await settle(open)
    }

    /// Asks all rows about columns that they were not asked about before.
    ///
    /// - Returns: whether there was such a column.
    mutating func settle(_ columns: [String]) async throws(AuroraError) -> Bool {
        let open = questions.filter { columns.contains($0.column) && !settled.contains($0.column) }
        guard !open.isEmpty else { return false }
        _ = try await ask(open, of: raw.relation)
        settled.formUnion(open.map(\.column))
        return true
    }

    /// - Returns: the number of rows.
    private mutating func ask(
        _ questions: [ColumnQuestion], of relation: String
    ) async throws(AuroraError) -> Int {
        let inference = ReadingInference(
            engine, relation: relation, scratch: source.name + ":texts")
        let (columns, rows) = try await inference.findings(of: questions)
        for finding in columns { found[finding.reading.column] = finding }
        return rows
    }
}
