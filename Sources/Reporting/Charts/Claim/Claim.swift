import Columns
import Query
import Workspace

/// A sentence of the project about its data, and whether the figures bear it out.
struct Claim: Chart {
    static let name = "claim"
    static let summary = "a statement about the data, tested: it holds, is a tie, or does not hold"
    static let fields = [
        Field("says", .text, required: true, "the claim, as readers are told it"),
        ChartFields.measure,
        Field("by", .text, required: true, "the dimension whose values are compared"),
        Field("highest", .scalar, "the value that is said to have the highest figure"),
        Field("lowest", .scalar, "the value that is said to have the lowest figure"),
        Field(
            "dominates", .scalar,
            "the value that is said to have most rows in each group of `across`"),
        Field(
            "differs", .boolean, "true where the rows are said to spread differently over `across`"),
        Field("across", .text, "the dimension of the groups, for `dominates` and `differs`"),
    ]
    static let usualSize = (width: 6, height: 3)

    /// What is claimed.
    enum Form {
        case highest(String), lowest(String), dominates(String), differs, unclear
    }

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    let usualTitle: String?
    let options: JSON
    let statedValues: [StatedValue]
    private let by: Located<String>
    private let form: Form
    private let mistakes: [Diagnostic]

    var counts: [Located<String>] { dimensions.count > 1 ? measures : [] }

    init(_ values: FieldValues) {
        measures = [values.required("measure")]
        by = values.required("by")
        usualTitle = values.text("says")
        let written = ["highest", "lowest", "dominates"].compactMap { key in
            values.written(key).map { (key: key, value: $0.map(\.text)) }
        }
        statedValues = written.map { [by] in StatedValue($0.value, of: by.value) }
        let said = written.map { (key: $0.key, value: $0.value.value) }
        let stated = said.map(\.key) + (values.boolean("differs") == true ? ["differs"] : [])
        form =
            switch stated.first {
            case "highest": .highest(said[0].value)
            case "lowest": .lowest(said[0].value)
            case "dominates": .dominates(said[0].value)
            case "differs": .differs
            default: .unclear
            }
        // What dominates is told group by group.
        let across = values.located("across")
        let isByGroup = if case .dominates = form { true } else { false }
        dimensions = (isByGroup ? [across, by] : [by, across]).compactMap { $0 }
        mistakes = Self.mistakes(stated, across: across, at: values.place)
        options = .object([
            "says": JSON(usualTitle), "form": JSON(stated.first),
            "claimed": JSON(said.first?.value),
        ])
    }

    private static func mistakes(
        _ stated: [String], across: Located<String>?, at place: Diagnostic.Place
    ) -> [Diagnostic] {
        guard stated.count == 1 else {
            return [
                Diagnostic(
                    "claim_form", at: place,
                    stated.isEmpty
                        ? "a claim says nothing that can be tested"
                        : "a claim says one thing, not \(stated.joined(separator: " and "))",
                    hint: "state one of highest, lowest, dominates and differs")
            ]
        }
        let needs = ["dominates", "differs"].contains(stated[0])
        if needs, across == nil {
            return [
                Diagnostic(
                    "claim_form", at: place, "'\(stated[0])' needs groups to be tested in",
                    hint: "name their dimension, like across: age")
            ]
        }
        guard !needs, let across else { return [] }
        return [
            Diagnostic(
                "claim_form", at: across.place,
                "'\(stated[0])' compares the values of one dimension, without 'across'",
                hint: "leave 'across' out")
        ]
    }

    func check(_ catalogue: Catalogue) -> [Diagnostic] { mistakes }

    func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let gate = run.gate
        let table = try await gate.answer(try await query(gate, filter, for: reader), for: reader)
        if let claimed { try await gate.requireValues([claimed], of: by.value, for: reader) }
        let labels = dimensions.map { gate.catalogue.dimensions[$0.value]?.label ?? $0.value }
        let verdict: ClaimVerdict
        switch form {
        case .highest(let value), .lowest(let value):
            let levels = ExtremeClaim.Levels(
                table,
                try await gate.spread(
                    of: measures[0].value, by: by.value, filter: filter, for: reader))
            let isHighest = if case .highest = form { true } else { false }
            verdict = ExtremeClaim(
                value, isHighest: isHighest,
                format: gate.catalogue.measures[measures[0].value]?.format,
                isFormed: isFormed(run), isRounded: gate.hidesSmallCells
            ).verdict(levels)
        case .dominates(let value):
            verdict = DominanceClaim(value, isRounded: gate.hidesSmallCells).verdict(table)
        case .differs, .unclear: verdict = ClaimVerdict(Relation(table, labels), labels)
        }
        var about = verdict.about
        if case .highest = form { about += repeated(gate.catalogue) }
        if case .lowest = form { about += repeated(gate.catalogue) }
        return .object(
            table.members([:]) + verdict.members + [
                .init(name: "exploratory", value: .bool(filter != FilterContext())),
                .init(name: "about", value: AboutEntry.json(about)),
            ])
    }

    // MARK: What is claimed of

    private var claimed: String? {
        switch form {
        case .highest(let value), .lowest(let value), .dominates(let value): value
        case .differs, .unclear: nil
        }
    }

    /// Whether the groups were cut by what is compared: then nothing is tested.
    private func isFormed(_ run: PublishedRun) -> Bool {
        guard run.gate.catalogue.dimensions[by.value]?.isSegmentation == true,
            let measure = run.gate.catalogue.measures[measures[0].value]
        else { return false }
        return run.formed(measure.columns, in: measure.model, by.value)
    }

    /// Rows that belong to the same customer are no independent observations.
    private func repeated(_ catalogue: Catalogue) -> [AboutEntry] {
        guard let model = catalogue.measures[measures[0].value]?.model,
            let above = catalogue.tables[model]?.references.keys.sorted(), !above.isEmpty
        else { return [] }
        return [
            AboutEntry(
                term: "Rows",
                words: "The test takes each row of \(model) by itself. Rows of the same "
                    + above.joined(separator: " or ") + " may be alike, and p is too small then.")
        ]
    }
}
