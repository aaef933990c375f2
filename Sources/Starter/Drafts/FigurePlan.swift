import Columns
import Preparation

/// The figures and dimensions of one table, named once for measures and pages.
struct FigurePlan: Sendable {
    struct Figure: Sendable {
        var name: String
        /// The column of the file; nil for the number of rows.
        var column: String?
        var expression: String
        var label: String
        var format: String
        var order: [String] = []
        var reason: String
    }

    private(set) var measures: [Figure] = []
    private(set) var dimensions: [Figure] = []
    /// Columns for which there was no more room.
    private(set) var leftOut: [String] = []
    let table: StarterTable

    /// More nobody reads, and every one of them is checked in each run.
    private static let mostColumns = 60

    /// - Parameter taken: names of the project that are taken already, in small letters.
    init(_ table: StarterTable, features: [StarterFeature], taken: inout Set<String>) {
        self.table = table
        let noun = table.noun
        measures.append(
            Figure(
                name: Words.free(Words.slug(table.model), &taken), expression: "count(*)",
                label: Words.label(noun), format: "format: integer",
                reason: "a row is one of the \(noun)"))
        let columns = table.columns.filter { $0.role.isQuantity || $0.role.isGroup }
        leftOut = columns.dropFirst(Self.mostColumns).map(\.name)
        for column in columns.prefix(Self.mostColumns) { add(column, &taken) }
        for derived in table.derived { add(derived, &taken) }
        for feature in features where feature.form != .column && feature.form != .derived {
            dimensions.append(
                Figure(
                    name: Words.free(Words.slug(feature.name), &taken), column: nil,
                    expression: YAML.column(feature.name), label: Words.label(feature.name),
                    format: "format: integer", reason: feature.reason))
        }
    }

    // MARK: What pages ask for

    var count: Figure { measures[0] }

    func dimension(of column: String) -> Figure? { dimensions.first { $0.column == column } }

    /// The numeric dimension of a feature.
    func number(of feature: StarterFeature) -> Figure? {
        feature.form == .column || feature.form == .derived
            ? dimension(of: feature.name)
            : dimensions.first { $0.expression == YAML.column(feature.name) }
    }

    /// The dimension that tells of a feature in the words of the file.
    func told(_ feature: StarterFeature) -> Figure? {
        dimension(of: feature.form == .derived ? feature.name : feature.source)
    }

    func total(of column: String) -> Figure? {
        measures.first { $0.column == column && $0.name.hasPrefix("total_") }
    }

    func average(of column: String) -> Figure? {
        measures.first { $0.column == column && !$0.name.hasPrefix("total_") }
    }

    /// The sum that most is said about: what customers hold, then what they spend, then any money.
    var money: Figure? {
        let sums = table.columns.filter { $0.role == .money && $0.isSummable }
        let signs: [Set<String>] = [
            ["deposits", "deposit"], ["balance", "bal"],
            ["spend", "spent", "spending", "purchases", "amt", "amount", "payments"],
        ]
        for words in signs {
            if let column = sums.first(where: {
                !words.isDisjoint(with: NameSigns($0.name).words)
            }) {
                return total(of: column.name)
            }
        }
        return sums.first.flatMap { total(of: $0.name) }
    }

    /// Dimensions of few values, bands first.
    func groups(upTo levels: Int) -> [Figure] {
        let columns = table.columns.filter {
            $0.role.isGroup && (2...levels).contains($0.inspected.distinct)
        }
        let ordered = columns.filter { $0.role == .bands } + columns.filter { $0.role != .bands }
        return ordered.compactMap { dimension(of: $0.name) }
    }

    // MARK: Making them

