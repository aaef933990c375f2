import Columns
import Preparation

/// Finds the role of a column by its name, its type and all of its values.
struct RoleFinder {
    private let column: InspectedColumn
    private let rows: Int
    private let isFirst: Bool
    private let signs: NameSigns

    /// - Parameters:
    ///   - rows: of the whole table.
    ///   - isFirst: whether it is the table's first column, where keys usually stand.
    init(_ column: InspectedColumn, rows: Int, isFirst: Bool) {
        self.column = column
        self.rows = rows
        self.isFirst = isFirst
        signs = NameSigns(column.name)
    }

    static func columns(of inspection: Inspection) -> [StarterColumn] {
        inspection.columns.enumerated().map { index, column in
            RoleFinder(column, rows: inspection.rows, isFirst: index == 0).result()
        }
    }

    private typealias Guess = (role: ColumnRole, reason: String)

    private var present: Int { rows - column.missing }
    private var distinct: Int { column.distinct }
    private var type: ColumnType { column.reading.type }
    /// Levels that figures can be told by; in small tables also those that few rows share.
    private var isFew: Bool {
        distinct <= 200 && distinct * 5 <= present || distinct <= 5 && distinct < present
    }

    private var spread: String {
        "\(Words.count(distinct)) different values in \(Words.count(present)) rows"
    }

    func result() -> StarterColumn {
        let guess = found()
        var result = StarterColumn(inspected: column, role: guess.role, reason: guess.reason)
        if guess.role == .bands || guess.role == .category || guess.role == .outcome
            || guess.role == .label,
            let bands = BandOrder.of(column.levels.map(\.text))
        {
            result.order = bands.order
            if guess.role == .category {
                result.role = .bands
                result.reason = "\(bands.reason); \(spread)"
            }
        }
        result.isSummable =
            (result.role == .money || result.role == .count) && signs.average == nil
        return result
    }

    private func found() -> Guess {
        if present == 0 { return (.empty, "there is no value in any row") }
        if distinct == 1, rows > 1 {
            return (.constant, "every value is the same, so it tells nothing apart")
        }
        if let leak = leakage { return leak }
        if signs.saysCoordinate { return (.coordinate, "the name says a place on the Earth") }
        if type.isTemporal {
            return signs.saysBirth
                ? (.birthDate, "dates, and the name says birth") : (.date, "every value is a date")
        }
        if type == .boolean { return (.flag, "two values: true and false") }
        return type.isNumeric ? number() : text()
    }

    /// What would tell a segmentation, or a model, the answer beforehand.
    private var leakage: Guess? {
        if let word = signs.modelScore, type.isNumeric {
            return (
                .modelScore,
                "'\(word)' in the name: it is what somebody's model computed of the other columns"
            )
        }
        guard distinct <= 12, isFew || type == .boolean else { return nil }
        if let word = signs.outcome {
            return (
                .outcome,
                "'\(word)' in the name, and \(Words.counted(distinct, "value")): it says what "
                    + "became of the customer, which groups may be compared by but not formed by"
            )
        }
        if let word = signs.label {
            return (
                .label,
                "'\(word)' in the name, and \(Words.counted(distinct, "value")): groups that "
                    + "somebody has formed already"
            )
        }
        return nil
    }

    // MARK: Texts

    private func text() -> Guess {
        let shapes = column.examples
        let hasSpaces = shapes.contains { $0.contains(" ") }
        if shapes.contains(where: { $0.contains("@") }), !isFew {
            return (.person, "the values look like addresses of electronic mail")
        }
        if signs.saysTelephone { return (.person, "the name says telephone numbers") }
        if let word = signs.person, !isFew {
            return (.person, "'\(word)' in the name; \(spread)")
        }
        let isDigits = shapes.allSatisfy { shape in
            shape.contains("9") && !shape.contains { $0.isLetter }
        }
        if let word = signs.code, distinct > 1 {
            return (.code, "'\(word)' in the name: digits that name something")
        }
        if let word = signs.identifier {
            return isFew
                ? (.code, "'\(word)' in the name; \(spread)")
                : (.identifier, "'\(word)' in the name; \(spread)")
        }
        if isDigits, column.reading.note != nil, !isFew {
            return (.identifier, "\(column.reading.note ?? "digits that are no number"); \(spread)")
        }
        if isFew { return (.category, "\(spread), so they are kinds of something") }
        if distinct == present, rows >= 10, !hasSpaces {
            return (.identifier, "all different: \(spread)")
        }
        if distinct * 10 >= present * 9, rows >= 10, !hasSpaces,
            shapes.contains(where: { $0.contains("9") })
        {
            return (.identifier, "nearly all different codes: \(spread)")
        }
        return (.text, "\(spread): too many to be kinds, and no codes")
    }

