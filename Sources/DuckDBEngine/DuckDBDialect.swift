package import Columns
import Engine

/// DuckDB's spelling of SQL.
package struct DuckDBDialect: Dialect {
    package init() {}

    package func typeName(_ type: ColumnType) -> String {
        switch type {
        case .boolean: "BOOLEAN"
        case .integer: "BIGINT"
        case .hugeInteger: "HUGEINT"
        case .decimal(let precision, let scale): "DECIMAL(\(precision),\(scale))"
        case .double: "DOUBLE"
        case .text: "VARCHAR"
        case .date: "DATE"
        case .time: "TIME"
        case .timestamp(let zoned): zoned ? "TIMESTAMPTZ" : "TIMESTAMP"
        }
    }

    package func call(_ function: String, _ arguments: [String]) -> String {
        if function.contains(where: \.isLetter) {
            return "\(function)(\(arguments.joined(separator: ", ")))"
        }
        if arguments.count == 1 { return "(\(function)\(arguments[0]))" }
        return "(\(arguments[0]) \(function) \(arguments[1]))"
    }
}
