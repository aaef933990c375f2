import Columns
import Engine
import Workspace

/// What missing values become: one value for all rows, and others for groups of them.
struct ImputedStatistic: Sendable {
    var overall: Value
    var groups: [Group]
    /// The type that the column has afterwards.
    var type: ColumnType

    struct Group: Sendable {
        var key: [Value]
        var value: Value

        /// SQL that is true for the rows of the group.
        func condition(_ columns: [Schema.Field], _ input: StepInput) -> String {
            zip(columns, key).map { column, value in
                let name = input.dialect.quoted(column.name)
                return value.isMissing
                    ? "\(name) IS NULL" : "\(name) = \(input.typed(value, column.type))"
            }.joined(separator: " AND ")
        }

        /// The group in words, without values that readers may not see.
        func name(_ columns: [Schema.Field], _ privacy: ProjectSettings.Privacy) -> String {
            zip(columns, key).map { column, value in
                let isPrivate = (privacy.identifying + privacy.hidden)
                    .contains { $0.value == column.name }
                let text = isPrivate ? Redaction.shape(of: value.description) : value.description
                return "\(column.name) \(text)"
            }.list
        }
    }

    /// More are a list of single rows rather than groups of them.
    private static let mostGroups = 1_000

    func sql(_ columns: [Schema.Field], _ input: StepInput) -> String {
        let whens = groups.map {
            "WHEN \($0.condition(columns, input)) THEN \(input.typed($0.value, type))"
        }
        let rest = input.typed(overall, type)
        return whens.isEmpty ? rest : "CASE \(whens.joined(separator: " ")) ELSE \(rest) END"
    }

    // MARK: From the data

    /// - Parameters:
    ///   - over: SQL of the rows that are looked at.
    ///   - place: where the groups are stated.
    /// - Returns: nil when diagnostics say why there is none.
    static func fitted(
        _ method: String, _ column: Located<Schema.Field>, over: String?, by groups: [Schema.Field],
        at place: Diagnostic.Place, _ input: inout StepInput
    ) async throws(AuroraError) -> ImputedStatistic? {
        let field = column.value
        let overall = try await values(method, field, over, by: [], input).first
        guard let overall, !overall.value.isMissing else {
            input.diagnostics.append(.noValues(column, of: method))
            return nil
        }
        var statistic = ImputedStatistic(overall: overall.value, groups: [], type: field.type)
        if !groups.isEmpty {
            statistic.groups = try await values(method, field, over, by: groups.map(\.name), input)
            guard statistic.groups.count <= mostGroups else {
                input.diagnostics.append(
                    Diagnostic(
                        "too_many_groups", at: place,
                        "there are \(statistic.groups.count) groups, but at most \(mostGroups) are "
                            + "filled each for itself",
                        hint: "group by columns with fewer values, or by bands of them"))
                return nil
            }
        }
        try await statistic.fitType(to: field, method, input)
        return statistic
    }

    private static func values(
        _ method: String, _ field: Schema.Field, _ over: String?, by groups: [String],
        _ input: StepInput
    ) async throws(AuroraError) -> [Group] {
        let dialect = input.dialect
        let name = dialect.quoted(field.name)
        let keys = groups.map(dialect.quoted)
        let present = "\(name) IS NOT NULL" + (over.map { " AND \($0)" } ?? "")
        let query: String
        switch method {
        case "median":
            // A median lies halfway between two values, so it has one decimal more than they.
            let digits = field.type == .integer || field.type == .hugeInteger ? 1 : 0
            return try await input.quantiles(
                [QuantileFraction(count: 1, parts: 2)], of: field, where: over, by: groups,
                digits: digits
            ).map { Group(key: $0.key, value: $0.values[0]) }
        case "mode":
            let all = (keys + [name]).list
            let partition = keys.isEmpty ? "" : "PARTITION BY \(keys.list) "
            query = """
                SELECT \(all) FROM (
                    SELECT \(all), row_number() OVER (
                        \(partition)ORDER BY count(*) DESC, \(name)) AS ":position"
                    FROM \(input.relation) WHERE \(present) GROUP BY \(all))
                WHERE ":position" = 1\(keys.isEmpty ? "" : " ORDER BY \(keys.list)")
                """
        default:
            // Sums of DOUBLE depend on the order of the rows; those of decimals do not.
            let exact =
                field.type == .double
                ? "CAST(\(name) AS \(dialect.typeName(ExactSums.type)))" : name
            let type: ColumnType =
                switch field.type {
                case .integer, .hugeInteger: .decimal(precision: 38, scale: 6)
                default: field.type
                }
            let mean = "CAST(avg(\(exact)) AS \(dialect.typeName(type)))"
            query = """
                SELECT \((keys + [mean]).list) FROM \(input.relation) WHERE \(present)
                \(keys.isEmpty ? "" : "GROUP BY \(keys.list) ORDER BY \(keys.list)")
                """
        }
        let answer = try await input.engine.query(query)
        return (0..<answer.rowCount).map { row in
            let cells = answer.row(row)
            return Group(key: Array(cells.dropLast()), value: cells[keys.count])
        }
    }

    // MARK: The type

    /// Whole numbers become decimals only where what they are filled with is not whole.
    private mutating func fitType(
        to field: Schema.Field, _ method: String, _ input: StepInput
    ) async throws(AuroraError) {
        guard field.type == .integer || field.type == .hugeInteger else { return }
        let values = [overall] + groups.map(\.value)
        let whole = values.compactMap(Self.whole)
        if whole.count == values.count {
            overall = whole[0]
            for index in groups.indices { groups[index].value = whole[index + 1] }
            return
        }
        let scale = method == "median" ? 1 : 6
        let name = input.dialect.quoted(field.name)
        let limit = "1" + String(repeating: "0", count: 18 - scale)
        let row = try await input.values(
            "count(*) FILTER (WHERE \(name) <= -\(limit) OR \(name) >= \(limit))")
        type = .decimal(precision: row[0].integerValue == 0 ? 18 : 38, scale: scale)
    }

    /// The value as a whole number; nil where it is none.
    private static func whole(_ value: Value) -> Value? {
        switch value {
        case .integer, .hugeInteger: return value
        case .decimal(let decimal):
            var unscaled = decimal.unscaled
            for _ in 0..<decimal.scale {
                guard unscaled % 10 == 0 else { return nil }
                unscaled /= 10
            }
            return Int64(exactly: unscaled).map { .integer($0) } ?? .hugeInteger(unscaled)
        default: return nil
        }
    }
}
