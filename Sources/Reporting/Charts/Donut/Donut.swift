import Columns
import Workspace

/// Parts of a whole: one figure by one dimension of few values.
struct Donut: Chart {
    static let name = "donut"
    static let summary = "parts of a whole: one figure by one dimension of few values"
    static let fields = [
        ChartFields.measure, ChartFields.by,
        Field("centre", .text, "the word under the total in the middle"), ChartFields.sort,
        ChartFields.top, ChartFields.patterns,
    ]
    static let usualSize = (width: 4, height: 4)

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    let options: JSON
    let top: Int?

    init(_ values: FieldValues) {
        measures = [values.required("measure")]
        dimensions = [values.required("by")]
        let centre = JSON.Member(name: "centre", value: JSON(values.text("centre")))
        top = values.integer("top")
        options = .object([centre] + ChartFields.sort(values) + ChartFields.patterns(values))
    }
}
