import Columns
import Engine

/// What is odd about a column, how sure its reading is, and what a source file could state.
struct ColumnFacts {
    private(set) var oddities: [String] = []
    private(set) var confidence = InspectedColumn.Confidence.certain
    private(set) var reason = "every value is written so"
    private(set) var proposal: ColumnProposal?
    private(set) var missingTexts = 0

    private let reading: ColumnReading
    private let name: ColumnName
    private let dialect: any Dialect
    private var count = 0
    private var distinct = 0
    private var levels: [InspectedColumn.Level] = []
    /// Texts that a source file could state as missing.
    private var missing: [String] = []
    private var suspicions: [Suspicion] = []
    /// Where the answers to each question stand.
    private var aboutValues: [Int] = []
    private var aboutTexts: [TextQuestion: Int] = [:]

    /// Asks what has to be counted, together with other columns.
    ///
    /// - Parameters:
    ///   - values: the survey of the table of values.
    ///   - texts: the survey of the table of the columns as they are written.
    init(
        _ reading: ColumnReading, _ dialect: any Dialect, _ values: inout Survey,
        _ texts: inout Survey
    ) {
        self.reading = reading
        self.dialect = dialect
        name = ColumnName(reading.column)
        missing = reading.missing
        suspicions = Self.suspicions(reading.type, name, dialect)
        aboutValues = suspicions.map { values.count(where: $0.condition(column)) }
        if reading.type.isNumeric {
            aboutValues.append(values.count(where: "\(column) = -1"))
            aboutValues.append(values.count(where: "\(column) < 0"))
        }
        askTexts(&texts)
    }

    /// Tells what the counts say.
    ///
    /// - Parameters:
    ///   - answers: those of both surveys.
    ///   - table: the table of the column as it is written.
    mutating func tell(
        count: Int, distinct: Int, levels: [InspectedColumn.Level],
        _ answers: (values: [Value], texts: [Value]), _ engine: any Engine, _ table: String
    ) async throws(AuroraError) {
        self.count = count
        self.distinct = distinct
        self.levels = levels
        try await tellValues(answers.values, engine, table)
        try await tellTexts(answers.texts, engine, table)
        tellDistribution()
        try await judge(engine, table)
        propose()
    }

    private var column: String { dialect.quoted(reading.column) }

    // MARK: Oddities

    /// Values that are possible, but hardly meant.
    private struct Suspicion {
        /// SQL of the condition on a value.
        var condition: (_ value: String) -> String
        var told: String
        /// Whether such values may stand for missing ones.
        var isMissing = false
    }

    private static func suspicions(
        _ type: ColumnType, _ name: ColumnName, _ dialect: any Dialect
    ) -> [Suspicion] {
        var suspicions: [Suspicion] = []
        func day(_ text: String) -> String { "CAST('\(text)' AS \(dialect.typeName(type)))" }
        if type == .date || type == .timestamp(zoned: false) {
            for sentinel in ["1800-01-01", "1900-01-01", "9999-12-31", "9999-01-01"] {
                let literal = day(sentinel)
                suspicions.append(
                    Suspicion(
                        condition: { "\($0) = \(literal)" },
                        told: "on \(sentinel), which often stands for no date", isMissing: true))
            }
            if name.saysBirth {
                let literal = day("1900-01-01")
                suspicions.append(
                    Suspicion(condition: { "\($0) < \(literal)" }, told: "born before 1900"))
            }
        }
        guard type.isNumeric else { return suspicions }
        if name.saysAge {
            suspicions.append(
                Suspicion(
                    condition: { "\($0) < 0 OR \($0) > 120" }, told: "no age of a person"))
        }
        if name.saysLatitude || name.saysLongitude {
            let limit = name.saysLatitude ? 90 : 180
            suspicions += [
                Suspicion(
                    condition: { "\($0) = 0" }, told: "0, which is in the Gulf of Guinea",
                    isMissing: true),
                Suspicion(condition: { "abs(\($0)) > \(limit)" }, told: "beyond the Earth"),
            ]
        }
        return suspicions
    }

    private mutating func tellValues(
        _ answer: [Value], _ engine: any Engine, _ texts: String
    ) async throws(AuroraError) {
        var counts = aboutValues.map { answer.number($0) }
        if reading.type.isNumeric {
            let negative = counts.removeLast()
            let ones = counts.removeLast()
            if ones > 0, ones == negative {
                suspicions.append(
                    Suspicion(
                        condition: { "\($0) = -1" }, told: "-1 where nothing else is negative",
                        isMissing: true))
                counts.append(ones)
            }
        }
        for (suspicion, count) in zip(suspicions, counts) where count > 0 {
            oddities.append("\(count) values \(suspicion.told)")
            guard suspicion.isMissing, reading.form != .typed else { continue }
            missing += try await spellings(
                engine, texts, where: suspicion.condition("(\(reading.value(dialect)))"))
        }
    }

    /// How texts are written, as a source file has to state them.
    private func spellings(
        _ engine: any Engine, _ table: String, where condition: String
    ) async throws(AuroraError) -> [String] {
        let answer = try await engine.query(
            "SELECT DISTINCT \(column) FROM \(dialect.quoted(table)) WHERE \(condition) ORDER BY 1")
        return (0..<answer.rowCount).compactMap { answer.row($0)[0].textValue }
    }

    private enum TextQuestion { case padded, tokens, scientific, numbers, others }

