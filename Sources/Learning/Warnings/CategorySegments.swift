/// Segments that are nothing but one category of one variable.
///
/// Such a segment tells what the column said already. It happens where a category entered the
/// distances as columns of 0 and 1: scaled, a rare level lies farther out than anything else.
package enum CategorySegments {
    /// The share of the segment that must be of the level, and of the level that must be in it.
    package static let share = 0.95

    /// - Parameters:
    ///   - labels: the segment of each row; below 0 for none.
    ///   - segments: their names, for messages.
    ///   - categories: variables, one level a row, whether they formed the groups or not.
    /// - Returns: `segment_is_category` for each such segment and variable, then
    ///   `degenerate_segmentation` where two or more segments are such.
    ///
    /// Complexity: O(categories · rows).
    package static func findings(
        labels: [Int32], segments: [String], categories: [NominalVariable]
    ) -> [Finding] {
        var found = [Finding]()
        var degenerate = Set<Int>()
        for variable in categories {
            precondition(variable.codes.count == labels.count, "a level for each row")
            // The last column holds the rows without a level: they belong to their segments.
            let missing = variable.levels.count
            var table = GroupOverlap(rows: segments.count, columns: missing + 1)
            var sizes = [Int](repeating: 0, count: missing)
            for (label, code) in zip(labels, variable.codes) {
                if code >= 0 { sizes[Int(code)] += 1 }
                if label >= 0 { table[Int(label), code < 0 ? missing : Int(code)] += 1 }
            }
            for segment in segments.indices {
                for level in variable.levels.indices {
                    let count = Double(table[segment, level])
                    let ofSegment = count / Double(max(1, table.rowTotal(segment)))
                    let ofLevel = count / Double(max(1, sizes[level]))
                    guard min(ofSegment, ofLevel) >= share, sizes[level] < labels.count else {
                        continue
                    }
                    degenerate.insert(segment)
                    found.append(
                        finding(
                            segments[segment], variable.levels[level], variable.name,
                            ofSegment: ofSegment, ofLevel: ofLevel))
                }
            }
        }
        if degenerate.count > 1 {
            let names = degenerate.sorted().map { segments[$0] }.joined(separator: ", ")
            found.append(
                Finding(
                    "degenerate_segmentation",
                    "degenerate: \(degenerate.count) of \(segments.count) segments (\(names)) are "
                        + "one category each; a filter on the category says the same",
                    values: [
                        ("segments", Double(degenerate.count)), ("of", Double(segments.count)),
                    ]))
        }
        return found
    }

    private static func finding(
        _ segment: String, _ level: String, _ variable: String, ofSegment: Double, ofLevel: Double
    ) -> Finding {
        Finding(
            "segment_is_category",
            "degenerate: '\(segment)' is the category \(level) of \(variable) "
                + "(\(ofSegment.percent) of the segment, \(ofLevel.percent) of the category)",
            values: [("share_of_segment", ofSegment), ("share_of_category", ofLevel)])
    }
}
