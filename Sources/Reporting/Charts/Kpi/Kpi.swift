import Columns
import Workspace

/// One figure on a card.
struct Kpi: Chart {
    static let name = "kpi"
    static let summary = "one figure on a card"
    static let fields = [ChartFields.measure]
    static let usualSize = (width: 2, height: 1)

    let measures: [Located<String>]
    let dimensions: [Located<String>] = []

    init(_ values: FieldValues) { measures = [values.required("measure")] }
}
