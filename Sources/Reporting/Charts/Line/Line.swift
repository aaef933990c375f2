import Columns
import Query
import Workspace

/// A figure along dates or an ordered dimension, a line for each group.
///
/// Days, months and so on without rows are gaps: the browser side knows the calendar.
struct Line: Chart {
    static let name = "line"
    static let summary = "a figure along dates or an ordered dimension, a line for each group"
    static let fields = [
        ChartFields.measure,
        Field(
            "over", .text, required: true, "the dimension to the right: dates, or one with an order"
        ),
        ChartFields.each,
        Field("by", .text, "the dimension that gives each of its values a line"),
        Field("area", .boolean, "the area under the line is filled; it begins at zero"),
        Field(
            "top", .integer(1...200),
            "so many lines, those with the most; the others become one, \"Other\""),
        ChartFields.dashes,
    ]
    static let showsParts = true
    static let usualSize = (width: 6, height: 4)

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    let dates: [Located<String>]
    let foldable: [Located<String>]
    let periods: [String: Period]
    let top: Int?
    let options: JSON

    init(_ values: FieldValues) {
        let over = values.required("over")
        foldable = [values.located("by")].compactMap { $0 }
        measures = [values.required("measure")]
        dimensions = [over] + foldable
        let each = values.text("each").flatMap(Period.init)
        dates = each == nil ? [] : [over]
        periods = each.map { [over.value: $0] } ?? [:]
        top = values.integer("top")
        options = .object(
            [
                .init(name: "each", value: JSON(each?.rawValue)),
                .init(name: "area", value: .bool(values.boolean("area") ?? false)),
            ] + ChartFields.patterns(values))
    }
}
