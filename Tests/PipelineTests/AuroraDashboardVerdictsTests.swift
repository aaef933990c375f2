import Columns
import Query
import Reporting
import Testing

/// The same claims as a page states them: the verdicts that an honest tool gives.
@Suite("Reference 000: the verdicts on its page", .onFiles(of: .auroraDashboard))
struct AuroraDashboardVerdictsTests {
    private func cards(_ selections: PageSelection...) async throws -> [JSON] {
        let run = try await ReferenceProject.auroraDashboard.run
        let data = try await PageView("claims", of: run.published, for: .local).data(selections)
        return try (1...6).map { try #require(data.member("visuals")?.member("v\($0)")) }
    }

    @Test("'Good' dominates every age bracket: holds")
    func dominates() async throws {
        let card = try await cards()[0]
        #expect(card.member("verdict") == "holds")
        #expect(card.member("tried") == 4)
    }

    @Test("18-25 has the highest debt to income: a tie with 26-35, p = 0.78")
    func tie() async throws {
        let card = try await cards()[1]
        #expect(card.member("verdict") == "tie")
        let tests = card.member("tests")?.list ?? []
        let close = try #require(tests.first { $0.member("value") == "26-35" })
        #expect(close.member("standing") == "tie")
        #expect(close.member("p")?.double?.rounded(to: 2) == 0.78)
        let old = try #require(tests.first { $0.member("value") == "46+" })
        #expect(old.member("standing") == "ahead")
        let words = card.member("words")?.text() ?? ""
        #expect(words.contains("1.606") && words.contains("1.589"))
    }

    @Test("18-25 has the highest average transaction: a tie at the age of the transaction")
    func transactions() async throws {
        let card = try await cards()[2]
        #expect(card.member("verdict") == "tie")
        #expect(card.member("with")?.list.count == 3)
        #expect(
            card.member("about")?.text().contains("Rows of the same merchant_categories or users")
                == true)
    }

    @Test("income by gender: no difference, p = 0.62, V = 0.05")
    func gender() async throws {
        let card = try await cards()[3]
        #expect(card.member("verdict") == "no_difference")
        let relation = try #require(card.member("relation"))
        #expect(card.member("chi_squared_p")?.double?.rounded(to: 2) == 0.62)
        // Four customers have very high incomes: p is counted over random tables, too.
        #expect(relation.member("replicates") == 2000)
        #expect(abs((relation.member("p")?.double ?? 0) - 0.62) < 0.04)
        #expect(relation.member("cramers_v")?.double?.rounded(to: 2) == 0.05)
    }

    @Test("a filter changes what is told, and the verdict goes by what is left")
    func filtered() async throws {
        let women = PageSelection(
            source: "s1", .init(dimension: "gender", .values([.text("Female")])))
        let cards = try await cards(women)
        #expect(cards[1].member("exploratory") == true)
        #expect(cards[1].member("rows_used") == 1016)
        // One gender is left: there is nothing to compare.
        #expect(cards[3].member("verdict") == "not_told")
        let old = PageSelection(
            source: "s1", .init(dimension: "age_bracket", .values([.text("46+")])))
        #expect(try await self.cards(old)[1].member("verdict") == "not_told")
    }

    @Test("the recommendation's group is what a query of it gives")
    func recommendation() async throws {
        let card = try await cards()[4]
        // 337 of 18 to 25, 357 of 26 to 35.
        #expect(card.member("rows")?.text() == "[[694]]")
        #expect(card.member("whole") == 2000)
    }
}

extension JSON {
    fileprivate func member(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    fileprivate var list: [JSON] { if case .array(let elements) = self { elements } else { [] } }

    fileprivate var double: Double? {
        if case .number(let digits) = self { Double(digits) } else { nil }
    }
}
