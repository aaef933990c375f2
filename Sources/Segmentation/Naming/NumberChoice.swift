package import Columns
import Workspace

/// Another number of segments in the text of a segmentation's file, with who chose it and why.
package struct NumberChoice: Sendable {
    /// Longer reasons don't fit on a page.
    package static let longestReason = 300
    package static let most = 100

    private let name: String
    private let k: Int
    private let reader: String
    private let reason: String

    /// - Throws: `invalid_number`.
    package init(
        _ segmentation: String, k: Int, by reader: String, because reason: String
    ) throws(AuroraError) {
        guard (2...Self.most).contains(k) else {
            throw AuroraError(
                "invalid_number", "\(k) is no number of segments",
                hint: "a number from 2 to \(Self.most)")
        }
        // Whatever can't be seen on one line is a space.
        let words = String(
            reason.unicodeScalars.map { scalar -> Character in
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate,
                    .unassigned:
                    " "
                default: Character(scalar)
                }
            }
        ).split(separator: " ").joined(separator: " ")
        guard !words.isEmpty, words.count <= Self.longestReason else {
            throw AuroraError(
                "invalid_number", "a reason of \(words.count) characters can't be kept",
                hint: "one to \(Self.longestReason) characters")
        }
        (name, self.k, self.reader, self.reason) = (segmentation, k, reader, words)
    }

    /// The file's text with the new number in it.
    ///
    /// Names stay, since a segment may keep its number, and its name with it, in a fit with fewer
    /// segments; those that are missing are added: "Segment 5".
    ///
    /// - Parameters:
    ///   - published: the file's text in the run that the reader sees.
    ///   - seen: the number that the reader saw.
    /// - Throws: `stale`, `unpatchable`.
    package func patch(
        _ text: String, file: String, published: String, seen: Int?
    ) throws(AuroraError) -> String {
        let now = try SegmentationSpec.read(text, file)
        guard TextPatch.isSame(text, published, but: ["names", "label", "description", "chosen"]),
            seen == nil || seen == now.statedNumber
        else {
            throw AuroraError(
                "stale", "\(file) has changed since the run that this page shows",
                hint: "wait for the next run, or run the project, and try again")
        }
        guard now.statedNumber != nil else {
            throw AuroraError(
                "unpatchable", "the method of '\(name)' takes no number of segments",
                hint: "change the file in an editor")
        }
        let method = type(of: now.method).name
        var patched = try TextPatch.setting("k", in: method, to: .integer(k), in: text, file: file)
        if let names = now.names?.map(\.value), names.count < k {
            patched = try TextPatch.extending(
                "names", by: Self.further(k - names.count, after: names), in: patched, file: file)
        }
        patched = try TextPatch.setting(
            "by", in: "chosen", to: .text(reader), in: patched, file: file)
        patched = try TextPatch.setting(
            "why", in: "chosen", to: .text(reason), in: patched, file: file)
        _ = try SegmentationSpec.read(patched, file)
        return patched
    }

    /// "Segment 5", "Segment 6", … without those that are taken.
    private static func further(_ count: Int, after names: [String]) -> [String] {
        var further: [String] = []
        var number = names.count
        while further.count < count {
            number += 1
            let name = "Segment \(number)"
            if !names.contains(name) { further.append(name) }
        }
        return further
    }
}

extension SegmentationSpec {
    /// The number of segments that the file states; nil where only the data tells it, or where the
    /// segments start from given customers.
    package var statedNumber: Int? {
        guard let method = method as? any ClusterMethod, method.start == nil else { return nil }
        return method.announced?.count
    }

    /// Reads a file's text by itself.
    ///
    /// - Throws: `unpatchable` where it has mistakes.
    static func read(_ text: String, _ file: String) throws(AuroraError) -> SegmentationSpec {
        var diagnostics: [Diagnostic] = []
        guard let spec = try parse(text, file: file, &diagnostics), diagnostics.isEmpty
        else {
            throw AuroraError(
                "unpatchable", "\(file) has mistakes, so it can't be changed here",
                cause: diagnostics.first?.description, hint: "aurora check tells them")
        }
        return spec
    }
}
