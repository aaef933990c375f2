package import Columns

/// How one engine spells SQL.
package protocol Dialect: Sendable {
    func typeName(_ type: ColumnType) -> String
    /// The SQL of a call of one of the functions in ``FunctionCatalogue``.
    func call(_ function: String, _ arguments: [String]) -> String
    /// A relation over a text file whose columns are all text, in the order of the file.
    func relation(of file: DelimitedFile) -> String
    /// A relation over a Parquet file, in the order of its rows.
    func relation(ofParquet path: String) -> String
    /// A relation over the tree of names in a Parquet file, parents before their children: the
    /// columns `name` and `children`, which counts the next level.
    func schema(ofParquet path: String) -> String
    /// A relation over what an attached database answers to a query in its own SQL.
    func relation(of query: String, in database: String, of system: ForeignDatabase.System)
        -> String
    /// True where the whole of `text` matches the regular expression.
    func matches(_ text: String, _ pattern: String) -> String
    /// True where `text` is one of the texts.
    func isAny(_ text: String, of texts: [String]) -> String
    /// The point in time that a text states by a pattern of strptime, missing where it doesn't. What
    /// the pattern leaves out is the first of its kind; years of two digits from 69 are of the 1900s.
    func timestamp(_ text: String, pattern: String) -> String
    /// The day that lies a whole number of days after another.
    func date(_ date: String, plusDays days: String) -> String
    /// The first day of the day, week, month, quarter or year that a date or a point in time lies in.
    func firstDay(of period: String, _ date: String) -> String
    /// The quantile of a group's numbers, between two neighbours by a straight line (Hyndman & Fan's
    /// type 7).
    func quantile(_ share: Double, of number: String) -> String
    /// `text` with every match of the regular expression replaced by the text `replacement`.
    func replacing(_ text: String, _ pattern: String, with replacement: String) -> String
    /// `text` with each word's first letter large and the others small. A word is a run of letters,
    /// digits and apostrophes.
    func titleCased(_ text: String) -> String
    /// The position of each row of a table in the order in which it was stored, from 0.
    var rowPosition: String { get }
}

/// A text file of delimited values, described completely so that an engine has nothing to guess.
package struct DelimitedFile: Sendable {
    package var path: String
    package var columns: [String]
    package var delimiter: String
    package var quote: String
    /// Records above the first row of data; one with quoted line ends takes several lines.
    package var skippedRecords: Int
    /// The text that stands for a missing value, besides nothing at all.
    package var missing: [String]
    /// True where values may hold line ends, so that no place in the file shows where a record
    /// begins.
    package var mayHoldLineEnds: Bool
    /// What ends a record; nil where it is not known.
    package var lineEnd: LineEnd?

    package enum LineEnd: String, Sendable {
        case feed = "\n"
        case carriageReturn = "\r"
        case pair = "\r\n"
    }

    package init(
        path: String, columns: [String], delimiter: String, quote: String, skippedRecords: Int,
        missing: [String], mayHoldLineEnds: Bool = false, lineEnd: LineEnd? = nil
    ) {
        self.path = path
        self.columns = columns
        self.delimiter = delimiter
        self.quote = quote
        self.skippedRecords = skippedRecords
        self.missing = missing
        self.mayHoldLineEnds = mayHoldLineEnds
        self.lineEnd = lineEnd
    }
}

extension Dialect {
    /// An aggregate: how many rows meet a condition.
    ///
    /// Many of them in one statement cost an engine less than as many filters of aggregates do.
    package func count(where condition: String) -> String {
        "count(CASE WHEN \(condition) THEN 1 END)"
    }

    package func quoted(_ identifier: String) -> String {
        "\"" + doubling("\"", in: identifier) + "\""
    }

    package func literal(_ text: String) -> String {
        let parts = text.unicodeScalars.split(separator: "\0", omittingEmptySubsequences: false)
        let literals = parts.map { "'" + doubling("'", in: String($0)) + "'" }
        // A statement can't hold the character NUL, which files do.
        return literals.count == 1
            ? literals[0] : "(" + literals.joined(separator: " || chr(0) || ") + ")"
    }

    /// Scalar by scalar: a quote and a combining mark behind it are one Character for Swift, but an
    /// engine would see the end of the text.
    private func doubling(_ quote: Unicode.Scalar, in text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == quote { result.append(quote) }
            result.append(scalar)
        }
        return String(result)
    }

    package func literal(_ value: Value) -> String {
        switch value {
        case .missing: "NULL"
        case .boolean(let value): value ? "TRUE" : "FALSE"
        case .integer(let value): String(value)
        case .hugeInteger(let value): String(value)
        case .decimal(let value):
            // A cast states the scale even where the digits would be read as another type. It is no
            // wider than the digits: a wider one would take decimals from what it is combined with.
            "CAST(\(literal(value.description)) AS "
                + "\(typeName(.decimal(precision: value.precision, scale: value.scale))))"
        case .double(let value): "CAST(\(literal(String(value))) AS \(typeName(.double)))"
        case .text(let value): literal(value)
        case .date: "CAST(\(literal(value.description)) AS \(typeName(.date)))"
        case .time: "CAST(\(literal(value.description)) AS \(typeName(.time)))"
        case .timestamp(_, let zoned):
            "CAST(\(literal(value.description)) AS \(typeName(.timestamp(zoned: zoned))))"
        }
    }

    /// Renders a checked expression. `column` gives the SQL of each column reference.
    package func sql(_ expression: CheckedExpression, column: (String) -> String) -> String {
        func sql(_ expression: CheckedExpression) -> String { self.sql(expression, column: column) }
        switch expression {
        case .literal(let value): return literal(value)
        case .column(let reference): return column(reference.name)
        case .call(let function, let arguments): return call(function, arguments.map(sql))
        case .aggregate(let aggregate):
            let arguments =
                (aggregate.distinct ? "DISTINCT " : "")
                + (aggregate.arguments.isEmpty
                    ? "*" : aggregate.arguments.map(sql).joined(separator: ", "))
            let filter = aggregate.filter.map { " FILTER (WHERE \(sql($0)))" } ?? ""
            return "\(aggregate.function)(\(arguments))\(filter)"
        case .cast(let operand, let type, let orMissing):
            return "\(orMissing ? "TRY_CAST" : "CAST")(\(sql(operand)) AS \(typeName(type)))"
        case .choice(let branches, let otherwise):
            let whens = branches.map { "WHEN \(sql($0.condition)) THEN \(sql($0.result))" }
            return "CASE \(whens.joined(separator: " ")) ELSE \(sql(otherwise)) END"
        case .comparison(let comparison, let left, let right):
            return "(\(sql(left)) \(comparison.rawValue) \(sql(right)))"
        case .between(let operand, let lower, let upper):
            return "(\(sql(operand)) BETWEEN \(sql(lower)) AND \(sql(upper)))"
        case .isIn(let operand, let options, let negated):
            let list = options.map(sql).joined(separator: ", ")
            return "(\(sql(operand)) \(negated ? "NOT IN" : "IN") (\(list)))"
        case .all(let terms): return "(" + terms.map(sql).joined(separator: " AND ") + ")"
        case .any(let terms): return "(" + terms.map(sql).joined(separator: " OR ") + ")"
        case .not(let operand): return "(NOT \(sql(operand)))"
        case .isMissing(let operand, let negated):
            return "(\(sql(operand)) IS \(negated ? "NOT " : "")NULL)"
        }
    }
}
