/// The texts of the column `default`: what attacks or confuses whoever reads it, as lists of naughty
/// strings have it, some of it in the wrong encoding.
enum HostileTexts {
    enum Value: Sendable {
        case missing
        case number(String)
        /// A serial number that is shown as a date.
        case date(Int)
        case text(String)
    }

    /// A value by a number between 0 and 1.
    static func value(at uniform: Double) -> Value {
        var rest = uniform * total
        for (value, weight) in others {
            rest -= weight
            if rest < 0 { return value }
        }
        for (text, weight) in texts {
            rest -= weight
            if rest < 0 { return .text(text) }
        }
        return .missing
    }

    private static let total =
        others.reduce(0) { $0 + $1.weight } + texts.reduce(0) { $0 + $1.weight }

    /// 1 February 2018 and a one with 96 zeros stand among the texts.
    private static let others: [(value: Value, weight: Double)] = [
        (.missing, 240), (.number("100"), 113), (.number("1"), 112), (.number("-1"), 111),
        (.number("-100"), 99), (.number("1E+96"), 43), (.date(43132), 35), (.number("0"), 36),
        (.number("-0.5"), 32),
    ]

    private static let texts: [(text: String, weight: Double)] = [
        ("../../../../../../../../../../../etc/passwd%00", 50),
        ("!@#$%^&*()", 48),
        ("0/0", 43),
        ("nil", 42),
        ("\"'", 38),
        ("() { 0; }; touch /tmp/blns.shellshock1.fail;", 38),
        ("1/0", 38),
        ("() { _; } >_[$($())] { touch /tmp/blns.shellshock2.fail; }", 37),
        ("'", 37),
        ("<svg><script>0<1>alert('XSS')</script>", 37),
        (",./;'[]\\-=", 36),
        ("1;DROP TABLE users", 36),
        ("<>?:\"{}|_+", 35),
        ("NIL", 34),
        ("../../../../../../../../../../../etc/hosts", 34),
        ("<script>alert('hi')</script>", 33),
        ("''''\"", 33),
        ("null", 33),
        ("1'; DROP TABLE users--", 33),
        ("<img src=x onerror=alert('hi') />", 31),
        ("'\"''''\"", 31),
        ("/dev/null; touch /tmp/blns.fail ; echo", 30),
        ("NULL", 29),
        ("\u{E2}\u{B0}\u{E2}\u{B4}\u{E2}\u{B5}\u{E2}\u{E2}\u{E2}", 109),
        ("\u{D9}\u{A1}\u{D9}\u{A2}\u{D9}\u{A3}", 109),
        ("\u{E2}\u{B0}\u{E2}\u{B4}\u{E2}\u{B5}", 98),
        ("\u{E2}\u{A6}test\u{E2}\u{A7}", 96),
        ("__\u{EF}\u{BE}(,_,*)", 88),
        ("\u{E2}", 88),
        ("\u{E1}", 86),
        ("\u{E2}\u{E2}\u{E2}", 84),
        ("\u{E2}\u{AB}test\u{E2}\u{AB}", 84),
        ("00\u{CB}\u{C6}$-", 82),
        ("\u{E1}\u{A0}", 80),
        ("\u{E2}\u{A1}", 80),
        ("\u{E5}\u{E8}\u{A3}\u{BD}\u{E6}\u{BC}\u{A2}\u{E8}\u{AA}", 78),
        ("\u{E2}\u{A9}test\u{E2}\u{A9}", 78),
        ("\u{EF}\u{BC}\u{EF}\u{BC}\u{EF}\u{BC}", 76),
        ("\u{F0}\u{BE} \u{F0} \u{F0} \u{F0} \u{F0} \u{F0} \u{F0} \u{F0}\u{A7}", 76),
        ("\u{E2}\u{A3}", 76),
        ("\u{EF}\u{BB}\u{BF}", 76),
        ("\u{F0}\u{B5} \u{F0} \u{F0} \u{F0}", 74),
        ("\u{F0}", 74),
        ("(\u{EF}\u{BD}\u{A1}\u{E2} \u{E2} \u{E2}\u{EF}\u{BD}\u{A1})", 74),
        ("\u{F0}\u{A9}\u{F0}\u{BD}", 72),
        ("\u{E3}\u{BB}(\u{EF}\u{BF}\u{A3}\u{E2}\u{EF}\u{BF}\u{A3})\u{E3}\u{BB}:*:", 68),
        ("\u{E9}\u{A8}\u{E8}\u{BD}\u{E6}\u{A0}\u{BC}", 68),
        ("\u{E3}", 66),
        ("\u{E2}\u{A2}", 66),
        ("test\u{E2}\u{A0}test\u{E2}\u{AB}", 63),
        ("\u{F0}\u{BE} \u{F0} \u{F0} \u{F0} \u{F0} \u{F0} \u{F0} \u{F0}", 63),
        ("\u{E2}\u{AA}\u{E2}\u{AA}test\u{E2}\u{AA}", 59),
        ("\u{EC}\u{B8}\u{EB}\u{EB}\u{B0}\u{ED}\u{A0}\u{EB}\u{A5}\u{B4}", 55),
    ]
}
