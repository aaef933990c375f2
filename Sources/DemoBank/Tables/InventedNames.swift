/// Names of people, streets and places that nobody takes for real ones.
enum InventedNames {
    private static let givenStarts = [
        "Al", "Be", "Co", "Da", "El", "Fi", "Ga", "Ha", "Il", "Jo", "Ka", "Lu", "Mi", "No", "Or",
        "Pe", "Ru", "Sa", "Ti", "Va",
    ]
    private static let givenEnds = ["dan", "ra", "mo", "vi", "den", "sia", "ric", "tha"]
    private static let familyStarts = [
        "Sample", "Mock", "Twin", "Test", "Specimen", "Figment", "Dummy", "Model", "Pattern",
        "Proto",
    ]
    private static let familyEnds = [
        "ford", "wood", "ham", "ley", "ton", "worth", "field", "well", "stead", "more", "croft",
        "by", "gate", "den", "shaw", "wick",
    ]
    private static let streets = [
        "Avenue", "Boulevard", "Court", "Crossing", "Drive", "Lane", "Place", "Road", "Street",
        "Terrace", "Trail", "Way",
    ]

    static let givenCount = givenStarts.count * givenEnds.count
    static let familyCount = familyStarts.count * familyEnds.count
    /// How many addresses differ.
    static let addressCount = 9999 * familyCount * streets.count

    static func given(_ index: Int) -> String {
        givenStarts[index / givenEnds.count % givenStarts.count]
            + givenEnds[index % givenEnds.count]
    }

    static func family(_ index: Int) -> String {
        familyStarts[index / familyEnds.count % familyStarts.count]
            + familyEnds[index % familyEnds.count]
    }

    /// A given and a family name; indices far apart give names that differ.
    static func person(_ index: Int) -> String {
        given(index % givenCount) + " " + family(index / givenCount % familyCount)
    }

    /// "482 Mockwood Lane"; indices below `addressCount` give addresses that differ.
    static func address(_ index: Int) -> String {
        let (number, rest) = index.quotientAndRemainder(dividingBy: familyCount * streets.count)
        let street = streets[rest % streets.count]
        return "\(number % 9999 + 1) \(family(rest / streets.count)) \(street)"
    }

    /// "Northfordton": a town or suburb.
    static func place(_ index: Int) -> String {
        let first = ["Upper ", "Lower ", "New ", "Old ", "North ", "South ", "", ""]
        return first[index / familyCount % first.count] + family(index % familyCount)
    }
}
