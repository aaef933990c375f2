import Columns
import Engine
import Workspace

/// Sorts numbers or days into labelled bands that keep their order everywhere.
///
/// With one label more than edges the outer bands are open; with one label less, values outside the
/// first and last edge have no band and are counted. Without labels the bands are open and named by
/// their edges. Edges may be found so that the bands are about equally full; equal values are in one
/// band all the same, so where they repeat there are fewer bands.
struct Bucket: Step {
    static let name = "bucket"
    static let summary = "sorts numbers or days into labelled bands"
    static let fields = FieldType.VariantFields.fields([
        Field("column", .text, required: true, "the numbers or days"),
        Field("into", .text, required: true, "the column of labels that is added"),
        Field("edges", .list(.scalar), "the bounds of the bands, ascending"),
        Field(
            "quantiles", .integer(2...100),
            "how many bands of about as many rows, instead of 'edges'"),
        Field("labels", .list(.text), "the bands' names, lowest first; made from the edges if not"),
        Field(
            "closed", .choice(["left", "right"]),
            "which bound belongs to a band: left (20 ≤ x < 40, the default) or right"),
    ])

    private let values: FieldValues
    private let isClosedRight: Bool

    init(_ values: FieldValues) {
        self.values = values
        isClosedRight = values.text("closed") == "right"
    }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let source = values.located("column"), let target = values.located("into"),
            let field = input.column(source), input.isNew(target),
            let key = input.oneOf(["edges", "quantiles"], values, of: Self.self, isRequired: true)
        else { return nil }
        let column = Located(field, at: source.place)
        guard key == "quantiles" || isDay(field) || input.isNumeric(column, "bands"),
            key == "edges" || field.type == .date || input.isNumeric(column, "quantiles")
        else { return nil }
        var plan = StepPlan(
            columns: [], summary: "\(target.value) from the bands of \(field.name)")
        let bands =
            key == "edges"
            ? statedBands(field, &input) : try await fittedBands(column, &plan, &input)
        guard let bands else { return nil }
        let (label, outside) = bands.sql(
            of: input.dialect.quoted(field.name), field.type, input.dialect)
        plan.columns = input.adding(target.value, label, reads: [field.name])
        plan.levels = [target.value: bands.labels]
        plan.counted = [
            .init(
                condition: outside,
                notice: { count, _ in
                    count == 0
                        ? nil
                        : Notice(
                            "outside_bands",
                            "\(count) rows lie outside the bands of \(target.value) and have none")
                })
        ]
        return plan
    }

    private func isDay(_ field: Schema.Field) -> Bool {
        [.date, .timestamp(zoned: false)].contains(field.type)
    }

    // MARK: Stated edges

    private func statedBands(_ field: Schema.Field, _ input: inout StepInput) -> Bands? {
        let written = (values.writtenList("edges") ?? []).map(\.value)
        let edges = isDay(field) ? written.map(Self.day) : written.map(\.value)
        let positions = edges.map(Self.position)
        let labels = values.texts("labels")?.map(\.value)
        var problem: String?
        if positions.isEmpty || positions.contains(where: { $0 == nil }) {
            problem = "the edges must be \(isDay(field) ? "days like 2024-12-31" : "numbers")"
        } else if zip(positions, positions.dropFirst()).contains(where: { $0 ?? 0 >= $1 ?? 0 }) {
            problem = "the edges must ascend"
        } else if let labels {
            problem = self.problem(edges, labels)
        }
        if let problem {
            input.diagnostics.append(
                Diagnostic("invalid_bands", at: values.place(of: "edges"), problem))
            return nil
        }
        guard let labels else { return Bands(edges: edges, isClosedRight: isClosedRight) }
        return Bands(edges: edges, labels: labels, isClosedRight: isClosedRight)
    }

    private static func day(_ written: WrittenValue) -> Value {
        CalendarDate(written.text).map { .date(days: Int32($0.daysSince1970)) } ?? .missing
    }

    /// Where a bound lies; nil for what is none.
    private static func position(_ edge: Value) -> Double? {
        if case .date(let days) = edge { Double(days) } else { edge.doubleValue }
    }

    private func problem(_ edges: [Value], _ labels: [String]) -> String? {
        if ![edges.count + 1, edges.count - 1].contains(labels.count) || labels.isEmpty {
            return "\(edges.count) edges need \(edges.count + 1) labels (open ends) or "
                + "\(edges.count - 1), but there are \(labels.count)"
        }
        return Set(labels).count == labels.count ? nil : "two bands have the same label"
    }

    // MARK: Fitted edges

    private func fittedBands(
        _ column: Located<Schema.Field>, _ plan: inout StepPlan, _ input: inout StepInput
    ) async throws(AuroraError) -> Bands? {
        let wanted = values.integer("quantiles") ?? 2
        let name = column.value.name
        let fractions = (0...wanted).map { QuantileFraction(count: $0, parts: wanted) }
        // A part of a hundred is the smallest step, so two more decimals keep every value on the
        // side of its bound.
        let groups = try await input.quantiles(fractions, of: column.value, digits: 2)
        guard let quantiles = groups.first?.values else {
            input.diagnostics.append(.noValues(column, of: "quantiles"))
            return nil
        }
        for index in 1..<wanted { plan.fitted["\(name) \(index)/\(wanted)"] = quantiles[index] }
        // The least value is in no band below it, the greatest in none above.
        let end = isClosedRight ? quantiles[wanted] : quantiles[0]
        var edges: [Value] = []
        for quantile in quantiles[1..<wanted]
        where Self.position(quantile) != Self.position(end)
            && Self.position(quantile) != edges.last.flatMap(Self.position)
        {
            edges.append(quantile)
        }
        guard !edges.isEmpty else {
            input.diagnostics.append(
                Diagnostic(
                    "invalid_bands", at: values.place(of: "quantiles"),
                    "the values of '\(name)' repeat so often that there is only one band",
                    hint: "state edges"))
            return nil
        }
        if edges.count + 1 < wanted {
            plan.notices.append(
                Notice(
                    "fewer_bands",
                    "the values of \(name) repeat so often that there are \(edges.count + 1) bands "
                        + "instead of \(wanted)"))
        }
        guard let labels = values.texts("labels")?.map(\.value) else {
            return Bands(edges: edges, isClosedRight: isClosedRight)
        }
        let problem =
            labels.count == edges.count + 1
            ? self.problem(edges, labels)
            : "\(edges.count + 1) bands need as many labels, but there are \(labels.count)"
        if let problem {
            input.diagnostics.append(
                Diagnostic("invalid_bands", at: values.place(of: "labels"), problem))
            return nil
        }
        return Bands(edges: edges, labels: labels, isClosedRight: isClosedRight)
    }
}
