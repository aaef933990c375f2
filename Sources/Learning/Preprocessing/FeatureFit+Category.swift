import Columns
import Kernels

extension FeatureFit {
    init(
        category options: Preprocessing.Feature, levels: Int, encoding: Preprocessing.Encoding,
        index: Int, values: [Double]
    ) throws(AuroraError) {
        let (name, rows) = (options.name, values.count)
        var counts = [Int](repeating: 0, count: options.levels.count)
        var (missing, unknown) = (0, 0)
        for value in values {
            if value.isNaN {
                missing += 1
            } else if let level = Designer.level(value, of: levels) {
                counts[level] += 1
            } else {
                unknown += 1
            }
        }
        guard unknown == 0 else {
            throw AuroraError(
                "unknown_level",
                "feature '\(name)' has \(counted(levels, "level")), but \(counted(unknown, "row")) "
                    + "of \(rows) hold a code that is none of 0 to \(levels - 1)")
        }
        guard missing < rows || options.missing == .ownLevel else {
            throw Self.nothingToFillFrom(name, rows: rows)
        }
        let fill: Int? =
            switch options.missing {
            case .ownLevel: levels
            case .mostFrequent: counts.firstIndex(of: counts.max() ?? 0)
            case .refuse, .mean, .median: nil
            }
        if let fill { counts[fill] += missing }
        feature = Preprocessing.Model.Feature(
            name: name, minimum: nil, maximum: nil, fill: fill.map(Double.init), filled: missing,
            winsorised: nil, lambda: nil, levelCounts: counts)
        columns = Self.columns(options, encoding, index: index, counts: counts, rows: rows)
        if missing > 0 { notices.append(Self.filled(options, missing, rows: rows)) }
        if counts.contains(rows) { notices.append(Self.constant(name, rows: rows)) }
    }

    /// Levels that no training row has get no column.
    private static func columns(
        _ options: Preprocessing.Feature, _ encoding: Preprocessing.Encoding, index: Int,
        counts: [Int], rows: Int
    ) -> [DesignColumn] {
        let seen = counts.indices.filter { counts[$0] > 0 }
        func column(_ level: Int, _ centre: Double, _ divisor: Double) -> DesignColumn {
            DesignColumn(
                name: "\(options.name) = \(options.levels[level])", feature: index, level: level,
                centre: centre, divisor: divisor, weight: options.weight)
        }
        switch encoding {
        case .codes:
            return [
                DesignColumn(
                    name: options.name, feature: index, level: nil, centre: 0, divisor: 1,
                    weight: options.weight)
            ]
        case .famd:
            return seen.map { level in
                let share = Double(counts[level]) / Double(rows)
                return column(level, share, share.squareRoot())
            }
        case .indicators(let dropFirst):
            return seen.dropFirst(dropFirst ? 1 : 0).map { level in
                let scale = ScaleSummary(ones: counts[level], of: rows).scale(options.scale)
                return column(level, scale.centre, scale.divisor)
            }
        }
    }
}

extension ScaleSummary {
    /// Of an indicator that is 1 in some rows.
    fileprivate init(ones: Int, of rows: Int) {
        let share = Double(ones) / Double(rows)
        func quantile(_ part: Double) -> Double {
            let place = part * Double(rows - 1)
            return min(1, max(0, place - Double(rows - ones - 1)))
        }
        self.init(
            mean: share, deviation: (share * (1 - share)).squareRoot(), isConstant: ones == rows,
            minimum: ones == rows ? 1 : 0, maximum: 1,
            quartiles: (quantile(0.25), quantile(0.5), quantile(0.75)))
    }
}
