extension ClusterwiseJaccard {
    /// What a mean Jaccard says; the thresholds of the fpc manual (Hennig).
    package enum Reading: String, Sendable, Equatable, Codable {
        /// 0.85 and more.
        case highlyRepeatable = "highly_repeatable"
        /// 0.75 and more.
        case repeatable
        /// 0.6 and more: something is there, but who belongs to it is doubtful.
        case pattern
        /// Less than 0.6.
        case doNotTrust = "do_not_trust"

        package init(_ mean: Double) {
            switch mean {
            case 0.85...: self = .highlyRepeatable
            case 0.75...: self = .repeatable
            case 0.6...: self = .pattern
            default: self = .doNotTrust
            }
        }

        var words: String {
            switch self {
            case .highlyRepeatable, .repeatable: "Repeatable"
            case .pattern: "A pattern, its members doubtful"
            case .doNotTrust: "Not repeatable"
            }
        }
    }

    /// How one group was found again.
    package struct Group: Sendable, Equatable, Codable {
        /// The mean of the largest Jaccards, 0…1; nil where no resample held one of its rows.
        package let mean: Double?
        /// Replicates in which the largest Jaccard was at most 0.5: the group was lost.
        package let dissolved: Int
        /// Replicates in which it was above 0.75: the group was found again.
        package let recovered: Int
        /// Replicates that held rows of the group.
        package let replicates: Int

        package init(_ jaccards: [Double]) {
            replicates = jaccards.count
            mean = jaccards.isEmpty ? nil : jaccards.reduce(0, +) / Double(jaccards.count)
            dissolved = jaccards.count { $0 <= 0.5 }
            recovered = jaccards.count { $0 > 0.75 }
        }

        package var reading: Reading? { mean.map { Reading($0) } }

        /// "Repeatable 94/100": the mean Jaccard in hundredths, rounded down so that no number
        /// reaches a threshold that the mean misses.
        package var badge: String? {
            guard let mean, let reading else { return nil }
            return "\(reading.words) \(Int(mean * 100))/100"
        }
    }

    package struct Result: Sendable, Equatable, Codable {
        package let groups: [Group]
        package let replicates: Int
        package let resampling: Resampling

        /// The mean over the groups, each counting once; nil where none was measured.
        package var mean: Double? {
            let means = groups.compactMap(\.mean)
            return means.isEmpty ? nil : means.reduce(0, +) / Double(means.count)
        }
    }
}
