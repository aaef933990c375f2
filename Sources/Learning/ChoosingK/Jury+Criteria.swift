extension Jury.Criterion {
    /// Below this mean silhouette there is no substantial structure (Kaufman & Rousseeuw 1990).
    static let weakestSilhouette = 0.25
    /// The mean clusterwise Jaccard of groups that are found again (Hennig 2007).
    static let repeatable = 0.75

    /// What the criterion says; nil where the table has too few figures to ask it.
    func opinion(on table: KSweep.Table) -> Jury.Opinion? {
        switch self {
        case .elbow: elbow(table.rows)
        case .gap: gap(table.rows)
        case .predictionStrength: predictionStrength(table.rows)
        case .silhouette: silhouette(table.rows)
        case .calinskiHarabasz: best(table.rows, of: \.calinskiHarabasz, digits: 0, isHigh: true)
        case .daviesBouldin: best(table.rows, of: \.daviesBouldin, digits: 2, isHigh: false)
        case .bic: best(table.rows, of: \.bic, digits: 0, isHigh: false)
        case .repeatability: repeatability(table.rows)
        }
    }

    private func elbow(_ rows: [KSweep.Row]) -> Jury.Opinion? {
        guard rows.count > 2 else { return nil }
        let elbow = Kneedle(ks: rows.map(\.k), inertias: rows.map(\.inertia))
        let depth = (elbow.differences.max() ?? 0).fixed(2)
        return Jury.Opinion(
            self, elbow.k,
            elbow.k == nil
                ? "the inertia falls without a bend"
                : "the inertia bends here, at most \(depth) below a straight line")
    }

    private func gap(_ rows: [KSweep.Row]) -> Jury.Opinion? {
        let points = rows.compactMap(\.gap)
        guard points.count > 1, let last = points.last else { return nil }
        guard let k = GapStatistic.choice(points),
            let place = points.firstIndex(where: { $0.k == k })
        else { return Jury.Opinion(self, nil, "the gap still rises at k = \(last.k)") }
        let next = points[place + 1]
        return Jury.Opinion(
            self, k,
            "\(points[place].gap.fixed(3)) is at least the next, \(next.gap.fixed(3)), less "
                + "\(next.deviation.fixed(3))")
    }

    private func predictionStrength(_ rows: [KSweep.Row]) -> Jury.Opinion? {
        let points = rows.filter { $0.k > 1 && $0.predictionStrength != nil }.map {
            PredictionStrength.Point(k: $0.k, strength: $0.predictionStrength)
        }
        guard !points.isEmpty else { return nil }
        let k = PredictionStrength.choice(points)
        let threshold = PredictionStrength.threshold.fixed(2)
        guard let strength = points.first(where: { $0.k == k })?.strength else {
            let best = points.compactMap(\.strength).max() ?? 0
            return Jury.Opinion(self, 1, "at most \(best.fixed(2)) for 2 and more, of \(threshold)")
        }
        return Jury.Opinion(
            self, k, "the largest k of at least \(threshold): \(strength.fixed(2))")
    }

    private func silhouette(_ rows: [KSweep.Row]) -> Jury.Opinion? {
        guard let top = best(rows, of: \.silhouette?.mean, digits: 2, isHigh: true) else {
            return nil
        }
        let highest = rows.compactMap { $0.silhouette?.mean }.max() ?? 0
        guard highest < Self.weakestSilhouette else { return top }
        return Jury.Opinion(
            self, nil,
            "at most \(highest.fixed(2)), and below \(Self.weakestSilhouette.fixed(2)) there is no "
                + "substantial structure")
    }

    private func repeatability(_ rows: [KSweep.Row]) -> Jury.Opinion? {
        let known = rows.compactMap { row in row.repeatability.map { (row.k, $0) } }
            .filter { $0.0 > 1 }
        guard let highest = known.map(\.1).max() else { return nil }
        guard let (k, mean) = known.last(where: { $0.1 >= Self.repeatable }) else {
            return Jury.Opinion(
                self, nil, "at most \(highest.fixed(2)), of \(Self.repeatable.fixed(2))")
        }
        // Repeatable to the end: that limits k to nothing, and is no reason for the largest.
        guard k != known.last?.0 else {
            return Jury.Opinion(
                self, nil, "\(mean.fixed(2)) at the largest k tried, so it excludes none",
                abstains: true)
        }
        return Jury.Opinion(
            self, k, "the largest k of at least \(Self.repeatable.fixed(2)): \(mean.fixed(2))")
    }

    /// The k of the best figure, ties to the smallest k. At the largest k it isn't a peak: the next
    /// might be better, so none is chosen.
    private func best(
        _ rows: [KSweep.Row], of figure: (KSweep.Row) -> Double?, digits: Int, isHigh: Bool
    ) -> Jury.Opinion? {
        let known = rows.compactMap { row in figure(row).map { (k: row.k, value: $0) } }
        let top = known.dropFirst().reduce(known.first) { best, next in
            guard let best else { return next }
            return (isHigh ? next.value > best.value : next.value < best.value) ? next : best
        }
        guard known.count > 1, let top, let last = known.last else { return nil }
        let what = "\(isHigh ? "highest" : "lowest"): \(top.value.fixed(digits))"
        return top.k == last.k
            ? Jury.Opinion(self, nil, "\(what) at the largest k tried, so no peak is seen")
            : Jury.Opinion(self, top.k, what)
    }
}
