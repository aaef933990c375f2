import Columns
import Workspace

/// Several figures by one or more dimensions, as numbers.
struct Table: Chart {
    static let name = "table"
    static let summary = "several figures by one or more dimensions, as numbers"
    static let fields = [
        Field("measures", .list(.text), required: true, "the figures, a column each"),
        Field("by", .list(.text), required: true, "the dimensions, a column each"),
    ]
    static let usualSize = (width: 12, height: 4)

    let measures: [Located<String>]
    let dimensions: [Located<String>]

    init(_ values: FieldValues) {
        measures = values.texts("measures") ?? []
        dimensions = values.texts("by") ?? []
    }
}
