import Foundation

/// Short names for segments, from what sets them apart most.
enum SegmentNames {
    /// Longer names are cut where they are shown.
    private static let longest = 32

    /// - Parameter traits: of each segment, the strongest first.
    /// - Returns: a name for each, no two the same.
    static func suggested(_ traits: [[SegmentExplanation.Trait]]) -> [String] {
        var names: [String] = []
        for (index, traits) in traits.enumerated() {
            let words = traits.map(Self.words)
            var candidates = words.prefix(1).map { $0 }
            for second in words.dropFirst() { candidates.append("\(words[0]), \(lowered(second))") }
            let name = candidates.first { $0.count <= longest && !names.contains($0) }
            names.append(name ?? "\(words.first.map { String($0.prefix(longest - 3)) } ?? "Middle") \(index + 1)")
        }
        // A name that another segment needed two traits beside says nothing of this one.
        return names
    }

    private static func words(_ trait: SegmentExplanation.Trait) -> String {
        let feature = plain(trait.feature)
        guard let level = trait.level else { return "\(trait.isHigh ? "High" : "Low") \(feature)" }
        let isName = level.contains { $0.isLetter } && level.count > 2
        let shown = isName ? level : "\(feature) \(level)"
        return trait.isHigh ? shown : "Few \(shown)"
    }

    /// "Total_Trans_Ct" as a reader would say it.
    private static func plain(_ column: String) -> String {
        column.replacing("_", with: " ").lowercased()
    }

    private static func lowered(_ text: String) -> String {
        text.prefix(1).lowercased() + text.dropFirst()
    }
}
