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
        Field(
            "orientation", .choice(["horizontal", "vertical"]),
            "bars to the right, the default, or upwards"),
        ChartFields.sort, ChartFields.top, ChartFields.patterns, ChartFields.drill,
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
        dimensions = [values.required("by"), values.required("stack")]
        let share = JSON.Member(name: "share", value: .bool(values.boolean("share") ?? false))
        let orientation = JSON.Member(
            name: "orientation", value: .string(values.text("orientation") ?? "horizontal"))
        top = values.integer("top")
        drill = values.texts("drill") ?? []
        options = .object(
            [share, orientation] + ChartFields.sort(values) + ChartFields.patterns(values))
    }

    /// The bars go down; their pieces stay.
    func drilled(to level: Int) -> any Chart {
        var lower = self
        lower.dimensions = [drill[level - 1], dimensions[1]]
        return lower
    }
}
