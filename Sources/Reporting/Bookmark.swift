import Columns
import Query
import Workspace

/// A view of a page that has a name: what it is filtered by, what parameters are set to, and a text.
struct Bookmark: Sendable {
    var name: Located<String>
    var title: String
    var text: String?
    /// The same with its figures; nil where it names none.
    var words: FigureText?
    var filters: [Filter]
    var parameters: [(name: Located<String>, value: Double)]

    struct Filter: Sendable {
        var dimension: Located<String>
        var values: [Located<WrittenValue>]?
        var from: Located<WrittenValue>?
        var to: Located<WrittenValue>?
        var period: Located<String>?
    }

    static let field = Field(
        "bookmarks",
        .list(
            .object([
                Field("name", .text, required: true, "what 'story' and links call it"),
                Field("title", .text, "what readers call it; its name if not stated"),
                Field(
                    "text", .text,
                    "what is to be seen, above the figures; `{measure}` is that figure as the "
                        + "bookmark filters it"),
                Field(
                    "filters",
                    .map(
                        .object([
                            Field("values", .list(.scalar), "any of these; null for missing ones"),
                            Field("from", .scalar, "the lowest number, or the first day"),
                            Field("to", .scalar, "the highest number, or the last day"),
                            Field("period", .text, "days seen from the as-of date: last_30_days"),
                        ])), "what is chosen, by dimension"),
                Field("parameters", .map(.number), "what parameters are set to"),
            ])), "views of the page that have a name")

    static let storyField = Field(
        "story", .names, "the bookmarks that are shown one after the other, by their names")

    init(_ values: FieldValues) {
        name = values.required("name")
        title = values.text("title") ?? name.value
        text = values.text("text")
        words = values.located("text").map { FigureText($0) }.flatMap {
            $0.measures.isEmpty ? nil : $0
        }
        filters = (values.objectMap("filters") ?? []).map { dimension, values in
            Filter(
                dimension: dimension, values: values.writtenList("values"),
                from: values.written("from"), to: values.written("to"),
                period: values.located("period"))
        }
        parameters = (values.map("parameters") ?? []).compactMap { entry in
            guard case .number(let value) = entry.value.value else { return nil }
            return (entry.key, value)
        }
    }
}

extension Bookmark.Filter {
    /// As a selection, where the filter fits the dimension's kind; a period has no days yet.
    func choice(of dimension: Catalogue.Dimension) -> FilterContext.Selection.Choice? {
        if let values {
            let converted = values.compactMap { Self.value($0.value, dimension.kind) }
            return converted.count == values.count ? .values(converted) : nil
        }
        switch dimension.kind {
        case .number:
            let (low, high) = (from?.value.value.doubleValue, to?.value.value.doubleValue)
            guard (low != nil) == (from != nil), (high != nil) == (to != nil),
                from != nil || to != nil
            else { return nil }
            return .range(from: low, to: high, closed: true)
        case .date:
            guard let first = from?.value.text, let last = to?.value.text,
                CalendarDate(first) != nil, CalendarDate(last) != nil
            else { return nil }
            return .days(from: first, through: last)
        default: return nil
        }
    }

    /// What was written, as a value of the dimension: `No` is false for YAML, and a text here.
    private static func value(
        _ written: WrittenValue, _ kind: Catalogue.Dimension.Kind
    ) -> Value? {
        if written.value.isMissing { return .missing }
        switch kind {
        case .boolean: if case .boolean = written.value { return written.value } else { return nil }
        case .number: return written.value.doubleValue == nil ? nil : written.value
        case .category, .date: return .text(written.text)
        }
    }
}

// MARK: - Checks

extension PageSpec {
    func checkBookmarks(_ catalogue: Catalogue, _ diagnostics: inout [Diagnostic]) {
        var seen: Set<String> = []
        for bookmark in bookmarks {
            if !seen.insert(bookmark.name.value).inserted {
                diagnostics.append(
                    Diagnostic(
                        "duplicate_name", at: bookmark.name.place,
                        "two bookmarks of the page are called '\(bookmark.name.value)'"))
            }
            for filter in bookmark.filters { check(filter, catalogue, &diagnostics) }
            for (name, value) in bookmark.parameters {
                check(name, value, catalogue, &diagnostics)
            }
        }
        for name in story where !seen.contains(name.value) {
            diagnostics.append(
                Diagnostic(
                    "unknown_bookmark", at: name.place,
                    "the page has no bookmark '\(name.value)'",
                    hint: NearestName.hint(for: name.value, among: seen.sorted())))
        }
    }

    private func check(
        _ filter: Bookmark.Filter, _ catalogue: Catalogue, _ diagnostics: inout [Diagnostic]
    ) {
        guard let dimension = catalogue.dimensions[filter.dimension.value] else { return }
        let place = filter.dimension.place
        if let period = filter.period {
            if RelativePeriod(period.value) == nil {
                diagnostics.append(.unknownPeriod(period))
            }
            if dimension.kind != .date {
                diagnostics.append(
                    Diagnostic(
                        "not_a_date", at: place,
                        "the dimension '\(dimension.name)' is \(dimension.type), "
                            + "but a period is of dates"))
            }
        } else if filter.choice(of: dimension) == nil {
            let wanted =
                switch dimension.kind {
                case .number: "'values', 'from' or 'to'"
                case .date: "'values', 'period', or 'from' and 'to'"
                default: "'values'"
                }
            diagnostics.append(
                Diagnostic(
                    "wrong_filter", at: place,
                    "the filter does not fit '\(dimension.name)', which is \(dimension.type)",
                    hint: "state \(wanted)"))
        }
        // Segments get other names, here or by a click, and a page then tells what it has lost.
        guard let order = dimension.order, !dimension.isSegmentation else { return }
        for value in filter.values ?? []
        where !value.value.value.isMissing && !order.contains(value.value.text) {
            // An order may leave values out, but not those of which it has the right spelling.
            guard NearestName.of(value.value.text, among: order) != nil else { continue }
            diagnostics.append(
                Diagnostic(
                    "unknown_value", at: value.place,
                    "'\(dimension.name)' has no value '\(value.value.text)' in its order",
                    hint: NearestName.hint(for: value.value.text, among: order)))
        }
    }

    private func check(
        _ name: Located<String>, _ value: Double, _ catalogue: Catalogue,
        _ diagnostics: inout [Diagnostic]
    ) {
        do throws(AuroraError) {
            _ = try catalogue.setting([name.value: value])
        } catch {
            diagnostics.append(
                Diagnostic(error.code, at: name.place, error.message, hint: error.hint))
        }
    }
}

extension Diagnostic {
    static func unknownPeriod(_ period: Located<String>) -> Diagnostic {
        Diagnostic(
            "unknown_period", at: period.place, "'\(period.value)' is no period",
            hint: NearestName.hint(for: period.value, among: RelativePeriod.usual.map(\.name)))
    }
}
