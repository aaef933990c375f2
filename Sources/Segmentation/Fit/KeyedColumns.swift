import Columns
import Engine
import Query
import Synchronization

/// Columns of a model's table as numbers, row by row of its key; 8 bytes a value.
struct KeyedColumns: Sendable {
    private(set) var columns: [[Double]]
    private(set) var keys: Column
    private var isAscending = true

    private init(_ count: Int, keys: Column) {
        columns = [[Double]](repeating: [], count: count)
        self.keys = keys
    }

    /// Tables are stored in the order of their keys, so they are read as they lie, and sorted only
    /// where the keys turn out not to go up from row to row.
    ///
    /// - Parameters:
    ///   - items: SQL of the columns.
    ///   - numbers: of a batch of the column at a place; called from one thread after another.
    static func read(
        _ items: [String], of table: Catalogue.Table, in engine: any Engine,
        numbers: @escaping @Sendable (_ place: Int, _ column: Column) -> [Double]
    ) async throws(AuroraError) -> KeyedColumns {
        let key = engine.dialect.quoted(table.key)
        let type = table.schema[table.key]?.type ?? .text
        let none = KeyedColumns(
            items.count,
            keys: Column(name: table.key, type: type, values: ColumnValues(emptyOf: type)))
        let sql =
            "SELECT \((items + [key]).joined(separator: ", ")) "
            + "FROM \(engine.dialect.quoted(table.name))"
        for order in ["", " ORDER BY \(key)"] {
            let box = Mutex(none)
            try await engine.stream(sql + order) { batch throws(AuroraError) in
                box.withLock { $0.add(batch, isSorted: !order.isEmpty, numbers) }
            }
            let read = box.withLock { $0 }
            if read.isAscending { return read }
        }
        return none
    }

    private mutating func add(
        _ batch: Batch, isSorted: Bool, _ numbers: (Int, Column) -> [Double]
    ) {
        guard isAscending, let next = batch.columns.last else { return }
        isAscending = isSorted || next.isAscending(after: keys)
        for place in columns.indices { columns[place] += numbers(place, batch.columns[place]) }
        keys.append(next)
    }
}

extension Column {
    /// Whether each value is more than the one before it, and the first more than the last of
    /// `other`; false where one is missing. Texts count by their bytes, as for an engine.
    fileprivate func isAscending(after other: Column) -> Bool {
        func goesUp<Number: Comparable>(_ values: [Number], after last: Number?) -> Bool {
            guard let first = values.first, last.map({ $0 < first }) ?? true else { return false }
            return values.indices.dropFirst().allSatisfy { values[$0 - 1] < values[$0] }
        }
        guard present == nil else { return false }
        switch (values, other.values) {
        case (.integers(let values), .integers(let others)):
            return goesUp(values, after: others.last)
        case (.texts(let values), .texts(let others)):
            return goesUp(values.map(Bytes.init), after: others.last.map(Bytes.init))
        case (.days(let values), .days(let others)): return goesUp(values, after: others.last)
        default: return false
        }
    }

    private struct Bytes: Comparable {
        let text: String

        init(_ text: String) { self.text = text }

        static func == (one: Bytes, other: Bytes) -> Bool {
            one.text.utf8.elementsEqual(other.text.utf8)
        }

        static func < (one: Bytes, other: Bytes) -> Bool {
            one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
        }
    }
}
