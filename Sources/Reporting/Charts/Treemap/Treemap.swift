import Columns
import Workspace

/// Parts of a whole as areas, by one dimension or by a second within it.
struct Treemap: Chart {
    static let name = "treemap"
    static let summary = "parts of a whole as areas, by one dimension or by a second within it"
    static let fields = [
        Field("measure", .text, required: true, "the figure, a sum or a count"), ChartFields.by,
        Field("parts", .text, "the dimension by which each area is divided"),
        ChartFields.top, ChartFields.patterns, ChartFields.drill,
    ]
    static let showsParts = true
    static let usualSize = (width: 6, height: 5)

    let measures: [Located<String>]
    private(set) var dimensions: [Located<String>]
    let drill: [Located<String>]
    let top: Int?
    let options: JSON

    var sums: [Located<String>] { measures }

    init(_ values: FieldValues) {
        measures = [values.required("measure")]
        dimensions = [values.required("by")] + [values.located("parts")].compactMap { $0 }
        top = values.integer("top")
        drill = values.texts("drill") ?? []
        options = .object(ChartFields.patterns(values))
    }

    /// Below the first level an area has no parts.
    func drilled(to level: Int) -> any Chart {
        var lower = self
        lower.dimensions = [drill[level - 1]]
        return lower
    }
}
