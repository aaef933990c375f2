package import Columns

extension Gate {
    /// A table of two dimensions with a row for each pair of values that both occur, but never
    /// together, in the order of the answer.
    ///
    /// Such a pair has 0 rows, and a sum over them of 0; an average of none is no figure. Where
    /// small cells are hidden, empty ones are, too (see ``shown(_:of:to:)``): a 0 is the smallest of
    /// them, and no pair is added.
    ///
    /// - Parameters:
    ///   - table: the answer to `query`, which has two dimensions.
    /// - Returns: the table, and the places of the rows that stand for no row.
    /// - Complexity: O(*m* · *n* · log(*m* · *n*)) for *m* values of one dimension and *n* of the
    ///   other.
    package func withEmptyPairs(
        _ table: FigureTable, of query: FigureQuery
    ) -> (table: FigureTable, empty: Set<Int>) {
        let dimensions = query.dimensions.compactMap { name in
            catalogue.dimensions[name].map { dimension in
                var dimension = dimension
                dimension.fold = query.folds[name]
                return dimension
            }
        }
        guard !hidesSmallCells, dimensions.count == 2 else { return (table, []) }
        let figures: [Value] = query.measures.map {
            catalogue.measures[$0]?.isAdditive == true ? .integer(0) : .missing
        }
        let known = Set(table.rows.map { Array($0.prefix(2)) })
        let (down, across) = (table.rows.map { $0[0] }.unique, table.rows.map { $0[1] }.unique)
        var rows = table.rows.map { (cells: $0, isEmpty: false) }
        for value in down {
            for other in across where !known.contains([value, other]) {
                rows.append(([value, other] + figures, true))
            }
        }
        rows.sort { DimensionOrder.precedes($0.cells, $1.cells, dimensions) }
        var completed = table
        completed.rows = rows.map(\.cells)
        return (completed, Set(rows.indices.filter { rows[$0].isEmpty }))
    }
}
