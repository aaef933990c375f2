import Foundation
import Query

/// What two dimensions' correlation says, and what it doesn't, in one sentence.
///
/// Words for strength are those of Schober, Boer & Schwarte (2018): below 0.1 none, below 0.4 weak,
/// below 0.7 moderate, below 0.9 strong.
struct PairSentence {
    let text: String

    /// Coefficients further apart than this tell different stories.
    private static let apart = 0.2
    private static let none = 0.1
    /// From these shares on a tie or the largest 1 % is worth a word.
    private static let noticeableTie = 0.2
    private static let noticeableShare = 0.1

    /// - Parameter label: what readers know a dimension by.
    init(_ statistics: PairStatistics, label: (String) -> String) {
        if statistics.isHidden {
            text = "Too few rows to say anything without telling of single customers."
            return
        }
        if statistics.rows == 0 {
            text = "No row has both values."
            return
        }
        let on = statistics.rows.map { " on \(Self.grouped($0)) row\($0 == 1 ? "" : "s")" } ?? ""
        guard let r = statistics.pearson else {
            let names = statistics.constant.map { "'\(label($0))'" }
            text =
                names.isEmpty
                ? "There is no correlation to tell\(on)."
                : "\(names.joined(separator: " and ")) \(names.count == 1 ? "has" : "have") one "
                    + "value only\(on): there is nothing to correlate."
            return
        }
        var parts = ["Pearson r = \(Self.decimal(r))\(on): " + Self.verdict(statistics, r)]
        if let rho = statistics.spearman {
            parts.append("Spearman ρ = \(Self.decimal(rho))" + Self.comparison(r, rho))
        }
        parts += Self.remarks(statistics, label)
        text = parts.joined(separator: "; ") + "."
    }

    private static func verdict(_ statistics: PairStatistics, _ r: Double) -> String {
        let strength: String
        switch abs(r) {
        case ..<none:
            let isRanked = abs(statistics.spearman ?? 0) >= none
            strength =
                isRanked ? "no linear relation found (|r| < 0.1)" : "no relation found (|r| < 0.1)"
        case ..<0.4: strength = "a weak"
        case ..<0.7: strength = "a moderate"
        case ..<0.9: strength = "a strong"
        default: strength = "a very strong"
        }
        let kind = r < 0 ? "negative linear relation" : "linear relation"
        var words = abs(r) < none ? strength : "\(strength) \(kind)"
        if let interval = statistics.interval {
            words +=
                " (95% interval \(decimal(interval.lowerBound)) to "
                + "\(decimal(interval.upperBound))"
            // A relation that may as well be none is not told as one.
            words += abs(r) >= none && interval.contains(0) ? ", which includes none at all)" : ")"
        }
        return words
    }

    private static func comparison(_ r: Double, _ rho: Double) -> String {
        if abs(r) >= none, abs(rho) >= none, (r < 0) != (rho < 0) {
            return ": by rank it goes the other way, so a few extreme rows decide r"
        }
        if abs(rho) - abs(r) >= apart { return ": it is monotone rather than straight" }
        if abs(r) - abs(rho) >= apart { return ": a few extreme rows make r as large as it is" }
        return ""
    }

    private static func remarks(
        _ statistics: PairStatistics, _ label: (String) -> String
    ) -> [String] {
        var remarks: [String] = []
        if let rows = statistics.rows {
            for tie in statistics.ties
            where tie.rows > 1 && Double(tie.rows) >= noticeableTie * Double(rows) {
                let share = percent(Double(tie.rows) / Double(rows))
                remarks.append(
                    "\(share) of rows are tied at one value of '\(label(tie.dimension))'")
            }
        }
        for top in statistics.concentrations where top.share >= noticeableShare {
            remarks.append(
                "1% of rows hold \(percent(top.share)) of '\(label(top.dimension))'")
        }
        if let missing = statistics.missing, missing > 0 {
            let rows = missing == 1 ? "1 row lacks" : "\(grouped(missing)) rows lack"
            remarks.append("\(rows) one of the two")
        }
        return remarks
    }

    // MARK: Numbers

    private static func decimal(_ value: Double) -> String {
        // What is not quite 1 is not told as 1, nor what is not quite 0 as 0.
        let digits = abs(value) < 1 && abs(value) >= 0.995 ? 4 : 2
        let text = String(format: "%.\(digits)f", abs(value))
        let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
        return (value < 0 && !isZero ? "−" : "") + text
    }

    private static func percent(_ share: Double) -> String {
        let whole = Int((share * 100).rounded())
        return whole == 100 && share < 1 ? "over 99%" : "\(whole)%"
    }

    private static func grouped(_ count: Int) -> String {
        var digits = Array(String(count))
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
        return String(digits)
    }
}
