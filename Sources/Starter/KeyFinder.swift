import Columns
import Engine
import Preparation

/// Finds what tells the rows of a table apart: a column, two of them, or else their number.
struct KeyFinder {
    let engine: any Engine
    let table: String
    let columns: [StarterColumn]
    let rows: Int

    func key() async throws(AuroraError) -> TableKey {
        if let column = single {
            return TableKey(
                form: .column(column.name), name: column.name,
                reason: "\(Words.count(column.inspected.distinct)) different values in "
                    + "\(Words.counted(rows, "row")), and none is missing")
        }
        var taken = Set(columns.map { $0.name.lowercased() })
        if let (a, b) = try await pair() {
            return TableKey(
                form: .pair(a.name, b.name), name: Words.free("row_key", &taken),
                reason: "\(a.name) alone has \(Words.count(a.inspected.distinct)) different values "
                    + "in \(Words.count(rows)) rows; with \(b.name) no two rows are the same")
        }
        return TableKey(
            form: .rowNumber, name: Words.free("row_number", &taken),
            reason: "no column, nor two of them, are different in each of "
                + "\(Words.counted(rows, "row")), so rows are numbered in the order of their values"
        )
    }

    private func isWhole(_ column: StarterColumn) -> Bool {
        column.inspected.missing == 0 && column.inspected.distinct == rows
    }

    private var single: StarterColumn? {
        let unique = columns.filter(isWhole)
        return unique.first { $0.role == .identifier }
            // An address or a number of mail may serve, a quantity that happens to differ may not.
            ?? unique.first { $0.role == .person && $0.type == .text && rows >= 10 }
    }

    private func pair() async throws(AuroraError) -> (StarterColumn, StarterColumn)? {
        let firsts = columns.filter {
            $0.role == .identifier && $0.inspected.missing == 0
                && $0.inspected.distinct * 2 >= rows
        }.prefix(2)
        let seconds = columns.filter {
            [.identifier, .person, .date, .birthDate].contains($0.role)
                && $0.inspected.missing == 0
        }.prefix(6)
        for a in firsts {
            for b in seconds where a.name != b.name {
                let names = [a, b].map { engine.dialect.quoted($0.name) }.joined(separator: ", ")
                let count = try await engine.query(
                    "SELECT count(*) FROM (SELECT DISTINCT \(names) "
                        + "FROM \(engine.dialect.quoted(table)))"
                ).row(0)[0].integerValue
                if count == rows { return (a, b) }
            }
        }
        return nil
    }
}
