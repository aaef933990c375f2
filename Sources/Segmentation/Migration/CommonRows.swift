import Columns

/// Which rows of two tables have the same key.
struct CommonRows: Sendable {
    /// Positions in the old table, in the order of the new one.
    private(set) var old: [Int] = []
    /// Positions in the new table, ascending.
    private(set) var new: [Int] = []
    /// Positions in the old table of rows that the new one lacks, ascending.
    private(set) var gone: [Int] = []
    /// Positions in the new table of rows that the old one lacked, ascending.
    private(set) var joined: [Int] = []

    /// - Parameters: keys, each once in its column; a number and a text that reads the same are equal.
    ///
    /// Complexity: O(rows).
    init(_ old: Column, _ new: Column) {
        if case .integers(let before) = old.values, case .integers(let now) = new.values {
            match(before, now)
        } else {
            match(old.keys, new.keys)
        }
    }

    private mutating func match<Key: Hashable>(_ before: [Key], _ now: [Key]) {
        var places: [Key: Int] = [:]
        places.reserveCapacity(before.count)
        for (place, key) in before.enumerated() { places[key] = place }
        var isThere = [Bool](repeating: false, count: before.count)
        for (place, key) in now.enumerated() {
            guard let earlier = places[key] else {
                joined.append(place)
                continue
            }
            isThere[earlier] = true
            old.append(earlier)
            new.append(place)
        }
        gone = before.indices.filter { !isThere[$0] }
    }
}

extension Column {
    fileprivate var keys: [String] {
        if case .texts(let texts) = values { return texts }
        return (0..<count).map { self[$0].description }
    }
}
