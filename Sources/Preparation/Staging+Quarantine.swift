import Columns
import Engine

/// Rows that are set aside: in a table `SOURCE:quarantine`, which is kept with the run.
///
///     row     the row's place among all rows that were read, from 1
///     rule    the rules that it breaks, in words
///     reason  how it breaks them
///     …       every column of the source as a text, as it stood in the file
///     text    of a row that could not be split into columns all of it, else missing
///
/// Where a column of the source has one of these names, the own one gets a colon in front.
extension Staging {
    /// The table of rows that are set aside.
    package static func quarantine(of source: String) -> String { source + ":quarantine" }

    // Readers name their tables after the source; a colon in front keeps these apart from them.
    private func aside(_ source: String) -> String { dialect.quoted(":aside:" + source) }
    private func unsplit(_ source: String) -> String { dialect.quoted(":unsplit:" + source) }

    /// The position of a row in a table that still holds all rows, from 1.
    var position: String { "(\(dialect.rowPosition) + 1)" }

    /// SQL that is true for the rows that are not set aside.
    func isKept(_ source: String) -> String {
        "\(position) NOT IN (SELECT position FROM \(aside(source)))"
    }

    /// Makes the tables of what is set aside: positions in the source's table, and the rows that
    /// never came to be in it.
    func makeQuarantine(for staged: inout StagedSource) async throws(AuroraError) {
        let integer = dialect.typeName(.integer)
        try await intake.execute("CREATE TABLE \(aside(staged.name)) (position \(integer))")
        guard let broken = staged.raw.broken else { return }
        let table = unsplit(staged.name)
        let row = dialect.quoted("row")
        try await intake.execute(
            """
            CREATE TABLE \(table) AS
            SELECT CAST(\(row) AS \(integer)) AS place, reason, text FROM \(broken)
            """)
        let answer = try await intake.query("SELECT count(*) FROM \(table)")
        staged.unsplitRows = answer.columns[0][0].integerValue ?? 0
    }

    /// Sets rows aside that are not yet.
    ///
    /// - Returns: how many there are now that were not before.
    @discardableResult
    func setAside(
        where condition: String, from source: String
    ) async throws(AuroraError) -> Int {
        let before = try await asideCount(source)
        try await intake.execute(
            """
            INSERT INTO \(aside(source))
            SELECT \(position) FROM \(dialect.quoted(source))
            WHERE \(condition) AND \(isKept(source))
            """)
        return try await asideCount(source) - before
    }

    private func asideCount(_ source: String) async throws(AuroraError) -> Int {
        try await intake.query("SELECT count(*) FROM \(aside(source))").columns[0][0]
            .integerValue ?? 0
    }

    // MARK: Rows of the source

    /// The row's place among all rows that were read, those that could not be split included.
    func row(
        ofPosition position: Int, in staged: StagedSource
    ) async throws(AuroraError) -> Int {
        guard staged.unsplitRows > 0 else { return position }
        let answer = try await intake.query(
            "SELECT count(*) FROM (\(gaps(staged.name))) WHERE gap < \(position)")
        return position + (answer.columns[0][0].integerValue ?? 0)
    }

    /// For each row that could not be split the number of split rows in front of it.
    private func gaps(_ source: String) -> String {
        "SELECT place - row_number() OVER (ORDER BY place) AS gap FROM \(unsplit(source))"
    }

    /// Positions that are set aside with their places among all rows.
    private func places(of staged: StagedSource) -> String {
        let own = aside(staged.name)
        guard staged.unsplitRows > 0 else {
            return "SELECT position, position AS place FROM \(own)"
        }
        // Before a gap comes the row whose position it is.
        return """
            SELECT position, position + gaps AS place FROM (
                SELECT position, count(gap) OVER (
                    ORDER BY behind, gap NULLS FIRST ROWS UNBOUNDED PRECEDING) AS gaps
                FROM (
                    SELECT position, position AS behind, NULL AS gap FROM \(own)
                    UNION ALL SELECT NULL, gap, gap FROM (\(gaps(staged.name)))))
            WHERE position IS NOT NULL
            """
    }

