/// A kind of file that a table can be written to.
package enum TableFormat: String, Sendable, CaseIterable {
    case csv, parquet, xlsx

    /// The rows that one file holds, its header not counted; nil where there is no limit.
    package var mostRows: Int? { self == .xlsx ? 1_048_575 : nil }
}
