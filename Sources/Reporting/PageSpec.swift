import Columns
import Query
package import Workspace

/// A file of `pages/`: slicers and visuals on a grid of 12 columns.
package struct PageSpec: Sendable {
    package let name: String
    package let title: String
    package let summary: String?
    /// Pages without one come after those with one.
    let position: Int
    package let slicers: [Slicer]
    package let visuals: [Visual]
    let bookmarks: [Bookmark]
    /// The names of bookmarks, in the order in which they are told.
    let story: [Located<String>]

    package struct Visual: Sendable {
        package var id: String
        var place: Diagnostic.Place
        package var type: String
        package var title: String?
        package var subtitle: String?
        package var width: Int
        package var height: Int
        package var interaction: Interaction
        package var chart: any Chart
    }

    /// What marks that are selected in other visuals do to one. Slicers filter every visual.
    package enum Interaction: String, Sendable, CaseIterable {
        case filter, highlight, none
    }

    package static let kind = FileKind(
        folder: "pages", type: "page/v1", summary: "A page of a report.",
        fields: [
            Field("title", .text, required: true, "what the page is called"),
            Field("description", .text, "what it answers, in a sentence"),
            Field("position", .integer(1...1000), "its place among the pages"),
            slicerField, Bookmark.field, Bookmark.storyField,
            Field(
                "visuals",
                .list(
                    .variant(
                        ChartKind.all.map {
                            .init($0.name, summary(of: $0), .fields(frame(of: $0) + $0.fields))
                        }
                    )),
                required: true, "from left to right, row by row"),
        ])

    /// What it is, and how much of it is shown.
    private static func summary(of kind: ChartKind) -> String {
        let limit = kind.limit.words
        return limit.isEmpty ? kind.summary : "\(kind.summary). Shown at most: \(limit)"
    }

    private static func frame(of kind: ChartKind) -> [Field] {
        let choices = Interaction.allCases.filter { $0 != .highlight || kind.showsParts }
        let words =
            kind.showsParts
            ? "filters it, is shown inside the whole, or neither" : "filters it or doesn't"
        return frame + [
            Field(
                "interaction", .choice(choices.map(\.rawValue)),
                "what is selected in other visuals \(words)")
        ]
    }

    private static let frame = [
        id,
        Field("title", .text, "what is shown, or what was found"),
        Field("subtitle", .text, "the unit, or a remark"),
        Field("width", .integer(1...12), "in 12ths of the page"),
        Field("height", .integer(1...12), "in rows of the grid"),
    ]

    package init(_ file: ProjectFile) {
        let values = file.values
        name = file.name
        title = values.text("title") ?? file.name
        summary = values.text("description")
        position = values.integer("position") ?? .max
        slicers = (values.variants("slicers") ?? []).enumerated().map { index, slicer in
            Slicer(slicer.name.value, slicer.values, place: index)
        }
        bookmarks = (values.objects("bookmarks") ?? []).map { Bookmark($0) }
        story = values.texts("story") ?? []
        visuals = (values.variants("visuals") ?? []).enumerated().compactMap { index, visual in
            guard let kind = ChartKind.all.first(where: { $0.name == visual.name.value }) else {
                return nil
            }
            let chart = kind.chart(visual.values)
            return Visual(
                id: visual.values.text("id") ?? "v\(index + 1)",
                place: visual.values.place(of: "id"), type: kind.name,
                title: visual.values.text("title"),
                subtitle: visual.values.text("subtitle"),
                width: visual.values.integer("width") ?? kind.usualSize.width,
                height: visual.values.integer("height") ?? chart.usualHeight
                    ?? kind.usualSize.height,
                interaction: visual.values.text("interaction").flatMap(Interaction.init)
                    ?? .filter, chart: chart)
        }
    }

    var dimensions: [Located<String>] {
        slicers.flatMap(\.dimensions) + bookmarks.flatMap { $0.filters.map(\.dimension) }
            + visuals.flatMap { visual in
                let dimensions = visual.chart.dimensions
                let others = visual.chart.drill + visual.chart.numbers + visual.chart.dates
                return dimensions + others.filter { !dimensions.contains($0) }
            }
    }

    var measures: [Located<String>] {
        visuals.flatMap { $0.chart.measures + $0.chart.otherMeasures }
            + slicers.compactMap(\.measure) + bookmarks.flatMap { $0.words?.measures ?? [] }
    }

    /// Checks the page's names against what the project defines.
    ///
    /// - Parameters:
    ///   - declared: all names, also of what has mistakes of its own.
    ///   - models: those of all models, likewise.
    func check(
        _ catalogue: Catalogue, declared: Set<String>, models: [String],
        _ diagnostics: inout [Diagnostic]
    ) {
        func isUnknown(_ name: String) -> Bool {
            catalogue.measures[name] == nil && catalogue.dimensions[name] == nil
                && !declared.contains(name)
        }
        for measure in measures
        where catalogue.dimensions[measure.value] != nil || isUnknown(measure.value) {
            diagnostics.append(
                Diagnostic(
                    "unknown_measure", at: measure.place,
                    "there is no measure '\(measure.value)'",
                    hint: NearestName.hint(
                        for: measure.value, among: catalogue.measures.keys.sorted())))
        }
        for dimension in dimensions
        where catalogue.measures[dimension.value] != nil || isUnknown(dimension.value) {
            diagnostics.append(
                Diagnostic(
                    "unknown_dimension", at: dimension.place,
                    "there is no dimension '\(dimension.value)'",
                    hint: NearestName.hint(
                        for: dimension.value, among: catalogue.dimensions.keys.sorted())))
        }
        for model in visuals.flatMap(\.chart.models)
        where !models.contains(model.value) {
            diagnostics.append(
                Diagnostic(
                    "unknown_model", at: model.place, "there is no model '\(model.value)'",
                    hint: NearestName.hint(for: model.value, among: models)))
        }
        checkSegmentations(catalogue, &diagnostics)
        for visual in visuals { diagnostics += visual.chart.check(catalogue) }
        checkIdentity(&diagnostics)
        checkSlicers(catalogue, &diagnostics)
        checkBookmarks(catalogue, &diagnostics)
        for measure in visuals.flatMap(\.chart.sums)
        where catalogue.measures[measure.value]?.isAdditive == false {
            diagnostics.append(
                Diagnostic(
                    "not_additive", at: measure.place,
                    "'\(measure.value)' is no sum and no count, so no group holds a part of it",
                    hint: "name a measure like sum(balance), or leave it out"))
        }
        for count in visuals.flatMap(\.chart.counts)
        where catalogue.measures[count.value]?.isCount == false {
            diagnostics.append(
                Diagnostic(
                    "not_a_count", at: count.place,
                    "'\(count.value)' is no number of rows, so it can't be tested for a relation",
                    hint: "name a measure like count(*)"))
        }
        for date in visuals.flatMap(\.chart.dates) {
            guard let dimension = catalogue.dimensions[date.value], dimension.kind != .date else {
                continue
            }
            diagnostics.append(
                Diagnostic(
                    "not_a_date", at: date.place,
                    "the dimension '\(date.value)' is \(dimension.type), but a date is expected",
                    hint: "read its column as a date, or leave 'each' out"))
        }
        let numbers =
            visuals.flatMap(\.chart.numbers)
            + slicers.filter { $0.kind == .range }.flatMap(\.dimensions)
        for number in numbers {
            guard let dimension = catalogue.dimensions[number.value], dimension.kind != .number
            else { continue }
            diagnostics.append(
                Diagnostic(
                    "not_a_number", at: number.place,
                    "the dimension '\(number.value)' is \(dimension.type), but a number is expected"
                ))
        }
    }

    /// What is no dimension at all has been told of as such.
    private func checkSegmentations(_ catalogue: Catalogue, _ diagnostics: inout [Diagnostic]) {
        let known = catalogue.dimensions.values.filter(\.isSegmentation).map(\.name).sorted()
        for name in visuals.flatMap(\.chart.segmentations)
        where catalogue.dimensions[name.value]?.isSegmentation == false {
            diagnostics.append(
                Diagnostic(
                    "unknown_segmentation", at: name.place,
                    "there is no segmentation '\(name.value)'",
                    hint: NearestName.hint(for: name.value, among: known)))
        }
    }
}
