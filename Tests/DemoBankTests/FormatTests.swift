import DemoBank
import Foundation
import Testing

@Suite("The credit-card twin is written as the original is")
struct FormatTests {
    let table = TwinTable.original

    @Test("header, line ends and the end of the file")
    func lines() {
        let header = """
            CUST_ID,BALANCE,BALANCE_FREQUENCY,PURCHASES,ONEOFF_PURCHASES,INSTALLMENTS_PURCHASES,\
            CASH_ADVANCE,PURCHASES_FREQUENCY,ONEOFF_PURCHASES_FREQUENCY,\
            PURCHASES_INSTALLMENTS_FREQUENCY,CASH_ADVANCE_FREQUENCY,CASH_ADVANCE_TRX,\
            PURCHASES_TRX,CREDIT_LIMIT,PAYMENTS,MINIMUM_PAYMENTS,PRC_FULL_PAYMENT,TENURE\r\n
            """
        #expect(table.bytes.starts(with: Data(header.utf8)))
        #expect(table.bytes.suffix(2) == Data("\r\n".utf8))
        let feeds = table.bytes.count { $0 == UInt8(ascii: "\n") }
        #expect(feeds == 8951)
        #expect(table.bytes.count { $0 == UInt8(ascii: "\r") } == feeds)
        #expect(table.rows.allSatisfy { $0.count == 18 })
    }

    @Test(
        "numbers have the original's decimals and no zeros at their ends",
        arguments: [
            ("CUST_ID", "C[1-9][0-9]{4}"),
            ("BALANCE", amount), ("CASH_ADVANCE", amount), ("PAYMENTS", amount),
            ("MINIMUM_PAYMENTS", "(\(amount))?"), ("CREDIT_LIMIT", "(\(amount))?"),
            ("PURCHASES", price), ("ONEOFF_PURCHASES", price), ("INSTALLMENTS_PURCHASES", price),
            ("BALANCE_FREQUENCY", share), ("PURCHASES_FREQUENCY", share),
            ("ONEOFF_PURCHASES_FREQUENCY", share), ("PURCHASES_INSTALLMENTS_FREQUENCY", share),
            ("CASH_ADVANCE_FREQUENCY", "\(share)|1\\.[0-9]{0,5}[1-9]"), ("PRC_FULL_PAYMENT", share),
            ("CASH_ADVANCE_TRX", count), ("PURCHASES_TRX", count), ("TENURE", "[6-9]|1[012]"),
        ])
    func numbers(column: String, pattern: String) throws {
        let expression = try Regex(pattern)
        for text in Set(table.texts(column)) {
            #expect(try expression.wholeMatch(in: text) != nil, "\(column): \(text)")
        }
    }

    @Test("amounts use all six decimals, prices both")
    func decimals() {
        for (column, digits) in [("BALANCE", 6), ("PAYMENTS", 6), ("PURCHASES", 2)] {
            let longest = table.texts(column).map { text in
                text.contains(".")
                    ? text.count - (text.firstIndex(of: ".")?.utf16Offset(in: text) ?? 0) - 1 : 0
            }
            #expect(longest.max() == digits, "\(column)")
        }
    }

    @Test("identifiers ascend from C10001 to C19190 with gaps, and the four starts are there")
    func identifiers() {
        let numbers = table.texts("CUST_ID").compactMap { Int($0.dropFirst()) }
        #expect(numbers.first == 10001)
        #expect(numbers.last == 19190)
        let steps = Set(zip(numbers, numbers.dropFirst()).map { $1 - $0 })
        #expect(steps == [1, 2])
        #expect(Set(numbers).isSuperset(of: [13448, 18763, 11451, 17883]))
    }

    @Test(
        "the four customers at which the reference starts are in files of any size",
        arguments: [(11, 2), (100, 3), (101, 4), (1000, 5), (9000, 6), (20_000, 7)])
    func starts(rows: Int, seed: UInt64) throws {
        let identifiers = Set(try TwinTable(rows: rows, seed: seed).texts("CUST_ID"))
        #expect(identifiers.isSuperset(of: ["C13448", "C18763", "C11451", "C17883"]))
        #expect(identifiers.count == rows)
    }

    @Test("identifiers grow to as many digits as they need")
    func longIdentifiers() throws {
        let table = try TwinTable(rows: 100_000, seed: 1)
        let numbers = table.texts("CUST_ID").compactMap { Int($0.dropFirst()) }
        #expect(numbers.count == 100_000)
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
        #expect((112_000...113_000).contains(numbers.last ?? 0))
    }

    private static let amount = "(0|[1-9][0-9]*)(\\.[0-9]{0,5}[1-9])?"
    private static let price = "(0|[1-9][0-9]*)(\\.[0-9]?[1-9])?"
    private static let share = "0|1|0\\.[0-9]{0,5}[1-9]"
    private static let count = "0|[1-9][0-9]{0,2}"
}
