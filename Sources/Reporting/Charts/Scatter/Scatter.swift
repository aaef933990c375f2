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
        ])
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let (x, y) = (numbers[0].value, numbers[1].value)
        guard reader.may(.customers) else {
            return try await density(gate, filter, for: reader)
        }
        let cloud = try await gate.points(
            x: x, y: y, category: dimensions[0].value, filter: filter, for: reader)
        return .object([
            "columns": ["x", "y", "category"],
            "series": [
                .array(cloud.x.map { JSON($0) }), .array(cloud.y.map { JSON($0) }),
                .array(cloud.codes.map { JSON($0) }),
            ],
            "categories": .array(cloud.categories.map(\.json)),
            "rows_used": JSON(cloud.rowsUsed), "rows_total": JSON(cloud.rowsTotal), "suppressed": 0,
        ])
    }

    private func density(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON {
        let raster = try await gate.density(
            x: numbers[0].value, y: numbers[1].value, filter: filter, for: reader)
        return .object([
            "density": true, "columns": ["x_from", "x_to", "y_from", "y_to", "count"],
            "rows": .array(
                raster.fields.map { field -> JSON in
                    [
                        JSON(field.x.lowerBound), JSON(field.x.upperBound),
                        JSON(field.y.lowerBound), JSON(field.y.upperBound), JSON(field.count),
                    ]
                }), "rows_used": JSON(raster.rowsUsed), "rows_total": JSON(raster.rowsTotal),
            "suppressed": JSON(raster.suppressed),
        ])
    }
}
