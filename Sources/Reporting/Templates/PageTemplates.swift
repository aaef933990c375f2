import Columns
import Workspace

extension PageTemplate {
    /// Figures that open a page, sharing its width.
    private static func strip(_ names: TemplateNames, most: Int) -> [PatchValue] {
        let shown = names.figures.prefix(most)
        return shown.map {
            .item("kpi", ["measure": .text($0), "width": .integer(12 / max(1, shown.count))])
        }
    }

    private static func slicers(
        _ names: TemplateNames, segmentation: Bool = true, categories: Int = 2
    ) -> [PatchValue] {
        let lists =
            (segmentation ? [names.segmentation].compactMap { $0 } : [])
            + names.categories.prefix(categories)
        return lists.map { .item("list", ["dimension": .text($0)]) }
            + names.numbers.prefix(1).map { .item("range", ["dimension": .text($0)]) }
    }

    static let overview = PageTemplate(
        "overview", "The groups at a glance",
        "a segmentation: its main finding, key figures, how large groups are and what they hold",
        "How large the groups are, what they hold, and who is in them."
    ) { names throws(AuroraError) in
        let segments = try names.need(names.segmentation, "a segmentation")
        let count = try names.need(names.count, "a measure that counts rows, like count(*)")
        let figure = names.sums.first ?? names.averages.first
        var visuals: [PatchValue] = [
            .item(
                "finding",
                ["segmentation": .text(segments), "measure": names.sums.first.map { .text($0) }])
        ]
        visuals += strip(names, most: 4)
        visuals.append(
            .item("donut", ["measure": .text(count), "by": .text(segments), "width": .integer(4)]))
        visuals.append(
            .item(
                "bar",
                ["measure": .text(figure ?? count), "by": .text(segments), "width": .integer(8)]))
        for category in names.categories.prefix(2) {
            visuals.append(
                .item(
                    "stacked_bar",
                    [
                        "measure": .text(count), "by": .text(segments), "stack": .text(category),
                        "share": .boolean(true),
                        "width": .integer(names.categories.count > 1 ? 6 : 12),
                    ]))
        }
        visuals.append(
            .item(
                "table",
                ["measures": .names(Array(names.figures.prefix(8))), "by": .names([segments])]))
        return TemplateContent(slicers(names, categories: 1), visuals)
    }

    static let comparison = PageTemplate(
        "comparison", "The groups compared",
        "segments side by side: cards, spreads, and which differences hold",
        "Where the groups really differ, and where they only seem to."
    ) { names throws(AuroraError) in
        let segments = try names.need(names.segmentation, "a segmentation")
        let numbers = names.numbers
        _ = try names.need(numbers.first, "a dimension of numbers")
        var visuals: [PatchValue] = [
            .item(
                "segment_cards",
                [
                    "segmentation": .text(segments), "measure": names.sums.first.map { .text($0) },
                    "traits": .names(Array((numbers + names.categories).prefix(8))),
                ])
        ]
        for number in numbers.prefix(4) {
            visuals.append(
                .item(
                    "box_plot",
                    [
                        "of": .text(number), "by": .text(segments),
                        "width": .integer(numbers.count > 1 ? 6 : 12),
                    ]))
        }
        if let count = names.count, let category = names.categories.first {
            visuals.append(
                .item(
                    "heat_map",
                    [
                        "measure": .text(count), "by": .text(segments), "across": .text(category),
                        "colour": "residual", "width": .integer(12),
                    ]))
        }
        visuals.append(
            .item(
                "differences",
                ["segmentation": .text(segments), "of": .names(Array(numbers.prefix(8)))]))
        return TemplateContent(slicers(names, segmentation: false), visuals)
    }

    static let trend = PageTemplate(
        "trend", "Figures over time", "key figures and how they have moved, month by month",
        "The key figures, and how they came about."
    ) { names throws(AuroraError) in
        let date = try names.need(names.dates.first, "a dimension of dates")
        let figure = try names.need(names.figures.first, "a measure")
        let second = names.sums.first ?? names.averages.first
        var visuals = strip(names, most: 4)
        visuals.append(
            .item(
                "line",
                [
                    "measure": .text(figure), "over": .text(date), "each": "month",
                    "width": .integer(12), "height": .integer(4),
                ]))
        if let second, second != figure {
            visuals.append(
                .item(
                    "line",
                    [
                        "measure": .text(second), "over": .text(date), "each": "month",
                        "by": (names.segmentation ?? names.categories.first).map { .text($0) },
                        "width": .integer(12), "height": .integer(4),
                    ]))
        }
        return TemplateContent(slicers(names), visuals)
    }

    static let exploration = PageTemplate(
        "exploration", "Pairs of figures",
        "which figures go together: pairs with their correlation, and how each is spread",
        "How far figures go together, and how each is spread."
    ) { names throws(AuroraError) in
        _ = try names.need(names.numbers.dropFirst().first, "two dimensions of numbers")
        let shown = Array(names.numbers.prefix(4))
        var visuals: [PatchValue] = zip(shown, shown.dropFirst()).map { x, y in
            .item(
                "pair",
                [
                    "x": .text(x), "y": .text(y), "by": names.segmentation.map { .text($0) },
                    "width": .integer(shown.count > 2 ? 6 : 12),
                ])
        }
        if shown.count == 4 {
            visuals.append(
                .item(
                    "pair",
                    [
                        "x": .text(shown[0]), "y": .text(shown[3]),
                        "by": names.segmentation.map { .text($0) }, "width": .integer(6),
                    ]))
        }
        visuals += shown.map {
            .item("histogram", ["of": .text($0), "width": .integer(12 / shown.count)])
        }
        return TemplateContent(slicers(names), visuals)
    }

    static let figures = PageTemplate(
        "figures", "All figures", "every measure as a number, and all of them by a dimension",
        "Every figure of the project, in total and by group."
    ) { names throws(AuroraError) in
        let first = try names.need(names.figures.first, "a measure")
        let by = names.segmentation ?? names.categories.first
        let shown = Array(names.figures.prefix(12))
        var visuals = strip(names, most: 6)
        if let by {
            visuals.append(
                .item(
                    "column",
                    ["measure": .text(first), "by": .text(by), "width": .integer(12)]))
            visuals.append(
                .item(
                    "table",
                    [
                        "measures": .names(shown),
                        "by": .names([by] + names.categories.filter { $0 != by }.prefix(1)),
                    ]))
        }
        return TemplateContent(slicers(names), visuals)
    }

    static let blank = PageTemplate(
        "blank", "A new page", "a title and nothing else, to be filled in the browser",
        "What this page answers, in a sentence."
    ) { _ throws(AuroraError) in TemplateContent([], []) }
}

extension PatchValue: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
}
