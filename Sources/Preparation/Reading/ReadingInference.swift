package import Columns
package import Engine

/// Finds how each text column is read by looking at every row, never at a sample alone.
///
/// Three passes over the columns, whatever their number: what stands in them; which types in their
/// usual spelling all values have; and for columns with none, which other forms. Two values of a
/// column, its least and its greatest, leave only few forms to try. Numbers with up to 12 decimals
/// become DECIMAL, because only sums of exact numbers repeat.
package struct ReadingInference {
    private let engine: any Engine
    /// SQL that stands behind FROM; nil where the texts are stored already.
    private let relation: String?
    private let scratch: String

    private var dialect: any Dialect { engine.dialect }

    /// - Parameters:
    ///   - relation: SQL that stands behind FROM.
    ///   - scratch: the name of a table that is free, for the texts while they are looked at.
    package init(_ engine: any Engine, relation: String, scratch: String) {
        self.engine = engine
        self.relation = relation
        self.scratch = scratch
    }

    /// - Parameter table: a table that holds the texts, which is only read.
    package init(_ engine: any Engine, table: String) {
        self.engine = engine
        relation = nil
        scratch = table
    }

    /// A reading, and whether rows that were not looked at could lead to another one, though every
    /// value of them fits this one.
    package struct Finding: Sendable {
        package var reading: ColumnReading
        package var isOpen = false
    }

    /// - Returns: the finding of each column, in order, and how many rows were looked at. A column
    ///   without any value is text.
    package func findings(
        of questions: [ColumnQuestion]
    ) async throws(AuroraError) -> (columns: [Finding], rows: Int) {
        guard !questions.isEmpty else { return ([], 0) }
        let columns = questions.map { dialect.quoted($0.column) }.joined(separator: ", ")
        let table = dialect.quoted(scratch)
        if let relation {
            try await engine.execute("DROP TABLE IF EXISTS \(table)")
            try await engine.execute("CREATE TABLE \(table) AS SELECT \(columns) FROM \(relation)")
        }
        var texts: [ColumnTexts] = []
        for first in stride(from: 0, to: questions.count, by: Self.atOnce) {
            let part = questions[first..<min(questions.count, first + Self.atOnce)]
            texts += try await look(into: Array(part))
        }
        let rows = try await engine.query("SELECT count(*) FROM \(table)").row(0).number(0)
        if relation != nil { try await engine.execute("DROP TABLE \(table)") }
        return (texts.map(\.finding), rows)
    }

    /// Columns that one query asks about: an engine takes much longer to plan a query of thousands of
    /// aggregates than many smaller ones.
    private static let atOnce = 32

    private func look(into questions: [ColumnQuestion]) async throws(AuroraError) -> [ColumnTexts] {
        var texts = try await look(at: questions)
        try await settlePlain(&texts)
        try await settleOthers(&texts)
        try await nameMissing(&texts)
        try await doubt(&texts)
        return texts
    }

    // MARK: What stands in the columns

    private func look(at questions: [ColumnQuestion]) async throws(AuroraError) -> [ColumnTexts] {
        let texts = questions.map { ColumnTexts($0, dialect) }
        var survey = Survey(dialect)
        for column in texts {
            _ = survey.ask("count(\(column.name))")
            _ = survey.ask("count(\(column.bare))")
            _ = survey.count(where: "\(column.name) <> \(column.bare)")
            _ = survey.ask("min(\(column.bare))")
            _ = survey.ask("max(\(column.bare))")
        }
        let answer = try await survey.answer(engine, from: bareTexts(texts))
        return texts.enumerated().map { index, column in
            var column = column
            let row = answer[(index * 5)..<(index * 5 + 5)].map { $0 }
            column.count = row.number(1)
            column.hasMissing = row.number(0) > row.number(1)
            column.isPadded = row.number(2) > 0
            column.witnesses = [row[3], row[4]].compactMap(\.textValue)
            return column
        }
    }

    /// The texts as they are, and beside them without padding and without what stands for a
    /// missing value.
    private func bareTexts(_ texts: [ColumnTexts]) -> String {
        let columns = texts.map { "\($0.name), \($0.bareText) AS \($0.bare)" }
        return "(SELECT \(columns.joined(separator: ", ")) FROM \(dialect.quoted(scratch)))"
    }

    // MARK: The forms that all values have

    private func settlePlain(_ texts: inout [ColumnTexts]) async throws(AuroraError) {
        try await settle(&texts) { $0.plainCandidates }
    }

    private func settleOthers(_ texts: inout [ColumnTexts]) async throws(AuroraError) {
        try await settle(&texts) { $0.otherCandidates }
    }

    private func settle(
        _ texts: inout [ColumnTexts], _ candidates: (ColumnTexts) -> [ReadingCandidate]
    ) async throws(AuroraError) {
        var survey = Survey(dialect)
        var asked: [(column: Int, candidate: ReadingCandidate, first: Int)] = []
        for (index, column) in texts.enumerated() where column.reading == nil {
            for candidate in candidates(column) {
                let fits = candidate.fits(column.bare, dialect)
                let first = survey.count(where: fits)
                for measure in candidate.measures(column.bare, dialect) {
                    _ = survey.ask(measure)
                }
                asked.append((index, candidate, first))
            }
        }
        guard !asked.isEmpty else { return }
        let involved = Set(asked.map(\.column)).sorted().map { texts[$0] }
        let answer = try await survey.answer(engine, from: bareTexts(involved))
        for (column, group) in Dictionary(grouping: asked, by: \.column) {
            let fitting = group.filter { answer.number($0.first) == texts[column].count }
                .map { entry in
                    let count = entry.candidate.measures("", dialect).count
                    let measures = answer[(entry.first + 1)..<(entry.first + 1 + count)]
                    return FittingCandidate(candidate: entry.candidate, measures: Array(measures))
                }
            texts[column].decide(among: fitting)
        }
    }

    /// Lists the spellings of missing values in columns of numbers, dates and booleans.
    private func nameMissing(_ texts: inout [ColumnTexts]) async throws(AuroraError) {
        for index in texts.indices {
            guard texts[index].hasMissing, texts[index].question.type == nil,
                let reading = texts[index].reading, reading.type != .text
            else { continue }
            let name = texts[index].name
            let answer = try await engine.query(
                "SELECT DISTINCT \(name) FROM \(dialect.quoted(scratch)) "
                    + "WHERE \(MissingTokens.contains(name, dialect)) ORDER BY 1")
            let found = (0..<answer.rowCount).compactMap { answer.row($0)[0].textValue }
            let stated = texts[index].question.missing
            texts[index].reading?.missing = stated + found.filter { !stated.contains($0) }
        }
    }

    /// Tries the readings as they will be used. What doesn't read every value after all is text.
    private func doubt(_ texts: inout [ColumnTexts]) async throws(AuroraError) {
        var survey = Survey(dialect)
        var asked: [(column: Int, position: Int)] = []
        for (index, column) in texts.enumerated() where column.question.type == nil {
            guard let isMisfit = column.reading?.isMisfit(dialect) else { continue }
            asked.append((index, survey.count(where: isMisfit)))
        }
        let answer = try await survey.answer(engine, from: dialect.quoted(scratch))
        for (column, position) in asked where answer.number(position) > 0 {
            guard texts[column].question.format == nil else { continue }
            texts[column].reading = texts[column].asText(because: nil)
            texts[column].isOpen = true
        }
    }
}
