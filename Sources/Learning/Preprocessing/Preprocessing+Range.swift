package import Columns
package import Kernels

extension Preprocessing.Model {
    /// Where raw values stand, seen from the training rows.
    package struct RangeCheck: Hashable, Sendable {
        package enum Standing: UInt8, Hashable, Sendable, CaseIterable {
            case within
            /// Less than the least training value.
            case below
            case above
            /// A code that is no level's, or that of a level which no training row has.
            case unseen
            /// Filled, or refused, by the feature's policy.
            case missing
        }

        package let rows: Int
        package let features: Int
        /// rows × features, as `Standing`'s raw values.
        private let standings: [UInt8]
        /// For each feature, rows of each standing in the order of its cases.
        private let counts: [[Int]]

        package subscript(row: Int, feature: Int) -> Standing {
            Standing(rawValue: standings[row * features + feature]) ?? .within
        }

        /// How many rows stand so in a feature.
        package func count(_ standing: Standing, feature: Int) -> Int {
            counts[feature][Int(standing.rawValue)]
        }

        fileprivate init(
            rows: Int, features: Int, standings: [UInt8], counts: [[Int]]
        ) {
            self.rows = rows
            self.features = features
            self.standings = standings
            self.counts = counts
        }
    }

    /// Tells which raw values the training rows don't reach, so that a score rests on none like them.
    ///
    /// - Parameter matrix: raw rows × features; missing and infinite values are allowed.
    /// - Throws: `feature_count`.
    ///
    /// Complexity: O(rows · features).
    package func range(
        of matrix: Matrix, work: Work = Work()
    ) throws(AuroraError) -> RangeCheck {
        try matrix.requireFeatures(features.count, of: "the preprocessing")
        let width = features.count
        let cases = RangeCheck.Standing.allCases.count
        let stated = configuration.features.map { options -> Int in
            guard case .categories(let levels, _) = options.kind else { return 0 }
            return levels.count
        }
        var standings = [UInt8](repeating: 0, count: matrix.rows * width)
        var sums = ChunkedSums(rows: matrix.rows, width: width * cases)
        standings.withUnsafeMutableBufferPointer { standings in
            nonisolated(unsafe) let places = standings
            sums.pass(threads: work.threads) { rows, record in
                for feature in 0..<width {
                    for row in rows {
                        let standing = features[feature].standing(
                            matrix.storage[row * width + feature], levels: stated[feature])
                        places[row * width + feature] = standing.rawValue
                        record[feature * cases + Int(standing.rawValue)] += 1
                    }
                }
            }
        }
        let counts = (0..<width).map { feature in
            (0..<cases).map { Int(sums.totals[feature * cases + $0]) }
        }
        return RangeCheck(rows: matrix.rows, features: width, standings: standings, counts: counts)
    }
}

extension Preprocessing.Model.Feature {
    @inline(__always)
    fileprivate func standing(
        _ value: Double, levels: Int
    ) -> Preprocessing.Model.RangeCheck.Standing {
        if value.isNaN { return .missing }
        if let minimum, let maximum {
            return value < minimum ? .below : value > maximum ? .above : .within
        }
        let level = Designer.level(value, of: levels)
        return level.map { levelCounts[$0] > 0 } == true ? .within : .unseen
    }
}
