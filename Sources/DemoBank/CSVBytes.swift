/// A buffer of CSV text written value by value, without any string in between.
struct CSVBytes: Sendable {
    /// Amounts are whole numbers of this part of a unit, so that their text is exact.
    static let millionthsPerUnit: Int64 = 1_000_000

    var bytes: [UInt8]

    init(capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func append(text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func appendComma() { bytes.append(UInt8(ascii: ",")) }

    mutating func appendLineEnd() {
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Appends a whole number that isn't negative.
    mutating func append(_ number: Int) {
        var count = 1
        var rest = number / 10
        while rest > 0 {
            count += 1
            rest /= 10
        }
        append(digits: count, of: number)
    }

    /// Appends an amount that isn't negative, with no more decimals than it needs, or nothing where
    /// it is missing.
    mutating func append(millionths amount: Int64?) {
        guard let amount else { return }
        append(Int(amount / Self.millionthsPerUnit))
        var rest = Int(amount % Self.millionthsPerUnit)
        guard rest > 0 else { return }
        var decimals = 6
        while rest % 10 == 0 {
            rest /= 10
            decimals -= 1
        }
        bytes.append(UInt8(ascii: "."))
        append(digits: decimals, of: rest)
    }

    /// Appends an amount of hundredths, with two decimals: 1234 as 12.34.
    mutating func append(cents amount: Int) {
        if amount < 0 { append("-") }
        append(Int(amount.magnitude / 100))
        append(".")
        append(digits: 2, of: Int(amount.magnitude % 100))
    }

    /// Appends ten-thousandths, with four decimals.
    mutating func append(tenThousandths amount: Int) {
        if amount < 0 { append("-") }
        append(Int(amount.magnitude / 10_000))
        append(".")
        append(digits: 4, of: Int(amount.magnitude % 10_000))
    }

    /// Appends a day as 2024-07-31, or nothing where there is none.
    mutating func append(day: BankDay?) {
        guard let parts = day?.parts else { return }
        append(digits: 4, of: parts.year)
        append("-")
        append(digits: 2, of: parts.month)
        append("-")
        append(digits: 2, of: parts.day)
    }

    /// Appends the last digits of a number, with leading zeros.
    private mutating func append(digits count: Int, of number: Int) {
        let start = bytes.count
        for _ in 0..<count { bytes.append(UInt8(ascii: "0")) }
        var rest = number
        var place = start + count
        while place > start {
            place -= 1
            bytes[place] += UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }
}
