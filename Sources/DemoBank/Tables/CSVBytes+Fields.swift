extension CSVBytes {
    /// Appends a number with leading zeros up to a width.
    mutating func append(_ number: Int, width: Int) {
        var limit = 10
        for _ in 1..<max(width, 1) {
            if number < limit { bytes.append(UInt8(ascii: "0")) }
            limit *= 10
        }
        // The zeros stand before the number, most of them first.
        append(number)
    }

    /// Appends a number with exactly so many decimals: 1234 of 2 as 12.34.
    mutating func append(_ scaled: Int, decimals: Int) {
        if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
        let power = (0..<decimals).reduce(1) { power, _ in power * 10 }
        let magnitude = Int(scaled.magnitude)
        append(magnitude / power)
        bytes.append(UInt8(ascii: "."))
        append(magnitude % power, width: decimals)
    }

    /// Appends hundredths with no more decimals than they need: 34.1, -90.
    mutating func append(trimmedHundredths number: Int) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        append(millionths: Int64(number.magnitude) * 10_000)
    }

    /// Appends "$59,696 ": dollars with commas and a blank behind, in quotes where a comma stands.
    mutating func append(spacedDollars amount: Int) {
        let quote: StaticString = amount >= 1000 ? "\"" : ""
        append(quote)
        append("$")
        appendGrouped(amount)
        append(" ")
        append(quote)
    }

    private mutating func appendGrouped(_ number: Int) {
        guard number >= 1000 else { return append(number) }
        appendGrouped(number / 1000)
        appendComma()
        append(number % 1000, width: 3)
    }

    /// Appends a text as a field, in quotes where it needs them.
    mutating func append(field text: String) {
        let needsQuotes = text.utf8.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 < 32
        }
        guard needsQuotes else { return append(text: text) }
        append("\"")
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        append("\"")
    }

    /// Appends each text as a field, with commas between them.
    mutating func append(fields texts: [String]) {
        for (index, text) in texts.enumerated() {
            if index > 0 { appendComma() }
            append(field: text)
        }
    }
}
