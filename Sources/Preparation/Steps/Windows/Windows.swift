import Columns
import Engine
import Workspace

/// Sums up another table's rows by key over the months before a day.
///
/// The window of m months as of day D holds the days after D less m months, up to and with D; less
/// a month is the same day of the month before, or its last where it has no such day. Each bound is
/// counted from D. Nothing after D is read.
struct Windows: Step {
    static let name = "windows"
    static let summary = "sums up another table's rows by key over the months before a day"
    static let fields = FieldType.VariantFields.fields(
        KeyedRows.fields + [
            Field(
                "months", .list(.integer(1...120)), required: true,
                "the windows, in months before the as-of day: [1, 3, 6, 12]"),
            Field(
                "columns", .map(.object(WindowColumn.fields)), required: true,
                "what is made for each window, by the name that the window is added to: spend "
                    + "becomes spend_3m"),
        ])

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    var uses: [Located<String>] { [values.located("from")].compactMap { $0 } }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let rows = try await KeyedRows(values, &input), let months = months(&input),
            let longest = months.last
        else { return nil }
        var items = WindowItems(rows, months: months)
        for (name, values) in values.objectMap("columns") ?? [] {
            guard let column = WindowColumn(name, values, &input) else { continue }
            try await items.add(column)
        }
        input.diagnostics += items.rows.other.diagnostics
        var taken: Set<String> = []
        for (column, place) in zip(items.columns, items.places) {
            let name = Located(column.name, at: place)
            if input.isNew(name), !taken.insert(column.name.lowercased()).inserted {
                input.diagnostics.append(
                    Diagnostic(
                        "column_exists", at: place, "two columns would be named '\(column.name)'",
                        hint: "choose another name"))
            }
        }
        guard input.diagnostics.isEmpty else { return nil }
        let bound = rows.asOf.before(months: longest)
        let account = try await rows.account(of: input, after: bound)
        let summed = rows.summed(items.summed, after: items.needsAll ? nil : bound)
        let windows = months.map(String.init).joined(separator: ", ")
        var plan = StepPlan(
            columns: input.ours + items.columns, from: rows.joined(summed, to: input),
            summary: "'\(rows.other.name)' summed up over \(windows) months up to \(rows.asOf)",
            fitted: items.fitted, notices: account.notices)
        plan.facts =
            account.facts
            + months.map {
                "\($0) months: after \(rows.asOf.before(months: $0)), up to \(rows.asOf)"
            }
        return plan
    }

    /// Ascending.
    private func months(_ input: inout StepInput) -> [Int]? {
        let stated = (values.list("months") ?? []).compactMap { item in
            if case .integer(let value) = item.value { value } else { nil }
        }
        guard stated.isEmpty || Set(stated).count != stated.count else { return stated.sorted() }
        input.diagnostics.append(
            Diagnostic(
                "invalid_months", at: values.place(of: "months"),
                stated.isEmpty ? "no window is stated" : "a window is stated twice",
                hint: "state each once, like [1, 3, 6, 12]"))
        return nil
    }
}
