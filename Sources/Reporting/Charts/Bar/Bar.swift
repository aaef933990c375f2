import Columns
import Workspace

/// Horizontal bars: one figure by one dimension; room for long names.
struct Bar: Chart {
    static let name = "bar"
    static let summary = "horizontal bars: one figure by one dimension"
    static let fields = [ChartFields.measure, ChartFields.by, ChartFields.sort]
    static let usualSize = (width: 6, height: 4)

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    let options: JSON

    init(_ values: FieldValues) {
        measures = [values.required("measure")]
        dimensions = [values.required("by")]
        options = .object(ChartFields.sort(values))
    }
}
