import Columns
import Preparation

/// Numbers and names as sentences have them.
enum Words {
    /// 10,127
    static func count(_ number: Int) -> String {
        let digits = Array(String(abs(number)))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    static func counted(_ number: Int, _ noun: String) -> String {
        "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// Two decimals, or as many as given.
    static func decimal(_ value: Double, digits: Int = 2) -> String {
        guard value.isFinite else { return "–" }
        let factor = (0..<digits).reduce(1.0) { product, _ in product * 10 }
        let scaled = Int((abs(value) * factor).rounded())
        let fraction = String(scaled % Int(factor))
        let zeros = String(repeating: "0", count: digits - fraction.count)
        return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled / Int(factor)).\(zeros)\(fraction)"
    }

    /// Whole per cents.
    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    private static let abbreviations = [
        "amt": "amount", "bal": "balance", "ct": "count", "cnt": "count", "trx": "transactions",
        "trans": "transaction", "txn": "transactions", "chng": "change", "avg": "average",
        "num": "number of", "prc": "share of", "pct": "percent of", "mon": "months",
        "dob": "date of birth", "cust": "customer", "oneoff": "one-off", "acct": "account",
    ]

    /// The words of a column's name, digits among them, with usual abbreviations spelled out.
    static func spoken(_ name: String) -> [String] {
        var (words, word) = ([String](), "")
        var previous: Character = " "
        for character in name {
            let begins = character.isUppercase && previous.isLowercase
            if begins || !(character.isLetter || character.isNumber) {
                words.append(word)
                word = ""
            }
            if character.isLetter || character.isNumber { word += character.lowercased() }
            previous = character
        }
        return (words + [word]).filter { !$0.isEmpty }.map { abbreviations[$0] ?? $0 }
    }

    /// A label for people: "Credit card balance".
    static func label(_ name: String) -> String {
        let text = spoken(name).joined(separator: " ")
        return text.isEmpty ? name : text.prefix(1).uppercased() + text.dropFirst()
    }

    /// A label that keeps short words in capitals: "CC general".
    static func title(_ name: String) -> String {
        let capitals = name.split { !$0.isLetter }.filter {
            (2...4).contains($0.count) && $0 == $0.uppercased()
        }
        var words = spoken(name)
        for capital in capitals {
            if let index = words.firstIndex(of: capital.lowercased()) {
                words[index] = String(capital)
            }
        }
        let text = words.joined(separator: " ")
        return text.isEmpty ? name : text.prefix(1).uppercased() + text.dropFirst()
    }

    /// A name in a project: letters, digits and `_`, beginning with a letter.
    static func slug(_ name: String) -> String {
        let text = String(
            name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        let slug = text.split(separator: "_").joined(separator: "_")
        guard let first = slug.first else { return "column" }
        return first.isLetter ? slug : "c_" + slug
    }

    /// The first of `name`, `name_2`, … that is not taken, in any case.
    static func free(_ name: String, _ taken: inout Set<String>) -> String {
        var (free, number) = (name, 1)
        while taken.contains(free.lowercased()) {
            number += 1
            free = "\(name)_\(number)"
        }
        taken.insert(free.lowercased())
        return free
    }
}

/// Pieces of project files.
enum YAML {
    static func text(_ text: String) -> String { ColumnProposal.written(text) }

    /// On one line, so that nothing of it stands outside of the comment.
    static func comment(_ text: String) -> String {
        "# "
            + text.map { $0.isNewline || $0.asciiValue.map { $0 < 32 } == true ? " " : String($0) }
            .joined()
    }

    static func list(_ items: [String]) -> String {
        "[\(items.map(text).joined(separator: ", "))]"
    }

    /// A column in an expression.
    static func column(_ name: String) -> String {
        let isPlain =
            name.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } == true
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            && name.contains("_") && !reserved.contains(name.lowercased())
        guard !isPlain else { return name }
        let doubled = name.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
        return "\"\(doubled)\""
    }

    static func literal(_ text: String) -> String {
        "'" + text.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
    }

    /// Words of SQL with an underscore; any other plain word is quoted, so that none has to be known.
    private static let reserved: Set = [
        "current_date", "current_time", "current_timestamp", "current_user", "session_user",
        "current_role", "current_schema", "current_catalog",
    ]

    /// An expression as a value.
    static func expression(_ text: String) -> String {
        let isSafe =
            text.first?.isLetter == true && !text.contains(": ") && !text.contains(" #")
            && text.unicodeScalars.allSatisfy {
                $0.value >= 32 && !"\\{}[],".unicodeScalars.contains($0)
            }
        return isSafe ? text : JSON.string(text).text()
    }
}
