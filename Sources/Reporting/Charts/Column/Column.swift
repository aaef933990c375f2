import Columns
import Workspace

/// Vertical bars: one figure by one dimension, best for few values with an order.
struct Column: Chart {
    static let name = "column"
    static let summary = "vertical bars: one figure by one dimension"
    static let fields = [ChartFields.measure, ChartFields.by, ChartFields.sort, ChartFields.top]
    static let usualSize = (width: 6, height: 4)

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    let options: JSON
    let top: Int?

    init(_ values: FieldValues) {
        measures = [values.required("measure")]
        dimensions = [values.required("by")]
        top = values.integer("top")
        options = .object(ChartFields.sort(values))
    }
}
