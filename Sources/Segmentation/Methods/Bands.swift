import Columns
import Engine
import Query
import Workspace

/// Parts of a column's values, or of a category's: an axis of tiers and grids.
struct Bands: Sendable {
    struct Band: Sendable {
        var name: String
        var condition: CheckedExpression
        /// Whether it is that of the customers without a value.
        var isMissing = false
    }

    /// More values than this are no axis that anybody reads.
    private static let mostLevels = 50

    static let column = Field("column", .text, "a column of the model")
    static let cuts = [
        Field(
            "parts", .integer(2...100),
            "that many parts with the same number of customers, ties kept together"),
        Field("shares", .list(.number), "where parts end, as shares of the customers: [0.5, 0.8]"),
        Field(
            "edges", .list(.number),
            "where parts end, as values; each edge belongs to the part below"),
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
            let isBoth = stated.count == 2
            diagnostics.append(
                Diagnostic(
                    isBoth ? "either_or" : "missing_key", at: values.place,
                    isBoth
                        ? "an axis is a column or a segmentation, but both are stated"
                        : "an axis is a column or a segmentation, but neither is stated",
                    hint: "column: balance or segmentation: value"))
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
                            + (isShare ? ", each above 0 and below 1" : ""),
                        hint: isShare ? "like [0.5, 0.8]" : "like [1000, 5000]"))
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
            bands?.append(.init(name: "No \(field.name)", condition: missing, isMissing: true))
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
                    hint: NearestName.hint(
                        for: other.value, among: table.segmentations.keys.sorted())))
            return nil
        }
        // Customers that belong to no segment of it come last.
        let order = names.keys.sorted {
            ($0 == FrozenSegments.outlierID ? Int.max : $0)
                < ($1 == FrozenSegments.outlierID ? Int.max : $1)
        }
        return order.map { id in
            let name = names[id] ?? "\(id)"
            return .init(
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
        // Behind the largest value there is no part.
        var isOpen = true
        if values.states("edges") {
            edges = values.writtenNumbers("edges") ?? []
        } else {
            let shares =
                values.integer("parts").map { parts in
                    (1..<parts).map { Double($0) / Double(parts) }
                } ?? numbers("shares")
            edges = try await table.edges(of: field.name, shares: shares + [1])
            guard let largest = edges.popLast() else {
                diagnostics.append(
                    Diagnostic(
                        "no_values", at: column?.place ?? values.place,
                        "'\(field.name)' has no value to be cut"))
                return nil
            }
            isOpen = edges.last != largest
        }
        return Self.parts(of: field.name, edges.unique, isOpen: isOpen)
    }

    /// - Parameters:
    ///   - edges: where parts end, ascending.
    ///   - isOpen: whether there is a part behind the last edge.
    private static func parts(of name: String, _ edges: [Value], isOpen: Bool) -> [Band] {
        let column = CheckedExpression.named(name)
        var bands = edges.map { edge in
            Band(
                name: "\(name) ≤ \(edge)",
                condition: .comparison(.lessOrEqual, column, .literal(edge)))
        }
        for index in edges.indices.dropFirst() {
            let (low, high) = (edges[index - 1], edges[index])
            bands[index].name = "\(name) \(low) – \(high)"
            bands[index].condition = .all([
                .comparison(.greater, column, .literal(low)), bands[index].condition,
            ])
        }
        guard let last = edges.last else { return bands }
        let above = CheckedExpression.comparison(.greater, column, .literal(last))
        if isOpen {
            bands.append(Band(name: "\(name) > \(last)", condition: above))
        } else if edges.count > 1 {
            let low = edges[edges.count - 2]
            bands[edges.count - 1] = Band(
                name: "\(name) > \(low)",
                condition: .comparison(.greater, column, .literal(low)))
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
