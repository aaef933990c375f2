import Columns
import Workspace

/// Parts of a whole as areas, by one dimension or by a second within it.
struct Treemap: Chart {
    static let name = "treemap"
    static let summary = "parts of a whole as areas, by one dimension or by a second within it"
    static let fields = [
        Field("measure", .text, required: true, "the figure, a sum or a count"), ChartFields.by,
        Field("parts", .text, "the dimension by which each area is divided"),
        ChartFields.top, ChartFields.patterns,
    ]
    static let usualSize = (width: 6, height: 5)

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    let top: Int?
    let options: JSON

    var sums: [Located<String>] { measures }

    init(_ values: FieldValues) {
        measures = [values.required("measure")]
        dimensions = [values.required("by")] + [values.located("parts")].compactMap { $0 }
        top = values.integer("top")
        options = .object(ChartFields.patterns(values))
    }
}
