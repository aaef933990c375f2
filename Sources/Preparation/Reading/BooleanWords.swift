import Columns
import Engine

/// Two words for true and false, in any case.
package struct BooleanWords: Hashable, Sendable {
    package let yes: String
    package let no: String

    package init(yes: String, no: String) {
        self.yes = yes
        self.no = no
    }

    /// 1 and 0 stay numbers.
    static let all = [
        ("yes", "no"), ("y", "n"), ("t", "f"), ("ja", "nein"), ("j", "n"), ("oui", "non"),
        ("si", "no"), ("sí", "no"), ("sim", "não"), ("on", "off"),
    ].map { BooleanWords(yes: $0.0, no: $0.1) }

    /// Whether a column of this word only is one of booleans. Short words alone are codes as well:
    /// NO is Norway, ON Ontario and F a gender.
    static func decides(alone word: String) -> Bool { word.count > 2 }

    /// SQL of the value of a text in any of the spellings, 1 and 0 among them.
    static func anyValue(_ text: String, _ dialect: any Dialect) -> String {
        let yes = Set(all.map(\.yes) + ["true", "1"]).sorted()
        let no = Set(all.map(\.no) + ["false", "0"]).sorted()
        return "CASE WHEN \(dialect.isAny("lower(\(text))", of: yes)) THEN TRUE "
            + "WHEN \(dialect.isAny("lower(\(text))", of: no)) THEN FALSE END"
    }
}

extension BooleanWords: TextForm {
    var words: String { "'\(yes)' read as true and '\(no)' as false" }

    func fits(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String {
        dialect.isAny("lower(\(text))", of: [yes, no])
    }

    func value(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String {
        "lower(\(text)) = \(dialect.literal(yes))"
    }
}
