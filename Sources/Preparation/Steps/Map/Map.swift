import Columns
import Engine
import Workspace

/// Gives values other ones, by a list of what becomes what.
///
/// A missing value stays missing. The result has the column's type where the other values are kept;
/// else it is a number or a truth value where all that it can be is one, and a text if not.
struct Map: Step {
    static let name = "map"
    static let summary = "gives values other ones: old: new"
    static let fields = FieldType.VariantFields.fields(
        ColumnKeys.fields("the values") + [
            Field("into", .text, "a new column for the result, instead of the column itself"),
            Field(
                "values", .map(.scalar), required: true,
                "what becomes what; nothing behind the colon stands for missing"),
            Field(
                "otherwise", .scalar,
                "what becomes of values that are not listed: keep (the default), missing, or a "
                    + "value for all of them"),
            Field("order", .list(.text), "the order of the results, lowest first"),
        ])

    private let values: FieldValues
    private let entries: [(key: Located<String>, value: Located<WrittenValue>)]
    private let otherwise: Otherwise

    private enum Otherwise {
        case keep, missing
        case constant(Located<WrittenValue>)
    }

    init(_ values: FieldValues) {
        self.values = values
        entries = values.writtenMap("values") ?? []
        let written = values.written("otherwise")
        otherwise =
            switch written?.value.text {
            case nil, "keep": .keep
            case "missing": .missing
            default: written.map { .constant($0) } ?? .keep
            }
    }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let columns = input.columns(values, of: Self.self) else { return nil }
        let into = values.located("into")
        if let into {
            guard input.isNew(into) else { return nil }
            if columns.count > 1 {
                input.diagnostics.append(
                    Diagnostic(
                        "either_or", at: into.place,
                        "'into' is one column, but \(columns.count) are mapped",
                        hint: "leave 'into' out, or write a step for each column"))
                return nil
            }
        }
        var plan = StepPlan(columns: [], summary: "")
        var new: [(column: String, sql: String, reads: [String])] = []
        for column in columns {
            guard let mapping = try await mapping(of: column.value, &input) else { return nil }
            let name = column.value.name
            new.append((name, mapping.sql(input), [name]))
            plan.counted += counted(mapping, input)
            guard let levels = levels(mapping, input) else { continue }
            guard isSound(levels, mapping, &input) else { return nil }
            plan.levels[into?.value ?? name] = levels
        }
        plan.columns =
            into.map { input.adding($0.value, new[0].sql, reads: new[0].reads) }
            ?? input.replacing(new)
        plan.summary =
            "\(columns.map(\.value.name).list) mapped by \(entries.count) values"
            + (into.map { " into \($0.value)" } ?? "")
        return plan
    }

    // MARK: One column

    /// The entries in the types of one column and its result.
    private struct Mapping {
        var field: Schema.Field
        var type: ColumnType
        var keys: [Value]
        var results: [Value]
        /// Nil where the other values are kept.
        var other: Value?

        func sql(_ input: StepInput) -> String {
            let name = input.dialect.quoted(field.name)
            let whens = zip(keys, results).map {
                "WHEN \(name) = \(input.typed($0, field.type)) THEN \(input.typed($1, type))"
            }
            let rest = other.map { input.typed($0, type) } ?? name
            return "CASE WHEN \(name) IS NULL THEN NULL \(whens.joined(separator: " ")) "
                + "ELSE \(rest) END"
        }
    }

    private func mapping(
        of field: Schema.Field, _ input: inout StepInput
    ) async throws(AuroraError) -> Mapping? {
        guard !entries.isEmpty else {
            input.diagnostics.append(
                Diagnostic(
                    "missing_key", at: values.place(of: "values"), "'values' lists nothing",
                    hint: "write old: new"))
            return nil
        }
        let keys = entries.map { entry in
            entry.key.map { WrittenValue(value: .text($0), text: $0) }
        }
        guard let keys = try await input.constants(keys, for: field) else { return nil }
        for (index, key) in keys.enumerated() where keys[..<index].contains(key) {
            input.diagnostics.append(
                Diagnostic(
                    "duplicate_key", at: entries[index].key.place,
                    "'\(entries[index].key.value)' is listed twice"))
            return nil
        }
        var results = entries.map(\.value)
        var type = field.type
        switch otherwise {
        case .keep: break
        case .missing: type = Self.type(of: results.map(\.value))
        case .constant(let constant):
            results.append(constant)
            type = Self.type(of: results.map(\.value))
        }
        let target = Schema.Field(values.text("into") ?? field.name, type)
        let before = input.diagnostics.count
        guard var fitted = try await input.constants(results, for: target) else {
            if case .keep = otherwise {
                // Several of them have one cause.
                input.diagnostics.removeSubrange((before + 1)...)
                input.diagnostics[before].hint =
                    "where values that are not listed are kept, the others have their type; state "
                    + "'otherwise: missing' or cast the column"
            }
            return nil
        }
        var other: Value?
        switch otherwise {
        case .keep: break
        case .missing: other = .missing
        case .constant: other = fitted.removeLast()
        }
        return Mapping(field: field, type: type, keys: keys, results: fitted, other: other)
    }

    /// The narrowest type of stated values.
    private static func type(of values: [WrittenValue]) -> ColumnType {
        var whole = 1
        var scale = 0
        var kinds: Set<String> = []
        for written in values where !written.value.isMissing {
            switch written.value {
            // Yes and no are truth values for YAML, but a label for who maps to them.
            case .boolean where ["true", "false"].contains(written.text): kinds.insert("boolean")
            case .integer(let integer):
                kinds.insert("number")
                whole = max(whole, String(integer.magnitude).count)
            case .decimal(let decimal):
                kinds.insert("number")
                whole = max(whole, decimal.precision - decimal.scale)
                scale = max(scale, decimal.scale)
            default: kinds.insert("text")
            }
        }
        switch kinds {
        case ["boolean"]: return .boolean
        case ["number"] where scale == 0: return .integer
        case ["number"] where whole + scale <= 38:
            return .decimal(precision: whole + scale <= 18 ? 18 : 38, scale: scale)
        default: return .text
        }
    }

    // MARK: What there is to tell

    private func counted(_ mapping: Mapping, _ input: StepInput) -> [StepPlan.Counted] {
        let name = input.dialect.quoted(mapping.field.name)
        let column = mapping.field.name
        var counted: [StepPlan.Counted] = zip(entries, mapping.keys).map { entry, key in
            let text = entry.key.value
            return .init(
                condition: "\(name) = \(input.typed(key, mapping.field.type))",
                fact: { count, _ in count == 0 ? "\(column): '\(text)' matched nothing" : nil })
        }
        let list = mapping.keys.map { input.typed($0, mapping.field.type) }
            .joined(separator: ", ")
        let unlisted = "\(name) IS NOT NULL AND \(name) NOT IN (\(list))"
        switch otherwise {
        case .keep:
            counted.append(
                .init(
                    condition: unlisted,
                    fact: { count, _ in
                        count == 0 ? nil : "\(count) values of \(column) are not listed and stay"
                    }))
        case .missing:
            counted.append(
                .init(
                    condition: unlisted,
                    notice: { count, _ in
                        count == 0
                            ? nil
                            : Notice(
                                "not_listed",
                                "\(count) values of \(column) are not listed and became missing")
                    }))
        case .constant(let constant):
            let text = constant.value.text
            counted.append(
                .init(
                    condition: unlisted,
                    fact: { count, _ in
                        count == 0
                            ? nil
                            : "\(count) values of \(column) are not listed and became '\(text)'"
                    }))
        }
        return counted
    }

    // MARK: Order

    /// The stated order, or the one that the column had, told in the results.
    private func levels(_ mapping: Mapping, _ input: StepInput) -> [String]? {
        if let order = values.texts("order") { return order.map(\.value) }
        guard mapping.type == .text, let old = input.levels[mapping.field.name] else { return nil }
        var seen: Set<String> = []
        return old.compactMap { level -> String? in
            guard let index = mapping.keys.firstIndex(of: .text(level)) else {
                return mapping.other == nil ? level : mapping.other?.textValue
            }
            return mapping.results[index].textValue
        }.filter { seen.insert($0).inserted }
    }

    private func isSound(
        _ levels: [String], _ mapping: Mapping, _ input: inout StepInput
    ) -> Bool {
        guard let order = values.texts("order") else { return true }
        let results = Set((mapping.results + [mapping.other].compactMap { $0 }).map(\.textValue))
            .compactMap { $0 }
        var problem: (place: Diagnostic.Place, text: String)?
        if mapping.type != .text {
            problem = (order.first?.place ?? values.place, "only texts need an order")
        } else if let twice = order.enumerated().first(where: { index, level in
            order[..<index].contains { $0.value == level.value }
        }) {
            problem = (twice.element.place, "'\(twice.element.value)' is in the order twice")
        } else if let left = results.sorted().first(where: { !levels.contains($0) }) {
            problem = (values.place(of: "order"), "'\(left)' has no place in the order")
        } else if mapping.other != nil,
            let unknown = order.first(where: { !results.contains($0.value) })
        {
            problem = (unknown.place, "no value becomes '\(unknown.value)'")
        }
        guard let problem else { return true }
        input.diagnostics.append(
            Diagnostic(
                "invalid_order", at: problem.place, problem.text,
                hint: "name each result once, lowest first"))
        return false
    }
}

extension [String] {
    /// Names in a sentence.
    var list: String { joined(separator: ", ") }
}