    // MARK: The table

    /// Writes what is set aside with its reasons, while every source still holds all its rows.
    ///
    /// - Returns: how many rows there are in it.
    func writeQuarantine(of staged: StagedSource) async throws(AuroraError) -> Int {
        let count = try await asideCount(staged.name) + staged.unsplitRows
        guard count > 0 else { return 0 }
        let text = dialect.typeName(.text)
        let names = staged.readings.map(\.column)
        let own = Self.ownNames(beside: names).map { dialect.quoted($0) }
        let raw = names.enumerated().map { "CAST(\(dialect.quoted($1)) AS \(text)) AS c\($0)" }
        let columns = names.indices.map { "c\($0)" }
        let titled = names.enumerated().map { "c\($0) AS \(dialect.quoted($1))" }
        var rows = """
            SELECT place, rule, reason, \(columns.joined(separator: ", ")),
                CAST(NULL AS \(text)) AS line
            FROM (\(places(of: staged))) AS places
            JOIN (\(reasons(of: staged))) AS reasons USING (position)
            JOIN (SELECT row_number() OVER () AS position, \(raw.joined(separator: ", "))
                FROM \(staged.raw.relation)) AS texts USING (position)
            """
        if staged.unsplitRows > 0 {
            let nothing = names.map { _ in "NULL" }.joined(separator: ", ")
            rows += """
                 UNION ALL SELECT place, 'the row splits into the source''s columns', reason,
                    \(nothing), text FROM \(unsplit(staged.name))
                """
        }
        try await intake.execute(
            """
            CREATE TABLE \(dialect.quoted(Self.quarantine(of: staged.name))) AS
            SELECT place AS \(own[0]), rule AS \(own[1]), reason AS \(own[2]),
                \(titled.joined(separator: ", ")), line AS \(own[3])
            FROM (\(rows)) AS aside ORDER BY place
            """)
        return count
    }

    /// The rules that each row breaks, and how, as texts.
    private func reasons(of staged: StagedSource) -> String {
        let rules = staged.breaches(dialect)
        let broken = rules.map { rule, breaches in
            "CASE WHEN \(breaches.map(\.condition).anyOf) THEN \(dialect.literal(rule)) END"
        }
        let reasons = rules.flatMap(\.breaches).map {
            "CASE WHEN \($0.condition) THEN \(dialect.literal($0.reason)) END"
        }
        func joined(_ texts: [String]) -> String {
            "concat_ws('; ', \((texts + ["NULL"]).joined(separator: ", ")))"
        }
        return """
            SELECT \(position) AS position, \(joined(broken)) AS rule, \(joined(reasons)) AS reason
            FROM \(dialect.quoted(staged.name))
            WHERE \(position) IN (SELECT position FROM \(aside(staged.name)))
            """
    }

    /// Engines compare names without regard to case.
    private static func ownNames(beside names: [String]) -> [String] {
        let taken = Set(names.map { $0.lowercased() })
        return ["row", "rule", "reason", "text"].map { name in
            var name = name
            while taken.contains(name) { name = ":" + name }
            return name
        }
    }

    /// Takes the rows out that are set aside, and all that was needed to find them.
    func removeQuarantined(from staged: StagedSource) async throws(AuroraError) {
        let table = dialect.quoted(staged.name)
        if try await asideCount(staged.name) > 0 {
            try await intake.execute(
                """
                DELETE FROM \(table)
                WHERE \(position) IN (SELECT position FROM \(aside(staged.name)))
                """)
        }
        for name in marks(staged.readings) {
            try await intake.execute("ALTER TABLE \(table) DROP COLUMN \(dialect.quoted(name))")
        }
        try await intake.execute("DROP TABLE \(aside(staged.name))")
        if staged.raw.broken != nil {
            try await intake.execute("DROP TABLE \(unsplit(staged.name))")
        }
    }
}
