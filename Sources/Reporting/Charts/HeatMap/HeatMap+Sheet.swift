import Columns
import Query

extension HeatMap {
    /// A row for each pair; of a relation also how far it is from none, and what was found.
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        var content = source.plain()
        let empty = Set((source.data["empty"]?.elements ?? []).compactMap(\.wholeValue))
        for place in empty where content.rows[place].last == .empty {
            content.rows[place][2] = .text("no rows")
        }
        guard let residuals = source.data["residuals"]?.elements else { return content }
        content.columns.append("Adjusted residual")
        for (place, residual) in residuals.enumerated() {
            content.rows[place].append(SheetCell(figure: residual, .decimal(1)))
        }
        let relation = source.data["relation"]
        let words: [(term: String, cell: SheetCell)] = [
            ("Relation", .text(source.words(relation?["words"]))),
            ("χ²", .figure(relation?["chi_squared"]?.numberValue, .decimal(1))),
            ("p", .figure(relation?["p"]?.numberValue, .decimal(3))),
            ("Cramér's V", .figure(relation?["cramers_v"]?.numberValue, .decimal(2))),
            ("Notable from", .figure(relation?["notable"]?.numberValue, .decimal(1))),
        ]
        content.words = words.filter { $0.cell != .empty }
        return content
    }
}
