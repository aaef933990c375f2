import Foundation
import Runs
import Starter
import Testing

@Suite("Several files")
struct ReferenceTests {
    static let customers: String = {
        var draws = Draws(7)
        let rows = (0..<200).map { row in
            "\(1000 + row),\(draws.below(50_000)),\(draws.below(60) + 18),\(draws.below(30))"
        }
        return (["customer_id,balance,age,visits"] + rows).joined(separator: "\n")
    }()

    static let cards: String = {
        var draws = Draws(8)
        let rows = (0..<350).map { row in
            "K\(row + 1),\(1000 + draws.below(200)),\(draws.below(9000))"
        }
        return (["card_id,customer_id,spent"] + rows).joined(separator: "\n")
    }()

    @Test("a column whose values stand in another file's key refers to it")
    func refers() async throws {
        let drafted = try await Drafted([
            "cards.csv": Self.cards, "people.csv": Self.customers,
        ])
        #expect(drafted.project.tables.map(\.model) == ["customers", "cards"])
        #expect(drafted.project.tables[0].key.name == "customer_id")
        let reference = try #require(drafted.project.tables[1].references.first)
        #expect(reference.model == "customers")
        #expect(reference.column == "customer_id")
        #expect(reference.reason.contains("100 %"))
        let sources = drafted.project.files.filter { $0.hasPrefix("sources/") }
        #expect(sources.count == 2)
        let record = try await drafted.run()
        #expect(Set(record.models.map(\.rows)) == [200, 350])
    }

    @Test("columns that merely share small numbers don't refer")
    func noReference() async throws {
        let branches = (["branch,city"] + (1...12).map { "\($0),City \($0)" })
            .joined(separator: "\n")
        let drafted = try await Drafted([
            "people.csv": Self.customers, "branches.csv": branches,
        ])
        #expect(drafted.project.tables.flatMap { $0.references }.isEmpty)
        try await drafted.run()
    }
}
