import Columns

/// DBSCAN: groups of any shape where rows lie densely, and noise between them.
///
/// Use it for features on a common scale (see `Preprocessing`) when groups aren't round, and when
/// rows far from all others shall stay out. It finds their number itself; `KDistance` helps to
/// choose `eps`. Groups of very different density it can't tell apart at once.
///
/// A row is a *core point* if at least `minimumPoints` rows, itself included, lie within `eps`.
/// Core points within `eps` of each other are in one group; groups are numbered by their lowest
/// core rows. Any other row within `eps` of a core point is on the border, and belongs to the
/// group of the nearest core point, ties to the lowest row. Ester et al. give it to the first
/// group that reaches it, which depends on the order of the rows; this doesn't, and scoring the
/// training rows repeats it. Core points and noise are the same by both rules.
///
/// ```swift
/// let model = try DBSCAN(eps: 0.4, minimumPoints: 10).fit(scaled)
/// model.noise  // rows that are in no group
/// ```
///
/// Source: Ester, Kriegel, Sander & Xu 1996; Schubert, Sander, Ester, Kriegel & Xu 2017 (METHODS.md
/// section 2).
package struct DBSCAN: Clustering, Equatable {
    /// What becomes of rows that are neither core nor border.
    package enum NoisePolicy: Sendable, Equatable {
        /// They stay outside the groups, as `Noise.label`.
        case leave
        /// Those within this many `eps` of a core point join the nearest one's group; the factor
        /// is at least 1.
        case nearest(within: Double)
    }

    /// The radius of a neighbourhood, inclusive, on the scale of the rows.
    package var eps: Double
    /// Rows in the neighbourhood of a core point, itself included; at least 1.
    package var minimumPoints: Int
    package var noise: NoisePolicy

    package init(eps: Double, minimumPoints: Int, noise: NoisePolicy = .leave) {
        self.eps = eps
        self.minimumPoints = minimumPoints
        self.noise = noise
    }

    /// How far from a core point a row may be to belong to its group.
    var reach: Double {
        switch noise {
        case .leave: eps
        case .nearest(let factor): eps * factor
        }
    }

    /// Refuses a configuration that fits no data, or not these.
    func check(_ matrix: Matrix) throws(AuroraError) {
        guard eps > 0, (eps * eps).isFinite else {
            throw AuroraError(
                "eps_out_of_range", "eps is \(eps) but must be a number above 0",
                hint: "read it off the k-distance curve")
        }
        if case .nearest(let factor) = noise, !(factor >= 1 && (reach * reach).isFinite) {
            throw AuroraError(
                "noise_reach_below_one",
                "noise joins a group within \(factor) eps but that must be 1 or a number above")
        }
        try Self.require(minimumPoints, matrix)
    }

    static func require(_ minimumPoints: Int, _ matrix: Matrix) throws(AuroraError) {
        guard minimumPoints >= 1 else {
            throw AuroraError(
                "minimum_points_below_one",
                "minimum_points is \(minimumPoints) but must be 1 or more")
        }
        guard minimumPoints <= matrix.rows else {
            let rows = matrix.rows == 1 ? "is 1 row" : "are \(matrix.rows) rows"
            throw AuroraError(
                "minimum_points_above_rows", "minimum_points is \(minimumPoints) but there \(rows)")
        }
    }
}
