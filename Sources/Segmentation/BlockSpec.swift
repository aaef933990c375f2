import Columns
import Learning
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

    static func blocks(_ values: FieldValues?) -> Preprocessing.Blocks? {
        guard let values else { return nil }
        let weights = (values.map("weights") ?? []).compactMap { entry -> (String, Double)? in
            guard case .number(let weight) = entry.value.value else { return nil }
            return (entry.key.value, weight)
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
        diagnostics.append(
            Diagnostic(
                "invalid_components", at: values.place,
                "'components' states \(stated.isEmpty ? "nothing" : stated.joined(separator: ", "))",
                hint: "one of count: 3, variance: 0.95 or parallel_analysis: true"))
        return .none
    }
}
