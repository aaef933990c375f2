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
            /// Any of these paths down some dimensions of one model, the selection's own first: a
            /// path of fewer values stands for all that lies below it.
            case paths([[Value]], of: [String])
        }

        package var dimension: String
        package var choice: Choice

        package init(dimension: String, _ choice: Choice) {
            self.dimension = dimension
            self.choice = choice
        }

        /// All that it reads.
        package var dimensions: [String] {
            if case .paths(_, let dimensions) = choice { return dimensions }
            return [dimension]
        }
    }
}
