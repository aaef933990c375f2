package import Columns
package import Segmentation
package import Workspace

/// What other names of segments make of the pages that state them.
extension PublishedRun {
    /// The names that follow where a file of `segments/` gets another text.
    ///
    /// - Parameter text: without mistakes.
    package func nameChanges(
        _ text: String, at path: String
    ) throws(AuroraError) -> SegmentNameChanges {
        var texts = project.folder.texts
        texts[path] = text
        return SegmentNameChanges(segmentations, under: try Project.parse(texts).segmentations)
    }

    /// The texts of pages in which values have followed other names, by their path; those that stay
    /// as they are, are left out.
    ///
    /// - Parameter texts: of all pages as the project's folder holds them.
    /// - Throws: `unpatchable` where a page states such a value in a way that can't be changed, or has
    ///   mistakes that hide where it does.
    package func pages(
        _ texts: [String: String], following changes: SegmentNameChanges
    ) throws(AuroraError) -> [String: String] {
        let old = changes.names.values.flatMap(\.keys)
        guard !old.isEmpty else { return [:] }
        var patched: [String: String] = [:]
        for (path, text) in texts.sorted(by: { $0.key < $1.key }) {
            var mistakes: [Diagnostic] = []
            let file = try ProjectFolder.parse(
                [path: text], kinds: [PageSpec.kind], diagnostics: &mistakes
            ).files.first
            if let mistake = mistakes.first, old.contains(where: { text.contains($0) }) {
                throw AuroraError(
                    "unpatchable", "\(path) names the segment, but has mistakes",
                    cause: mistake.description, hint: "mend the page, and try again")
            }
            guard let file else { continue }
            let replacements = PageSpec(file).replacements(changes, segmentations)
            guard !replacements.isEmpty else { continue }
            patched[path] = try TextPatch.replacing(replacements, in: text, file: path)
        }
        return patched
    }
}

extension PageSpec {
    fileprivate func replacements(
        _ changes: SegmentNameChanges, _ results: [SegmentationResult]
    ) -> [TextPatch.Replacement] {
        statedValues.compactMap { stated in
            let owner = stated.dimension ?? owner(of: stated.text.value, results)
            return owner.flatMap { changes.names[$0]?[stated.text.value] }.map {
                TextPatch.Replacement(stated.text.place, $0)
            }
        }
    }

    /// The segmentation whose segment a paragraph is about, as the page's reader sees it: the first by
    /// name of those on the page, or else the only one of the project.
    private func owner(of segment: String, _ results: [SegmentationResult]) -> String? {
        let having = results.filter { $0.segments.contains { $0.name == segment } }.map(\.name)
        let shown = Set(dimensions.map(\.value))
        return having.filter { shown.contains($0) }.min()
            ?? (having.count == 1 ? having[0] : nil)
    }
}
