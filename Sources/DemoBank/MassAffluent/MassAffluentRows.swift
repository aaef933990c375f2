/// Which of the workbook's customers the cleaned file kept, and who has an address.
///
/// Of 4,000 customers 88 have no known gender and 4 no address; both are left out of the cleaned
/// file. Behind the last customer stand 3 addresses of nobody.
struct MassAffluentRows: Sendable {
    static let originalCustomers = 4000
    private static let dropped = Strata(rows: originalCustomers, count: 92)

    /// What sets a customer apart.
    enum Mark: Sendable {
        case unknownGender, bornIn1843, withoutAddress
        case deceased, genderF, genderFemal, genderM
    }

    /// How many customers the workbook has.
    let customers: Int
    /// The customers of the cleaned file.
    let kept: [Int]
    /// Those of the sheet of addresses.
    let addresses: [Int]

    init(cleaned rows: Int) {
        var kept: [Int] = []
        kept.reserveCapacity(rows)
        var addresses: [Int] = []
        addresses.reserveCapacity(rows + rows / 40 + 4)
        var customer = 0
        while true {
            let isDropped = Self.isDropped(customer)
            if !isDropped, kept.count == rows { break }
            if !isDropped { kept.append(customer) }
            if Self.mark(of: customer) != .withoutAddress { addresses.append(customer) }
            customer += 1
        }
        self.kept = kept
        customers = customer
        let orphans = max(1, (3 * customer + Self.originalCustomers / 2) / Self.originalCustomers)
        self.addresses = addresses + (customer..<customer + orphans)
    }

    private static func isDropped(_ row: Int) -> Bool {
        switch mark(of: row) {
        case .unknownGender, .bornIn1843, .withoutAddress: true
        default: false
        }
    }

    /// The last row of each run is dropped; the first rows of some are kept and odd.
    static func mark(of row: Int) -> Mark? {
        let index = dropped.index(ofRow: row)
        let run = dropped.run(index)
        let place = index % dropped.count
        if row == run.upperBound - 1 {
            return place == 3
                ? .bornIn1843 : place % 23 == 1 ? .withoutAddress : .unknownGender
        }
        guard row == run.lowerBound else { return nil }
        switch place {
        case 17, 63: return .deceased
        case 11: return .genderF
        case 31: return .genderFemal
        case 51: return .genderM
        default: return nil
        }
    }
}
