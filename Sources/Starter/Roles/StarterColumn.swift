package import Columns
package import Preparation

/// A column with its role, and the reasons in words.
package struct StarterColumn: Sendable {
    package var inspected: InspectedColumn
    package var role: ColumnRole
    /// Why it has that role.
    package var reason: String
    /// The levels of bands, lowest first.
    package var order: [String] = []
    /// Whether adding its values up says something: an average or a limit of something doesn't.
    package var isSummable = false

    package var name: String { inspected.name }
    package var type: ColumnType { inspected.reading.type }

    /// The least value, the quartiles and the greatest; nil where it holds no numbers.
    var quartiles: [Double]? {
        let numbers = inspected.quartiles.compactMap(\.doubleValue)
        return numbers.count == 5 ? numbers : nil
    }

    /// Values with a long tail of large ones, and none below zero.
    var isSkewed: Bool {
        guard let quartiles, quartiles[0] >= 0, quartiles[4] > quartiles[0] else { return false }
        let (below, above) = (quartiles[2] - quartiles[0], quartiles[4] - quartiles[2])
        return above > 3 * below
    }
}
