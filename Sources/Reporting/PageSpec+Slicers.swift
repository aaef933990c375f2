import Columns
import Query
package import Workspace

extension PageSpec {
    package struct Slicer: Sendable {
        package enum Kind: String, Sendable, CaseIterable {
            case list, range, tiles, segments, date, hierarchy, parameter

            /// Whether it is of one dimension.
            var isOfOne: Bool { self != .hierarchy && self != .parameter }
        }

        package var id: String
        var place: Diagnostic.Place
        package var kind: Kind
        /// What it filters; of a hierarchy, the levels from above; none of a parameter.
        package var dimensions: [Located<String>]
        package var label: String?
        /// The figure that it shows beside its values.
        var measure: Located<String>?
        /// What it sets.
        var parameter: Located<String>?
        /// What a date slicer offers besides its days.
        var periods: [Located<String>]?
        /// Whether periods end with the data's last day, and not with the project's as-of date.
        var isAsOfData = false

        package var dimension: Located<String> { dimensions[0] }

        init(_ name: String, _ values: FieldValues, place index: Int) {
            id = values.text("id") ?? "s\(index + 1)"
            place = values.place(of: "id")
            kind = Kind(rawValue: name) ?? .list
            label = values.text("label")
            let levels = values.texts("dimensions") ?? []
            switch kind {
            case .segments: dimensions = [values.required("segmentation")]
            case .hierarchy: dimensions = levels.isEmpty ? [values.required("dimensions")] : levels
            case .parameter: dimensions = []
            default: dimensions = [values.required("dimension")]
            }
            measure = values.located(kind == .hierarchy ? "count" : "share")
            parameter = kind == .parameter ? values.required("parameter") : nil
            periods = values.texts("periods")
            isAsOfData = values.text("as_of") == "data"
        }
    }

    static let slicerField = Field(
        "slicers", .list(.variant(slicerKinds)), "what readers filter the page by")

    static let slicerKinds: [FieldType.Variant] = [
        .init("list", "picks values", .fields([id, dimension, label])),
        .init("range", "picks a range of numbers", .fields([id, dimension, label])),
        .init(
            "tiles", "picks values, each a button, with how much of a figure they hold",
            .fields([id, dimension, label, share])),
        .init(
            "segments", "picks segments, in their colours",
            .fields([id, ChartFields.segmentation, label, share])),
        .init(
            "date", "picks days, or a time that is counted from the as-of date",
            .fields([id, dimension, label, periods, asOf])),
        .init(
            "hierarchy", "picks from values that lie in values, like cities in states",
            .fields([id, levels, label, count])),
        .init("parameter", "sets a number that measures use", .fields([id, parameter])),
    ]

    static let id = Field(
        "id", .text, "what links to the page call it; without one, by its place: s1, v1")

    private static let dimension = Field("dimension", .text, required: true, "what it filters")
    private static let label = Field(
        "label", .text, "what it is called; the dimension's label if not stated")
    private static let parameter = Field(
        "parameter", .text, required: true, "as a file of measures/ defines it")
    private static let share = Field(
        "share", .text, "a sum or a count of which each value's share is shown")
    private static let periods = Field(
        "periods", .list(.text),
        "times seen from the as-of date: last_30_days, last_3_months, this_year, previous_month …; "
            + "an empty list offers none")
    private static let asOf = Field(
        "as_of", .choice(["project", "data"]),
        "whether periods end with the project's as-of date, or with the last day in the data; "
            + "that day too where the project states no date")
    private static let levels = Field(
        "dimensions", .list(.text), required: true, "of one model, from the widest to the narrowest"
    )
    private static let count = Field(
        "count", .text, required: true, "the measure that is shown beside each value")

    // MARK: Checks

    func checkSlicers(_ catalogue: Catalogue, _ diagnostics: inout [Diagnostic]) {
        for slicer in slicers {
            check(slicer, catalogue, &diagnostics)
            for period in slicer.periods ?? [] where RelativePeriod(period.value) == nil {
                diagnostics.append(.unknownPeriod(period))
            }
            if let parameter = slicer.parameter, catalogue.parameters[parameter.value] == nil {
                diagnostics.append(
                    Diagnostic(
                        "unknown_parameter", at: parameter.place,
                        "there is no parameter '\(parameter.value)'",
                        hint: NearestName.hint(
                            for: parameter.value, among: catalogue.parameters.keys.sorted())))
            }
        }
    }

    private func check(
        _ slicer: Slicer, _ catalogue: Catalogue, _ diagnostics: inout [Diagnostic]
    ) {
        let known = slicer.dimensions.compactMap { catalogue.dimensions[$0.value] }
        guard !known.isEmpty, known.count == slicer.dimensions.count else { return }
        switch slicer.kind {
        case .segments where !known[0].isSegmentation:
            let names = catalogue.dimensions.values.filter(\.isSegmentation).map(\.name).sorted()
            diagnostics.append(
                Diagnostic(
                    "unknown_segmentation", at: slicer.dimension.place,
                    "there is no segmentation '\(slicer.dimension.value)'",
                    hint: NearestName.hint(for: slicer.dimension.value, among: names)))
        case .date where known[0].kind != .date:
            diagnostics.append(
                Diagnostic(
                    "not_a_date", at: slicer.dimension.place,
                    "the dimension '\(slicer.dimension.value)' is \(known[0].type), "
                        + "but a date is expected"))
        case .hierarchy where known.contains(where: { $0.model != known[0].model }):
            diagnostics.append(
                Diagnostic(
                    "unrelated", at: slicer.dimension.place,
                    "a hierarchy's dimensions are of one model, but these are of "
                        + known.map { "'\($0.model)'" }.unique.joined(separator: " and ")))
        default: break
        }
        if let measure = slicer.measure, let found = catalogue.measures[measure.value],
            !found.isAdditive
        {
            diagnostics.append(
                Diagnostic(
                    "not_additive", at: measure.place,
                    "'\(measure.value)' is no sum and no count, so no value holds a share of it",
                    hint: "name a measure like count(*) or sum(balance)"))
        }
    }

    /// The names by which links know slicers and visuals.
    func checkIdentity(_ diagnostics: inout [Diagnostic]) {
        var seen: Set<String> = []
        let stated = slicers.map { ($0.id, $0.place) } + visuals.map { ($0.id, $0.place) }
        for (id, place) in stated {
            if id.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]{0,39}/) == nil || id == "page" {
                diagnostics.append(
                    Diagnostic(
                        "invalid_id", at: place, "'\(id)' is no name for links",
                        hint: "a letter, then letters, digits and _, 40 at most; not 'page'"))
            } else if !seen.insert(id).inserted {
                diagnostics.append(
                    Diagnostic(
                        "duplicate_id", at: place,
                        "two slicers or visuals of the page are called '\(id)'",
                        hint: "those without an 'id' are called by their place: s1, v1"))
            }
        }
    }
}
