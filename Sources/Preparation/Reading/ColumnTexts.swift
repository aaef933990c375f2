import Columns
import Engine

/// The texts of one column while it is found out how they are read.
struct ColumnTexts {
    let question: ColumnQuestion
    /// SQL of the column, and of its values without padding and missing ones.
    let name: String
    let bare: String
    let bareText: String
    /// Values that are not missing.
    var count = 0
    var hasMissing = false
    var isPadded = false
    /// Some of the values.
    var witnesses: [String] = []
    var reading: ColumnReading?
    /// Whether more rows could lead to another reading though they fit this one.
    var isOpen = false

    private let columnName: ColumnName

    init(_ question: ColumnQuestion, _ dialect: any Dialect) {
        self.question = question
        columnName = ColumnName(question.column)
        name = dialect.quoted(question.column)
        bare = dialect.quoted(question.column + ":bare")
        var present: [String] = []
        if !question.missing.isEmpty {
            present.append("NOT \(dialect.isAny(name, of: question.missing))")
        }
        // Beside a stated type only what is stated stands for a missing value.
        if question.type == nil {
            present.append("NOT \(MissingTokens.contains(name, dialect))")
        }
        bareText =
            present.isEmpty
            ? "trim(\(name))"
            : "CASE WHEN \(present.joined(separator: " AND ")) THEN trim(\(name)) END"
    }

    var finding: ReadingInference.Finding {
        if let reading { return .init(reading: reading, isOpen: isOpen) }
        return .init(reading: asText(because: nil), isOpen: isOpen || count == 0)
    }

    /// The text as it is, or where a type is stated what the engine makes of it.
    func asText(because note: String?) -> ColumnReading {
        ColumnReading(
            column: question.column, type: question.type ?? .text, form: .lenient,
            missing: question.missing, unit: question.unit, note: note)
    }

    private func reading(_ type: ColumnType, _ form: ColumnReading.Form) -> ColumnReading {
        ColumnReading(
            column: question.column, type: question.type ?? type, form: form,
            missing: question.missing, isPadded: isPadded,
            unit: question.unit ?? { if case .amount(let form) = form { form.unit } else { nil } }()
        )
    }

    // MARK: Candidates

    /// The types in their usual spelling from narrow to wide, and dates that look like numbers.
    var plainCandidates: [ReadingCandidate] {
        guard count > 0 else { return [] }
        if let type = question.type { return [ReadingCandidate(.lenient, type)] }
        guard question.format == nil, question.unit != "percent" else { return [] }
        var candidates: [ReadingCandidate] = []
        if columnName.saysDate {
            candidates = DateForm.candidates(columnName, witnesses).filter(\.isCompact)
                .map { ReadingCandidate(.date($0), $0.type) }
            candidates.append(ReadingCandidate(.serial(SerialForm(isStated: false)), .date))
        }
        func all(_ characters: String) -> Bool {
            witnesses.allSatisfy { $0.allSatisfy { characters.contains($0) } }
        }
        /// Whether some value holds the sign behind its first characters.
        func any(_ sign: Character, within first: Int = 0) -> Bool {
            witnesses.contains { $0.dropFirst(first).contains(sign) }
        }
        let decimal = ColumnType.decimal(precision: 38, scale: ReadingCandidate.mostDecimals)
        var types: [ColumnType] = [.boolean]
        if all("-.0123456789") {
            // What one value rules out needs no look at the others.
            types = any(".") ? [decimal] : any("-", within: 1) ? [.date] : [.integer, decimal]
        } else if all("-:.T 0123456789") {
            types = [.time, .timestamp(zoned: false)]
        }
        return candidates + types.map { ReadingCandidate(.plain, $0) }
    }

