import Columns
import Engine
import Query
import Workspace

/// Parts of a column's values, or of a category's: an axis of tiers and grids.
struct Bands: Sendable {
    struct Band: Sendable {
        var name: String
        var condition: CheckedExpression
    }

    /// More values than this are no axis that anybody reads.
    private static let mostLevels = 50

    static let fields = [
        Field("column", .text, "a column of the model"),
        Field(
            "parts", .integer(2...100),
            "that many parts with the same number of customers, ties kept together"),
        Field("shares", .list(.number), "where parts end, as shares of the customers: [0.5, 0.8]"),
        Field("edges", .list(.number), "where parts end, as values; each edge belongs to the part below"),
    ]
    static let segmentation = Field(
        "segmentation", .text, "another segmentation of the model, instead of a column")

    private let values: FieldValues
    private let column: Located<String>?
    let other: Located<String>?

    init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        self.values = values
        column = values.located("column")
        other = values.located("segmentation")
        let stated = ["column", "segmentation"].filter { values.states($0) }
        let cuts = ["parts", "shares", "edges"].filter { values.states($0) }
        if stated.count != 1 {
            diagnostics.append(
                Diagnostic(
                    "missing_key", at: values.place, "state either 'column' or 'segmentation'"))
        } else if cuts.count > 1 || other != nil && !cuts.isEmpty {
            diagnostics.append(
                Diagnostic(
                    "several_cuts", at: values.place,
                    "parts are stated by \(cuts.joined(separator: " and "))",
                    hint: other == nil ? "keep one of them" : "a segmentation has its own parts"))
        }
        for (key, isShare) in [("shares", true), ("edges", false)] where values.states(key) {
            let numbers = self.numbers(key)
            let isAscending = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
            let isInside = !isShare || numbers.allSatisfy { 0 < $0 && $0 < 1 }
            if numbers.isEmpty || !isAscending || !isInside {
                diagnostics.append(
                    Diagnostic(
                        "invalid_edges", at: values.place(of: key),
                        "'\(key)' needs numbers in ascending order"
                            + (isShare ? ", each above 0 and below 1" : "")))
            }
        }
    }

    /// How many parts the file announces; nil where the data tells.
    var announced: Int? {
        if let parts = values.integer("parts") { return parts }
        for key in ["shares", "edges"] where values.states(key) { return numbers(key).count + 1 }
        return nil
    }

    /// The parts over a table, lowest first, with one for customers without a value where there are
    /// any; nil when diagnostics say why there are none.
    func bands(
        over table: ConditionTable, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> [Band]? {
        if let other { return segments(other, table, &diagnostics) }
        guard let column else { return nil }
        let isCut = announced != nil
        let field =
            isCut
            ? table.number(column, &diagnostics) : table.column(column, &diagnostics)
        guard let field else { return nil }
        var bands =
            isCut
            ? try await cut(field, table, &diagnostics)
            : try await levels(field, column.place, table, &diagnostics)
        let missing = CheckedExpression.isMissing(.named(field.name), negated: false)
        if bands != nil, try await table.counts([missing])[0] > 0 {
            bands?.append(.init(name: "No \(field.name)", condition: missing))
        }
        return bands
    }

    private func segments(
        _ other: Located<String>, _ table: ConditionTable, _ diagnostics: inout [Diagnostic]
    ) -> [Band]? {
        guard let names = table.segmentations[other.value] else {
            diagnostics.append(
                Diagnostic(
                    "unknown_name", at: other.place,
                    "the model has no segmentation '\(other.value)' that could be used here",
                    hint: NearestName.hint(for: other.value, among: table.segmentations.keys.sorted())))
            return nil
        }
        return names.sorted { $0.key < $1.key }.map { id, name in
            .init(
                name: name,
                condition: .comparison(
                    .equal, .named(SegmentTable.segmentColumn(other.value)),
                    .literal(.integer(Int64(id)))))
        }
    }

    private func cut(
        _ field: Schema.Field, _ table: ConditionTable, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> [Band]? {
        var edges: [Value]
        if values.states("edges") {
            edges = (values.writtenNumbers("edges") ?? [])
        } else {
            let shares =
                values.integer("parts").map { parts in
                    (1..<parts).map { Double($0) / Double(parts) }
                } ?? numbers("shares")
            edges = try await table.edges(of: field.name, shares: shares)
            guard edges.count == shares.count else {
                diagnostics.append(
                    Diagnostic(
                        "no_values", at: values.place, "'\(field.name)' has no value to be cut"))
                return nil
            }
        }
        let distinct = edges.unique
        let column = CheckedExpression.named(field.name)
        var bands = distinct.map { edge in
            Band(
                name: "\(field.name) ≤ \(edge)",
                condition: .comparison(.lessOrEqual, column, .literal(edge)))
        }
        bands.append(
            Band(
                name: "\(field.name) > \(distinct[distinct.count - 1])",
                condition: .comparison(.greater, column, .literal(distinct[distinct.count - 1]))))
        for index in bands.indices.dropFirst().dropLast() {
            let (low, high) = (distinct[index - 1], distinct[index])
            bands[index].name = "\(field.name) \(low) – \(high)"
            bands[index].condition = .all([
                .comparison(.greater, column, .literal(low)), bands[index].condition,
            ])
        }
        return bands
    }

    private func levels(
        _ field: Schema.Field, _ place: Diagnostic.Place, _ table: ConditionTable,
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> [Band]? {
        guard let levels = try await table.levels(of: field.name, atMost: Self.mostLevels),
            !levels.isEmpty
        else {
            diagnostics.append(
                Diagnostic(
                    "too_many_levels", at: place,
                    "'\(field.name)' has no values, or more than \(Self.mostLevels)",
                    hint: "state 'parts', 'shares' or 'edges'"))
            return nil
        }
        return levels.map {
            Band(
                name: $0.description,
                condition: .comparison(.equal, .named(field.name), .literal($0)))
        }
    }

    private func numbers(_ key: String) -> [Double] {
        (values.list(key) ?? []).compactMap {
            if case .number(let number) = $0.value { number } else { nil }
        }
    }
}

extension FieldValues {
    /// A list of numbers as values of a table: whole where they are.
    fileprivate func writtenNumbers(_ key: String) -> [Value]? {
        list(key)?.compactMap { element in
            guard case .number(let number) = element.value else { return nil }
            return Int64(exactly: number).map { .integer($0) } ?? .double(number)
        }
    }
}

