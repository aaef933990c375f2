import Columns
import Engine
import Synchronization

/// The different values of a column in their order, each with its rows, in a table of the engine: so
/// that quartiles of a column of any size can be told.
struct CountedValues {
    private static let table = "inspect:counted"

    private let engine: any Engine
    /// Rows with a value.
    private let rows: Int

    /// - Parameters:
    ///   - column: quoted.
    ///   - relation: SQL that stands behind FROM.
    init(
        _ column: String, of relation: String, _ engine: any Engine
    ) async throws(AuroraError) {
        self.engine = engine
        let table = engine.dialect.quoted(Self.table)
        try await engine.execute(
            """
            CREATE OR REPLACE TEMP TABLE \(table) AS
            SELECT \(column) AS value, count(*) AS number FROM \(relation)
            WHERE \(column) IS NOT NULL GROUP BY 1
            """)
        let row = try await engine.query(
            "SELECT CAST(COALESCE(sum(number), 0) AS \(engine.dialect.typeName(.integer))) "
                + "FROM \(table)"
        ).row(0)
        rows = row.number(0)
    }

    /// The least value, the values at a quarter, the half and three quarters of the rows, and the
    /// greatest; nothing where there are no rows.
    func quartiles() async throws(AuroraError) -> [Value] {
        guard rows > 0 else { return [] }
        let places = [0.0, 0.25, 0.5, 0.75, 1].map {
            max(1, Int(($0 * Double(rows)).rounded(.up)))
        }
        let box = Mutex((before: 0, found: [Value]()))
        try await engine.stream(
            "SELECT value, number FROM \(engine.dialect.quoted(Self.table)) ORDER BY value"
        ) { batch throws(AuroraError) in
            guard case .integers(let numbers) = batch.columns[1].values else { return }
            box.withLock { state in
                for (row, number) in numbers.enumerated() {
                    state.before += Int(number)
                    while state.found.count < places.count,
                        places[state.found.count] <= state.before
                    {
                        state.found.append(batch.columns[0][row])
                    }
                }
            }
        }
        return box.withLock { $0.found }
    }
}
