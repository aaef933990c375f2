/// The functions that a project's expressions may call, and no others.
///
/// Each gives the same result for the same arguments at any time, on any number of threads and in
/// any order of rows, and none reaches beyond its arguments.
package enum FunctionCatalogue {
    package struct Function: Sendable {
        package var name: String
        package var arguments: ClosedRange<Int>
        package var isAggregate = false
    }

    package static let all: [String: Function] = Dictionary(
        uniqueKeysWithValues: (scalars + aggregates).map { ($0.name, $0) })

    /// Aggregates whose result depends on the rounding of sums, so that floating-point arguments
    /// have to be made exact first.
    package static let sums: Set<String> = ["sum", "avg"]

    private static let scalars: [Function] =
        operators.map { Function(name: $0.0, arguments: $0.1) }
        + named.flatMap { arity, names in names.map { Function(name: $0, arguments: arity) } }

    private static let operators: [(String, ClosedRange<Int>)] = [
        ("+", 1...2), ("-", 1...2), ("*", 2...2), ("/", 2...2), ("//", 2...2), ("%", 2...2),
        ("^", 2...2), ("||", 2...2), ("~~", 2...2), ("!~~", 2...2), ("~~*", 2...2),
        ("!~~*", 2...2),
    ]

    private static let named: [(ClosedRange<Int>, [String])] = [
        (
            1...1,
            [
                "abs", "ceil", "floor", "sign", "sqrt", "ln", "log10", "log2", "exp", "lower",
                "upper", "length", "year", "quarter", "month", "day", "isodow", "last_day",
            ]
        ),
        (1...2, ["round", "trim", "ltrim", "rtrim"]),
        (
            2...2,
            [
                "power", "nullif", "contains", "starts_with", "ends_with", "date_part",
                "date_trunc", "left", "right",
            ]
        ),
        (2...3, ["substring"]),
        (3...3, ["replace", "date_diff", "split_part"]),
        (1...64, ["greatest", "least", "concat", "coalesce"]),
    ]

    private static let aggregates: [Function] = [
        Function(name: "count", arguments: 0...1, isAggregate: true),
        Function(name: "sum", arguments: 1...1, isAggregate: true),
        Function(name: "avg", arguments: 1...1, isAggregate: true),
        Function(name: "min", arguments: 1...1, isAggregate: true),
        Function(name: "max", arguments: 1...1, isAggregate: true),
        Function(name: "median", arguments: 1...1, isAggregate: true),
        Function(name: "quantile_cont", arguments: 2...2, isAggregate: true),
        Function(name: "bool_and", arguments: 1...1, isAggregate: true),
        Function(name: "bool_or", arguments: 1...1, isAggregate: true),
    ]
}
