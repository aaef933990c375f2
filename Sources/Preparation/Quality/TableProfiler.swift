package import Columns
package import Engine
package import Workspace

/// Looks at a table as a whole: one query for all columns, one or a few for each of them, and one
/// pass over all numeric columns together.
///
/// The result depends on the rows and their stored order only. Memory doesn't grow with the rows
/// beyond what `SortedNumbers` and the ranks hold.
package struct TableProfiler {
    let engine: any Engine
    let settings: ProjectSettings
    private let privateColumns: PrivateColumns
    private let report: @Sendable (_ fraction: Double, _ detail: String) -> Void

    package init(
        _ engine: any Engine, settings: ProjectSettings, privateColumns: PrivateColumns,
        report: @escaping @Sendable (_ fraction: Double, _ detail: String) -> Void
    ) {
        self.engine = engine
        self.settings = settings
        self.privateColumns = privateColumns
        self.report = report
    }

    var dialect: any Dialect { engine.dialect }

    /// - Parameter previous: the same table's profile in the run before, and that run's id.
    package func profile(
        _ kind: TableProfile.Kind, _ name: String, _ relation: StepInput.Relation,
        against previous: (profile: TableProfile, run: String)?
    ) async throws(AuroraError) -> QualityReport {
        do throws(AuroraError) {
            return try await profileTable(kind, name, relation, against: previous)
        } catch {
            throw error.code == "interrupted"
                ? error : error.within("the profile of \(kind.rawValue) '\(name)'")
        }
    }

    /// One column's profile, and its rows in the intervals or levels of the run before.
    struct ColumnResult: Sendable {
        var profile: TableProfile.Column
        var recounted: [Int]?
        /// Where numbers lie, for correlations.
        var spread: Spread?
    }

    struct Spread: Sendable {
        var mean: Double
        var furthest: Double
        var mayMiss: Bool
    }

    private func profileTable(
        _ kind: TableProfile.Kind, _ name: String, _ relation: StepInput.Relation,
        against previous: (profile: TableProfile, run: String)?
    ) async throws(AuroraError) -> QualityReport {
        let fields = relation.schema.fields
        let counts = ["count(*)"] + fields.map { "count(\(dialect.quoted($0.name)))" }
        let present = try await engine.query(
            "SELECT \(counts.joined(separator: ", ")) FROM \(relation.sql)"
        ).row(0).map { $0.integerValue ?? 0 }
        let rows = present[0]
        var results: [ColumnResult] = []
        for (index, field) in fields.enumerated() {
            report(Double(index) / Double(fields.count + 1), field.name)
            let column = TableProfile.Column(
                name: field.name, type: field.type.description,
                isPrivate: privateColumns.contains(field.name, of: name),
                missing: rows - present[index + 1], distinct: 0)
            results.append(
                try await look(
                    at: column, field, relation.sql, present: present[index + 1],
                    since: previous?.profile[column: field.name]))
        }
        report(Double(fields.count) / Double(fields.count + 1), "correlations")
        var limits: [String] = []
        var profile = TableProfile(
            kind: kind, name: name, rows: rows, key: relation.key, duplicates: 0,
            columns: results.map(\.profile),
            correlations: try await correlations(of: results, relation, rows: rows, &limits),
            limits: limits, findings: [])
        profile.duplicates = try await duplicates(in: profile, relation.sql)
        profile.findings = profile.foundOut(asOf: settings.asOf?.value)
        let drift = previous.map { before in
            TableDrift(
                from: before.profile, of: before.run, to: profile,
                recounted: Dictionary(
                    results.map { ($0.profile.name, $0.recounted) }, uniquingKeysWith: { $1 }))
        }
        return QualityReport(profile: profile, drift: drift)
    }

    private func look(
        at column: TableProfile.Column, _ field: Schema.Field, _ relation: String, present: Int,
        since previous: TableProfile.Column?
    ) async throws(AuroraError) -> ColumnResult {
        switch field.type {
        case _ where column.isPrivate && field.type != .text:
            return ColumnResult(profile: try await counted(column, relation))
        case .text: return try await texts(column, relation, since: previous?.texts)
        case .boolean: return try await booleans(column, relation)
        case .date, .timestamp: return try await dates(column, relation)
        case .time: return ColumnResult(profile: try await counted(column, relation))
        default:
            return try await numbers(
                column, field.type, relation, present: present,
                since: previous?.numbers?.deciles)
        }
    }

    /// Only how many different values there are.
    private func counted(
        _ column: TableProfile.Column, _ relation: String
    ) async throws(AuroraError) -> TableProfile.Column {
        var column = column
        column.distinct =
            try await engine.query(
                "SELECT count(DISTINCT \(dialect.quoted(column.name))) FROM \(relation)"
            ).columns[0][0].integerValue ?? 0
        return column
    }

    private func booleans(
        _ column: TableProfile.Column, _ relation: String
    ) async throws(AuroraError) -> ColumnResult {
        var column = column
        let name = dialect.quoted(column.name)
        let row = try await engine.query(
            "SELECT count(*) FILTER (WHERE \(name)), count(*) FILTER (WHERE NOT \(name)) "
                + "FROM \(relation)"
        ).row(0).map { $0.integerValue ?? 0 }
        column.booleans = .init(yes: row[0], no: row[1])
        column.distinct = row.count { $0 > 0 }
        return ColumnResult(profile: column, recounted: row)
    }

    /// Where some column tells all rows apart, no two of them are the same.
    private func duplicates(
        in profile: TableProfile, _ relation: String
    ) async throws(AuroraError) -> Int {
        let columns = profile.columns.filter { $0.name != profile.key }
        guard !columns.isEmpty, !columns.contains(where: { $0.distinct == profile.rows }) else {
            return 0
        }
        let names = columns.map { dialect.quoted($0.name) }.joined(separator: ", ")
        let different = try await engine.query(
            "SELECT count(*) FROM (SELECT 1 FROM \(relation) GROUP BY \(names))")
        return profile.rows - (different.columns[0][0].integerValue ?? 0)
    }
}
