/// One customer, as the workbook and the cleaned file know them.
struct MassAffluentCustomer: Sendable {
    var identifier: Int
    var given: String
    var family: String?
    var isFemale: Bool
    /// As the workbook spells it.
    var gender: String
    var born: CalendarDay?
    /// A date that is no date but a text.
    var bornText: String?
    var purchases: Int
    var title: String?
    var industry: String
    var wealth: String
    var isDeceased: Bool
    var hostile: HostileTexts.Value
    var ownsCar: Bool
    /// Years.
    var tenure: Int?
    var address: String
    var postcode: Int
    var state: String
    /// Whether the workbook spells the state out.
    var isStateSpelledOut: Bool
    var propertyValuation: Int

    func appendCleaned(to csv: inout CSVBytes) {
        csv.append(identifier)
        csv.appendComma()
        csv.append(fields: [given, family ?? "", isFemale ? "Female" : "Male"])
        csv.appendComma()
        if let born {
            csv.append(born.month)
            csv.append("/")
            csv.append(born.day)
            csv.append("/")
            csv.append(born.year)
            csv.appendComma()
            csv.append(MassAffluentParameters.lastYear - born.year)
        }
        csv.appendComma()
        csv.append(purchases)
        csv.appendComma()
        csv.append(fields: [industry, wealth, isDeceased ? "Y" : "N"])
        csv.appendComma()
        csv.append(tenure ?? 0)
        csv.appendComma()
        csv.append(fields: [
            ownsCar ? "Yes" : "No", address, String(postcode),
            MassAffluentParameters.spelledOut[state] ?? state, "Australia",
            String(propertyValuation),
        ])
    }

    func appendDemographic(to cells: inout SheetBytes) {
        cells.append(identifier)
        cells.append(given)
        cells.append(family)
        cells.append(gender)
        cells.append(purchases)
        if let bornText { cells.append(bornText) } else { cells.append(date: born?.serial) }
        cells.append(title)
        cells.append(industry)
        cells.append(wealth)
        cells.append(isDeceased ? "Y" : "N")
        switch hostile {
        case .missing: cells.skip()
        case .number(let number): cells.append(raw: number)
        case .date(let serial): cells.append(date: serial)
        case .text(let text): cells.append(text)
        }
        cells.append(ownsCar ? "Yes" : "No")
        cells.append(raw: tenure.map(String.init))
    }

    func appendAddress(to cells: inout SheetBytes) {
        cells.append(identifier)
        cells.append(address)
        cells.append(postcode)
        cells.append(
            isStateSpelledOut ? MassAffluentParameters.spelledOut[state] ?? state : state)
        cells.append("Australia")
        cells.append(propertyValuation)
    }
}
