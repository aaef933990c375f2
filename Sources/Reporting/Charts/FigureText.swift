import Columns
import Query
import Workspace

/// An author's text in which `{measure}` stands for a figure. Other braces are braces.
struct FigureText {
    private enum Part {
        case text(String)
        case measure(String)
    }

    private let parts: [Part]
    /// Those that it names, in order.
    let measures: [Located<String>]

    init(_ text: Located<String>) {
        var parts: [Part] = []
        var rest = text.value[...]
        while let match = rest.firstMatch(of: /\{([A-Za-z_][A-Za-z0-9_]*)\}/) {
            parts.append(.text(String(rest[..<match.range.lowerBound])))
            parts.append(.measure(String(match.1)))
            rest = rest[match.range.upperBound...]
        }
        self.parts = parts + [.text(String(rest))]
        measures = parts.compactMap { part in
            if case .measure(let name) = part { Located(name, at: text.place) } else { nil }
        }
    }

    /// The text with the figures of what a filter keeps.
    ///
    /// - Throws: as `Gate.answer`.
    func phrase(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> Phrase {
        var figures: [String: Value] = [:]
        // One by one: they may be of different models.
        for measure in measures.map(\.value).unique {
            let answer = try await gate.answer(
                FigureQuery(measures: [measure], filter: filter), for: reader)
            figures[measure] = answer.rows.first?.first
        }
        return phrase(figures, gate.catalogue)
    }

    /// - Parameter figures: by the measures' names; "–" where there is none.
    func phrase(_ figures: [String: Value], _ catalogue: Catalogue) -> Phrase {
        parts.reduce("") { phrase, part in
            switch part {
            case .text(let text): return phrase + "\(text: text)"
            case .measure(let name):
                guard let figure = figures[name]?.doubleValue,
                    let format = catalogue.measures[name]?.format
                else { return phrase + "–" }
                return phrase + "\(figure, format)"
            }
        }
    }
}
