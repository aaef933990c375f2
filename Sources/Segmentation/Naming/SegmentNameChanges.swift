import Workspace

/// Other names of segments, with those that follow from them: a grid calls its cells by the names of
/// the segmentations that it is made of.
package struct SegmentNameChanges: Sendable {
    /// By the segmentation, new names by the old ones.
    package private(set) var names: [String: [String: String]] = [:]
    /// The results under the new names.
    package private(set) var results: [SegmentationResult]

    /// What changes where a project's files state other names than results have.
    ///
    /// - Parameters:
    ///   - results: of a run.
    ///   - specs: each behind those that it is made of.
    package init(_ results: [SegmentationResult], under specs: [SegmentationSpec]) {
        self.results = results
        for spec in specs {
            guard let place = results.firstIndex(where: { $0.name == spec.name }) else { continue }
            let made = spec.uses.compactMap { names[$0.value] }.contains { !$0.isEmpty }
            var renamed = results[place]
            for index in renamed.segments.indices where made {
                guard let usual = renamed.segments[index].usualName else { continue }
                renamed.segments[index].usualName = spec.method.usualName(usual, following: names)
            }
            renamed = spec.naming(renamed)
            let changed = zip(results[place].segments, renamed.segments).filter {
                $0.name != $1.name
            }
            names[spec.name] = Dictionary(
                changed.map { ($0.name, $1.name) }, uniquingKeysWith: { first, _ in first })
            self.results[place] = renamed
        }
    }

    package var isEmpty: Bool { names.values.allSatisfy(\.isEmpty) }
}

extension String {
    /// The text with other parts, where each part stands between certain texts or at an end.
    ///
    /// - Parameters:
    ///   - parts: new ones by the old ones; of several that begin in one place the longest counts.
    ///   - before: what may stand before a part; empty for the beginning of the text.
    ///   - after: what may stand behind it; empty for the end.
    func replacingParts(
        _ parts: [String: String], between before: [String], and after: [String]
    ) -> String {
        let olds = parts.keys.filter { !$0.isEmpty }.sorted { ($1.count, $0) < ($0.count, $1) }
        var result = ""
        var rest = self[...]
        while !rest.isEmpty {
            let isOpen = before.contains {
                $0.isEmpty ? rest.startIndex == startIndex : self[..<rest.startIndex].hasSuffix($0)
            }
            let old =
                isOpen
                ? olds.first { old in
                    guard rest.hasPrefix(old) else { return false }
                    let behind = rest.dropFirst(old.count)
                    return after.contains { $0.isEmpty ? behind.isEmpty : behind.hasPrefix($0) }
                } : nil
            if let old, let new = parts[old] {
                result += new
                rest = rest.dropFirst(old.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }
}
