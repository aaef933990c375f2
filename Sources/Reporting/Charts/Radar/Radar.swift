import Columns
import Query
import Workspace

/// Several measures of each group, on one axis each, so that their shapes can be compared.
struct Radar: Chart {
    static let name = "radar"
    static let summary = "several measures of each group as its shape"
    static let fields = [
        Field("measures", .list(.text), required: true, "three to twelve figures, an axis each"),
        ChartFields.by,
        Field(
            "scale", .choice(["range", "average"]),
            "each axis from its lowest group to its highest, or in percent of the figure of all rows"
        ),
        ChartFields.top, ChartFields.dashes,
    ]
    static let usualSize = (width: 6, height: 5)

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    let top: Int?
    let options: JSON
    private let isOfAverage: Bool
    private let place: Diagnostic.Place

    private static let axes = 3...12

    init(_ values: FieldValues) {
        measures = values.texts("measures") ?? []
        dimensions = [values.required("by")]
        top = values.integer("top")
        isOfAverage = values.text("scale") == "average"
        place = values.place
        options = .object(
            [.init(name: "scale", value: .string(isOfAverage ? "average" : "range"))]
                + ChartFields.patterns(values))
    }

    func check(_ catalogue: Catalogue) -> [Diagnostic] {
        guard !Self.axes.contains(measures.count) else { return [] }
        return [
            Diagnostic(
                "radar_axes", at: place,
                "a radar has \(Self.axes.lowerBound) to \(Self.axes.upperBound) measures, not \(measures.count)",
                hint: "fewer are read better as columns, more as a heat map or a table")
        ]
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let query = try await query(gate, filter, for: reader)
        let table = try await gate.answer(query, for: reader)
        let most = Self.limit.levels[0].value
        guard table.rows.count <= most else {
            throw AuroraError(
                "too_many_shapes",
                "'\(dimensions[0].value)' makes \(table.rows.count) groups, but \(most) shapes can be told apart",
                hint: "state 'top', like top: 5, or show a heat map or a table")
        }
        let all = try await gate.answer(
            FigureQuery(measures: query.measures, filter: filter), for: reader)
        let whole = all.rows.first ?? []
        if isOfAverage, table.rowsUsed ?? 0 > 0 {
            for (measure, figure) in zip(query.measures, whole) where (figure.doubleValue ?? 1) <= 0
            {
                throw AuroraError(
                    "no_average",
                    "'\(measure)' is \(figure) over all rows, so no group can be a percentage of it",
                    hint: "state scale: range, or another measure")
            }
        }
        return .object(
            table.members(query.folds) + [
                .init(name: "all", value: .array(whole.map(\.json)))
            ])
    }
}
