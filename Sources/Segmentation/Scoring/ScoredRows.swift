package import Columns
import Learning

/// Some consecutive rows of a table with their segments.
package struct ScoredRows: Sendable {
    /// Why a row's segment rests on less than those of the training rows do.
    package struct Remark: Hashable, Sendable {
        package enum Standing: String, Hashable, Sendable, CaseIterable {
            /// Less than the least value of the training rows.
            case below
            case above
            /// A level that no training row has.
            case unseen
            /// No value: filled as the segmentation says, or left to its conditions.
            case missing
        }

        package var column: String
        package var standing: Standing

        /// In words, without the value.
        package var text: String {
            switch standing {
            case .below: "\(column) is below the training rows"
            case .above: "\(column) is above the training rows"
            case .unseen: "\(column) has a level that no training row has"
            case .missing: "\(column) is missing"
            }
        }
    }

    /// The place of the first row in its table, from 1.
    package let first: Int
    /// What names the rows; nil where the table has no key.
    package let keys: Column?
    /// The number of each row's segment; 0 for a row that belongs to none.
    package let segments: [Int]
    /// How far each row is from its own segment, in ``ScoreMeasure``; NaN where it has none, and for
    /// stated segments.
    package let distances: [Double]
    /// The number of the next best segment; nil where there is no other.
    package let runnersUp: [Int?]
    /// How much farther the next best segment is: 0 at a tie. NaN where there is no other, or no own.
    package let margins: [Double]
    /// By the index of a row here; most rows have none.
    package let remarks: [Int: [Remark]]

    package var count: Int { segments.count }
}

/// What distances and margins of scored rows are measured in.
package enum ScoreMeasure: String, Sendable {
    /// √ of the method's squared distance, in the units of the scaled features: for k-means to the
    /// centroid, for DBSCAN and agglomerative segments to the nearest training row of the segment,
    /// for k-prototypes with γ for each category that differs under the root.
    case distance
    /// −2 · log(weight · density): margins are twice the log of the odds between two segments.
    case minusTwoLogDensity = "minus_two_log_density"
    /// Stated segments have no distances.
    case none

    init(_ result: SegmentationResult) {
        guard let frozen = result.frozen else {
            self = .none
            return
        }
        self = frozen.model is GaussianMixture.Model ? .minusTwoLogDensity : .distance
    }

    func length(_ value: Double) -> Double {
        self == .distance ? max(0, value).squareRoot() : value
    }
}

extension ScoredRows {
    /// - Parameters:
    ///   - raw: rows × features, with −1 for a level that was never seen.
    init(
        first: Int, keys: Column?, frozen: FrozenSegments, raw: Matrix,
        _ assigned: FrozenSegments.Assigned, _ range: Preprocessing.Model.RangeCheck,
        measure: ScoreMeasure
    ) {
        let groups = Dictionary(uniqueKeysWithValues: frozen.ids.enumerated().map { ($1, $0) })
        var distances = [Double](repeating: .nan, count: raw.rows)
        var margins = distances
        var runnersUp = [Int?](repeating: nil, count: raw.rows)
        for row in 0..<raw.rows {
            let own = groups[assigned.ids[row]]
            var next: Int?
            for group in 0..<assigned.distances.columns where group != own {
                if let best = next, assigned.distances[row, group] >= assigned.distances[row, best]
                {
                    continue
                }
                next = group
            }
            runnersUp[row] = next.map { frozen.ids[$0] }
            guard let own else { continue }
            distances[row] = measure.length(assigned.distances[row, own])
            guard let next else { continue }
            // What ties differ by is rounding.
            margins[row] = max(0, measure.length(assigned.distances[row, next]) - distances[row])
        }
        self.init(
            first: first, keys: keys, segments: assigned.ids, distances: distances,
            runnersUp: runnersUp, margins: margins,
            remarks: Self.remarks(range, frozen.preprocessing.configuration.features.map(\.name)))
    }

    /// - Parameter missing: for each column that the conditions read, whether each row lacks it.
    init(first: Int, keys: Column?, segments: [Int], missing: [(column: String, rows: [Bool])]) {
        var remarks: [Int: [Remark]] = [:]
        for (column, rows) in missing {
            for (row, isMissing) in rows.enumerated() where isMissing {
                remarks[row, default: []].append(Remark(column: column, standing: .missing))
            }
        }
        let nothing = [Double](repeating: .nan, count: segments.count)
        self.init(
            first: first, keys: keys, segments: segments, distances: nothing,
            runnersUp: [Int?](repeating: nil, count: segments.count), margins: nothing,
            remarks: remarks)
    }

    private static func remarks(
        _ range: Preprocessing.Model.RangeCheck, _ names: [String]
    ) -> [Int: [Remark]] {
        var remarks: [Int: [Remark]] = [:]
        for feature in 0..<range.features {
            guard range.count(.within, feature: feature) < range.rows else { continue }
            for row in 0..<range.rows {
                let standing: Remark.Standing? =
                    switch range[row, feature] {
                    case .within: nil
                    case .below: .below
                    case .above: .above
                    case .unseen: .unseen
                    case .missing: .missing
                    }
                guard let standing else { continue }
                remarks[row, default: []].append(
                    Remark(column: names[feature], standing: standing))
            }
        }
        return remarks
    }
}
