import Columns
import Engine

extension TableProfiler {
    private static let shownLevels = 10
    private static let shownGroups = 5
    /// A level that this many rows share tells nobody's own.
    private static let common = 5

    func texts(
        _ column: TableProfile.Column, _ relation: String, since previous: TableProfile.Texts?
    ) async throws(AuroraError) -> ColumnResult {
        var column = column
        let name = dialect.quoted(column.name)
        // Once for all questions: there may be as many levels as rows.
        let levels = dialect.quoted(":levels")
        try await engine.execute(
            """
            CREATE OR REPLACE TEMP TABLE \(levels) AS
            SELECT \(name) AS level, count(*) AS number FROM \(relation)
            WHERE \(name) IS NOT NULL GROUP BY 1
            """)
        let whole = dialect.typeName(.integer)
        func rows(_ condition: String) -> String {
            "CAST(COALESCE(sum(number) FILTER (WHERE \(condition)), 0) AS \(whole))"
        }
        let isRare = "number < \(Self.common)"
        let row = try await engine.query(
            """
            SELECT count(*), min(length(level)), max(length(level)), \(rows("level <> trim(level)")),
                \(rows("trim(level) = ''")), count(*) - count(DISTINCT lower(trim(level))),
                count(*) FILTER (WHERE \(isRare)), \(rows(isRare)), \(rows("TRUE"))
            FROM \(levels)
            """
        ).row(0).map { $0.integerValue }
        column.distinct = row[0] ?? 0
        let rare = TableProfile.Texts.Rest(levels: row[6] ?? 0, rows: row[7] ?? 0)
        var texts = TableProfile.Texts(
            levels: [], rare: rare, others: .init(levels: 0, rows: 0), shortest: row[1],
            longest: row[2], padded: row[3] ?? 0, blank: row[4] ?? 0, variants: row[5] ?? 0,
            variantGroups: [])
        if !column.isPrivate, rare.levels < column.distinct {
            texts.levels = try await frequent(levels)
            texts.variantGroups = texts.variants > 0 ? try await variantGroups(levels) : []
        }
        texts.others = .init(
            levels: column.distinct - rare.levels - texts.levels.count,
            rows: (row[8] ?? 0) - rare.rows - texts.levels.reduce(0) { $0 + $1.rows })
        column.texts = texts
        let known = previous?.levels.map(\.value) ?? []
        return ColumnResult(
            profile: column,
            recounted: column.isPrivate || known.isEmpty
                ? nil : try await recount(known, levels, all: row[8] ?? 0))
    }

    private func frequent(_ levels: String) async throws(AuroraError) -> [TableProfile.Texts.Level]
    {
        let answer = try await engine.query(
            "SELECT level, number FROM \(levels) WHERE number >= \(Self.common) "
                + "ORDER BY number DESC, level LIMIT \(Self.shownLevels)")
        return (0..<answer.rowCount).map { row in
            let values = answer.row(row)
            return .init(
                value: values[0].textValue ?? "", rows: values[1].integerValue ?? 0)
        }
    }

    private func variantGroups(_ levels: String) async throws(AuroraError) -> [[String]] {
        let answer = try await engine.query(
            """
            SELECT folded, level FROM (
                SELECT lower(trim(level)) AS folded, level,
                    count(*) OVER (PARTITION BY lower(trim(level))) AS alike,
                    sum(number) OVER (PARTITION BY lower(trim(level))) AS together,
                    min(number) OVER (PARTITION BY lower(trim(level))) AS fewest
                FROM \(levels))
            WHERE alike BETWEEN 2 AND 10 AND fewest >= \(Self.common)
            ORDER BY together DESC, folded, level LIMIT \(10 * Self.shownGroups)
            """)
        var groups: [(folded: String, levels: [String])] = []
        for row in 0..<answer.rowCount {
            let values = answer.row(row).map { $0.textValue ?? "" }
            if groups.last?.folded == values[0] {
                groups[groups.count - 1].levels.append(values[1])
            } else {
                groups.append((values[0], [values[1]]))
            }
        }
        return groups.prefix(Self.shownGroups).map(\.levels)
    }

    /// The rows of each of these levels, and of all others together.
    private func recount(
        _ known: [String], _ levels: String, all: Int
    ) async throws(AuroraError) -> [Int] {
        let list = known.map { dialect.literal($0) }.joined(separator: ", ")
        let answer = try await engine.query(
            "SELECT level, number FROM \(levels) WHERE level IN (\(list))")
        // By their bytes: texts that only look alike are one for Swift, but two for the engine.
        var found: [[UInt8]: Int] = [:]
        for row in 0..<answer.rowCount {
            let values = answer.row(row)
            found[Array((values[0].textValue ?? "").utf8)] = values[1].integerValue
        }
        let counts = known.map { found[Array($0.utf8)] ?? 0 }
        return counts + [all - counts.reduce(0, +)]
    }
}
