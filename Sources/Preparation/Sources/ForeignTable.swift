import Columns
import Engine
import Workspace

/// A table of another system's database, copied once into the intake database, so that every
/// reading gives the same rows in the same order.
struct ForeignTable {
    let system: ForeignDatabase.System
    /// The name under which the database is attached.
    let database: String
    /// The table that the rows are copied to.
    let copy: String
    let intake: any Engine

    init(_ system: ForeignDatabase.System, _ context: SourceContext) {
        self.system = system
        database = context.source + ":database"
        copy = context.source + ":rows"
        intake = context.intake
    }

    var dialect: any Dialect { intake.dialect }

    /// What the database answers to a query in its own SQL, for the few rows of its catalogue.
    ///
    /// By a table, since such queries can't be prepared.
    func query(_ sql: String, orderBy order: String) async throws(AuroraError) -> Batch {
        let relation = dialect.relation(of: sql, in: database, of: system)
        let table = dialect.quoted(copy + ":catalogue")
        try await intake.execute("CREATE OR REPLACE TABLE \(table) AS SELECT * FROM \(relation)")
        let answer = try await intake.query("SELECT * FROM \(table) ORDER BY \(order)")
        try await intake.execute("DROP TABLE \(table)")
        return answer
    }

    /// Copies what the database answers to a query.
    ///
    /// - Returns: how many rows there are.
    func copy(_ sql: String, orderBy order: [String] = []) async throws(AuroraError) -> Int {
        let relation = dialect.relation(of: sql, in: database, of: system)
        let clause = order.isEmpty ? "" : " ORDER BY " + order.joined(separator: ", ")
        let table = dialect.quoted(copy)
        try await intake.execute(
            "CREATE OR REPLACE TABLE \(table) AS SELECT * FROM \(relation)\(clause)")
        return try await intake.query("SELECT count(*) FROM \(table)").columns[0][0].integerValue
            ?? 0
    }
}

extension Diagnostic {
    static func unknownTable(
        _ table: Located<String>, in what: String, among names: [String]
    ) -> Diagnostic {
        Diagnostic(
            "unknown_table", at: table.place, "\(what) has no table or view '\(table.value)'",
            hint: names.isEmpty ? nil : NearestName.hint(for: table.value, among: names))
    }

    static func noRows(_ table: Located<String>, columns: Int) -> Diagnostic {
        Diagnostic(
            "no_rows", at: table.place,
            "the table '\(table.value)' has \(columns) columns and no row",
            hint: "see that its rows are there, and that the user may see them")
    }
}