    private mutating func add(_ column: StarterColumn, _ taken: inout Set<String>) {
        let name = Words.slug(column.name)
        let label = Words.label(column.name)
        let reference = YAML.column(column.name)
        let reason = "\(column.role.words): \(column.reason)"
        if column.role.isQuantity {
            if column.isSummable {
                measures.append(
                    Figure(
                        name: Words.free(Self.prefixed("total", name), &taken), column: column.name,
                        expression: "sum(\(reference))",
                        label: Self.prefixed("Total", label, separator: " "),
                        format: column.role == .money ? Self.money(column) : "format: integer",
                        reason: reason))
            }
            measures.append(
                Figure(
                    name: Words.free(Self.prefixed("average", name), &taken), column: column.name,
                    expression: "avg(\(reference))",
                    label: Self.prefixed("Average", label, separator: " "),
                    format: Self.format(column, isAverage: true),
                    reason: column.isSummable ? reason : "\(reason); not summed"))
            dimensions.append(
                Figure(
                    name: Words.free(name, &taken), column: column.name, expression: reference,
                    label: label, format: Self.format(column, isAverage: false), reason: reason))
        } else {
            addShare(column, reference, name, label, &taken)
            let isCode = column.role == .code && column.type.isNumeric
            dimensions.append(
                Figure(
                    name: Words.free(name, &taken), column: column.name,
                    expression: isCode || column.role == .flag && column.type.isNumeric
                        ? "CAST(\(reference) AS VARCHAR)" : reference,
                    label: label, format: "", order: column.order, reason: reason))
        }
    }

    private mutating func add(_ derived: DerivedColumn, _ taken: inout Set<String>) {
        let reference = YAML.column(derived.name)
        measures.append(
            Figure(
                name: Words.free("average_\(derived.name)", &taken), column: derived.name,
                expression: "avg(\(reference))",
                label: Self.prefixed("Average", derived.label, separator: " "),
                format: "format: decimal, digits: 1", reason: "\(derived.reason); not summed"))
        dimensions.append(
            Figure(
                name: Words.free(derived.name, &taken), column: derived.name,
                expression: reference, label: derived.label, format: "format: integer",
                reason: derived.reason))
    }

    /// The share of rows with the value that a flag or an outcome is about.
    private mutating func addShare(
        _ column: StarterColumn, _ reference: String, _ name: String, _ label: String,
        _ taken: inout Set<String>
    ) {
        let levels = column.inspected.levels
        var (expression, told): (String, String)
        if column.role == .flag || column.role == .outcome && column.type == .boolean {
            expression =
                column.type == .boolean
                ? "avg(CASE WHEN \(reference) THEN 1 WHEN NOT \(reference) THEN 0 END)"
                : "avg(\(reference))"
            told = label
        } else if column.role == .outcome, levels.count == 2, let rarer = levels.last {
            expression =
                column.type.isNumeric
                ? "avg(CASE WHEN \(reference) = \(rarer.text) THEN 1 ELSE 0 END)"
                : "avg(CASE WHEN \(reference) = \(YAML.literal(rarer.text)) THEN 1 ELSE 0 END)"
            told = rarer.text
        } else {
            return
        }
        measures.append(
            Figure(
                name: Words.free("share_\(name)", &taken), column: column.name,
                expression: expression, label: "Share: \(told)",
                format: "format: percent, digits: 1",
                reason: "\(column.role.words): \(column.reason)"))
    }

    /// No "Total total balance".
    private static func prefixed(_ prefix: String, _ name: String, separator: String = "_")
        -> String
    {
        let first = name.split(separator: Character(separator)).first.map { $0.lowercased() }
        let said =
            ["total": ["total"], "average": ["average", "avg", "total"]][prefix.lowercased()] ?? []
        if let first, said.contains(first) {
            let rest = name.dropFirst(first.count)
            return prefix + (separator == " " ? rest.lowercased() : String(rest))
        }
        let isLabel = separator == " "
        let begin = isLabel ? name.prefix(1).lowercased() : String(name.prefix(1))
        return prefix + separator + begin + String(name.dropFirst())
    }

    private static func money(_ column: StarterColumn) -> String {
        let isSmall = (column.quartiles?[4] ?? 0) < 100
        return "format: currency, digits: \(isSmall ? 2 : 0)"
    }

    private static func format(_ column: StarterColumn, isAverage: Bool) -> String {
        switch column.role {
        case .money: return money(column)
        case .rate where column.inspected.reading.unit == "percent":
            return "format: percent, digits: 1"
        case .rate: return "format: decimal, digits: 2"
        default:
            let isLarge = (column.quartiles?[2] ?? 0) >= 1000
            if column.type.isWhole, !isAverage || isLarge { return "format: integer" }
            return "format: decimal, digits: \(isLarge ? 0 : 1)"
        }
    }
}
