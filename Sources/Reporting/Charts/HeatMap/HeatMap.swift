import Columns
import Query
import Workspace

/// A figure for each pair of values of two dimensions, on a coloured ground.
///
/// The colour is that of the figure or, of numbers of rows, of how far they are from what two
/// dimensions without a relation would give.
struct HeatMap: Chart {
    static let name = "heat_map"
    static let summary = "a figure for each pair of values of two dimensions, as colour and number"
    static let fields = [
        ChartFields.measure,
        Field("by", .text, required: true, "the dimension of the rows"),
        Field("across", .text, required: true, "the dimension of the columns"),
        Field(
            "colour", .choice(["value", "residual"]),
            "what the colour says: the figure, or how far a number of rows is from no relation"),
        ChartFields.top, ChartFields.drill,
    ]
    static let showsParts = true
    static let usualSize = (width: 6, height: 5)

    let measures: [Located<String>]
    private(set) var dimensions: [Located<String>]
    let drill: [Located<String>]
    let top: Int?
    let options: JSON
    private let isTested: Bool

    var counts: [Located<String>] { isTested ? measures : [] }

    init(_ values: FieldValues) {
        measures = [values.required("measure")]
        dimensions = [values.required("by"), values.required("across")]
        top = values.integer("top")
        drill = values.texts("drill") ?? []
        isTested = values.text("colour") == "residual"
        options = .object(["colour": .string(isTested ? "residual" : "value")])
    }

    /// The rows go down; the columns stay.
    func drilled(to level: Int) -> any Chart {
        var lower = self
        lower.dimensions = [drill[level - 1], dimensions[1]]
        return lower
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        // A test is of all rows: those of other levels are one level of it.
        var figures = try await fitting(gate, filter, for: reader, leavesOut: !isTested)
        let (table, empty) = gate.withEmptyPairs(figures.table, of: figures.query)
        figures.table = table
        var members = figures.members
        members.append(
            .init(name: "empty", value: .array(empty.sorted().map { JSON($0) })))
        if isTested {
            let labels = dimensions.map { gate.catalogue.dimensions[$0.value]?.label ?? $0.value }
            let relation = Relation(figures.table, labels)
            members.append(
                .init(name: "residuals", value: .array(relation.residuals.map { JSON($0) })))
            members.append(.init(name: "relation", value: relation.json))
            members.append(
                .init(
                    name: "about",
                    value: AboutEntry.json([
                        AboutEntry(term: "Colours", words: Relation.colours),
                        AboutEntry(term: "Test", words: Relation.method),
                    ])))
        }
        return .object(members)
    }
}
