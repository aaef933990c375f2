import Columns
import Query
import Workspace

/// The figures of a visual, of no more levels than it can show.
struct FittingFigures {
    var query: FigureQuery
    var table: FigureTable
    /// Levels that are left out rather than one.
    var leftOut: [String: Fold] = [:]
    var shown: [ShownLevels] = []

    /// Levels that are one.
    var folds: [String: Fold] { query.folds.filter { leftOut[$0.key] == nil } }

    var members: [JSON.Member] {
        table.members(folds)
            + (shown.isEmpty ? [] : [.init(name: "shown", value: .array(shown.map(\.json)))])
    }

    /// The figures of other rows, of the same levels.
    func members(of part: FigureTable) -> [JSON.Member] { part.without(leftOut).members(folds) }
}

extension Chart {
    static var limit: ChartLimit { ChartLimit.all[name] ?? ChartLimit() }

    /// Its figures: as its page states `top`, or with as many levels as its kind can show.
    ///
    /// Beyond, levels with little are one where the measure adds up; else those with the most are
    /// shown. Dates are no levels that could be one.
    ///
    /// - Parameter leavesOut: whether levels are left out where they could be one.
    /// - Throws: `too_many_marks`, `too_many_cells`, and as the gate does.
    func fitting(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader,
        leavesOut: Bool = Self.limit.beyond == .leftOut
    ) async throws(AuroraError) -> FittingFigures {
        var query = try await query(gate, filter, for: reader)
        var result = FittingFigures(
            query: query, table: try await gate.answer(query, for: reader))
        let catalogue = gate.catalogue
        guard top == nil, let measure = measures.first.flatMap({ catalogue.measures[$0.value] })
        else {
            try requireRoom(result.table)
            return result
        }
        for (dimension, limit) in zip(foldable.map(\.value), Self.limit.levels.map(\.value)) {
            let count = result.table.levels(of: dimension)
            guard count > limit + 1 else { continue }
            if catalogue.dimensions[dimension]?.kind == .date {
                throw AuroraError(
                    "too_many_marks",
                    "'\(dimension)' has \(count) values, but \(limit) can be told apart here",
                    hint: "a line with each: month takes dates together, or filter the page")
            }
            // Of several dimensions an average of one level is no figure that is shown.
            let byValue = measure.isAdditive || dimensions.count == 1
            let folds = try await gate.folds(
                of: [dimension], top: limit, by: measure.name, filter: filter, for: reader,
                ranking: byValue ? .value : .rows)
            guard let fold = folds[dimension] else { continue }
            query.folds[dimension] = fold
            guard leavesOut || !measure.isAdditive else { continue }
            result.leftOut[dimension] = fold
            result.shown.append(
                ShownLevels(
                    dimension: dimension, shown: limit, all: fold.kept.count + fold.folded,
                    measure: byValue ? measure.name : nil))
        }
        if !query.folds.isEmpty {
            result.query = query
            result.table = try await gate.answer(query, for: reader).without(result.leftOut)
        }
        try requireRoom(result.table)
        return result
    }

    /// Refuses more figures than the kind shows.
    ///
    /// - Throws: `too_many_cells`.
    func requireRoom(_ table: FigureTable) throws(AuroraError) {
        let figures = table.rows.count * max(1, measures.count)
        guard let most = Self.limit.figures, figures > most else { return }
        let states = Self.limit.levels.isEmpty && top == nil
        throw AuroraError(
            "too_many_cells",
            "it would show \(figures) figures, but \(most) can be shown",
            hint: states ? "state 'top', like top: 20" : "state a smaller 'top', or filter the page"
        )
    }
}
