package import Columns
import Preparation
import Workspace

/// The text of a new file of `segments/`.
package struct SegmentationDraft: Sendable {
    package var name: String
    package var label: String
    package var model: String
    package var features: [FeatureProposal.Feature]
    package var leftOut: [FeatureProposal.LeftOut]
    /// A method that takes a number of segments.
    package var method: String
    package var k: Int
    /// The numbers of segments that each run compares; nil for none.
    package var range: ClosedRange<Int>?
    /// Columns whose variance the segments should explain.
    package var figures: [String] = []
    package var names: [String] = []
    package var chosenBy: String?
    package var reason: String?

    package init(
        name: String, label: String, model: String, proposal: FeatureProposal, method: String,
        k: Int, range: ClosedRange<Int>
    ) {
        self.name = name
        self.label = label
        self.model = model
        features = proposal.features
        leftOut = proposal.leftOut
        self.method = method
        self.k = k
        self.range = range
    }

    /// Methods that take a number of segments.
    package static let methods = [
        "k_means", "k_prototypes", "famd", "gaussian_mixture", "agglomerative",
    ]

    /// The file, relative to the project.
    package var path: String { Self.path(of: name) }

    package static func path(of name: String) -> String { "segments/\(name).yaml" }

    package var text: String {
        var lines = [
            "type: segment/v1", "label: \(written(label))", "model: \(written(model))", "features:",
        ]
        for feature in features {
            let parts = [
                "column: \(written(feature.column))", feature.transform.map { "transform: \($0)" },
                feature.missing.map { "missing: \($0)" },
            ]
            lines.append("  - {\(parts.compactMap { $0 }.joined(separator: ", "))}")
        }
        lines += leftOut.map { "# left out: \($0.column): \($0.reason)".onOneLine }
        let restarts = method == "agglomerative" ? "" : ", restarts: 10"
        lines.append("\(method): {k: \(k), seed: 1\(restarts)}")
        if let range {
            var evidence = "from: \(range.lowerBound), to: \(range.upperBound)"
            if !figures.isEmpty {
                evidence += ", figures: [\(figures.map(written).joined(separator: ", "))]"
            }
            lines += ["# Each run compares these numbers of segments.", "evidence: {\(evidence)}"]
        }
        let chosen = [chosenBy.map { "by: \(written($0))" }, reason.map { "why: \(written($0))" }]
            .compactMap { $0 }
        if !chosen.isEmpty { lines.append("chosen: {\(chosen.joined(separator: ", "))}") }
        if !names.isEmpty { lines += ["names:"] + names.map { "  - \(written($0))" } }
        return lines.joined(separator: "\n") + "\n"
    }

    private func written(_ text: String) -> String { ColumnProposal.written(text) }
}

extension SegmentationSpec {
    /// The segmentation that one file's text states; nil with diagnostics where it has mistakes.
    package static func parse(
        _ text: String, file: String, _ diagnostics: inout [Diagnostic]
    ) throws(AuroraError) -> SegmentationSpec? {
        let folder = try ProjectFolder.parse(
            [file: text], kinds: [kind], diagnostics: &diagnostics)
        guard let read = folder.files.first else { return nil }
        return SegmentationSpec(read, diagnostics: &diagnostics)
    }
}

extension String {
    fileprivate var onOneLine: String { map { $0.isNewline ? " " : String($0) }.joined() }
}
