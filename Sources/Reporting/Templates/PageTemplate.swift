package import Columns
import Query
import Workspace

/// A page that the program can write: its layout, filled with a project's own measures and dimensions.
package struct PageTemplate: Sendable {
    package let name: String
    package let summary: String
    let title: String
    let description: String
    /// Slicers and visuals; throws what the project lacks.
    let content: @Sendable (TemplateNames) throws(AuroraError) -> TemplateContent

    package static let all = [overview, comparison, trend, exploration, figures, blank]

    /// - Throws: `unknown_name`.
    package init(named name: String) throws(AuroraError) {
        guard let template = Self.all.first(where: { $0.name == name }) else {
            throw AuroraError(
                "unknown_name", "there is no template '\(name)'",
                hint: NearestName.hint(for: name, among: Self.all.map(\.name)))
        }
        self = template
    }

    init(
        _ name: String, _ title: String, _ summary: String, _ description: String,
        _ content: @escaping @Sendable (TemplateNames) throws(AuroraError) -> TemplateContent
    ) {
        self.name = name
        self.title = title
        self.summary = summary
        self.description = description
        self.content = content
    }

    /// Whether it names nothing of a project, so that none has to have run.
    package var isBlank: Bool { name == Self.blank.name }

    /// The text of a page.
    ///
    /// - Parameters:
    ///   - segmentation: whose groups it is about; the project's first if not stated.
    ///   - title: the template's own if not stated.
    ///   - run: nil for a blank page.
    /// - Throws: `template_unfit`, `unknown_name`, `invalid_page`.
    package func text(
        of run: PublishedRun?, segmentation: String? = nil, title: String? = nil
    ) throws(AuroraError) -> String {
        let names = try run.map { run throws(AuroraError) in
            try TemplateNames(run, segmentation, for: name)
        }
        let content = try names.map(self.content) ?? TemplateContent([], [])
        var lines = ["# From the template '\(name)': \(summary).", "type: page/v1"]
        lines += PatchValue.lines("title", .text(title ?? self.title), column: 0)
        lines += PatchValue.lines("description", .text(description), column: 0)
        if let last = run?.project.pages.map(\.position).filter({ $0 < 1000 }).max() {
            lines.append("position: \(last + 1)")
        }
        if !content.slicers.isEmpty {
            lines.append("slicers:")
            lines += content.slicers.flatMap { PatchValue.itemLines($0, column: 2) }
        }
        lines.append(content.visuals.isEmpty ? "visuals: []" : "visuals:")
        lines += content.visuals.flatMap { PatchValue.itemLines($0, column: 2) }
        let text = lines.joined(separator: "\n") + "\n"
        var mistakes: [Diagnostic] = []
        if let run, try run.page(from: text, path: "pages/\(name).yaml", &mistakes) == nil {
            throw AuroraError(
                "template_unfit", "the template '\(name)' does not fit this project",
                cause: mistakes.first.map { "\($0)" })
        }
        return text
    }
}

/// What stands on a page.
struct TemplateContent: Sendable {
    var slicers: [PatchValue]
    var visuals: [PatchValue]

    init(_ slicers: [PatchValue], _ visuals: [PatchValue]) {
        self.slicers = slicers
        self.visuals = visuals
    }
}

extension PatchValue {
    /// An item of a page; what is nil is left out.
    static func item(_ kind: String, _ values: KeyValuePairs<String, PatchValue?>) -> PatchValue {
        .map([
            Entry(kind, .map(values.compactMap { name, value in value.map { Entry(name, $0) } }))
        ])
    }

    static func names(_ names: [String]) -> PatchValue { .list(names.map { .text($0) }) }
}
