package import Columns
package import Query
import Workspace

/// A visual or slicer that is on no page yet, as a page of its own.
package struct PageDraft: Sendable {
    private let text: String
    /// The lines on which each value is written, from 1.
    private let lines: [(field: String, lines: Range<Int>)]
    private static let path = "pages/preview.yaml"

    package init(_ change: PageChange) throws(AuroraError) {
        guard let list = change.list, let kind = change.kind else {
            throw AuroraError("bad_change", "the draft lacks a list and a kind")
        }
        var text = ["type: page/v1", "title: Preview", "\(list.rawValue):", "  - \(kind):"]
        var lines: [(String, Range<Int>)] = []
        for entry in change.entries(of: kind) {
            let written = PatchValue.lines(entry.name, entry.value, column: 6)
            lines.append((entry.name, text.count + 1..<text.count + 1 + written.count))
            text += written
        }
        if lines.isEmpty { text[text.count - 1] += " {}" }
        if list == .slicers { text.append("visuals: []") }
        self.lines = lines
        self.text = text.joined(separator: "\n") + "\n"
    }

    /// Its description and figures as docs/http-api.md describes those of a page; `diagnostics` say
    /// what is wrong with it, with the place of a value as its file.
    package func json(
        in run: PublishedRun, _ selections: [PageSelection], for reader: Reader,
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> JSON? {
        guard let page = try run.page(from: text, path: Self.path, &diagnostics) else { return nil }
        let view = PageView(page, of: run, for: reader)
        return .object([
            "page": try await view.json(), "data": try await view.data(selections),
        ])
    }

    /// A diagnostic as readers of a form need it: with the field in place of a line.
    package func json(_ diagnostic: Diagnostic) -> JSON {
        let line = diagnostic.place.line ?? 0
        return .object([
            "code": .string(diagnostic.code), "message": .string(diagnostic.message),
            "hint": JSON(diagnostic.hint),
            "field": JSON(lines.first { $0.lines.contains(line) }?.field),
        ])
    }
}
