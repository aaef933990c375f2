import Columns
import Engine

/// Many aggregates over one relation, asked in one pass.
struct Survey {
    private let dialect: any Dialect
    private var items: [String] = []

    init(_ dialect: any Dialect) { self.dialect = dialect }

    /// - Returns: where the value will stand in the answer.
    mutating func ask(_ aggregate: String) -> Int {
        items.append(aggregate)
        return items.count - 1
    }

    mutating func count(where condition: String) -> Int {
        ask(dialect.count(where: condition))
    }

    /// - Parameter relation: SQL that stands behind FROM.
    func answer(
        _ engine: any Engine, from relation: String
    ) async throws(AuroraError) -> [Value] {
        guard !items.isEmpty else { return [] }
        return try await engine.query("SELECT \(items.joined(separator: ", ")) FROM \(relation)")
            .row(0)
    }
}

extension [Value] {
    func number(_ index: Int) -> Int { self[index].integerValue ?? 0 }
}
