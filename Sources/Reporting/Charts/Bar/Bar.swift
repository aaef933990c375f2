import Columns
import Workspace

/// Horizontal bars: one figure by one dimension; room for long names.
struct Bar: Chart {
    static let name = "bar"
    static let summary = "horizontal bars: one figure by one dimension"
    static let fields = [
        ChartFields.measure, ChartFields.by, ChartFields.sort, ChartFields.top,
        ChartFields.patterns,
        ChartFields.drill,
    ]
    static let showsParts = true
    static let usualSize = (width: 6, height: 4)

    let measures: [Located<String>]
    private(set) var dimensions: [Located<String>]
    let drill: [Located<String>]
    let options: JSON
    let top: Int?

    init(_ values: FieldValues) {
        measures = [values.required("measure")]
        dimensions = [values.required("by")]
        top = values.integer("top")
        drill = values.texts("drill") ?? []
        options = .object(ChartFields.sort(values) + ChartFields.patterns(values))
    }

    func drilled(to level: Int) -> any Chart {
        var lower = self
        lower.dimensions = [drill[level - 1]]
        return lower
    }
}
