/// A column by which customers are alike, as the model will hold it.
package struct StarterFeature: Sendable {
    package enum Form: Sendable, Equatable {
        case column
        /// The place of a band in its order, from 1.
        case rank(order: [String])
        /// A length of time since a date.
        case derived
        /// 1 for one of two values, 0 for the other.
        case flag(yes: String, no: String)
    }

    /// The column of the file.
    package var source: String
    package var form: Form
    /// The column of the model.
    package var name: String
    package var role: ColumnRole
    package var isLogged: Bool
    /// Rows without a value, which get the median.
    package var missing: Int
    package var reason: String
}
