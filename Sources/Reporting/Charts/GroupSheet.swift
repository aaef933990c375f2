import Columns
import Query
import Workspace

/// The groups of a segmentation with their sizes and what they hold, as a table.
private func groups(_ source: SheetSource) -> FigureSheet.Content {
    let held = source.measures.first.map { "Share of \(source.label($0))" } ?? "Share held"
    return source.plain([
        "rows": ("Customers", .count), "share": ("Share", .share), "value_share": (held, .share),
    ])
}

extension Finding {
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        var content = groups(source)
        content.isOfWords = true
        content.words = [("Finding", .text(source.words(source.data["sentence"])))]
        return content
    }
}

extension SegmentCards {
    /// What sets each group apart stands above the sizes.
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        var content = groups(source)
        for card in source.data["cards"]?.elements ?? [] {
            let traits = (card["traits"]?.elements ?? []).map { source.words($0["words"]) }
            let rest = card["rest"]?.textValue.map { [$0] } ?? []
            let name = source.text(source.name(card["value"], of: source.dimensions.first))
            content.words.append((name, .text((traits + rest).joined(separator: "; "))))
        }
        return content
    }
}

extension Differences {
    private static let verdicts = [
        "difference": "Difference", "same": "Tie: practically the same", "tie": "Tie",
        "formed": "Not tested: formed the groups",
    ]

    /// Each comparison with its dimension, and its value where it has one, by their names.
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        var content = FigureSheet.Content()
        content.columns = [
            "Dimension", "Value", "Higher in", "Lower in", "Higher", "Lower", "95 % interval from",
            "95 % interval to", "Effect (sd)", "p, corrected", "Verdict",
        ]
        content.rows = source.rows.map { row in
            let name = row[0].textValue ?? ""
            let isShare = row[1] != .null
            let format: FigureFormat? =
                isShare
                ? .share
                : source.catalogue.dimensions[name]?.format ?? FigureFormat(.decimal, digits: 2)
            let figures = row[4...7].map { SheetCell(figure: $0, format) }
            let verdict = row[10].textValue ?? ""
            return [
                .text(source.label(name)), isShare ? source.name(row[1], of: name) : .empty,
                source.name(row[2]), source.name(row[3]),
            ] + figures + [
                SheetCell(figure: row[8], .decimal(2)), SheetCell(figure: row[9], .decimal(3)),
                .text(Self.verdicts[verdict] ?? verdict),
            ]
        }
        if let tried = source.data["tried"]?.wholeValue, tried > 0 {
            content.words = [
                ("Comparisons", .text("\(tried) tried, p corrected for all of them"))
            ]
        }
        return content
    }
}
