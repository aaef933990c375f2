package import Columns
import Engine
import Workspace

extension Gate {
    /// The levels of some dimensions that are told apart, where those with the most are.
    ///
    /// Rare levels of a category or a number are one; rows without a value stay by themselves. A
    /// single level is never folded: it would take the place of itself.
    ///
    /// - Parameters:
    ///   - top: how many levels of each dimension are kept.
    ///   - measure: what orders them where it is a sum or a count; else they are ordered by rows.
    ///   - ranking: another order than that.
    /// - Throws: as ``answer(_:for:)``.
    package func folds(
        of dimensions: [String], top: Int, by measure: String, filter: FilterContext,
        for reader: Reader, ranking: LevelRanking? = nil
    ) async throws(AuroraError) -> [String: Fold] {
        let measures = try measures([measure], for: reader)
        let byRows = ranking.map { $0 == .rows } ?? !measures[0].isAdditive
        var folds: [String: Fold] = [:]
        for dimension in try permitted(dimensions, for: reader)
        where [.category, .number].contains(dimension.kind) {
            try check(filter, for: reader, over: [measures[0].model], by: [dimension])
            let table = try await PartialTable(
                measures, by: [dimension], filter,
                SQLCompiler(catalogue, dialect, model: measures[0].model), engine
            ).suppressed(below: privacy.smallestCell)
            let levels = table.ranked(byRows: byRows).filter { !$0.isMissing }
            guard levels.count > top + 1 else { continue }
            folds[dimension.name] = Fold(
                kept: Array(levels.prefix(top)), folded: levels.count - top,
                other: dimension.kind == .number ? .text("") : .integer(0))
        }
        return folds
    }
}

/// What decides which levels of a dimension are told apart.
package enum LevelRanking: Sendable { case value, rows }