    /// Of columns whose every text has been read as a value nothing is asked that the reading rules
    /// out.
    private mutating func askTexts(_ survey: inout Survey) {
        guard reading.form != .typed else { return }
        let isText = reading.type == .text
        if isText || reading.isPadded || !reading.missing.isEmpty {
            aboutTexts[.padded] = survey.count(where: "\(column) <> trim(\(column))")
            aboutTexts[.tokens] = survey.count(where: MissingTokens.contains(column, dialect))
        }
        if isText || reading.type == .double {
            aboutTexts[.scientific] = survey.count(
                where: dialect.matches(column, "[0-9](\\.[0-9]+)?[eE]\\+?1[0-9]"))
        }
        guard isText, reading.note == nil else { return }
        let number = PlainText.isNumber("trim(\(column))", dialect)
        aboutTexts[.numbers] = survey.count(where: number)
        aboutTexts[.others] = survey.ask("count(DISTINCT \(column)) FILTER (WHERE NOT \(number))")
    }

    private mutating func tellTexts(
        _ answer: [Value], _ engine: any Engine, _ table: String
    ) async throws(AuroraError) {
        func number(_ question: TextQuestion) -> Int {
            aboutTexts[question].map { answer.number($0) } ?? 0
        }
        let (padded, tokens) = (number(.padded), number(.tokens))
        missingTexts = reading.missing.isEmpty ? 0 : tokens
        if padded > 0 { oddities.append("\(padded) values with spaces around them") }
        if number(.scientific) > 0 {
            oddities.append(
                "\(number(.scientific)) values like 4.11E+15: a spreadsheet has lost their "
                    + "last digits")
        }
        guard reading.form != .typed, reading.type == .text else { return }
        if tokens > 0 { try await askTokens(engine, table, tokens) }
        let numbers = number(.numbers)
        if Double(numbers) / Double(max(1, count)) >= 0.5, numbers < count {
            oddities.append(
                "\(numbers) of \(count) values are numbers, "
                    + "\(number(.others)) different ones are not")
        }
    }

    /// Texts that may stand for a missing value in a column of texts.
    private mutating func askTokens(
        _ engine: any Engine, _ table: String, _ count: Int
    ) async throws(AuroraError) {
        let found = try await spellings(
            engine, table, where: MissingTokens.contains(column, dialect))
        missing += found
        oddities.append(
            "\(count) values " + found.map { "'\($0)'" }.joined(separator: ", ")
                + ", which may stand for missing ones")
    }

    private mutating func tellDistribution() {
        if let most = levels.first, distinct > 1, most.count * 100 >= count * 99 {
            oddities.append("nearly constant: \(most.count) of \(count) values are the same")
        } else if distinct == 1, count > 1 {
            oddities.append("constant: every value is the same")
        }
        let isCode = reading.type == .text || reading.type == .integer
        if isCode, distinct == count, count >= 10 {
            oddities.append("all different: probably an identifier")
        }
    }

    // MARK: How sure it is

    private mutating func judge(
        _ engine: any Engine, _ table: String
    ) async throws(AuroraError) {
        func say(_ confidence: InspectedColumn.Confidence, _ reason: String) {
            self.confidence = confidence
            self.reason = reason
        }
        if count == 0 { return say(.unsure, "there is no value") }
        if let note = reading.note {
            return say(reading.alternatives.isEmpty ? .likely : .unsure, note)
        }
        switch reading.form {
        case .typed: reason = "the file says so"
        case .plain, .lenient:
            if reading.type == .text { reason = "not every value is a number, a date or a boolean" }
        case .words(let words):
            if words.yes.count < 2 { say(.likely, "there are no other values than two letters") }
        case .serial: say(.likely, "the name says date, and every number is a day of 1950 to 2050")
        case .amount(let form):
            if form.currency == "USD" {
                say(.likely, "'$' is taken for the US dollar; other dollars must be stated")
            } else if form.group != nil || form.currency != nil {
                reason = "every value has the same signs for thousands and decimals"
            }
        case .date(let form):
            if form.isCompact {
                return say(.likely, "the name says date, and every value is a day")
            }
            if form.words.contains("two-digit") {
                return say(.likely, "the century of two-digit years is a rule, not a fact")
            }
            guard let other = form.swapped else { return }
            let texts = "\(column) IS NOT NULL AND NOT \(MissingTokens.contains(column, dialect))"
            let fits = other.fits("trim(\(column))", form.type, dialect)
            let deciding = try await engine.query(
                "SELECT count(*) FILTER (WHERE \(texts) AND NOT (\(fits))) "
                    + "FROM \(dialect.quoted(table))"
            ).row(0).number(0)
            reason = "\(deciding) values are impossible with day and month the other way"
        }
    }

    // MARK: The proposal

    private mutating func propose() {
        var proposal = ColumnProposal(column: reading.column)
        switch reading.form {
        case .typed, .plain, .lenient: break
        case .words: proposal.type = .boolean
        case .serial: proposal.format = "excel"
        case .amount(let form):
            proposal.unit = form.unit
            proposal.format = form.example
        case .date(let form):
            proposal.type = form.type
            proposal.format = form.pattern
        }
        if reading.type == .text, reading.note != nil {
            // Where nothing decides, the author has to look which of them it is.
            proposal.format = reading.alternatives.first
            proposal.type = reading.alternatives.isEmpty ? .text : nil
        }
        proposal.missing = missing
        if proposal != ColumnProposal(column: reading.column) { self.proposal = proposal }
    }
}
