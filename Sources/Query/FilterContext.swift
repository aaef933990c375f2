package import Columns
package import Engine

/// What rows a query keeps: all of its conditions hold.
package struct FilterContext: Sendable, Hashable {
    package var selections: [Selection] = []
    /// Checked expressions over dimensions, as `--where` states them.
    package var conditions: [CheckedExpression] = []

    package init(selections: [Selection] = [], conditions: [CheckedExpression] = []) {
        self.selections = selections
        self.conditions = conditions
    }

    /// What a slicer or a mark picks of one dimension.
    package struct Selection: Sendable, Hashable {
        package enum Choice: Sendable, Hashable {
            /// Any of these values; ``Value/missing`` picks rows without one.
            case values([Value])
            /// Dates of these days and those between them, as ISO 8601 writes them.
            case days(from: String, through: String)
            /// Numbers from `from`, itself included, to `to`, included if `closed`.
            case range(from: Double?, to: Double?, closed: Bool)
        }

        package var dimension: String
        package var choice: Choice

        package init(dimension: String, _ choice: Choice) {
            self.dimension = dimension
            self.choice = choice
        }
    }
}
