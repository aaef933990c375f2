/// What a cell's number means, as its number format shows it.
package enum NumberFormat: Sendable, Equatable {
    case number, percent, date, time, dateTime
    /// Hours, minutes or seconds that may be more than a day.
    case elapsed

    /// The formats that every workbook has without stating them (ECMA-376 part 1, 18.8.30).
    init(builtIn id: Int) {
        switch id {
        case 9, 10: self = .percent
        // Those of East Asia are dates or times by language; the number itself tells which.
        case 14...17, 27...36, 50...58: self = .date
        case 18...21, 45, 47: self = .time
        case 22: self = .dateTime
        case 46: self = .elapsed
        default: self = .number
        }
    }

    /// Reads a format of a workbook's own, like `yyyy\-mm\-dd;@`.
    package init(code: String) {
        var letters = Set<Character>()
        var isElapsed = false
        var characters = code.lowercased()[...]
        // Only the first section counts: it is the one for positive numbers.
        scanning: while let character = characters.popFirst() {
            switch character {
            case "\"":
                while let next = characters.popFirst(), next != "\"" {}
            case "\\", "_", "*": characters = characters.dropFirst()
            case "[":
                let inner = characters.prefix { $0 != "]" }
                characters = characters.dropFirst(inner.count + 1)
                let isUnit = inner.first.map { "hms".contains($0) } ?? false
                if isUnit, Set(inner).count == 1 { isElapsed = true }
            case ";": break scanning
            case "g" where characters.hasPrefix("eneral"): characters = characters.dropFirst(6)
            case "e" where characters.hasPrefix("+") || characters.hasPrefix("-"): break
            case "a" where characters.hasPrefix("m/pm") || characters.hasPrefix("/p"):
                letters.insert("h")
                characters = characters.dropFirst(characters.hasPrefix("m") ? 4 : 2)
            default: letters.insert(character)
            }
        }
        let hasTime = letters.contains("h") || letters.contains("s")
        let hasDate =
            letters.contains("y") || letters.contains("d") || (letters.contains("m") && !hasTime)
        self =
            switch (hasDate, hasTime) {
            case _ where isElapsed: .elapsed
            case (true, true): .dateTime
            case (true, false): .date
            case (false, true): .time
            case (false, false): letters.contains("%") ? .percent : .number
            }
    }
}
