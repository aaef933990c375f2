import DemoBank
import Testing

/// A customer's figures as numbers.
private struct Figures {
    let tenure: Double
    let balance, balanceFrequency, limit, payments, minimum, full: Double?
    let purchases, oneOff, instalments, cash: Double
    let purchaseMonths, oneOffMonths, instalmentMonths, cashMonths: Double
    let purchaseCount, cashCount: Double

    static func all(of table: TwinTable) -> [Figures] {
        let index = Dictionary(
            uniqueKeysWithValues: table.lines[0].split(separator: ",").enumerated().map {
                (String($1), $0)
            })
        return table.rows.map { row in
            func optional(_ name: String) -> Double? { index[name].flatMap { Double(row[$0]) } }
            func number(_ name: String) -> Double { optional(name) ?? .nan }
            let tenure = number("TENURE")
            func months(_ name: String) -> Double { number(name + "_FREQUENCY") * tenure }
            return Figures(
                tenure: tenure, balance: optional("BALANCE"),
                balanceFrequency: optional("BALANCE_FREQUENCY"), limit: optional("CREDIT_LIMIT"),
                payments: optional("PAYMENTS"), minimum: optional("MINIMUM_PAYMENTS"),
                full: optional("PRC_FULL_PAYMENT"), purchases: number("PURCHASES"),
                oneOff: number("ONEOFF_PURCHASES"), instalments: number("INSTALLMENTS_PURCHASES"),
                cash: number("CASH_ADVANCE"), purchaseMonths: months("PURCHASES"),
                oneOffMonths: months("ONEOFF_PURCHASES"),
                instalmentMonths: months("PURCHASES_INSTALLMENTS"),
                cashMonths: months("CASH_ADVANCE"), purchaseCount: number("PURCHASES_TRX"),
                cashCount: number("CASH_ADVANCE_TRX"))
        }
    }

    var isPurchasesSumWrong: Bool { (purchases - oneOff - instalments).magnitude > 0.005 }
}

@Suite("The credit-card twin's figures fit together, but for its flaws")
struct DomainTests {
    private let customers = Figures.all(of: .original)

    @Test("8,950 rows have the original's flaws in the original's numbers")
    func flaws() {
        #expect(customers.count { $0.minimum == nil } == 313)
        #expect(customers.count { $0.payments == 0 } == 240)
        #expect(customers.count { $0.limit == nil } == 1)
        #expect(customers.count { $0.cashMonths > $0.tenure + 0.01 } == 8)
        #expect(customers.count(where: \.isPurchasesSumWrong) == 19)
    }

    @Test("twice as many rows have twice as many flaws, with any seed", arguments: [2, 3])
    func moreFlaws(seed: UInt64) throws {
        let customers = Figures.all(of: try TwinTable(rows: 17_900, seed: seed))
        #expect(customers.count { $0.minimum == nil } == 626)
        #expect(customers.count { $0.limit == nil } == 2)
        #expect(customers.count { $0.cashMonths > $0.tenure + 0.01 } == 16)
        #expect(customers.count(where: \.isPurchasesSumWrong) == 38)
    }

    @Test("minimum payments are missing where nothing was paid or hardly anything owed")
    func minimumPayments() {
        for customer in customers {
            #expect(customer.payments != 0 || customer.minimum == nil)
            #expect(
                customer.minimum != nil || customer.payments == 0 || (customer.balance ?? 0) < 20)
            #expect(customer.minimum != nil || customer.full == 0)
        }
    }

    @Test("no balance means no month with a balance")
    func balance() {
        for customer in customers {
            #expect((customer.balance == 0) == (customer.balanceFrequency == 0))
            #expect((customer.balance ?? 0) <= 1.03 * (customer.limit ?? .infinity) + 0.01)
        }
        #expect((60...100).contains(customers.count { $0.balance == 0 }))
    }

    @Test("amount, months and transactions are zero together")
    func zeros() {
        for customer in customers {
            let zeros = [
                customer.oneOff + customer.instalments, customer.purchaseMonths,
                customer.purchaseCount,
            ].map { $0 == 0 }
            #expect(Set(zeros).count == 1)
            #expect((customer.oneOff == 0) == (customer.oneOffMonths == 0))
            #expect((customer.instalments == 0) == (customer.instalmentMonths == 0))
            #expect((customer.cash == 0) == (customer.cashMonths == 0))
            #expect((customer.cash == 0) == (customer.cashCount == 0))
        }
    }

    @Test("frequencies are whole months of the tenure, each with a transaction")
    func months() {
        for customer in customers {
            let months = [
                customer.purchaseMonths, customer.oneOffMonths, customer.instalmentMonths,
                customer.cashMonths,
            ]
            #expect(months.allSatisfy { ($0 - $0.rounded()).magnitude < 1e-5 })
            #expect(months.dropLast().allSatisfy { $0 <= customer.tenure })
            #expect(customer.cashMonths <= 1.5 * customer.tenure)
            #expect(customer.purchaseCount > customer.purchaseMonths - 0.01)
            #expect(customer.cashCount > customer.cashMonths - 0.01)
            #expect(
                max(customer.oneOffMonths, customer.instalmentMonths)
                    < customer.purchaseMonths + 0.01)
            let statements = min(customer.tenure, 11)
            let balanceMonths = (customer.balanceFrequency ?? .nan) * statements
            #expect((balanceMonths - balanceMonths.rounded()).magnitude < 1e-5)
        }
    }

    @Test("the purchases that don't add up are refunds, never below zero")
    func refunds() {
        for customer in customers where customer.isPurchasesSumWrong {
            #expect(customer.purchases < customer.oneOff + customer.instalments)
            #expect(customer.purchases >= 0)
        }
    }

    @Test("credit limits are multiples of 50, but for about one in a thousand")
    func limits() {
        let limits = customers.compactMap(\.limit)
        #expect(limits.allSatisfy { (50...30_000).contains($0) })
        let odd = limits.count { $0.truncatingRemainder(dividingBy: 50) != 0 }
        #expect((1...30).contains(odd))
    }
}
