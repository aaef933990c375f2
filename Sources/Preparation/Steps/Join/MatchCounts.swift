import Columns
import Engine

/// How often the rows of two tables meet, found from the values of their keys alone.
///
/// Complexity: each table is grouped by its key once, and the groups are joined.
struct MatchCounts {
    struct Side {
        var rows: Int
        /// Rows whose key is missing, which match nothing.
        var missing: Int
        /// Rows with a key that the other table does not have.
        var unmatched: Int
    }

    let ours: Side
    let theirs: Side
    /// Pairs of rows that meet.
    let pairs: Int
    /// The most rows of theirs that match one of ours, and the other way round.
    let mostMatches: Int
    let mostMatched: Int
    /// Keys that match and stand in several rows of theirs.
    let repeatedKeys: Int
    let rowsOfRepeatedKeys: Int
    /// Rows of ours that match several.
    let repeatedRows: Int
    /// The smallest of the repeated keys.
    let repeatedKey: String?

    init(_ input: StepInput, _ other: StepInput, _ keys: [KeyPair]) async throws(AuroraError) {
        let dialect = input.dialect
        func groups(_ relation: String, _ columns: [String]) -> String {
            let items = columns.enumerated().map { "\(dialect.quoted($1)) AS key\($0)" }
            let names = columns.indices.map { "key\($0)" }.joined(separator: ", ")
            return "(SELECT \(names), count(*) AS amount FROM "
                + "(SELECT \(items.joined(separator: ", ")) FROM \(relation)) AS keys "
                + "GROUP BY \(names))"
        }
        let condition = keys.indices.map { "ours.key\($0) = theirs.key\($0)" }
        func isMissing(_ side: String) -> String {
            "(" + keys.indices.map { "\(side).key\($0) IS NULL" }.joined(separator: " OR ") + ")"
        }
        func sum(_ value: String, where condition: String) -> String {
            "COALESCE(sum(\(value)) FILTER (WHERE \(condition)), 0)"
        }
        let (ourRow, theirRow) = ("ours.amount IS NOT NULL", "theirs.amount IS NOT NULL")
        let meet = "\(ourRow) AND \(theirRow)"
        let isRepeated = "\(meet) AND theirs.amount > 1"
        let text = dialect.typeName(.text)
        let answer = try await input.engine.query(
            """
            SELECT \([
                sum("ours.amount", where: ourRow),
                sum("ours.amount", where: "\(ourRow) AND \(isMissing("ours"))"),
                sum("ours.amount", where: "theirs.amount IS NULL AND NOT \(isMissing("ours"))"),
                sum("theirs.amount", where: theirRow),
                sum("theirs.amount", where: "\(theirRow) AND \(isMissing("theirs"))"),
                sum("theirs.amount", where: "ours.amount IS NULL AND NOT \(isMissing("theirs"))"),
                sum("ours.amount * theirs.amount", where: meet),
                "COALESCE(max(theirs.amount) FILTER (WHERE \(meet)), 0)",
                "COALESCE(max(ours.amount) FILTER (WHERE \(meet)), 0)",
                "count(*) FILTER (WHERE \(isRepeated))",
                sum("theirs.amount", where: isRepeated),
                sum("ours.amount", where: isRepeated),
                "min(CAST(theirs.key0 AS \(text))) FILTER (WHERE \(isRepeated))",
            ].joined(separator: ",\n    "))
            FROM \(groups(input.relation, keys.map(\.ours.name))) AS ours
            FULL JOIN \(groups(other.relation, keys.map(\.theirs.name))) AS theirs
            ON \(condition.joined(separator: " AND "))
            """)
        let row = answer.row(0)
        let counts = row.map { $0.integerValue ?? 0 }
        ours = Side(rows: counts[0], missing: counts[1], unmatched: counts[2])
        theirs = Side(rows: counts[3], missing: counts[4], unmatched: counts[5])
        pairs = counts[6]
        mostMatches = counts[7]
        mostMatched = counts[8]
        repeatedKeys = counts[9]
        rowsOfRepeatedKeys = counts[10]
        repeatedRows = counts[11]
        repeatedKey = row[12].textValue
    }

    /// Rows of the result.
    func rows(_ kind: String) -> Int {
        let ourRest = ours.unmatched + ours.missing
        let theirRest = theirs.unmatched + theirs.missing
        return switch kind {
        case "inner": pairs
        case "full": pairs + ourRest + theirRest
        default: pairs + ourRest
        }
    }

    func facts(about other: String) -> [String] {
        var facts = [
            "\(ours.unmatched) of \(ours.rows) rows match no row of '\(other)'",
            "\(theirs.unmatched) of \(theirs.rows) rows of '\(other)' are matched by no row",
            "at most \(mostMatches) rows of '\(other)' match one row, and at most \(mostMatched) "
                + "rows match one of theirs",
        ]
        if ours.missing > 0 { facts.append("\(ours.missing) rows have no key and match nothing") }
        if theirs.missing > 0 {
            facts.append("\(theirs.missing) rows of '\(other)' have no key and match nothing")
        }
        return facts
    }
}
