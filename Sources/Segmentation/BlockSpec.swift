import Columns
import Learning
import Query
import Workspace

/// How blocks of features are made to weigh the same.
enum BlockFields {
    static let fields = [
        Field(
            "balance", .choice(Preprocessing.Blocks.Method.allCases.map(\.rawValue)),
            "equal_variance (default): each block has the same total variance; mfa: each block's "
                + "first component has the same variance"),
        Field("weights", .map(.number), "by block, how much it counts; 1 by default"),
    ]

    /// - Parameter features: whose blocks they are; one without a block is a block by itself.
    static func blocks(
        _ values: FieldValues?, of features: [FeatureSpec], _ diagnostics: inout [Diagnostic]
    ) -> Preprocessing.Blocks? {
        guard let values else {
            for feature in features {
                guard let block = feature.block else { continue }
                diagnostics.append(
                    Diagnostic(
                        "unused_key", at: block.place,
                        "'block' of '\(feature.column.value)' has no effect without 'blocks'",
                        hint: "blocks: {balance: equal_variance}"))
                break
            }
            return nil
        }
        let names = features.map { $0.block?.value ?? $0.column.value }
        var weights: [(String, Double)] = []
        for (name, weight) in values.map("weights") ?? [] {
            guard case .number(let number) = weight.value else { continue }
            if !names.contains(name.value) {
                diagnostics.append(
                    Diagnostic(
                        "unknown_block", at: name.place,
                        "there is a weight for block '\(name.value)', but no feature belongs to it",
                        hint: NearestName.hint(for: name.value, among: names.unique)))
            }
            if !(number > 0) {
                diagnostics.append(
                    Diagnostic(
                        "invalid_weight", at: weight.place,
                        "the weight of block '\(name.value)' is \(number) but must be above 0"))
            }
            weights.append((name.value, number))
        }
        return .init(
            values.text("balance").flatMap(Preprocessing.Blocks.Method.init) ?? .equalVariance,
            weights: Dictionary(weights, uniquingKeysWith: { $1 }))
    }
}

/// How many principal components take the features' place.
enum ReductionFields {
    static let fields = [
        Field("count", .integer(1...10_000), "so many"),
        Field("variance", .number, "as many as hold this share of the variance, like 0.95"),
        Field(
            "parallel_analysis", .boolean,
            "as many as stand out from independent columns (Horn 1965)"),
    ]

    static func reduction(
        _ values: FieldValues?, _ diagnostics: inout [Diagnostic]
    ) -> Preprocessing.Reduction {
        guard let values else { return .none }
        let stated = fields.map(\.name).filter { values.states($0) }
        if stated.count == 1 {
            if let count = values.integer("count") { return .components(count) }
            if let share = values.number("variance"), share > 0, share <= 1 {
                return .variance(share)
            }
            if values.boolean("parallel_analysis") == true { return .parallelAnalysis(seed: 0) }
        }
        // What stands there and can't be read has been told.
        if stated.isEmpty, fields.contains(where: { values.names($0.name) }) { return .none }
        let what =
            switch stated.count {
            case 0: "'components' states nothing"
            case 1 where stated[0] == "variance":
                "'variance' is \(values.number("variance") ?? 0) but must be above 0 and at most 1"
            case 1: "'parallel_analysis' is false, which states no number of components"
            default: "'components' states \(stated.joined(separator: " and "))"
            }
        diagnostics.append(
            Diagnostic(
                "invalid_components",
                at: stated.count == 1 ? values.place(of: stated[0]) : values.place, what,
                hint: "one of count: 3, variance: 0.95 or parallel_analysis: true"))
        return .none
    }
}
