import Columns

extension TableProfile {
    /// What of the figures is worth a look, a sentence each, worst first.
    func foundOut(asOf: CalendarDate?) -> [Finding] {
        guard rows > 0 else {
            return [Finding("no_rows", .serious, nil, "the table has no rows", share: 1)]
        }
        var findings = columns.flatMap { self.findings(about: $0, asOf: asOf) }
        if duplicates > 0 {
            let but = key.map { " but '\($0)'" } ?? ""
            findings.append(
                finding(
                    "duplicate_rows", .look, nil, duplicates,
                    "say the same as an earlier one in every column\(but)"))
        }
        findings += correlations.pairs.filter(\.isNearlySame).map { pair in
            Finding(
                "nearly_same", .look, pair.x,
                "\(pair.x) and \(pair.y) are nearly the same (r = \(Words.decimal(pair.pearson))): "
                    + "using both counts it double",
                share: Double(pair.rows) / Double(rows))
        }
        let order = findings.indices.sorted { left, right in
            let (a, b) = (findings[left], findings[right])
            if a.severity != b.severity { return a.severity < b.severity }
            return a.share != b.share ? a.share > b.share : left < right
        }
        return order.map { findings[$0] }
    }

    private func finding(
        _ code: String, _ severity: Finding.Severity, _ column: Column?, _ count: Int,
        _ what: String
    ) -> Finding {
        let share = Double(count) / Double(rows)
        let subject = count == 1 ? "1 row" : "\(count) rows"
        return Finding(
            code, severity, column?.name,
            (column.map { "\($0.name): " } ?? "") + "\(subject) (\(Words.percent(share))) \(what)",
            share: share)
    }

    private func findings(about column: Column, asOf: CalendarDate?) -> [Finding] {
        if column.missing == rows {
            return [
                Finding(
                    "no_values", .serious, column.name, "\(column.name) has no value in any row",
                    share: 1)
            ]
        }
        var findings: [Finding] = []
        func find(
            _ code: String, _ severity: Finding.Severity, _ count: Int, _ what: String
        ) {
            if count > 0 { findings.append(finding(code, severity, column, count, what)) }
        }
        let missing = Double(column.missing) / Double(rows)
        find(
            "missing_values", missing >= 0.5 ? .serious : missing >= 0.05 ? .look : .note,
            column.missing, column.missing == 1 ? "has no value" : "have no value")
        if column.distinct == 1, rows > 1 {
            findings.append(
                Finding(
                    "one_value", .look, column.name,
                    "\(column.name) is the same wherever it has a value: it tells nothing apart",
                    share: 1 - missing))
        }
        if let numbers = column.numbers {
            look(at: numbers, isConstant: column.distinct == 1, find)
        }
        if rows >= 20, column.distinct == rows, column.name != key,
            ColumnType(column.type)?.isWhole == true
        {
            findings.append(
                Finding(
                    "like_an_identifier", .note, column.name,
                    "\(column.name) is another whole number in each row: an identifier is neither "
                        + "summed nor compared by size", share: 1))
        }
        if let dates = column.dates { look(at: dates, asOf: asOf, find) }
        if let texts = column.texts { look(at: texts, find) }
        return findings
    }

    private typealias Find = (String, Finding.Severity, Int, String) -> Void

    private func look(at numbers: Numbers, isConstant: Bool, _ find: Find) {
        find("not_finite", .look, numbers.notFinite, "have a value that is no finite number")
        if let outliers = numbers.outliers {
            let outside = outliers.below + outliers.above
            if outside * 100 >= rows {
                find(
                    "outliers", outside * 20 >= rows ? .look : .note, outside,
                    "lie far outside the middle half (Tukey's fences): \(outliers.below) below, "
                        + "\(outliers.above) above")
            }
        }
        if numbers.zeros * 20 >= rows * 19, !isConstant {
            find("nearly_all_zero", .note, numbers.zeros, "are 0")
        }
    }

    private func look(at dates: Dates, asOf: CalendarDate?, _ find: Find) {
        for day in dates.sentinels {
            find(
                "sentinel_date", .look, day.rows,
                "have the day \(day.day), which usually stands for an unknown one")
        }
        if let asOf {
            find("after_as_of", .look, dates.afterAsOf ?? 0, "lie after the as-of date \(asOf)")
        }
        find("not_finite", .look, dates.notFinite, "have a date without beginning or end")
    }

    private func look(at texts: Texts, _ find: Find) {
        find("padded_texts", .look, texts.padded, "begin or end with a space")
        find("blank_texts", .look, texts.blank, "hold a text without a character")
        guard texts.variants > 0 else { return }
        let groups = texts.variantGroups.map { group in
            group.map { "'\($0)'" }.joined(separator: " / ")
        }
        let shown = groups.isEmpty ? "" : ", like " + groups.joined(separator: ", ")
        let rows = texts.levels.filter { level in
            texts.variantGroups.contains { $0.contains(level.value) }
        }.reduce(0) { $0 + $1.rows }
        let spellings = texts.variants == 1 ? "1 level is" : "\(texts.variants) levels are"
        let what = "\(spellings) spelled as another one but for case or padding\(shown)"
        if rows > 0 {
            find("case_variants", .look, rows, "have one of several spellings: \(what)")
        } else {
            find("case_variants", .look, max(texts.variants, 1), "or more: \(what)")
        }
    }
}

extension TableProfile.Finding {
    init(_ code: String, _ severity: Severity, _ column: String?, _ words: String, share: Double) {
        self.init(code: code, severity: severity, column: column, words: words, share: share)
    }
}

/// Numbers as sentences have them.
enum Words {
    /// Two decimals.
    static func decimal(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let sign = hundredths < 0 ? "−" : ""
        let digits = String(abs(hundredths) % 100)
        return "\(sign)\(abs(hundredths) / 100).\(digits.count == 1 ? "0" : "")\(digits)"
    }

    /// One decimal, and never 0 or 100 where it isn't.
    static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        if tenths == 0, share > 0 { return "under 0.1 %" }
        if tenths == 1000, share < 1 { return "over 99.9 %" }
        return "\(tenths / 10).\(tenths % 10) %"
    }
}
