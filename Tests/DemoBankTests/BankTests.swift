import Columns
import DemoBank
import Foundation
import Testing

@Suite("The demo bank's files")
struct BankTests {
    private static let data = [
        "accounts.csv", "branches.csv", "cards.csv", "customers.csv", "transactions.csv",
    ]

    @Test("each file has its label; the truth has none, so that no project can take it for data")
    func files() {
        let labels = Self.data.map { $0 + ".synthetic.json" }
        #expect(
            BankFolder.usual.names
                == (Self.data + labels + ["TRUTH.json", "as_of.txt", "customers.truth.csv"])
                .sorted())
    }

    @Test("the same seed gives the same bytes, another seed gives others")
    func seed() throws {
        let first = try BankFolder(customers: 400)
        let second = try BankFolder(customers: 400)
        let other = try BankFolder(customers: 400, seed: 2)
        for name in first.names { #expect(first.bytes(name) == second.bytes(name), "\(name)") }
        for name in Self.data where name != "branches.csv" {
            #expect(first.bytes(name) != other.bytes(name), "\(name)")
        }
    }

    // Computed with sha256sum on Linux x86-64; to be renewed, with `SyntheticBank.edition`, when
    // anything changes what a seed gives.
    @Test("the bytes are the same on every platform")
    func golden() {
        let hashes = Dictionary(
            uniqueKeysWithValues: BankFolder.usual.written.files.map { ($0.name, $0.sha256) })
        #expect(SyntheticBank.edition == 1)
        #expect(
            hashes["customers.csv"]
                == "80e47fc26b5c8c42d8add3869fa20a8b927742d4aa4f371d7392e79c0218f52e")
        #expect(
            hashes["accounts.csv"]
                == "517e5ba2608c753b0b41bc05ea21f8bd6845fdbbee1bef672b74b3b60d329e56")
        #expect(
            hashes["cards.csv"]
                == "847ac4073ebf8b45d14ca59090e53c32eda6a3e6b1919c61e50d04991427d629")
        #expect(
            hashes["transactions.csv"]
                == "ff322dc4affdcfd1236c07af77ad1ab0c9eca8f05e924ce1b9d48fec76de5b94")
    }

    @Test("a larger bank begins with the smaller one's customers, and has their transactions")
    func larger() throws {
        let small = try BankFolder(customers: 300)
        let large = try BankFolder(customers: 500)
        for name in ["customers.csv", "accounts.csv", "cards.csv", "customers.truth.csv"] {
            #expect(large.bytes(name).starts(with: small.bytes(name)), "\(name)")
            #expect(large.bytes(name).count > small.bytes(name).count)
        }
        let known = Set(small.rows("customers.csv").compactMap { $0["customer_id"] })
        let shared = large.lines("transactions.csv").dropFirst().filter {
            known.contains($0.split(separator: ",")[2])
        }
        #expect(shared == Array(small.lines("transactions.csv").dropFirst()))
    }

    @Test("a month more is added at the end, and the months before stay as they were")
    func months() throws {
        let now = try BankFolder(customers: 300, months: 24)
        let later = try BankFolder(customers: 300, months: 25)
        #expect(now.truth.asOf == "2024-12-31")
        #expect(later.truth.asOf == "2025-01-31")
        #expect(now.bytes("as_of.txt") == Data("2024-12-31\n".utf8))
        #expect(later.bytes("as_of.txt") == Data("2025-01-31\n".utf8))
        #expect(later.bytes("transactions.csv").starts(with: now.bytes("transactions.csv")))
        let added = later.lines("transactions.csv").dropFirst(
            now.lines("transactions.csv").count)
        #expect(added.count > 300)
        #expect(
            added.allSatisfy {
                let day = $0.split(separator: ",")[1]
                return day.hasPrefix("2025-01-") || day == "2025-02-30"
            })
        // Nobody's past changes: who had left before has left on the same day.
        let before = now.rows("customers.csv").map { $0["left_on"] }
        let after = later.rows("customers.csv").map { $0["left_on"] }
        #expect(zip(before, after).allSatisfy { $0 == $1 || $0 == "" })
    }

    @Test("numbers that can't be are refused")
    func refused() {
        for count in [Int.min, -1, 0, .max] {
            let error = #expect(throws: AuroraError.self) {
                try SyntheticBank(customers: count, months: 24, seed: 1)
            }
            #expect(error?.code == "rows_out_of_range")
        }
        for count in [Int.min, 0, 11, 121] {
            let error = #expect(throws: AuroraError.self) {
                try SyntheticBank(customers: 10, months: count, seed: 1)
            }
            #expect(error?.code == "months_out_of_range")
        }
    }

    @Test("an interruption leaves nothing behind")
    func interruption() throws {
        let folder = TemporaryFolder()
        let bank = try SyntheticBank(customers: 3000, months: 24, seed: 1)
        let error = #expect(throws: AuroraError.self) {
            try bank.write(to: folder.path) { fraction throws(AuroraError) in
                if fraction > 0.5 { throw .interrupted }
            }
        }
        #expect(error?.code == "interrupted")
        #expect(folder.contents.isEmpty)
    }

    @Test("an unlabelled file of a name is not replaced")
    func original() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/customers.csv"
        try Data("the bank's own".utf8).write(to: URL(filePath: path))
        let bank = try SyntheticBank(customers: 10, months: 12, seed: 1)
        let error = #expect(throws: AuroraError.self) { try bank.write(to: folder.path) { _ in } }
        #expect(error?.code == "not_synthetic")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "the bank's own")
        #expect(folder.contents == ["customers.csv"])
    }

    @Test("keys are unique and lead to each other")
    func keys() {
        let bank = BankFolder.usual
        let customers = Set(bank.rows("customers.csv").compactMap { $0["customer_id"] })
        let accounts = bank.rows("accounts.csv")
        let cards = bank.rows("cards.csv")
        let accountKeys = Set(accounts.compactMap { $0["account_id"] })
        let cardKeys = Set(cards.compactMap { $0["card_id"] })
        #expect(customers.count == 3000)
        #expect(accountKeys.count == accounts.count)
        #expect(cardKeys.count == cards.count)
        #expect(Set(accounts.compactMap { $0["customer_id"] }) == customers)
        let branches = Set(bank.rows("branches.csv").compactMap { $0["branch_id"] })
        #expect(branches.isSuperset(of: bank.rows("customers.csv").compactMap { $0["branch_id"] }))
        for row in bank.rows("transactions.csv").prefix(50_000) {
            #expect(accountKeys.contains(row["account_id"] ?? ""))
            let card = row["card_id"] ?? ""
            #expect(card.isEmpty || cardKeys.contains(card))
        }
    }
}
