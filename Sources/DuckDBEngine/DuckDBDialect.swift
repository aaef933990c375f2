package import Columns
package import Engine

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

    package func relation(of file: DelimitedFile) -> String {
        let columns = file.columns.map { "\(literal($0)): 'VARCHAR'" }.joined(separator: ", ")
        let missing = ([""] + file.missing).map { literal($0) }.joined(separator: ", ")
        // If it isn't stated, DuckDB takes the first line end that it sees, even one in a quoted value,
        // and may then find no rows. Stated as a pair it always finds none.
        let lineEnd =
            switch file.lineEnd {
            case .feed: ["new_line = '\\n'"]
            case .carriageReturn: ["new_line = '\\r'"]
            case .pair, nil: [String]()
            }
        // Strict and described in full: a row that doesn't fit is an error with its line. A buffer is
        // what a thread takes at a time, so it is hardly larger than the longest line.
        let options = [
            "auto_detect = false", "strict_mode = true", "null_padding = false",
            "columns = {\(columns)}", "delim = \(literal(file.delimiter))",
            "quote = \(literal(file.quote))", "escape = \(literal(file.quote))",
            "header = false", "skip = \(file.skippedRecords)", "nullstr = [\(missing)]",
            "max_line_size = 16777216", "buffer_size = 17825792",
            // Several threads begin amid the file and can be misled by a line end in a value.
            "parallel = \(!file.mayHoldLineEnds)",
        ]
        return "read_csv(\(literal(file.path)), \((options + lineEnd).joined(separator: ", ")))"
    }

    package func relation(ofParquet path: String) -> String {
        "read_parquet(\(literal(pattern(path))))"
    }

    package func schema(ofParquet path: String) -> String {
        "(SELECT name, COALESCE(num_children, 0) AS children "
            + "FROM parquet_schema(\(literal(pattern(path)))))"
    }

    /// A path in which no character means any other.
    private func pattern(_ path: String) -> String {
        String(path.flatMap { "*?[".contains($0) ? "[\($0)]" : String($0) })
    }

    package func relation(
        of query: String, in database: String, of system: ForeignDatabase.System
    ) -> String {
        let function =
            switch system {
            case .sqlite: "sqlite_query"
            case .postgreSQL: "postgres_query"
            }
        return "\(function)(\(literal(database)), \(literal(query)))"
    }

    package func matches(_ text: String, _ pattern: String) -> String {
        "regexp_full_match(\(text), \(literal(pattern)))"
    }

    package func isAny(_ text: String, of texts: [String]) -> String {
        // DuckDB makes a join of IN with more than a few constants, in each of many columns.
        "list_contains([\(texts.map { literal($0) }.joined(separator: ", "))], \(text))"
    }

    package func timestamp(_ text: String, pattern: String) -> String {
        "try_strptime(\(text), \(literal(pattern)))"
    }

    package func date(_ date: String, plusDays days: String) -> String {
        "(\(date) + CAST(\(days) AS INTEGER))"
    }

    package func firstDay(of period: String, _ date: String) -> String {
        "CAST(date_trunc(\(literal(period)), CAST(\(date) AS DATE)) AS DATE)"
    }

    package func quantile(_ share: Double, of number: String) -> String {
        "quantile_cont(\(number), \(share))"
    }

    package func replacing(
        _ text: String, _ pattern: String, with replacement: String
    ) -> String {
        // A backslash would name a group of the pattern.
        let plain = replacement.split(separator: "\\", omittingEmptySubsequences: false)
            .joined(separator: "\\\\")
        return "regexp_replace(\(text), \(literal(pattern)), \(literal(plain)), 'g')"
    }

    package func titleCased(_ text: String) -> String {
        let letter = "\\p{L}\\p{M}\\p{N}'’"
        let words = "regexp_extract_all(\(text), \(literal("[\(letter)]+|[^\(letter)]+")))"
        let titled = "lambda word: upper(substring(word, 1, 1)) || lower(substring(word, 2))"
        return "array_to_string(list_transform(\(words), \(titled)), '')"
    }

    package var rowPosition: String { "rowid" }
}
