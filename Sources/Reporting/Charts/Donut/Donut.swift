import Columns
import Workspace

/// Parts of a whole: one figure by one dimension of few values.
struct Donut: Chart {
    static let name = "donut"
    static let summary = "parts of a whole: one figure by one dimension of few values"
    static let fields = [
        ChartFields.measure, ChartFields.by,
        Field("centre", .text, "the word under the total in the middle"), ChartFields.sort,
        ChartFields.top, ChartFields.patterns, ChartFields.drill,
    ]
    static let showsParts = true
    static let usualSize = (width: 4, height: 4)

    let measures: [Located<String>]
    private(set) var dimensions: [Located<String>]
    let drill: [Located<String>]
    let options: JSON
    let top: Int?

    init(_ values: FieldValues) {
        measures = [values.required("measure")]
        dimensions = [values.required("by")]
        let centre = JSON.Member(name: "centre", value: JSON(values.text("centre")))
        top = values.integer("top")
        drill = values.texts("drill") ?? []
        options = .object([centre] + ChartFields.sort(values) + ChartFields.patterns(values))
    }

    func drilled(to level: Int) -> any Chart {
        var lower = self
        lower.dimensions = [drill[level - 1]]
        return lower
    }
}
