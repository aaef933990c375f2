/// One customer, as the workbook and the CSV file know them.
struct AuroraUser: Sendable {
    var identifier: Int
    var name: String
    var age: Int
    var retirementAge: Int
    var birthYear: Int
    var birthMonth: Int
    var gender: String
    var address: String
    var apartment: String
    var place: AuroraPlace
    var incomePerHead: Int
    var income: Int
    var debt: Int
    var score: Int
    var cards: Int

    func append(to cells: inout SheetBytes) {
        for number in [identifier, age, retirementAge, birthYear, birthMonth] {
            cells.append(number)
        }
        cells.append(gender)
        cells.append(address)
        if let damaged = place.damagedLatitude {
            cells.append(date: damaged)
        } else {
            cells.append(Self.degrees(place.latitude))
        }
        cells.append(Self.degrees(place.longitude))
        for amount in [incomePerHead, income, debt] { cells.append("$\(amount)") }
        cells.append(score)
        cells.append(cards)
    }

    func append(to csv: inout CSVBytes) {
        csv.append(text: name)
        for number in [age, retirementAge, birthYear, birthMonth] {
            csv.appendComma()
            csv.append(number)
        }
        csv.appendComma()
        csv.append(fields: [gender, address, apartment, place.city, place.state])
        csv.appendComma()
        csv.append(place.zip)
        for degrees in [place.latitude, place.longitude] {
            csv.appendComma()
            csv.append(trimmedHundredths: degrees)
        }
        for amount in [incomePerHead, income, debt] {
            csv.appendComma()
            csv.append(spacedDollars: amount)
        }
        csv.appendComma()
        csv.append(score)
        csv.appendComma()
        csv.append(cards)
    }

    /// Hundredths as a text with one decimal at least: "34.15", "-90.0".
    private static func degrees(_ hundredths: Int) -> String {
        var text = CSVBytes(capacity: 8)
        text.append(trimmedHundredths: hundredths)
        if hundredths % 100 == 0 { text.append(".0") }
        return String(decoding: text.bytes, as: UTF8.self)
    }
}

/// A town that doesn't exist, in a state that does.
struct AuroraPlace: Sendable {
    var city: String
    var state: String
    var zip: Int
    /// In hundredths of a degree.
    var latitude: Int
    var longitude: Int

    /// What a spreadsheet makes of a latitude that it takes for a day and a month, 27.8 or 26.02: a
    /// day of the year in which it was opened. Nil where it can't be one.
    var damagedLatitude: Int? {
        let (day, rest) = latitude.quotientAndRemainder(dividingBy: 100)
        let month = rest % 10 == 0 ? rest / 10 : rest
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        let date = CalendarDay(year: AuroraParameters.yearOfDamage, month: month, day: day)
        return date.month == month ? date.serial : nil
    }

    /// - Parameter state: place in the table of states.
    init(_ state: AuroraParameters.State, town: Int, seed: UInt64) {
        let draws = RandomDraws(seed: seed, table: .places, row: state.zip * 1000 + town)
        city = InventedNames.place(draws.integer(in: 0..<1280, Draw.name))
        self.state = state.name
        zip = state.zip * 100 + draws.integer(in: 1..<1000, Draw.zip)
        latitude = state.latitude + Int(state.spread * Self.bounded(draws.normal(Draw.latitude)))
        longitude = state.longitude + Int(state.spread * Self.bounded(draws.normal(Draw.longitude)))
    }

    private enum Draw: UInt64 { case name, zip, latitude, longitude }

    private static func bounded(_ normal: Double) -> Double { min(max(normal, -2), 2) }
}
