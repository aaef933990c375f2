import Columns
import Query
import Workspace

/// Every row as a point between two numeric dimensions, coloured by a third.
///
/// Readers without the right to see customers get the number of rows in each field of a raster.
struct Scatter: Chart {
    static let name = "scatter"
    static let summary = "every row as a point between two numeric dimensions"
    static let fields = [
        Field("x", .text, required: true, "the numeric dimension to the right"),
        Field("y", .text, required: true, "the numeric dimension upwards"),
        Field("by", .text, required: true, "the dimension that gives the colour"),
        Field("x_label", .text, "what the axis to the right says"),
        Field("y_label", .text, "what the axis upwards says"),
    ]
    static let usualSize = (width: 6, height: 6)

    let measures: [Located<String>] = []
    let dimensions: [Located<String>]
    let numbers: [Located<String>]
    let options: JSON

    init(_ values: FieldValues) {
        numbers = [values.required("x"), values.required("y")]
        dimensions = [values.required("by")]
        options = .object([
            "x_label": .string(values.text("x_label") ?? numbers[0].value),
            "y_label": .string(values.text("y_label") ?? numbers[1].value),
            "axes": .array(numbers.map { .string($0.value) }),
        ])
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let (x, y) = (numbers[0].value, numbers[1].value)
        guard reader.may(.customers) else {
            return try await gate.density(x: x, y: y, filter: filter, for: reader).json
        }
        return try await gate.points(
            x: x, y: y, category: dimensions[0].value, filter: filter, for: reader
        ).json
    }
}
