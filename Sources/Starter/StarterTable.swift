import Columns
package import Foundation
package import Preparation

/// A file as it was looked at, and what its project calls it.
package struct StarterTable: Sendable {
    package var file: URL
    /// Kind of source, and what a source file states below it.
    package var inspection: Inspection
    package var source: String
    package var model: String
    package var columns: [StarterColumn]
    package var key: TableKey
    /// Columns of this table that hold the keys of others.
    package var references: [TableReference] = []
    /// What its model derives from dates, and the dates from which it doesn't, with the reasons.
    package var derived: [DerivedColumn] = []
    var notDerived: [(column: String, reason: String)] = []
    /// The table of typed columns in the engine that looked at it.
    var values: String

    package var rows: Int { inspection.rows }

    package subscript(name: String) -> StarterColumn? { columns.first { $0.name == name } }

    /// What a row is, in the plural.
    var noun: String { model.split(separator: "_").joined(separator: " ") }
}

/// What tells the rows of a table apart.
package struct TableKey: Sendable {
    package enum Form: Sendable, Equatable {
        case column(String)
        /// Two columns together, in the order in which they are written.
        case pair(String, String)
        case rowNumber
    }

    package var form: Form
    /// The column of the model that is the key.
    package var name: String
    package var reason: String
}

/// A column that holds the keys of another table.
package struct TableReference: Sendable {
    package var column: String
    /// The other table's model.
    package var model: String
    package var reason: String
}
