import Columns
import Learning
import Query

/// Whether two dimensions have anything to do with each other, and where.
struct Relation {
    /// The adjusted residual of each row of the figures; nil where there is none.
    private(set) var residuals: [Double?]
    /// The residual from which on a cell is notable, so that by chance no cell of the table is, in 95
    /// of 100 tables (Bonferroni).
    private(set) var notable: Double?
    let test: ChiSquaredTest?
    let phrase: Phrase

    /// How strong a relation was found.
    enum Strength {
        /// There is nothing that could be tested.
        case untested
        /// What there is may be chance.
        case none
        /// It is there, but too weak to matter.
        case hardly
        case weak, moderate, strong
    }

    /// V below which a relation is too weak to matter (Cohen 1988), and up to which it is weak, moderate.
    private static let (none, weak, moderate) = (0.1, 0.3, 0.5)
    private static let level = 0.05

    static let colours =
        "A cell's colour is its adjusted residual (Haberman 1973): how many standard deviations its "
        + "rows are above or below what two dimensions without a relation would give. Cells are "
        + "coloured where chance would give as much in one of 20 tables at most (Bonferroni)."
    static let method =
        "χ² test of independence and Cramér's V, which is 0 without a relation and 1 where one value "
        + "tells the other. Rows without a value are left out."

    /// - Parameters:
    ///   - table: two dimensions and a number of rows.
    ///   - labels: what readers know the dimensions by.
    init(_ table: FigureTable, _ labels: [String]) {
        residuals = table.rows.map { _ in nil }
        guard table.suppressed == 0, table.rowsUsed != nil else {
            test = nil
            phrase = "Too few rows in some cells to test this without telling of single customers."
            return
        }
        let cells = table.rows.indices.filter { !table.rows[$0].prefix(2).contains(.missing) }
        let rows = cells.map { table.rows[$0][0] }.unique
        let columns = cells.map { table.rows[$0][1] }.unique
        guard rows.count > 1, columns.count > 1 else {
            test = nil
            phrase = "There is one value only: there is no relation to test."
            return
        }
        var counts = rows.map { _ in columns.map { _ in 0 } }
        var places: [(Int, Int, Int)] = []
        for cell in cells {
            guard let row = rows.firstIndex(of: table.rows[cell][0]),
                let column = columns.firstIndex(of: table.rows[cell][1])
            else { continue }
            counts[row][column] = table.rows[cell][2].integerValue ?? 0
            places.append((cell, row, column))
        }
        let contingency = ContingencyTable(counts)
        guard contingency.total > 0 else {
            test = nil
            phrase = "There are no rows to test."
            return
        }
        let adjusted = contingency.adjustedResiduals
        for (cell, row, column) in places where adjusted[row, column].isFinite {
            residuals[cell] = adjusted[row, column]
        }
        notable = -NormalQuantile.of(Self.level / Double(2 * rows.count * columns.count))
        let test = contingency.chiSquaredTest()
        self.test = test
        phrase = Self.phrase(test, rows: contingency.total, labels)
    }

    private static func phrase(_ test: ChiSquaredTest, rows: Int, _ labels: [String]) -> Phrase {
        guard let v = test.cramersV else { return "There is no relation to test." }
        let names: Phrase = "\(label: labels[0]) and \(label: labels[1])"
        let figures = Self.figures(test, v, rows: rows)
        if test.p > level {
            return v < none
                ? "No relation found between " + names + figures
                : "No relation found between " + names
                    + ": what there is may well be chance" + figures
        }
        switch v {
        case ..<none: return names + " hardly have a relation: too weak to matter" + figures
        case ..<weak: return names + " have a weak relation" + figures
        case ..<moderate: return names + " have a moderate relation" + figures
        default: return names + " have a strong relation" + figures
        }
    }

    var strength: Strength {
        guard let test, let v = test.cramersV else { return .untested }
        if test.p > Self.level { return .none }
        return switch v {
        case ..<Self.none: .hardly
        case ..<Self.weak: .weak
        case ..<Self.moderate: .moderate
        default: .strong
        }
    }

    private static func figures(_ test: ChiSquaredTest, _ v: Double, rows: Int) -> Phrase {
        let p: Phrase =
            test.p < 0.001
            ? "p\u{a0}<\u{a0}0.001"
            : "p\u{a0}=\u{a0}\(test.p, FigureFormat(.decimal, digits: test.p < 0.095 ? 3 : 2))"
        let two = FigureFormat(.decimal, digits: 2)
        return
            " (Cramér's V\u{a0}=\u{a0}\(v, two), χ²\u{a0}=\u{a0}\(test.statistic, FigureFormat(.decimal, digits: 1)) "
            + "on \(count: test.degrees) \(text: test.degrees == 1 ? "degree" : "degrees") of freedom, "
            + p + ", \(count: rows) rows)."
    }

    var json: JSON {
        .object([
            "words": phrase.json, "chi_squared": JSON(test?.statistic),
            "degrees": JSON(test?.degrees), "p": JSON(test?.p), "cramers_v": JSON(test?.cramersV),
            "replicates": JSON(test?.replicates), "notable": JSON(notable),
        ])
    }
}
