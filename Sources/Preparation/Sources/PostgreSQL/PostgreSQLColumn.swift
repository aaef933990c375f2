import Columns
import Engine

/// A column of a PostgreSQL table and how its values come here.
///
/// Only types that both sides hold alike cross the wire as they are. All others come as texts, made
/// by the server, and become numbers and dates here: a numeric without a stated precision would be
/// rounded on the way, and an infinite date has no counterpart.
struct PostgreSQLColumn {
    var name: String
    /// The type in PostgreSQL's words: "numeric(12,2)".
    var declared: String
    /// The position in the primary key, from 1.
    var key: Int?
    /// The type that its texts become; nil for a column that comes as it is.
    let target: ColumnType?
    let type: ColumnType
    /// SQL for the server.
    let selection: String

    init(name: String, declared: String, key: Int?) {
        self.name = name
        self.declared = declared
        self.key = key
        let column = "\"" + name.replacing("\"", with: "\"\"") + "\""
        let base = declared.replacing(#/\([^)]*\)/#, with: "")
        // JSON's dates are ISO's, whatever the session's style is.
        func iso(_ column: String) -> String { "to_json(\(column)) #>> '{}'" }
        let how: (sql: String, type: ColumnType, isText: Bool)
        switch base {
        case _ where declared.hasSuffix("[]"):
            how = ("array_to_json(\(column))::text", .text, true)
        case "smallint", "integer", "bigint": how = (column, .integer, false)
        case "boolean": how = (column, .boolean, false)
        case "double precision": how = (column, .double, false)
        case "text", "character varying", "character": how = (column, .text, false)
        case "real": how = (iso(column), .double, true)
        case "numeric": how = ("\(column)::text", Self.decimal(declared) ?? .text, true)
        case "money": how = ("\(column)::numeric::text", .text, true)
        case "date": how = (iso(column), .date, true)
        case "time without time zone": how = ("\(column)::text", .time, true)
        case "timestamp without time zone":
            how = (iso(column), .timestamp(zoned: false), true)
        case "timestamp with time zone":
            how = (iso("(\(column) AT TIME ZONE 'UTC')"), .timestamp(zoned: true), true)
        case "bytea": how = ("encode(\(column), 'hex')", .text, true)
        default: how = ("\(column)::text", .text, true)
        }
        selection = "\(how.sql) AS \(column)"
        type = how.type
        target = how.isText ? how.type : nil
    }

    /// True where text stands for something that Aurora has no type for.
    var isForeign: Bool { target == .text }

    var isNumber: Bool { declared.hasPrefix("numeric") || declared == "money" }

    /// SQL of the value, from its text; missing where it has no counterpart.
    func value(_ dialect: any Dialect) -> String {
        let column = dialect.quoted(name)
        guard let target, target != .text else { return column }
        func cast(_ text: String) -> String { "TRY_CAST(\(text) AS \(dialect.typeName(target)))" }
        switch target {
        case .date: return when(PlainText.fits(column, .date, dialect), cast(column))
        case .timestamp(let zoned):
            let isPlain = PlainText.fits(column, .timestamp(zoned: false), dialect)
            return when(isPlain, cast(zoned ? "\(column) || '+00'" : column))
        case .decimal: return when(PlainText.fits(column, target, dialect), cast(column))
        default: return cast(column)
        }
    }

    private func when(_ condition: String, _ value: String) -> String {
        "CASE WHEN \(condition) THEN \(value) END"
    }

    private static func decimal(_ declared: String) -> ColumnType? {
        guard let match = declared.wholeMatch(of: #/numeric\((\d+),(-?\d+)\)/#),
            let precision = Int(match.output.1), let scale = Int(match.output.2),
            (1...38).contains(precision), (0...precision).contains(scale)
        else { return nil }
        return .decimal(precision: precision, scale: scale)
    }
}
