/// Finds the name that a mistyped one was probably meant to be.
package enum NearestName {
    /// The candidate with the smallest edit distance, or nil when none is near.
    ///
    /// Complexity: O(candidates · length²).
    package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased())
        let allowed = max(2, wanted.count / 3)
        return
            candidates
            .map { (candidate: $0, distance: distance(wanted, Array($0.lowercased()))) }
            // A name of which nothing is left was not mistyped but another one.
            .filter { $0.distance <= allowed && $0.distance < wanted.count }
            .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?
            .candidate
    }

    /// "did you mean 'x'?", or the known names where none is near.
    package static func hint(for name: String, among candidates: some Sequence<String>) -> String {
        if let nearest = of(name, among: candidates) { return "did you mean '\(nearest)'?" }
        let known = candidates.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
        return known.isEmpty ? "there are none here" : "known here: \(known)"
    }

    /// Insertions, deletions, replacements and swaps of neighbours, each counted once.
    package static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var rows = [Array(0...b.count)]
        for i in 1..<(a.count + 1) {
            var row = [i]
            for j in 1..<(b.count + 1) {
                var best = min(
                    rows[i - 1][j] + 1, row[j - 1] + 1,
                    rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    best = min(best, rows[i - 2][j - 2] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
