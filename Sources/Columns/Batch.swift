/// The names and types of a table's columns, in order.
package struct Schema: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package var name: String
        package var type: ColumnType

        package init(_ name: String, _ type: ColumnType) {
            self.name = name
            self.type = type
        }
    }

    package var fields: [Field]

    package init(_ fields: [Field]) { self.fields = fields }

    package var names: [String] { fields.map(\.name) }

    package subscript(name: String) -> Field? { fields.first { $0.name == name } }
}

/// Rows of a table held as columns.
package struct Batch: Sendable {
    package var columns: [Column]

    package init(_ columns: [Column]) {
        precondition(columns.allSatisfy { $0.count == columns[0].count }, "columns of one length")
        self.columns = columns
    }

    package init(emptyOf schema: Schema) {
        columns = schema.fields.map {
            Column(name: $0.name, type: $0.type, values: ColumnValues(emptyOf: $0.type))
        }
    }

    package var rowCount: Int { columns.first?.count ?? 0 }

    package var schema: Schema { Schema(columns.map { .init($0.name, $0.type) }) }

    package subscript(name: String) -> Column? { columns.first { $0.name == name } }

    package func row(_ index: Int) -> [Value] { columns.map { $0[index] } }

    package mutating func append(_ other: Batch) {
        for index in columns.indices { columns[index].append(other.columns[index]) }
    }
}