    // MARK: Numbers

    private func number() -> Guess {
        let values = column.quartiles.compactMap(\.doubleValue)
        guard values.count == 5 else { return (.number, "numbers") }
        let (low, high) = (values[0], values[4])
        if let name = naming(low: low, high: high) { return name }
        if let unit = column.reading.unit {
            return unit == "percent"
                ? (.rate, "the values are written with %")
                : (.money, "the values are written in \(unit)")
        }
        if let part = datePart(low: low, high: high) { return part }
        return quantity(low: low, high: high)
    }

    /// Numbers that name something.
    private func naming(low: Double, high: Double) -> Guess? {
        guard type.isWhole else { return nil }
        if signs.saysTelephone { return (.person, "the name says telephone numbers") }
        if let word = signs.code {
            return (.code, "'\(word)' in the name: digits that name something")
        }
        if let word = signs.identifier {
            return distinct <= 50 && distinct < present
                ? (.code, "'\(word)' in the name, and only \(spread)")
                : (.identifier, "'\(word)' in the name; \(spread)")
        }
        if let word = signs.number, distinct * 2 >= present, distinct >= 10, signs.count == nil {
            return (.identifier, "'\(word)' at the end of the name; \(spread)")
        }
        if let word = signs.number, word.hasSuffix("num"), distinct == present, rows > 1 {
            return (.identifier, "'\(word)' at the end of the name; \(spread)")
        }
        let isNamedQuantity =
            signs.money != nil || signs.duration != nil || signs.score != nil || signs.saysAge
        guard distinct == present, rows >= 10, !isNamedQuantity, column.reading.unit == nil else {
            return nil
        }
        let isDense = high - low < 2 * Double(rows)
        if isFirst || isDense {
            return (
                .identifier,
                "a whole number that is another one in each row"
                    + (isDense ? ", nearly without gaps" : " of the first column")
            )
        }
        return nil
    }

    private func datePart(low: Double, high: Double) -> Guess? {
        guard type.isWhole else { return nil }
        if signs.saysBirth {
            return (.datePart, "the name says birth, and the values are no dates")
        }
        let isYear = signs.words.contains("year") || signs.words.contains("jahr")
        if isYear, low >= 1900, high <= 2100 {
            return (.datePart, "the name says year, and the values are years")
        }
        let isMonth = signs.words.contains("month") || signs.words.contains("monat")
        if isMonth, low >= 1, high <= 12 {
            return (.datePart, "the name says month, and the values are months")
        }
        return nil
    }

    private func quantity(low: Double, high: Double) -> Guess {
        let isWhole = type.isWhole
        let range = "\(column.quartiles[0]) to \(column.quartiles[4])"
        if isWhole, low == 0, high == 1 { return (.flag, "only 0 and 1") }
        if signs.saysAge { return (.duration, "the name says age, \(range)") }
        if let word = signs.rate { return (.rate, "'\(word)' in the name, \(range)") }
        if !isWhole, low >= 0, high <= 1 { return (.rate, "decimals between 0 and 1") }
        if let word = signs.score, isWhole || high <= 1000 {
            return (.score, "'\(word)' in the name, \(range)")
        }
        if let word = signs.count, isWhole { return (.count, "'\(word)' in the name, \(range)") }
        if isWhole, high < 1000, signs.duration != nil, let thing = signs.things {
            return (.count, "'\(thing)' in the name, and whole numbers: \(range)")
        }
        if let word = signs.duration, high <= 2000 {
            return (.duration, "'\(word)' in the name, \(range)")
        }
        if let word = signs.money {
            if isWhole, high < 1000, let thing = signs.things {
                return (.count, "'\(thing)' in the name, and whole numbers: \(range)")
            }
            if isWhole, high <= 20 {
                return (.score, "'\(word)' in the name, but whole numbers that are steps: \(range)")
            }
            return (.money, "'\(word)' in the name, \(range)")
        }
        if !isWhole, high >= 1000 {
            return (.money, "decimal numbers into the thousands: \(range)")
        }
        if isWhole, low >= 0, high <= 1000 { return (.count, "small whole numbers: \(range)") }
        return (.number, "numbers of no known unit: \(range)")
    }
}
