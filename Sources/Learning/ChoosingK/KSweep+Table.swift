extension KSweep {
    /// The share of an outcome's variance that the groups explain.
    package struct Explained: Sendable, Equatable, Codable {
        package let name: String
        /// η²; nil where the outcome doesn't vary.
        package let share: Double?

        package init(name: String, share: Double?) {
            self.name = name
            self.share = share
        }
    }

    /// What was measured for one k. Nil is what isn't defined, or wasn't asked for.
    package struct Row: Sendable, Equatable, Codable {
        package let k: Int
        package let inertia: Double
        /// The share of restarts within 0.1 % of the best inertia: few mean many local optima.
        package let agreeing: Double
        package let silhouette: Silhouette?
        package let calinskiHarabasz: Double?
        package let daviesBouldin: Double?
        package var gap: GapStatistic.Point?
        package var predictionStrength: Double?
        /// The mean clusterwise Jaccard over the groups.
        package var repeatability: Double?
        /// The smallest group's share of the rows.
        package let smallestShare: Double
        package let explained: [Explained]
        /// −2 log L + m ln n of a Gaussian mixture; lower is better.
        package var bic: Double?

        package init(
            k: Int, inertia: Double, agreeing: Double, validity: Validity?,
            repeatability: Double? = nil, smallestShare: Double, explained: [Explained] = []
        ) {
            self.k = k
            self.inertia = inertia
            self.agreeing = agreeing
            silhouette = validity?.silhouette
            calinskiHarabasz = validity?.calinskiHarabasz
            daviesBouldin = validity?.daviesBouldin
            self.repeatability = repeatability
            self.smallestShare = smallestShare
            self.explained = explained
        }

        private enum CodingKeys: String, CodingKey {
            case k, inertia, silhouette, gap, repeatability, explained, bic
            case agreeing = "agreeing_restarts"
            case calinskiHarabasz = "calinski_harabasz"
            case daviesBouldin = "davies_bouldin"
            case predictionStrength = "prediction_strength"
            case smallestShare = "smallest_share"
        }
    }

    /// One row for each k, ascending.
    package struct Table: Sendable, Equatable, Codable {
        package let rows: [Row]
        /// Rows that gap and prediction strength were measured on; nil where they weren't measured.
        package let gapRows: Int?
        package let predictionRows: Int?
        /// Rows that everything else was measured on.
        package let measuredRows: Int
        /// Rows that resamples were drawn from; nil where none were.
        package let repeatedRows: Int?

        package init(
            rows: [Row], gapRows: Int?, predictionRows: Int?, measuredRows: Int,
            repeatedRows: Int? = nil
        ) {
            self.rows = rows
            self.gapRows = gapRows
            self.predictionRows = predictionRows
            self.measuredRows = measuredRows
            self.repeatedRows = repeatedRows
        }

        private enum CodingKeys: String, CodingKey {
            case rows
            case measuredRows = "measured_rows"
            case gapRows = "gap_rows"
            case predictionRows = "prediction_rows"
            case repeatedRows = "repeated_rows"
        }
    }
}
