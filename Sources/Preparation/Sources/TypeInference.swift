import Columns
import Engine

/// Finds the type of each text column by looking at every row, never at a sample alone.
///
/// Each column tries the types of a ladder from narrow to wide and takes the first that every value
/// fits. Numbers with up to 12 decimals become DECIMAL, because only sums of exact numbers repeat.
struct TypeInference {
    private let engine: any Engine
    private let table: String

    init(_ engine: any Engine, table: String) {
        self.engine = engine
        self.table = engine.dialect.quoted(table)
    }

    private enum Rung: Int, CaseIterable {
        case boolean, integer, decimal, double, date, timestamp, text
    }

    private static let mostDecimals = 12

    /// Without a zero or a plus in front: those are codes and telephone numbers. Nor longer than a
    /// decimal holds, since a double would lose digits of it.
    private static let number = "-?((0|[1-9][0-9]{0,37})(\\.[0-9]*)?|\\.[0-9]+)"

    /// - Returns: the type of each column, in order. A column without any value is text.
    func types(of columns: [String]) async throws(AuroraError) -> [ColumnType] {
        var rungs = columns.map { _ in Rung.boolean }
        var types = columns.map { _ in ColumnType?.none }
        var counts = columns.map { _ in 0 }
        while types.contains(where: { $0 == nil }) {
            let open = columns.indices.filter { types[$0] == nil }
            let items = open.map { index in
                let name = engine.dialect.quoted(columns[index])
                let fits = test(rungs[index], name)
                let measures = rungs[index] == .decimal ? decimalDigits(name) : "NULL, NULL"
                return "count(\(name)), count(*) FILTER (WHERE \(fits)), \(measures)"
            }
            let answer = try await engine.query(
                "SELECT \(items.joined(separator: ", ")) FROM \(table)")
            for (position, index) in open.enumerated() {
                func number(_ offset: Int) -> Int {
                    answer.columns[position * 4 + offset][0].integerValue ?? 0
                }
                counts[index] = number(0)
                let fitsAll = number(1) == number(0)
                if counts[index] == 0 || rungs[index] == .text {
                    types[index] = .text
                } else if fitsAll,
                    let type = type(rungs[index], whole: number(2), decimals: number(3))
                {
                    types[index] = type
                } else {
                    rungs[index] = Rung(rawValue: rungs[index].rawValue + 1) ?? .text
                }
            }
        }
        return types.map { $0 ?? .text }
    }

    /// True for values of the type in their usual spelling, so that no code loses a leading zero.
    private func test(_ rung: Rung, _ name: String) -> String {
        let dialect = engine.dialect
        func converts(_ type: ColumnType) -> String {
            "TRY_CAST(\(name) AS \(dialect.typeName(type))) IS NOT NULL"
        }
        switch rung {
        case .boolean: return "lower(\(name)) IN ('true', 'false')"
        case .integer:
            let integer = dialect.typeName(.integer)
            let text = dialect.typeName(.text)
            return "CAST(TRY_CAST(\(name) AS \(integer)) AS \(text)) = \(name)"
        case .decimal: return dialect.matches(name, Self.number)
        case .double:
            // A text beyond the largest number converts to infinity, which is no number.
            let limit = dialect.literal(.double(.greatestFiniteMagnitude))
            return "abs(TRY_CAST(\(name) AS \(dialect.typeName(.double)))) <= \(limit) AND "
                + dialect.matches(name, Self.number + "([eE][-+]?[0-9]+)?")
        case .date:
            return dialect.matches(name, "[0-9]{4}-[0-9]{2}-[0-9]{2}") + " AND " + converts(.date)
        case .timestamp:
            let pattern =
                "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?"
            return dialect.matches(name, pattern) + " AND " + converts(.timestamp(zoned: false))
        case .text: return "\(name) IS NOT NULL"
        }
    }

    /// The most digits before and after the point.
    private func decimalDigits(_ name: String) -> String {
        let whole = "split_part(replace(\(name), '-', ''), '.', 1)"
        return "max(length(\(whole))), max(length(split_part(\(name), '.', 2)))"
    }

    private func type(_ rung: Rung, whole: Int, decimals: Int) -> ColumnType? {
        switch rung {
        case .boolean: return .boolean
        case .integer: return .integer
        case .decimal:
            guard decimals <= Self.mostDecimals, whole + decimals <= 38 else { return nil }
            return .decimal(precision: whole + decimals <= 18 ? 18 : 38, scale: decimals)
        case .double: return .double
        case .date: return .date
        case .timestamp: return .timestamp(zoned: false)
        case .text: return .text
        }
    }
}
