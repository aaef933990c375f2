import Columns
import Query
import Workspace

extension PageView {
    /// The page's bookmarks, as far as this reader may see what they filter by.
    func bookmarks() async throws(AuroraError) -> JSON {
        var bookmarks: [JSON] = []
        for bookmark in page.bookmarks {
            var selections: [PageSelection] = []
            for filter in bookmark.filters {
                if let selection = try await selection(filter) { selections.append(selection) }
            }
            selections = permitted(selections)
            bookmarks.append(
                .object([
                    "name": .string(bookmark.name.value), "title": .string(bookmark.title),
                    "text": JSON(bookmark.text),
                    "words": try await words(of: bookmark, under: selections)?.json ?? .null,
                    "selections": .array(selections.map(\.json)),
                    "parameters": .object(
                        bookmark.parameters.map {
                            .init(name: $0.name.value, value: JSON($0.value))
                        }
                    ),
                ]))
        }
        return .array(bookmarks)
    }

    /// A bookmark's text with its figures under what the bookmark itself chooses, whatever else the
    /// reader has chosen; nil where it names none.
    private func words(
        of bookmark: Bookmark, under selections: [PageSelection]
    ) async throws(AuroraError) -> Phrase? {
        guard let words = bookmark.words else { return nil }
        let values = Dictionary(
            bookmark.parameters.map { ($0.name.value, $0.value) }, uniquingKeysWith: { $1 })
        do throws(AuroraError) {
            let filter = FilterContext(selections: selections.map(\.selection))
            return try await words.phrase(try run.gate.setting(values), filter, for: reader)
        } catch {
            if error.code == "interrupted" { throw error }
            // The visuals say why, once the bookmark is opened.
            return words.phrase([:], catalogue)
        }
    }

    /// Made by the slicer of the dimension, where the page has one, so that it shows what is chosen.
    private func selection(
        _ filter: Bookmark.Filter
    ) async throws(AuroraError) -> PageSelection? {
        let name = filter.dimension.value
        guard let dimension = catalogue.dimensions[name] else { return nil }
        let slicer = page.slicers.first { slicer in
            slicer.kind.isOfOne && slicer.dimension.value == name
                && (slicer.kind == .date) == (dimension.kind == .date)
        }
        let source = slicer?.id ?? PageSelection.wholePage
        if let period = filter.period.flatMap({ RelativePeriod($0.value) }) {
            guard let asOf = try await asOf(slicer, name) else { return nil }
            let (from, through) = period.days(asOf: asOf.day)
            return PageSelection(
                source: source,
                .init(
                    dimension: name,
                    .days(from: from.description, through: through.description)), period: period)
        }
        return filter.choice(of: dimension).map {
            PageSelection(source: source, .init(dimension: name, $0))
        }
    }

    /// What the parameters of the page's sliders are, by name.
    var parameters: JSON {
        .object(
            Set(page.slicers.compactMap { $0.parameter?.value }).sorted().compactMap { name in
                catalogue.parameters[name].map { .init(name: name, value: $0.json) }
            })
    }
}

extension PageSelection {
    /// The source of what no slicer and no visual has selected: it filters them all.
    static let wholePage = "page"
}

extension Parameter {
    var json: JSON {
        .object([
            "label": .string(label), "description": JSON(summary), "from": JSON(from),
            "to": JSON(to), "step": JSON(step), "default": JSON(usual), "format": format.json,
        ])
    }
}
