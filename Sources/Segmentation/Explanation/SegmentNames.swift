/// Short names for segments, from what sets them apart most.
enum SegmentNames {
    /// Longer names are cut where they are shown.
    private static let longest = 40

    /// - Parameter traits: of each segment, the strongest first.
    /// - Returns: a name for each, no two the same.
    ///
    /// The strongest trait of all names its segment first; nobody else is named by it.
    static func suggested(_ traits: [[SegmentExplanation.Trait]]) -> [String] {
        var names = [String?](repeating: nil, count: traits.count)
        let candidates = traits.enumerated().flatMap { segment, traits in
            traits.compactMap { trait in
                words(trait).map { (segment: segment, words: $0, size: abs(trait.effect)) }
            }
        }.filter { $0.words.count <= longest }
        let order = candidates.indices.sorted {
            (-candidates[$0].size, $0) < (-candidates[$1].size, $1)
        }
        for candidate in order.map({ candidates[$0] })
        where names[candidate.segment] == nil && !names.contains(candidate.words) {
            names[candidate.segment] = candidate.words
        }
        return names.enumerated().map { $1 ?? "Segment \($0 + 1)" }
    }

    /// nil for a level that is rare in the segment: what somebody is not is no name.
    private static func words(_ trait: SegmentExplanation.Trait) -> String? {
        let feature = trait.feature.replacing("_", with: " ").lowercased()
        guard let level = trait.level else { return "\(trait.isHigh ? "High" : "Low") \(feature)" }
        guard trait.isHigh else { return nil }
        let isName = level.contains { $0.isLetter } && level.count > 3 && level != "Missing"
        return isName ? level : feature.prefix(1).uppercased() + feature.dropFirst() + " \(level)"
    }
}
