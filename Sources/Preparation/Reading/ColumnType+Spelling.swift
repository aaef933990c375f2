package import Columns

extension ColumnType {
    package static let spellings =
        "boolean, integer, decimal(18,2), double, text, date, time, timestamp"

    /// Reads a type as project files spell it.
    package init?(_ text: String) {
        switch text {
        case "boolean": self = .boolean
        case "integer": self = .integer
        case "huge integer": self = .hugeInteger
        case "double": self = .double
        case "text": self = .text
        case "date": self = .date
        case "time": self = .time
        case "timestamp": self = .timestamp(zoned: false)
        case "timestamp with time zone": self = .timestamp(zoned: true)
        default:
            guard text.hasPrefix("decimal("), text.hasSuffix(")") else { return nil }
            let numbers = text.dropFirst(8).dropLast().split(separator: ",")
                .map { Int($0.trimmingPrefix { $0 == " " }) }
            guard numbers.count == 2, let precision = numbers[0], let scale = numbers[1],
                (1...38).contains(precision), (0...precision).contains(scale)
            else { return nil }
            self = .decimal(precision: precision, scale: scale)
        }
    }
}
