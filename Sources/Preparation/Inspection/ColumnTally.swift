import Columns
import Engine

/// What is counted of a column: its values, the different ones, and where the quarters of the rows
/// end. Asked together with what is counted of other columns.
struct ColumnTally {
    private let count: Int
    private let distinct: Int
    /// Empty where there is no order, or where the values are too many to be held in memory.
    private var places: [Int] = []

    /// - Parameters:
    ///   - isOrdering: whether the values may be held in memory to find the quartiles.
    ///   - survey: of the table of values.
    init(
        _ reading: ColumnReading, _ dialect: any Dialect, ordering isOrdering: Bool,
        _ survey: inout Survey
    ) {
        let column = dialect.quoted(reading.column)
        count = survey.ask("count(\(column))")
        distinct = survey.ask("count(DISTINCT \(column))")
        guard isOrdering, reading.type.isNumeric || reading.type.isTemporal else { return }
        func quarter(_ share: Double) -> String {
            "percentile_disc(\(share)) WITHIN GROUP (ORDER BY \(column))"
        }
        places = ["min(\(column))", quarter(0.25), quarter(0.5), quarter(0.75), "max(\(column))"]
            .map { survey.ask($0) }
    }

    func count(_ answer: [Value]) -> Int { answer.number(count) }

    func distinct(_ answer: [Value]) -> Int { answer.number(distinct) }

    /// The least value, the values at a quarter, the half and three quarters of the rows, and the
    /// greatest; nil where they were not asked for.
    func quartiles(_ answer: [Value]) -> [Value]? {
        places.isEmpty ? nil : places.map { answer[$0] }
    }
}