    /// All other forms.
    var otherCandidates: [ReadingCandidate] {
        guard count > 0 else { return [] }
        let takes: (ColumnType) -> Bool = { type in
            guard let stated = question.type else { return true }
            return stated == type || stated.isNumeric && type.isNumeric
                || stated.isTemporal && stated != .time && type.isTemporal && type != .time
        }
        var candidates: [ReadingCandidate] = []
        let isNumber = witnesses.allSatisfy { $0.allSatisfy { "-+.eE0123456789".contains($0) } }
        if isNumber, question.type == nil, question.format == nil, question.unit != "percent" {
            candidates.append(ReadingCandidate(.plain, .double))
        }
        if takes(.boolean), question.format == nil, question.unit == nil {
            candidates += BooleanWords.all.filter { words in
                witnesses.allSatisfy { [words.yes, words.no].contains($0.lowercased()) }
            }.map { ReadingCandidate(.words($0), .boolean) }
        }
        let decimal = ColumnType.decimal(precision: 38, scale: ReadingCandidate.mostDecimals)
        if takes(decimal) { candidates += amountCandidates(question.type ?? decimal) }
        if question.format == nil, question.unit == nil {
            candidates += DateForm.candidates(columnName, witnesses).filter { takes($0.type) }
                .map { ReadingCandidate(.date($0), $0.type) }
        }
        return candidates
    }

    private func amountCandidates(_ type: ColumnType) -> [ReadingCandidate] {
        let affixes = Set(witnesses.map(Self.affix))
        guard
            question.format != nil || question.unit != nil
                || affixes.allSatisfy({ ["", "%"].contains($0) || Currency.code(of: $0) != nil })
                    && witnesses.allSatisfy({ $0.contains { ("0"..."9").contains($0) } })
        else { return [] }
        let isPercent = question.unit == "percent" || affixes.contains("%")
        return question.amountForms.map { form in
            var form = form
            form.isPercent = isPercent
            return ReadingCandidate(.amount(form), type)
        }
    }

    /// What is left of a text without digits and the signs of numbers.
    private static func affix(_ text: String) -> String {
        let affix = text.filter { !"0123456789.,'’()-−+ \u{A0}\u{202F}".contains($0) }
        // The point of an abbreviation belongs to it, but has no meaning here.
        return affix
    }

    // MARK: Decisions

    /// Takes the first form that leaves no doubt, or says why there is none.
    mutating func decide(among fitting: [FittingCandidate]) {
        if fitting.isEmpty { return fallBack() }
        let first = fitting[0].candidate
        switch first.form {
        case .lenient: reading = reading(first.type, .lenient)
        case .plain: decidePlain(fitting[0], others: fitting.dropFirst())
        case .words: decideWords(fitting)
        case .amount: decideAmount(fitting.filter { $0.candidate.form.isAmount })
        case .date: decideDate(fitting)
        case .serial: reading = reading(first.type, first.form)
        case .typed: break
        }
    }

    /// A stated form is the form even where values don't fit it.
    private mutating func fallBack() {
        guard case .amount = question.format, question.type == nil,
            let form = question.amountForms.first
        else { return }
        reading = reading(.decimal(precision: 18, scale: 2), .amount(form))
    }

    private mutating func decidePlain(
        _ fitting: FittingCandidate, others: ArraySlice<FittingCandidate>
    ) {
        let measures = fitting.measures.map { $0.integerValue ?? 0 }
        var type: ColumnType? = fitting.candidate.type
        if fitting.candidate.type.isDecimal {
            type = FittingCandidate.decimal(whole: measures[0], decimals: measures[1])
        }
        let isWhole = type == .integer || type.map { $0.isDecimal && measures[1] == 0 } ?? false
        if isWhole, columnName.saysTelephone {
            reading = asText(because: "telephone numbers are no numbers to reckon with")
            return
        }
        // A double, and so any program behind us, tells numbers apart up to 2^53: 16 digits.
        let lengths = measures.suffix(2)
        if isWhole, let shortest = lengths.first, shortest >= 16, shortest == lengths.last {
            reading = asText(because: "numbers of \(shortest) digits each are identifiers")
            isOpen = true
            return
        }
        guard let type else {
            if let next = others.first { decidePlain(next, others: others.dropFirst()) }
            return
        }
        reading = reading(type, .plain)
    }

