import Columns
import Engine
import Workspace

extension StepInput {
    /// Checks an expression that gives one value for many rows. Its sums are not made exact yet.
    mutating func aggregate(
        _ text: Located<String>
    ) async -> CheckedExpression? {
        guard let expression = await scope.check(text, &diagnostics) else { return nil }
        guard expression.isAggregated, expression.containsAggregate else {
            diagnostics.append(
                Diagnostic(
                    "not_aggregated", at: text.place,
                    "the expression is not one value for many rows",
                    hint: "aggregate its columns: sum(x), avg(x), count(*)"))
            return nil
        }
        return expression
    }

    /// Checks an expression that gives a number a row.
    mutating func numbers(
        _ text: Located<String>
    ) async throws(AuroraError) -> CheckedExpression? {
        guard let scalar = try await scalar(text) else { return nil }
        guard scalar.type.isNumeric else {
            diagnostics.append(
                Diagnostic(
                    "not_a_number", at: text.place,
                    "'\(text.value)' is \(scalar.type), but numbers are expected",
                    hint: "cast it, or name another column"))
            return nil
        }
        return await scope.check(text, &diagnostics)
    }

    /// The SQL of an aggregate over this relation, whose sums do not depend on the order of rows,
    /// and its type; nil with a diagnostic where it doesn't fit its columns.
    mutating func exact(
        _ expression: CheckedExpression, at text: Located<String>
    ) async throws(AuroraError) -> Scalar? {
        let (relation, engine) = (relation, engine)
        let exact: CheckedExpression
        do throws(AuroraError) {
            exact = try await ExactSums.rewrite(expression) {
                argument throws(AuroraError) -> ColumnType in
                let sql = engine.dialect.sql(argument, column: engine.dialect.quoted)
                return try await engine.schema(of: "SELECT \(sql) FROM \(relation)").fields[0].type
            }
        } catch {
            guard error.code == "engine_failed" else { throw error }
            // An argument that doesn't fit its columns is told for the whole expression.
            _ = try await type(
                of: dialect.sql(expression, column: dialect.quoted), at: text)
            return nil
        }
        let sql = dialect.sql(exact, column: dialect.quoted)
        guard let type = try await type(of: sql, at: text) else { return nil }
        return Scalar(
            sql: sql, type: type, reads: expression.columnNames, expression: expression)
    }
}

extension CheckedExpression {
    /// The same expression with every aggregate taken over the rows for which `condition` holds.
    func filtered(by condition: CheckedExpression) async -> CheckedExpression {
        await mapAggregates { (aggregate) async throws(Never) -> CheckedExpression in
            var filtered = aggregate
            filtered.filter = aggregate.filter.map { .all([$0, condition]) } ?? condition
            return .aggregate(filtered)
        }
    }
}
