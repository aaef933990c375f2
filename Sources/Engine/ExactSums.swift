package import Columns

/// Makes sums independent of the order of rows and of the number of threads.
///
/// Sums of DOUBLE depend on the order in which they are added up. So `sum` and `avg` of a
/// floating-point argument are taken over DECIMAL(38,15): ±10^23 with 15 digits after the point,
/// about as fine as a double near 1. Values beyond are the engine's "out of range" error rather
/// than a number that changes from run to run (see docs/decisions/0002-exact-sums.md).
package enum ExactSums {
    package static let type = ColumnType.decimal(precision: 38, scale: 15)

    /// - Parameter typeOf: the type of a scalar expression over the same columns.
    package static func rewrite(
        _ expression: CheckedExpression,
        typeOf: (CheckedExpression) async throws(AuroraError) -> ColumnType
    ) async throws(AuroraError) -> CheckedExpression {
        try await expression.mapAggregates { aggregate throws(AuroraError) -> CheckedExpression in
            guard FunctionCatalogue.sums.contains(aggregate.function),
                try await typeOf(aggregate.arguments[0]) == .double
            else { return .aggregate(aggregate) }
            var exact = aggregate
            exact.arguments = [.cast(aggregate.arguments[0], type, orMissing: false)]
            // A value that is filtered out need not fit the type.
            if let filter = aggregate.filter {
                exact.filter = nil
                exact.arguments = [
                    .choice(
                        branches: [.init(when: filter, then: exact.arguments[0])],
                        otherwise: .literal(.missing))
                ]
            }
            // A DECIMAL total would be printed with 15 decimals that the data never had.
            return .cast(.aggregate(exact), .double, orMissing: false)
        }
    }
}
