import Columns
import Query
import Workspace

/// One figure on a card, with what it is compared with and how it has gone over time.
struct Kpi: Chart {
    static let name = "kpi"
    static let summary = "one figure on a card"
    static let fields = [
        ChartFields.measure,
        Field("against", .text, "a measure that it is compared with"),
        Field("target", .number, "a number that it is compared with"),
        Field("whole", .boolean, "compared with its figure without filters, where there are any"),
        Field("over", .text, "the dates over which a small line shows it"), ChartFields.each,
    ]
    static let usualSize = (width: 2, height: 1)

    let measures: [Located<String>]
    let dimensions: [Located<String>] = []
    let otherMeasures: [Located<String>]
    let dates: [Located<String>]
    let options: JSON
    let usualHeight: Int?
    private let target: Double?
    private let isOfWhole: Bool
    private let period: Period

    init(_ values: FieldValues) {
        measures = [values.required("measure")]
        otherMeasures = [values.located("against")].compactMap { $0 }
        dates = [values.located("over")].compactMap { $0 }
        target = values.number("target")
        isOfWhole = values.boolean("whole") ?? false
        let isPlain = target == nil && !isOfWhole && otherMeasures.isEmpty && dates.isEmpty
        usualHeight = isPlain ? nil : 2
        period = values.text("each").flatMap(Period.init) ?? .month
        options = .object([
            "against": JSON(otherMeasures.first?.value),
            "compared": .bool(target != nil || isOfWhole || !otherMeasures.isEmpty),
            "over": JSON(dates.first?.value),
            "each": .string(period.rawValue),
        ])
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let measure = measures[0].value
        let table = try await gate.answer(
            FigureQuery(measures: [measure], filter: filter), for: reader)
        var members = table.members([:])
        if let compared = try await compared(gate, filter, for: reader) {
            members.append(.init(name: "compared", value: compared))
        }
        if let date = dates.first?.value {
            var query = FigureQuery(measures: [measure], by: [date], filter: filter)
            query.periods = [date: period]
            let trend = try await gate.answer(query, for: reader)
            members.append(.init(name: "trend", value: trend.json([:])))
        }
        return .object(members)
    }

    /// What the figure is compared with: the first of a measure, a target, the whole.
    private func compared(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        if let against = otherMeasures.first?.value {
            let query = FigureQuery(measures: [against], filter: filter)
            let value = try await gate.answer(query, for: reader).rows[0][0]
            return .object(["with": "measure", "value": value.json])
        }
        if let target { return .object(["with": "target", "value": JSON(target)]) }
        guard isOfWhole, filter != FilterContext() else { return nil }
        let query = FigureQuery(measures: [measures[0].value])
        let value = try await gate.answer(query, for: reader).rows[0][0]
        return .object(["with": "whole", "value": value.json])
    }
}
