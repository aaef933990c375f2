/// The reference of `GroupQuantiles`: sorts each group's values.
package enum GroupQuantilesReference {
    package static func measure(
        _ column: [Double], labels: [Int32], groups: Int, fractions: [Double]
    ) -> [GroupQuantiles.Group] {
        (0..<Int32(groups)).map { group in
            let own = column.indices.filter { labels[$0] == group }.map { column[$0] }
            let values = own.filter { !$0.isNaN }.sorted()
            guard let first = values.first, let last = values.last else {
                return GroupQuantiles.Group(missing: own.count)
            }
            let quantiles = fractions.map { fraction in
                let place = fraction * Double(values.count - 1)
                let (low, high) = (
                    values[Int(place)], values[min(Int(place) + 1, values.count - 1)]
                )
                return low == high ? low : low + (high - low) * (place - place.rounded(.down))
            }
            return GroupQuantiles.Group(
                count: values.count, missing: own.count - values.count,
                mean: values.reduce(0, +) / Double(values.count), minimum: first, maximum: last,
                quantiles: quantiles)
        }
    }
}
