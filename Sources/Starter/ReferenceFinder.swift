import Columns
import Engine
import Foundation
import Preparation

/// Finds columns that hold the keys of another table, by how many of their values stand there.
struct ReferenceFinder {
    let engine: any Engine
    let tables: [StarterTable]

    /// The references of a table, one for each other table at most.
    func references(of table: StarterTable) async throws(AuroraError) -> [TableReference] {
        var references: [TableReference] = []
        for other in tables where other.model != table.model {
            guard case .column(let name) = other.key.form, let key = other[name] else { continue }
            var best: (reference: TableReference, rank: Double)?
            for column in table.columns
            where [.identifier, .code].contains(column.role) && isAlike(column.type, key.type) {
                guard !references.contains(where: { $0.column == column.name }),
                    let share = try await share(of: column.name, in: table, among: name, of: other)
                else { continue }
                let isNamed = isNamed(column.name, name, other)
                let isProbable =
                    isNamed && share >= 0.9 || share >= 0.99 && column.inspected.distinct >= 20
                let isKey = table.key.form == .column(column.name)
                // Two tables of numbered rows share their numbers without meaning the same.
                guard isProbable, isNamed || !isKey else { continue }
                let rank = (isNamed ? 1 : 0) + share
                guard rank > best?.rank ?? 0 else { continue }
                let reason =
                    "\(Words.percent(share)) of its \(Words.count(column.inspected.distinct)) "
                    + "values are values of \(name) in \(other.file.lastPathComponent)"
                best = (
                    TableReference(column: column.name, model: other.model, reason: reason), rank
                )
            }
            if let best { references.append(best.reference) }
        }
        return references
    }

    private func isAlike(_ a: ColumnType, _ b: ColumnType) -> Bool {
        a == b || a.isWhole && b.isWhole
    }

    /// Whether the name of a column speaks of the key or of its table.
    private func isNamed(_ column: String, _ key: String, _ other: StarterTable) -> Bool {
        if column.lowercased() == key.lowercased(), key.lowercased() != "id" { return true }
        func stems(_ name: String) -> Set<String> {
            let words = Words.spoken(name).map { $0.hasSuffix("s") ? String($0.dropLast()) : $0 }
            return Set(words).subtracting(["id", "no", "number", "key", "code", "row"])
        }
        let names = stems(key).union(stems(other.source)).union(stems(other.model))
        return !stems(column).isDisjoint(with: names)
    }

    /// The share of a column's different values that stand among those of another table's column.
    private func share(
        of column: String, in table: StarterTable, among key: String, of other: StarterTable
    ) async throws(AuroraError) -> Double? {
        let dialect = engine.dialect
        let (name, keyName) = (dialect.quoted(column), dialect.quoted(key))
        let row = try await engine.query(
            "SELECT count(*), count(*) FILTER (WHERE value IN "
                + "(SELECT \(keyName) FROM \(dialect.quoted(other.values)))) "
                + "FROM (SELECT DISTINCT \(name) AS value FROM \(dialect.quoted(table.values)) "
                + "WHERE \(name) IS NOT NULL)"
        ).row(0)
        guard let all = row[0].doubleValue, let found = row[1].doubleValue, all > 0 else {
            return nil
        }
        return found / all
    }
}
