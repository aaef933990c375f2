import Columns
import Engine
import Learning
import Query

/// What a segmentation needs of a table to tell each row's segment, and how it tells it.
struct ScoringPlan: Sendable {
    enum Way: Sendable {
        /// By what was fitted to the training rows.
        case learnt(FrozenSegments)
        /// By the number of a row's segment as an expression.
        case stated(CheckedExpression)
    }

    let result: SegmentationResult
    let way: Way
    /// Columns that the table must have, those of `others` included, each once.
    let columns: [String]
    /// Segmentations whose segments' numbers it reads, by their names.
    let others: [ScoringPlan]

    /// - Parameters:
    ///   - results: the run's segmentations.
    ///   - recipe: the columns that the model's recipe has made; other names are segmentations.
    /// - Throws: `not_scorable`.
    init(
        _ result: SegmentationResult, among results: [SegmentationResult], recipe: Set<String>,
        parser: any ExpressionParser
    ) async throws(AuroraError) {
        self.result = result
        let named: [String]
        if let frozen = result.frozen {
            way = .learnt(frozen)
            named = frozen.sources.map(\.column)
        } else if let condition = result.condition {
            do throws(ExpressionError) {
                let expression = try await parser.parse(condition)
                way = .stated(expression)
                named = expression.columnNames
            } catch {
                throw Self.notScorable(result, cause: error.message)
            }
        } else {
            throw Self.notScorable(result, cause: nil)
        }
        var columns: [String] = []
        var others: [ScoringPlan] = []
        for name in named {
            let other = results.first {
                $0.name == name && $0.model == result.model && name != result.name
            }
            guard let other, !recipe.contains(name) else {
                columns.append(name)
                continue
            }
            let plan = try await ScoringPlan(
                other, among: results.filter { $0.name != result.name }, recipe: recipe,
                parser: parser)
            others.append(plan)
            columns += plan.columns
        }
        self.columns = columns.unique
        self.others = others
    }

    private static func notScorable(
        _ result: SegmentationResult, cause: String?
    ) -> AuroraError {
        AuroraError(
            "not_scorable", "this run did not keep what assigns customers to '\(result.name)'",
            cause: cause, hint: "aurora run --fresh makes a run that does")
    }

    /// The features, and what is to be done with each; nil where segments are stated.
    var frozen: FrozenSegments? {
        if case .learnt(let frozen) = way { frozen } else { nil }
    }

    /// Columns whose missing values nothing stands for, those of `others` included.
    var required: Set<String> {
        let own = frozen.map { frozen in
            zip(frozen.sources, frozen.preprocessing.configuration.features)
                .filter { $1.missing == .refuse }.map(\.0.column)
        }
        return others.reduce(into: Set(own ?? [])) { $0.formUnion($1.required) }
            .intersection(columns)
    }

    /// Columns that a learnt segmentation takes as categories, those of `others` included.
    var categories: Set<String> {
        let own = (frozen?.sources ?? []).filter { $0.levels != nil }.map(\.column)
        return others.reduce(into: Set(own)) { $0.formUnion($1.categories) }
    }
}
