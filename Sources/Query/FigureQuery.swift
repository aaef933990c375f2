package import Columns

/// Measures by dimensions under filters.
package struct FigureQuery: Sendable, Hashable {
    package var measures: [String]
    package var dimensions: [String]
    package var filter: FilterContext
    /// Dimensions of which only some levels are told apart.
    package var folds: [String: Fold] = [:]
    /// Dates that are taken together.
    package var periods: [String: Period] = [:]

    package init(measures: [String], by dimensions: [String] = [], filter: FilterContext = .init())
    {
        self.measures = measures
        self.dimensions = dimensions
        self.filter = filter
    }
}

/// A step of the calendar. Weeks begin on Monday.
package enum Period: String, Sendable, Hashable, CaseIterable {
    case day, week, month, quarter, year
}

/// The levels of a dimension that are told apart; all others are one.
package struct Fold: Sendable, Hashable {
    package var kept: [Value]
    /// How many levels are one.
    package var folded: Int
    /// What stands for them: of another type than the dimension, so that no level is like it.
    package var other: Value

    /// As a cell of a visual's rows.
    package var json: JSON { .object(["other": JSON(folded)]) }
}

/// The answer to a ``FigureQuery``: dimensions' values, then measures, unformatted.
package struct FigureTable: Sendable, Equatable {
    package var columns: [String]
    package var rows: [[Value]]
    /// Rows of the first measure's model after the filters; nil where privacy hides it.
    package var rowsUsed: Int?
    package var rowsTotal: Int
    /// How many cells privacy hides.
    package var suppressed = 0

    package init(columns: [String], rows: [[Value]], rowsUsed: Int?, rowsTotal: Int) {
        self.columns = columns
        self.rows = rows
        self.rowsUsed = rowsUsed
        self.rowsTotal = rowsTotal
    }

    package var json: JSON {
        .object([
            "columns": .array(columns.map { .string($0) }),
            "rows": .array(rows.map { .array($0.map(\.json)) }),
            "rows_used": JSON(rowsUsed), "rows_total": JSON(rowsTotal),
        ])
    }
}
