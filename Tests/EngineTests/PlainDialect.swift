import Columns
import Engine

/// A dialect that belongs to no engine, so that these tests assume none.
struct PlainDialect: Dialect {
    func typeName(_ type: ColumnType) -> String { type.description.uppercased() }

    func call(_ function: String, _ arguments: [String]) -> String {
        "\(function)[\(arguments.joined(separator: "; "))]"
    }

    func relation(of file: DelimitedFile) -> String { file.path }

    func relation(ofParquet path: String) -> String { path }

    func schema(ofParquet path: String) -> String { "schema of \(path)" }

    func relation(of query: String, in database: String, of system: ForeignDatabase.System)
        -> String
    { "\(database).(\(query))" }

    func matches(_ text: String, _ pattern: String) -> String { "\(text) ~ \(pattern)" }

    func isAny(_ text: String, of texts: [String]) -> String { "\(text) IN \(texts)" }

    func timestamp(_ text: String, pattern: String) -> String { "\(text) @ \(pattern)" }

    func date(_ date: String, plusDays days: String) -> String { "\(date) + \(days) days" }

    func firstDay(of period: String, _ date: String) -> String { "first \(period) of \(date)" }

    func quantile(_ share: Double, of number: String) -> String { "\(share) of \(number)" }

    func replacing(_ text: String, _ pattern: String, with replacement: String) -> String {
        "\(text) ~ \(pattern) -> \(replacement)"
    }

    func titleCased(_ text: String) -> String { "titled[\(text)]" }

    var rowPosition: String { "position" }
}

extension CheckedExpression {
    static func column(_ name: String) -> CheckedExpression {
        .column(ColumnReference(name: name, offset: 0))
    }

    static func integer(_ value: Int64) -> CheckedExpression { .literal(.integer(value)) }

    static func aggregate(_ function: String, _ arguments: CheckedExpression...)
        -> CheckedExpression
    {
        .aggregate(Aggregate(function: function, arguments: arguments))
    }
}
