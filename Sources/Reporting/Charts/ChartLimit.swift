import Columns
import Query

/// How much a kind of visual shows where its page doesn't state `top`: beyond, nobody could tell
/// the marks apart, and a browser would have to draw what no screen holds.
package struct ChartLimit: Sendable {
    /// Levels that are told apart of each of its foldable dimensions, by the keys that name these.
    package var levels: KeyValuePairs<String, Int> = [:]
    /// Figures that are shown at once, whatever the page states; beyond, a visual refuses.
    package var figures: Int?
    /// Rows that are shown as a point each; beyond, as how dense they lie.
    package var points: Int?
    /// What becomes of other levels.
    package var beyond = Beyond.one

    package enum Beyond: Sendable {
        /// They are one where the measure adds up; else they are left out, and the foot says so.
        case one
        /// They are left out, and the foot says so.
        case leftOut
        /// The visual says what to do instead.
        case refused
    }

    /// The limits of all kinds that have one.
    package static let all: [String: ChartLimit] = [
        "bar": .init(levels: ["by": 50], figures: 5_000),
        "column": .init(levels: ["by": 60], figures: 5_000),
        "stacked_bar": .init(levels: ["by": 50, "stack": 12], figures: 5_000),
        // With the others as one, twelve slices.
        "donut": .init(levels: ["by": 11], figures: 5_000),
        "treemap": .init(levels: ["by": 50, "parts": 12], figures: 5_000),
        "line": .init(levels: ["by": 12], figures: 10_000),
        "box_plot": .init(levels: ["by": 40]),
        // One cell of all other levels would make the colours of the rest pale.
        "heat_map": .init(levels: ["by": 60, "across": 40], figures: 5_000, beyond: .leftOut),
        "matrix": .init(figures: 5_000),
        // Shapes over each other.
        "radar": .init(levels: ["by": 8], beyond: .refused),
        "sankey": .init(levels: ["through": 12]),
        "map": .init(figures: 10_000),
        "scatter": .init(points: 200_000),
        "pair": .init(points: 50_000),
    ]

    /// In words: the same under every kind of visual in the documentation.
    var words: String {
        var words = levels.map { key, limit in
            switch beyond {
            case .one: "\(limit) values of `\(key)`, then “Other”"
            case .leftOut: "\(limit) values of `\(key)`, and the foot says of how many"
            case .refused: "\(limit) values of `\(key)`"
            }
        }
        if let figures { words.append("\(figures) figures") }
        if let points { words.append("\(points) rows as points, then how dense they lie") }
        return words.joined(separator: "; ")
    }
}

/// The levels of a dimension that a visual shows of all that there are.
struct ShownLevels: Sendable {
    var dimension: String
    var shown: Int
    var all: Int
    /// The measure that those shown have the most of; nil for rows.
    var measure: String?

    var json: JSON {
        .object([
            "dimension": .string(dimension), "shown": JSON(shown), "of": JSON(all),
            "by": JSON(measure),
        ])
    }
}

extension FigureTable {
    /// How many levels a dimension has in it, without a missing one.
    func levels(of dimension: String) -> Int {
        guard let place = columns.firstIndex(of: dimension) else { return 0 }
        var levels: Set<Value> = []
        for row in rows where !row[place].isMissing { levels.insert(row[place]) }
        return levels.count
    }

    /// Without the rows of levels that folds make one.
    func without(_ folds: [String: Fold]) -> FigureTable {
        var table = self
        let others = columns.map { folds[$0]?.other }
        table.rows = rows.filter { row in
            !zip(row, others).contains { value, other in other != nil && value == other }
        }
        return table
    }
}
