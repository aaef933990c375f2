import Columns
import Query
import Workspace

/// What the project's authors advise to do, for whom, and how many these are now.
struct Recommendation: Chart {
    static let name = "recommendation"
    static let summary =
        "an advice with the group that it is for, how large that is now, and an action"
    static let fields = [
        Field(
            "text", .text, required: true,
            "why; `{measure}` is that figure of the group, as it is now"),
        Field("action", .text, required: true, "what to do, in a sentence; figures as in the text"),
        Field("size", .text, required: true, "the measure that counts the group"),
        Field(
            "for",
            .list(
                .object([
                    Field("dimension", .text, required: true, "what tells the group"),
                    Field("values", .list(.scalar), "values, any of which"),
                    Field("from", .number, "the lowest number"),
                    Field("to", .number, "the highest number"),
                ])), "who it is for: all of these hold; without it everybody"),
        Field("priority", .choice(["high", "medium", "low"]), "how much it matters"),
    ]
    static let usualSize = (width: 6, height: 3)

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    let numbers: [Located<String>]
    let otherMeasures: [Located<String>]
    let usualTitle: String? = "Recommendation"
    let options: JSON
    let statedValues: [StatedValue]
    private let text: FigureText
    private let action: FigureText
    let targets: [Target]
    private let mistakes: [Diagnostic]

    /// One of the conditions of its group.
    struct Target {
        var dimension: String
        var values: [WrittenValue]
        var from: Double?
        var to: Double?
    }

    init(_ values: FieldValues) {
        text = FigureText(values.required("text"))
        action = FigureText(values.required("action"))
        measures = [values.required("size")]
        otherMeasures = text.measures + action.measures
        let stated = values.objects("for") ?? []
        dimensions = stated.map { $0.required("dimension") }
        numbers = stated.filter { $0.states("from") || $0.states("to") }
            .map { $0.required("dimension") }
        targets = stated.map { target in
            Target(
                dimension: target.required("dimension").value,
                values: (target.writtenList("values") ?? []).map(\.value),
                from: target.number("from"), to: target.number("to"))
        }
        statedValues = stated.flatMap { target in
            (target.writtenList("values") ?? []).map {
                StatedValue($0.map(\.text), of: target.required("dimension").value)
            }
        }
        mistakes = zip(stated, targets).compactMap { place, target in
            let isRange = target.from != nil || target.to != nil
            guard target.values.isEmpty != isRange else { return nil }
            return Diagnostic(
                "target_form", at: place.place,
                "the group states \(isRange ? "both values and a range" : "no values and no range") "
                    + "of '\(target.dimension)'", hint: "state values, or from and to")
        }
        options = .object(["priority": JSON(values.text("priority"))])
    }

    func check(_ catalogue: Catalogue) -> [Diagnostic] { mistakes }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let group = try await group(gate, filter, for: reader)
        let size = measures[0].value
        let table = try await gate.answer(FigureQuery(measures: [size], filter: group), for: reader)
        let whole = try await gate.answer(
            FigureQuery(measures: [size], filter: filter), for: reader)
        let words = try await words(gate, group, for: reader)
        let isPart = !targets.isEmpty && gate.catalogue.measures[size]?.isAdditive == true
        return .object(
            table.members([:]) + [
                .init(name: "whole", value: isPart ? whole.rows[0][0].json : .null),
                .init(name: "clauses", value: .array(targets.map { json($0, gate.catalogue) })),
                .init(name: "text", value: words.text.json),
                .init(name: "action", value: words.action.json),
            ])
    }

    // MARK: The group

    /// The rows that it is for.
    ///
    /// - Throws: as `Gate.requireValues`.
    func group(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> FilterContext {
        var group = filter
        for target in targets {
            try await gate.requireValues(
                target.values.map(\.text), of: target.dimension, for: reader)
            group.selections.append(
                .init(dimension: target.dimension, choice(target, gate.catalogue)))
        }
        return group
    }

    /// Why and what, with the figures of its group.
    ///
    /// - Throws: as `Gate.answer`.
    func words(
        _ gate: Gate, _ group: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> (text: Phrase, action: Phrase) {
        (
            try await text.phrase(gate, group, for: reader),
            try await action.phrase(gate, group, for: reader)
        )
    }

    private func choice(
        _ target: Target, _ catalogue: Catalogue
    ) -> FilterContext.Selection.Choice {
        guard target.values.isEmpty else { return .values(values(target, catalogue)) }
        return .range(from: target.from, to: target.to, closed: true)
    }

    /// A code like 01 is a text where its dimension is one.
    private func values(_ target: Target, _ catalogue: Catalogue) -> [Value] {
        let kind = catalogue.dimensions[target.dimension]?.kind
        return target.values.map {
            kind == .number || kind == .boolean ? $0.value : .text($0.text)
        }
    }

    func json(_ target: Target, _ catalogue: Catalogue) -> JSON {
        target.values.isEmpty
            ? .object([
                "dimension": .string(target.dimension),
                "range": [JSON(target.from), JSON(target.to)],
            ])
            : .object([
                "dimension": .string(target.dimension),
                "values": .array(values(target, catalogue).map(\.json)),
            ])
    }
}
