import Columns
import Query
import Workspace

/// How a numeric dimension lies in each group: quartiles of all rows, and whiskers.
struct BoxPlot: Chart {
    static let name = "box_plot"
    static let summary = "the quartiles of a numeric dimension in each group"
    static let fields = [
        Field("of", .text, required: true, "a numeric dimension"),
        Field("by", .text, "the dimension whose values are the groups"),
        Field(
            "top", .integer(1...200),
            "so many groups, those with the most rows; the others become one, \"Other\""),
    ]
    static let usualSize = (width: 6, height: 4)
    /// As many as a page may state.
    private static let mostGroups = 202

    let measures: [Located<String>] = []
    let dimensions: [Located<String>]
    let numbers: [Located<String>]
    let top: Int?
    let options: JSON

    init(_ values: FieldValues) {
        numbers = [values.required("of")]
        dimensions = [values.located("by")].compactMap { $0 }
        // The quartiles of all other groups together are figures, too.
        top = values.integer("top") ?? Self.limit.levels.first?.value
        options = .object(["x": .string(numbers[0].value)])
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let group = dimensions.first?.value
        let (table, fold) = try await gate.boxes(
            of: numbers[0].value, by: group, top: top, filter: filter, for: reader)
        // Where small cells are hidden, no groups are one.
        guard table.boxes.count <= Self.mostGroups else {
            throw AuroraError(
                "too_many_marks",
                "'\(group ?? "")' has \(table.boxes.count) groups, but \(Self.mostGroups) boxes can be shown",
                hint: "filter the page, or name a dimension with fewer values")
        }
        let rows = table.boxes.map { box -> JSON in
            .array(
                box.group.map { $0.json(fold) } + [
                    JSON(box.rows), JSON(box.lowerWhisker), JSON(box.lowerQuartile),
                    JSON(box.median), JSON(box.upperQuartile), JSON(box.upperWhisker),
                    JSON(box.below), JSON(box.above),
                ])
        }
        let outliers = table.outliers.map { outlier -> JSON in
            .array(
                outlier.group.map { $0.json(fold) } + [JSON(outlier.value), JSON(outlier.rows)])
        }
        let columns = [
            "rows", "lower_whisker", "lower_quartile", "median", "upper_quartile",
            "upper_whisker", "below", "above",
        ]
        return .object([
            "columns": .array(([group].compactMap { $0 } + columns).map { .string($0) }),
            "rows": .array(rows), "outliers": .array(outliers),
            "whiskers": .string(table.whiskers.rawValue),
            "rows_used": JSON(table.rowsUsed), "rows_total": JSON(table.rowsTotal),
            "suppressed": JSON(table.suppressed), "folded": .bool(fold != nil),
        ])
    }
}
