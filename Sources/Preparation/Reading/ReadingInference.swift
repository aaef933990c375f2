import Columns
import Engine

/// Finds how each text column is read by looking at every row, never at a sample alone.
///
/// Each column tries the types of a ladder from narrow to wide and takes the first that every value
/// fits. Numbers with up to 12 decimals become DECIMAL, because only sums of exact numbers repeat.
struct ReadingInference {
    private let engine: any Engine
    private let relation: String

    /// - Parameter relation: SQL that stands behind FROM.
    init(_ engine: any Engine, relation: String) {
        self.engine = engine
        self.relation = relation
    }

    private enum Rung: Int, CaseIterable {
        case boolean, integer, decimal, double, date, timestamp, text

        var type: ColumnType {
            switch self {
            case .boolean: .boolean
            case .integer: .integer
            case .decimal: .decimal(precision: 38, scale: 0)
            case .double: .double
            case .date: .date
            case .timestamp: .timestamp(zoned: false)
            case .text: .text
            }
        }
    }

    private static let mostDecimals = 12

    /// - Returns: the reading of each column, in order. A column without any value is text.
    func readings(of columns: [String]) async throws(AuroraError) -> [ColumnReading] {
        let dialect = engine.dialect
        var rungs = columns.map { _ in Rung.boolean }
        var types = columns.map { _ in ColumnType?.none }
        while types.contains(where: { $0 == nil }) {
            let open = columns.indices.filter { types[$0] == nil }
            let items = open.map { index in
                let name = dialect.quoted(columns[index])
                let fits = PlainText.fits(name, rungs[index].type, dialect)
                let measures =
                    rungs[index] == .decimal ? PlainText.decimalDigits(name) : "NULL, NULL"
                return "count(\(name)), count(*) FILTER (WHERE \(fits)), \(measures)"
            }
            let answer = try await engine.query(
                "SELECT \(items.joined(separator: ", ")) FROM \(relation)")
            for (position, index) in open.enumerated() {
                func number(_ offset: Int) -> Int {
                    answer.columns[position * 4 + offset][0].integerValue ?? 0
                }
                if number(0) == 0 || rungs[index] == .text {
                    types[index] = .text
                } else if number(1) == number(0),
                    let type = type(rungs[index], whole: number(2), decimals: number(3))
                {
                    types[index] = type
                } else {
                    rungs[index] = Rung(rawValue: rungs[index].rawValue + 1) ?? .text
                }
            }
        }
        return zip(columns, types).map {
            ColumnReading(column: $0, type: $1 ?? .text, form: .plain)
        }
    }

    private func type(_ rung: Rung, whole: Int, decimals: Int) -> ColumnType? {
        guard rung == .decimal else { return rung.type }
        guard decimals <= Self.mostDecimals, whole + decimals <= 38 else { return nil }
        return .decimal(precision: whole + decimals <= 18 ? 18 : 38, scale: decimals)
    }
}
