import Columns
import Kernels

extension Preprocessing.Reduction {
    /// Finds the components, and how many to keep.
    ///
    /// - Parameter designed: makes the weighted matrix.
    func fit(
        columns: [DesignColumn], work: Work, _ designed: () throws(AuroraError) -> Matrix
    ) throws(AuroraError) -> Preprocessing.Model.Reduced? {
        if self == .none { return nil }
        let matrix = try designed()
        let model = try PCA().fit(matrix, work: work.part(0.8...0.9))
        var reference: [Double]?
        let kept: Int
        switch self {
        case .none: kept = model.components.rows
        case .components(let count):
            guard (1...model.components.rows).contains(count) else {
                throw AuroraError(
                    "component_count",
                    "\(counted(count, "component")) asked for, but 1 to \(model.components.rows) "
                        + "can be given")
            }
            kept = count
        case .variance(let share):
            var (total, count) = (0.0, 0)
            for ratio in model.explainedVarianceRatio {
                total += ratio
                count += 1
                // Rounding alone must not ask for one more.
                if total >= share - 1e-12 { break }
            }
            kept = count
        case .parallelAnalysis(let seed):
            let variances = try ParallelAnalysis(seed: seed).reference(
                for: model, features: columns.map(\.feature), rows: matrix.rows, work: work)
            reference = variances
            let held = zip(model.explainedVariance, variances).prefix { $0 > $1 }.count
            kept = max(1, held)
        }
        return Preprocessing.Model.Reduced(components: model, kept: kept, reference: reference)
    }
}
