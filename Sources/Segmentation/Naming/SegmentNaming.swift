package import Columns
import Workspace

/// Gives a segment another name in the text of its file of `segments/`.
package struct SegmentNaming: Sendable {
    /// Longer names don't fit on a card.
    package static let longest = 60

    private let name: String
    private let segment: Int
    private let wanted: String

    /// - Parameters:
    ///   - segment: the segment's number, from 1.
    ///   - name: its new name.
    /// - Throws: `invalid_segment_name`.
    package init(
        _ segmentation: String, _ segment: Int, to name: String
    ) throws(AuroraError) {
        let trimmed = name.unicodeScalars.drop { $0.properties.isWhitespace }.reversed()
            .drop { $0.properties.isWhitespace }.reversed()
        var wanted = String.UnicodeScalarView()
        wanted.append(contentsOf: trimmed)
        self.name = segmentation
        self.segment = segment
        self.wanted = String(wanted)
        func refusal(_ reason: String) -> AuroraError {
            AuroraError(
                "invalid_segment_name", "a group can't have this name: \(reason)",
                hint: "one to \(Self.longest) characters on one line")
        }
        if wanted.isEmpty { throw refusal("it is empty") }
        if self.wanted.count > Self.longest || wanted.count > 4 * Self.longest {
            throw refusal(
                "it has \(self.wanted.count) characters, but \(Self.longest) are the most")
        }
        let isPlain = wanted.allSatisfy {
            ![.control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned].contains(
                $0.properties.generalCategory)
                // Marks that turn the direction of what follows would reach beyond the name.
                && !(0x202A...0x202E).contains($0.value) && !(0x2066...0x2069).contains($0.value)
        }
        if !isPlain { throw refusal("it holds a line end or another character that can't be seen") }
    }

    /// The file's text with the new name in it.
    ///
    /// - Parameters:
    ///   - published: the file's text in the run that the reader sees: another segmentation by now
    ///     may have other segments under the same numbers.
    ///   - shown: the names in that run, by their number; nil where only the file tells them.
    ///   - seen: the name that the reader saw.
    /// - Throws: `unknown_segment`, `stale`, `name_taken`, `unpatchable`.
    package func patch(
        _ text: String, file: String, published: String, shown: [String]? = nil, seen: String?
    ) throws(AuroraError) -> String {
        let now = try SegmentationSpec.read(text, file)
        let before = try SegmentationSpec.read(published, file)
        let names = now.names?.map(\.value) ?? shown ?? now.segmentNames
        let known = before.names?.map(\.value) ?? shown ?? before.segmentNames
        guard known.indices.contains(segment - 1) else {
            throw AuroraError(
                "unknown_segment", "the segmentation '\(name)' has no segment \(segment)",
                hint: "its segments are numbered 1 to \(known.count)")
        }
        guard
            TextPatch.isSame(text, published, but: ["names", "label", "description"]),
            names.indices.contains(segment - 1), names[segment - 1] == seen ?? known[segment - 1]
        else {
            throw AuroraError(
                "stale", "\(file) has changed since the run that this page shows",
                hint: "wait for the next run, or run the project, and try again")
        }
        for (index, other) in names.enumerated() where index != segment - 1 && other == wanted {
            throw AuroraError("name_taken", "group \(index + 1) is named '\(other)' already")
        }
        return try TextPatch.setting(
            "names", segment - 1, to: wanted, usual: names, in: text, file: file)
    }
}
