import Columns
import Query
import Workspace

/// Every row as a point between two numeric dimensions, coloured by a third where one is stated.
///
/// Where there are too many of them, and for readers without the right to see customers, the number
/// of rows in each field of a raster.
struct Scatter: Chart {
    static let name = "scatter"
    static let summary = "every row as a point between two numeric dimensions"
    static let fields = [
        Field("x", .text, required: true, "the numeric dimension to the right"),
        Field("y", .text, required: true, "the numeric dimension upwards"),
        Field("by", .text, "the dimension that gives the colour"),
        Field("x_label", .text, "what the axis to the right says"),
        Field("y_label", .text, "what the axis upwards says"),
        ChartFields.symbols,
    ]
    static let usualSize = (width: 6, height: 6)

    let measures: [Located<String>] = []
    let dimensions: [Located<String>]
    let numbers: [Located<String>]
    let options: JSON

    init(_ values: FieldValues) {
        numbers = [values.required("x"), values.required("y")]
        dimensions = [values.located("by")].compactMap { $0 }
        options = .object(
            [
                .init(name: "x", value: .string(numbers[0].value)),
                .init(name: "y", value: .string(numbers[1].value)),
                .init(name: "x_label", value: JSON(values.text("x_label"))),
                .init(name: "y_label", value: JSON(values.text("y_label"))),
            ] + ChartFields.patterns(values))
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let (x, y) = (numbers[0].value, numbers[1].value)
        let rows = try await gate.rowCount(
            of: gate.catalogue.dimensions[x]?.model ?? "", filter: filter, for: reader)
        let isSmall = rows.used.map { $0 <= Self.limit.points ?? .max } ?? false
        guard reader.may(.customers), isSmall else {
            var members = try await gate.density(x: x, y: y, filter: filter, for: reader)
                .json.members
            members.append(.init(name: "many", value: .bool(reader.may(.customers))))
            return .object(members)
        }
        return try await gate.points(
            x: x, y: y, category: dimensions.first?.value, filter: filter, for: reader
        ).json
    }
}
