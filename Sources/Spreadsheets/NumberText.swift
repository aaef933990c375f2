/// Numbers in the shortest text that reads back to the same double.
enum NumberText {
    /// Adds the text of a number as a workbook stores it.
    ///
    /// Whole numbers keep all the digits that the file has, even those that a double would lose.
    ///
    /// - Returns: false, with nothing added, where it is no finite number.
    static func append(_ raw: ArraySlice<UInt8>, to bytes: inout [UInt8]) -> Bool {
        if isShortest(raw) {
            bytes.append(contentsOf: raw)
            return true
        }
        guard let number = value(raw) else { return false }
        bytes.append(contentsOf: text(number).utf8)
        return true
    }

    /// The number that stands there; nil where none does, or none that is finite.
    static func value(_ raw: ArraySlice<UInt8>) -> Double? {
        let isNumeric = raw.allSatisfy {
            (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0)
        }
        guard isNumeric, let number = Double(String(decoding: raw, as: UTF8.self)),
            number.isFinite
        else { return nil }
        return number
    }

    /// Whether a text is surely the shortest of its number: no two decimals of 15 digits are the
    /// same double.
    private static func isShortest(_ raw: ArraySlice<UInt8>) -> Bool {
        guard raw.count <= 40 else { return false }
        var digits = 0
        var point: Int?
        var index = raw.startIndex
        if raw.first == UInt8(ascii: "-") { index += 1 }
        let first = index
        while index < raw.endIndex {
            let byte = raw[index]
            if byte == UInt8(ascii: "."), point == nil {
                point = index
            } else if byte >= 48, byte <= 57 {
                if byte != 48 || digits > 0 { digits += 1 }
            } else {
                return false
            }
            index += 1
        }
        let whole = (point ?? index) - first
        guard whole > 0, digits > 0 || (whole == 1 && first == raw.startIndex && point == nil),
            raw[first] != 48 || whole == 1
        else { return false }
        guard point != nil else { return digits <= 38 }
        // More than 15 zeros behind the point would be no shorter as a power of ten, but rare.
        return digits <= 15 && raw.count <= 20 && raw[index - 1] != 48
            && raw[index - 1] != UInt8(ascii: ".")
    }

    /// Without an exponent from 1e-20 up to 1e21, and without ".0".
    static func text(_ number: Double) -> String {
        guard number != 0 else { return "0" }
        let shortest = number.description
        let parts = shortest.split(separator: "e")
        var mantissa = parts[0]
        let isNegative = mantissa.first == "-"
        if isNegative { mantissa = mantissa.dropFirst() }
        if mantissa.hasSuffix(".0") { mantissa = mantissa.dropLast(2) }
        let sign = isNegative ? "-" : ""
        guard parts.count == 2, let exponent = Int(parts[1]) else { return sign + mantissa }
        guard (-20...20).contains(exponent) else { return sign + mantissa + "e" + "\(exponent)" }
        let digits = mantissa.filter { $0 != "." }
        if exponent < 0 {
            return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
        }
        if digits.count <= exponent + 1 {
            return sign + digits + String(repeating: "0", count: exponent + 1 - digits.count)
        }
        return sign + digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
    }
}
