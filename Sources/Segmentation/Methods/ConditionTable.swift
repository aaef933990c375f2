package import Columns
package import Engine
package import Query
import Workspace

/// A model's table as conditions see it: its columns, expressions over them, and their quantiles.
package struct ConditionTable: Sendable {
    package let table: Catalogue.Table
    let engine: any Engine
    /// The names of the segments of the model's other segmentations, by their number.
    let segmentations: [String: [Int: String]]
    private let scope: ExpressionScope

    package init(
        _ table: Catalogue.Table, engine: any Engine, parser: any ExpressionParser,
        segmentations: [String: [Int: String]] = [:]
    ) {
        self.table = table
        self.engine = engine
        self.segmentations = segmentations
        scope = ExpressionScope(
            columns: table.schema.names, owner: "model '\(table.name)'", parser: parser)
    }

    var dialect: any Dialect { engine.dialect }
    private var relation: String { dialect.quoted(table.name) }

    /// A condition over the model's columns, or nil with diagnostics.
    func condition(
        _ text: Located<String>, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> CheckedExpression? {
        guard let expression = await scope.check(text, &diagnostics) else { return nil }
        guard !expression.containsAggregate else {
            diagnostics.append(
                Diagnostic(
                    "aggregated", at: text.place,
                    "a segment is told for each row, so its condition can't aggregate rows"))
            return nil
        }
        let sql = dialect.sql(expression, column: dialect.quoted)
        do throws(AuroraError) {
            let type = try await engine.schema(of: "SELECT \(sql) FROM \(relation)").fields[0].type
            if type == .boolean { return expression }
            diagnostics.append(
                Diagnostic(
                    "not_a_condition", at: text.place,
                    "a condition is expected, but the expression gives \(type)",
                    hint: "compare it with something: age < 35"))
        } catch {
            guard error.code == "engine_failed" else { throw error }
            diagnostics.append(
                Diagnostic(
                    "expression_type", at: text.place,
                    "the expression does not fit its columns: "
                        + (error.cause?.split(separator: "\n").first.map(String.init) ?? "")))
        }
        return nil
    }

    /// A numeric column, or nil with a diagnostic.
    func number(_ name: Located<String>, _ diagnostics: inout [Diagnostic]) -> Schema.Field? {
        guard let column = scope.column(name, &diagnostics), let field = table.schema[column] else {
            return nil
        }
        if field.type.isNumeric { return field }
        diagnostics.append(
            Diagnostic(
                "not_a_number", at: name.place,
                "'\(name.value)' is \(field.type), but a number is expected"))
        return nil
    }

    func column(_ name: Located<String>, _ diagnostics: inout [Diagnostic]) -> Schema.Field? {
        scope.column(name, &diagnostics).flatMap { table.schema[$0] }
    }

    /// Edges between parts of a column's values that keep ties together: for a share s the smallest
    /// value that at least s of the customers do not exceed.
    ///
    /// - Returns: an edge for each share; empty where the column has no value.
    func edges(of column: String, shares: [Double]) async throws(AuroraError) -> [Value] {
        let name = dialect.quoted(column)
        let count = try await engine.query("SELECT count(\(name)) FROM \(relation)").row(0)[0]
        guard let rows = count.integerValue, rows > 0 else { return [] }
        var edges: [Value] = []
        for share in shares {
            // A share like 0.2 of 5 rows is one row, whatever its last digit.
            let position = max(1, Int((share * Double(rows) - 1e-9).rounded(.up)))
            edges.append(
                try await engine.query(
                    "SELECT \(name) FROM \(relation) WHERE \(name) IS NOT NULL ORDER BY \(name) "
                        + "LIMIT 1 OFFSET \(position - 1)"
                ).row(0)[0])
        }
        return edges
    }

    /// The values of a category, in their order.
    func levels(of column: String, atMost most: Int) async throws(AuroraError) -> [Value]? {
        let name = dialect.quoted(column)
        let batch = try await engine.query(
            "SELECT DISTINCT \(name) FROM \(relation) WHERE \(name) IS NOT NULL ORDER BY \(name) "
                + "LIMIT \(most + 1)")
        guard batch.rowCount <= most else { return nil }
        return (0..<batch.rowCount).map { batch.columns[0][$0] }
    }

    /// How many customers meet each of some conditions.
    func counts(_ conditions: [CheckedExpression]) async throws(AuroraError) -> [Int] {
        guard !conditions.isEmpty else { return [] }
        let items = conditions.map {
            "count(*) FILTER (WHERE \(dialect.sql($0, column: dialect.quoted)))"
        }
        return try await engine.query("SELECT \(items.joined(separator: ", ")) FROM \(relation)")
            .row(0).map { $0.integerValue ?? 0 }
    }
}

/// Segments by conditions: the first that holds is a customer's.
package struct SegmentConditions: Sendable {
    package struct Segment: Sendable {
        package var name: String
        /// nil for all whom no other segment takes.
        package var condition: CheckedExpression?
    }

    package var segments: [Segment]
    package var notices: [Notice] = []

    /// The number of a row's segment, from 1, as one expression.
    package var expression: CheckedExpression {
        let branches = segments.enumerated().compactMap { index, segment in
            segment.condition.map {
                CheckedExpression.Branch(when: $0, then: .literal(.integer(Int64(index + 1))))
            }
        }
        let rest = segments.firstIndex { $0.condition == nil }
        let otherwise = rest.map { CheckedExpression.literal(.integer(Int64($0 + 1))) }
        return .choice(branches: branches, otherwise: otherwise ?? .literal(.integer(0)))
    }
}

extension CheckedExpression {
    /// A column by its name.
    static func named(_ column: String) -> CheckedExpression {
        .column(.init(name: column, offset: 0))
    }
}
