import Columns
import Workspace

/// Bars whose pieces add up: one figure by two dimensions.
struct StackedBar: Chart {
    static let name = "stacked_bar"
    static let summary = "bars whose pieces add up: one figure by two dimensions"
    static let fields = [
        ChartFields.measure, ChartFields.by,
        Field("stack", .text, required: true, "the dimension that tells the pieces apart"),
        Field("share", .boolean, "every bar as long as the others, pieces as shares of it"),
        ChartFields.sort,
    ]
    static let usualSize = (width: 6, height: 4)

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    let options: JSON

    init(_ values: FieldValues) {
        measures = [values.required("measure")]
        dimensions = [values.required("by"), values.required("stack")]
        let share = JSON.Member(name: "share", value: .bool(values.boolean("share") ?? false))
        options = .object([share] + ChartFields.sort(values))
    }
}
