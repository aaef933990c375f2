package import Columns
import Engine
import Workspace

extension Gate {
    /// The days of a date dimension that hold every value of it; nil where there is none.
    ///
    /// They are the first and the last day in the data, which are single customers': where those may
    /// not be shown, the months around them.
    ///
    /// - Throws: `not_a_date`, `unknown_name`, `not_permitted`, or the engine's own error.
    package func days(
        of name: String, for reader: Reader
    ) async throws(AuroraError) -> (first: CalendarDate, last: CalendarDate)? {
        let dimension = try permitted([name], for: reader)[0]
        guard dimension.kind == .date else {
            throw AuroraError(
                "not_a_date",
                "the dimension '\(name)' is \(dimension.type), but a date is expected")
        }
        let compiler = SQLCompiler(catalogue, dialect, model: dimension.model)
        let day = dialect.firstDay(of: Period.day.rawValue, compiler.column(of: dimension))
        let row = try await engine.query(
            "SELECT min(\(day)), max(\(day)) \(compiler.rows(reading: [dimension], .init()))"
        ).row(0)
        guard case .date(let first) = row[0], case .date(let last) = row[1] else { return nil }
        let (lowest, highest) = (
            CalendarDate(daysSince1970: Int(first)), CalendarDate(daysSince1970: Int(last))
        )
        if reader.may(.customers), privacy.smallestCell <= 1 { return (lowest, highest) }
        let next = highest.start(of: .month).moved(by: 1, .month)
        return (lowest.start(of: .month), CalendarDate(daysSince1970: next.daysSince1970 - 1))
    }
}