    private mutating func decideWords(_ fitting: [FittingCandidate]) {
        let measures = fitting[0].measures.compactMap(\.textValue)
        guard measures.count == 2, let word = measures.first else { return }
        guard measures[0] != measures[1] || BooleanWords.decides(alone: word) else {
            reading = asText(
                because: "every value is '\(word)', which may be a code; state the type boolean "
                    + "if it is not")
            isOpen = true
            return
        }
        reading = reading(.boolean, fitting[0].candidate.form)
    }

    private mutating func decideDate(_ fitting: [FittingCandidate]) {
        let forms = fitting.compactMap { entry -> DateForm? in
            if case .date(let form) = entry.candidate.form { form } else { nil }
        }
        let orders = Set(forms.map(\.order))
        guard orders.count == 1 else {
            let patterns = forms.map(\.pattern)
            reading = asText(
                because: "ambiguous: dates that may be "
                    + patterns.map { "'\($0)'" }.joined(separator: " or ")
                    + ", and no row decides; state format")
            reading?.alternatives = patterns
            isOpen = true
            return
        }
        reading = reading(fitting[0].candidate.type, fitting[0].candidate.form)
    }

    private mutating func decideAmount(_ fitting: [FittingCandidate]) {
        let readings = fitting.compactMap { AmountReading($0) }
        guard let first = readings.first, fitting.count == readings.count else { return }
        let affixes = first.affixes
        let codes = Set(affixes.compactMap { Currency.code(of: $0) })
        guard codes.count <= 1 || question.unit != nil else {
            reading = asText(because: "amounts in several currencies")
            return
        }
        let currency = question.unit ?? codes.first
        // With a currency, three digits behind the only sign are thousands, not decimals.
        var possible = readings
        if let currency, !Currency.withThreeDecimals.contains(currency), question.format == nil,
            !first.form.isPercent, possible.contains(where: { $0.decimals == 0 })
        {
            possible = possible.filter { $0.decimals != 3 }
        }
        guard Set(possible.map(\.digits)).count == 1 else {
            reading = asText(
                because: "ambiguous: numbers whose only sign may stand before thousands or before "
                    + "decimals; state format, like 1,234 or 1,23")
            reading?.alternatives = possible.map(\.form.example)
            isOpen = true
            return
        }
        let decimal = possible[0].form.decimal
        var chosen = possible.first { $0.form.group == (decimal == "." ? "," : ".") } ?? possible[0]
        if currency == nil { chosen = possible[0] }
        chosen.form.currency = first.form.isPercent ? nil : currency
        guard let type = chosen.type(isMoney: chosen.form.currency != nil) else { return }
        reading = reading(type, .amount(chosen.form))
    }
}

/// How amounts would be read by one form.
private struct AmountReading {
    var form: AmountForm
    var whole: Int
    var decimals: Int
    var affixes: [String]

    var digits: [Int] { [whole, decimals] }

    init?(_ fitting: FittingCandidate) {
        guard case .amount(let form) = fitting.candidate.form, fitting.measures.count == 4 else {
            return nil
        }
        self.form = form
        whole = fitting.measures[0].integerValue ?? 0
        decimals = fitting.measures[1].integerValue ?? 0
        affixes = fitting.measures[2...].compactMap(\.textValue)
    }

    /// Money has cents, even where this file has only round amounts.
    func type(isMoney: Bool) -> ColumnType? {
        if form.isPercent {
            guard whole + decimals <= 14 else { return nil }
            return .decimal(precision: 18, scale: decimals + 2)
        }
        return FittingCandidate.decimal(
            whole: whole, decimals: isMoney ? max(2, decimals) : decimals)
    }
}

extension ColumnReading.Form {
    var isAmount: Bool { if case .amount = self { true } else { false } }
}
