import Columns
import Kernels

extension Preprocessing {
    /// Refuses options that fit no data.
    func checkOptions() throws(AuroraError) {
        for feature in features { try feature.check() }
        if let blocks {
            let names = Set(features.filter { !$0.isCodes }.map(\.blockName))
            for (name, weight) in blocks.weights.sorted(by: { $0.key < $1.key }) {
                guard names.contains(name) else {
                    throw AuroraError(
                        "unknown_block",
                        "there is a weight for block '\(name)', but no feature belongs to it",
                        hint: NearestName.hint(for: name, among: names.sorted()))
                }
                try checkWeight(weight, of: "block '\(name)'")
            }
        }
        if reduction != .none, let feature = features.first(where: \.isCodes) {
            throw AuroraError(
                "codes_reduced",
                "feature '\(feature.name)' stays as codes, which can't become components",
                hint: "encode it as indicators or by FAMD, or leave the reduction out")
        }
        if case .variance(let share) = reduction, !(share > 0 && share <= 1) {
            throw AuroraError(
                "invalid_share",
                "components are to hold \(share) of the variance, but a share is above 0 and at "
                    + "most 1")
        }
    }

    /// Refuses rows of another shape, and values that no policy allows.
    func check(_ matrix: Matrix, work: Work) throws(AuroraError) {
        try matrix.requireFeatures(features.count, of: "the preprocessing")
        try matrix.requireComplete(
            features: features.map(\.name), mayMiss: features.map { $0.missing != .refuse },
            work: work)
    }
}

private func checkWeight(_ weight: Double, of what: String) throws(AuroraError) {
    guard weight > 0, weight.isFinite else {
        throw AuroraError(
            "invalid_weight", "the weight of \(what) is \(weight), but it must be above 0")
    }
}

extension Preprocessing.Feature {
    var isCodes: Bool {
        if case .categories(_, .codes) = kind { true } else { false }
    }

    /// Its block, or itself.
    var blockName: String { block ?? name }

    fileprivate func check() throws(AuroraError) {
        try checkWeight(weight, of: "feature '\(name)'")
        switch kind {
        case .number:
            if missing == .ownLevel {
                throw unfit("a number", "a level of its own for missing values is for categories")
            }
        case .categories(let levels, _):
            guard !levels.isEmpty, Set(levels).count == levels.count else {
                throw AuroraError(
                    "invalid_levels",
                    "feature '\(name)' has \(counted(levels.count, "level")), of which "
                        + "\(Set(levels).count) differ",
                    hint: "state each level once")
            }
            if transform != .none {
                throw unfit("a category", "the transform \(transform.rawValue) is for numbers")
            }
            if winsorise != nil { throw unfit("a category", "winsorising is for numbers") }
            if missing == .mean || missing == .median {
                throw unfit("a category", "filling by the \(missing.rawValue) is for numbers")
            }
        }
        if let winsorise,
            !(0 <= winsorise.lower && winsorise.lower < winsorise.upper
                && winsorise.upper <= 1)
        {
            throw AuroraError(
                "invalid_quantile",
                "feature '\(name)' is winsorised at the quantiles \(winsorise.lower) and "
                    + "\(winsorise.upper), but they must ascend within 0 and 1")
        }
    }

    private func unfit(_ kind: String, _ what: String) -> AuroraError {
        AuroraError("feature_options", "feature '\(name)' is \(kind), but \(what)")
    }
}
