import Columns
import Engine
import Workspace

/// Reads texts, or a spreadsheet's serial numbers, as dates.
///
/// The formats are tried in order; the first that a value fits gives the date. A format with an hour
/// gives timestamps. What a format lacks is the first: the first of the month, midnight. Of a
/// column that holds dates already, only the bounds are checked.
struct ParseDates: Step {
    static let name = "parse_dates"
    static let summary = "reads texts as dates"
    static let fields = FieldType.VariantFields.fields(
        ColumnKeys.fields("the texts") + [
            Field(
                "format", .names,
                "how the dates are written, or a list of formats tried in order: "
                    + DateFormat.known),
            Field(
                "misfits", .choice(["stop", "missing"]),
                "what becomes of texts that are no such date: stop (the default) or missing"),
            Field("earliest", .text, "the first day that can be; what lies before becomes missing"),
            Field(
                "latest", .text,
                "the last day that can be, or as_of; what lies behind becomes missing"),
        ])

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let columns = input.columns(values, of: Self.self), let formats = formats(&input),
            let bounds = bounds(&input)
        else { return nil }
        let how = formats.isEmpty ? "" : " read as \(formats.map(\.text).joined(separator: ", "))"
        var plan = StepPlan(
            columns: [], summary: "\(columns.map(\.value.name).list)\(how)\(bounds.text)")
        var new: [(column: String, sql: String, reads: [String])] = []
        for column in columns {
            guard let date = try await date(of: column, formats, &plan, &input) else { return nil }
            let name = column.value.name
            var sql = date
            if let outside = bounds.outside(date, input.dialect) {
                sql = "CASE WHEN \(outside) THEN NULL ELSE \(date) END"
                plan.counted.append(
                    .init(
                        condition: outside,
                        notice: { count, _ in
                            count == 0
                                ? nil
                                : Notice(
                                    "implausible_dates",
                                    "\(count) values of \(name) lie outside\(bounds.text) and "
                                        + "became missing")
                        }))
            }
            new.append((name, sql, [name]))
        }
        plan.columns = input.replacing(new)
        let parts = formats.reduce(into: Set()) { $0.formUnion($1.parts) }
        if parts.contains(.shortYear) {
            plan.facts.append("a year of two digits is one of 1969 to 2068")
        }
        if formats.contains(where: { !$0.parts.contains(.day) }) {
            plan.facts.append("a date without a day is the first of its month")
        }
        return plan
    }

    // MARK: What is stated

    private func formats(_ input: inout StepInput) -> [DateFormat]? {
        let before = input.diagnostics.count
        let texts = values.texts("format") ?? []
        if values.states("format"), texts.isEmpty {
            input.diagnostics.append(
                Diagnostic(
                    "invalid_format", at: values.place(of: "format"), "no format is stated",
                    hint: DateFormat.known))
        }
        let formats = texts.compactMap { text in
            let (format, problem) = DateFormat.read(text.value)
            if let problem {
                input.diagnostics.append(
                    Diagnostic(
                        "invalid_format", at: text.place,
                        "'\(text.value)' can't be read as a date's format: \(problem)",
                        hint: DateFormat.known))
            }
            return format
        }
        return input.diagnostics.count == before ? formats : nil
    }

    private struct Bounds: Sendable {
        var earliest: CalendarDate?
        var latest: CalendarDate?

        var text: String {
            switch (earliest, latest) {
            case (let first?, let last?): " \(first) to \(last)"
            case (let first?, nil): " \(first) and later"
            case (nil, let last?): " \(last) and earlier"
            case (nil, nil): ""
            }
        }

        func outside(_ date: String, _ dialect: any Dialect) -> String? {
            let bounds = [(earliest, "<"), (latest, ">")].compactMap { bound, sign in
                bound.map {
                    "CAST(\(date) AS \(dialect.typeName(.date))) \(sign) "
                        + dialect.literal(.date(days: Int32($0.daysSince1970)))
                }
            }
            return bounds.isEmpty ? nil : "(" + bounds.joined(separator: " OR ") + ")"
        }
    }

    private func bounds(_ input: inout StepInput) -> Bounds? {
        let before = input.diagnostics.count
        var bounds = Bounds()
        if values.states("earliest") { bounds.earliest = input.asOf(values, "earliest") }
        if values.text("latest") == "as_of" {
            bounds.latest = input.settings.asOf?.value
            if bounds.latest == nil, input.settings.asOfFile == nil {
                input.diagnostics.append(
                    Diagnostic(
                        "as_of_missing", at: values.place(of: "latest"),
                        "the project states no as-of date",
                        hint: "state a day here or 'as_of:' in aurora.yaml, like 2024-12-31"))
            }
        } else if values.states("latest") {
            bounds.latest = input.asOf(values, "latest")
        }
        if let earliest = bounds.earliest, let latest = bounds.latest,
            latest.daysSince1970 < earliest.daysSince1970
        {
            input.diagnostics.append(
                Diagnostic(
                    "invalid_bounds", at: values.place(of: "latest"),
                    "'latest' lies before 'earliest'"))
        }
        return input.diagnostics.count == before ? bounds : nil
    }

    // MARK: One column

    /// SQL of the date of a column, or nil when diagnostics say why there is none.
    private func date(
        of column: Located<Schema.Field>, _ formats: [DateFormat], _ plan: inout StepPlan,
        _ input: inout StepInput
    ) async throws(AuroraError) -> String? {
        let name = input.dialect.quoted(column.value.name)
        if [.date, .timestamp(zoned: false)].contains(column.value.type) {
            if formats.isEmpty, values.states("earliest") || values.states("latest") {
                return name
            }
            input.diagnostics.append(
                Diagnostic(
                    "not_a_text", at: column.place,
                    "'\(column.value.name)' is \(column.value.type) already",
                    hint: "leave 'format' out, and state 'earliest' or 'latest' to check its days"))
            return nil
        }
        guard !formats.isEmpty else {
            input.diagnostics.append(
                Diagnostic(
                    "missing_key", at: values.place, "'parse_dates' lacks the key 'format'",
                    hint: DateFormat.known))
            return nil
        }
        let isSerial = column.value.type.isNumeric && formats.contains { $0.text == "excel" }
        guard isSerial || input.isText(column) else { return nil }
        let text = isSerial ? name : "NULLIF(trim(\(name)), '')"
        // A number is no text that a format could fit.
        let tried = formats.filter { !isSerial || $0.text == "excel" }
        let type = input.dialect.typeName(
            tried.contains(where: \.hasTime) ? .timestamp(zoned: false) : .date)
        let readings = tried.map { "CAST(\($0.parsed(text, input.dialect)) AS \(type))" }
        let date = readings.count == 1 ? readings[0] : "COALESCE(\(readings.list))"
        guard try await fits(column, text, date, formats, &plan, &input) else { return nil }
        tell(column.value.name, text, zip(tried, readings).map { ($0, $1) }, &plan, input)
        return date
    }

    /// Whether all texts are dates, or need not be.
    private func fits(
        _ column: Located<Schema.Field>, _ text: String, _ date: String, _ formats: [DateFormat],
        _ plan: inout StepPlan, _ input: inout StepInput
    ) async throws(AuroraError) -> Bool {
        let misfit = "\(text) IS NOT NULL AND \(date) IS NULL"
        let asText = "CAST(\(text) AS \(input.dialect.typeName(.text)))"
        let row = try await input.values(
            "count(*) FILTER (WHERE \(misfit)), min(\(asText)) FILTER (WHERE \(misfit))")
        let count = row[0].integerValue ?? 0
        guard count > 0 else { return true }
        let what =
            "\(count) values of '\(column.value.name)', like "
            + "'\(Redaction.shape(of: row[1].textValue ?? ""))', are no dates of the format "
            + formats.map(\.text).joined(separator: " or ")
        guard values.text("misfits") == "missing" else {
            input.diagnostics.append(
                Diagnostic(
                    "wrong_value", at: column.place, what,
                    hint: "add their format, or state 'misfits: missing'"))
            return false
        }
        plan.notices.append(Notice("unread_dates", what + " and became missing"))
        return true
    }

    /// Tells which format read how many, and what a format cuts off or leaves open.
    private func tell(
        _ column: String, _ text: String, _ readings: [(format: DateFormat, sql: String)],
        _ plan: inout StepPlan, _ input: StepInput
    ) {
        for (index, reading) in readings.enumerated() {
            let format = reading.format.text
            let earlier = readings[..<index].map { "\($0.sql) IS NULL AND " }.joined()
            if readings.count > 1 {
                plan.counted.append(
                    .init(
                        condition: "\(earlier)\(reading.sql) IS NOT NULL",
                        fact: { count, _ in "\(count) values of \(column) read as \(format)" }))
            }
            guard format == "excel" else { continue }
            let serial = DateFormat.serial(text, input.dialect)
            plan.counted.append(
                .init(
                    condition: "\(earlier)\(reading.sql) IS NOT NULL AND \(serial) % 1 <> 0",
                    notice: { count, _ in
                        count == 0
                            ? nil
                            : Notice(
                                "time_cut",
                                "\(count) values of \(column) lost their time of day")
                    }))
        }
        let others = readings.indices.dropFirst().map { index in
            let before = readings[..<index].map(\.sql)
            let first = before.count == 1 ? before[0] : "COALESCE(\(before.list))"
            return "\(first) <> \(readings[index].sql)"
        }
        guard !others.isEmpty else { return }
        plan.counted.append(
            .init(
                condition: others.joined(separator: " OR "),
                notice: { count, _ in
                    count == 0
                        ? nil
                        : Notice(
                            "ambiguous_dates",
                            "\(count) values of \(column) would be other days by a later format")
                }))
    }
}
