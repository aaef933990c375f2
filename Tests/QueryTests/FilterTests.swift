import Columns
import Query
import TestProjects
import Testing

@Suite("Filters over several models")
struct FilterTests {
    static func pick(_ dimension: String, _ values: Value...) -> FilterContext.Selection {
        .init(dimension: dimension, .values(values))
    }

    @Test("a filter on a child keeps the parents with at least one such row, each once")
    func child() async throws {
        let bank = try await Bank()
        let rows = try await bank.rows("customers,income", where: "kind IN ('gold', 'basic')")
        #expect(rows == ["3 7000.70"])
        #expect(
            try await rows
                == bank.sql(
                    """
                    SELECT count(*), sum(income) FROM customers c WHERE EXISTS
                    (SELECT 1 FROM cards k WHERE k.owner = c.id AND k.kind IN ('gold', 'basic'))
                    """))
        let selected = try await bank.rows(
            "customers,income", selecting: [Self.pick("kind", .text("gold"), .text("basic"))])
        #expect(selected == rows)
        let negated = try await bank.rows("customers", by: "age", where: "kind <> 'gold'")
        #expect(negated == ["30 1", "60 1"])
    }

    @Test("two filters on one child must hold for the same row of it")
    func sameRow() async throws {
        let bank = try await Bank()
        // Customer 1 has travelled, and has spent less than 15, but not on travelling.
        let ages = try await bank.rows(
            "customers", by: "age", where: "category = 'travel'", "amount < 45")
        #expect(ages == ["30 1", "50 1"])
        let none = try await bank.rows("customers", where: "category = 'travel'", "amount < 15")
        #expect(none == ["0"])
        let mixed = try await bank.rows(
            "customers", where: "amount < 15",
            selecting: [Self.pick("category", .text("travel"))])
        #expect(mixed == ["0"])
        let selections = try await bank.rows(
            "customers",
            selecting: [
                Self.pick("category", .text("travel")),
                .init(dimension: "amount", .range(from: nil, to: 15, closed: false)),
            ])
        #expect(selections == ["0"])
    }

    @Test("filters on two children hold each for a row of its own")
    func twoChildren() async throws {
        let bank = try await Bank()
        let ages = try await bank.rows(
            "customers", by: "age", where: "kind = 'gold'", "category = 'travel'")
        #expect(ages == ["30 1"])
    }

    @Test("a filter on a sibling goes through the parent")
    func sibling() async throws {
        let bank = try await Bank()
        let rows = try await bank.rows("transactions,turnover", where: "kind = 'gold'")
        #expect(rows == ["5 65.65"])
        #expect(
            try await rows
                == bank.sql(
                    """
                    SELECT count(*), sum(amount) FROM transactions t WHERE t.client IN
                    (SELECT owner FROM cards WHERE kind = 'gold')
                    """))
    }

    @Test("a filter on a grandchild keeps the grandparents")
    func grandchild() async throws {
        let bank = try await Bank()
        let regions = try await bank.rows("regions", by: "region", where: "category = 'travel'")
        #expect(regions == ["North 1", "South 1"])
        #expect(try await bank.rows("regions", by: "region", where: "kind = 'gold'") == ["North 1"])
    }

    @Test("a filter on a parent, by a condition and by a selection")
    func parent() async throws {
        let bank = try await Bank()
        let condition = try await bank.rows("transactions,turnover", where: "region = 'North'")
        #expect(condition == ["5 65.65"])
        let selection = try await bank.rows(
            "transactions,turnover", selecting: [Self.pick("region", .text("North"))])
        #expect(selection == condition)
        let both = try await bank.rows(
            "cards", by: "kind", where: "age_band = 'young' AND region = 'North'")
        #expect(both == ["gold 2", "basic 1"])
        let mixed = try await bank.rows("cards", where: "kind = 'basic' OR age < 35")
        #expect(mixed == ["3"])
    }

    @Test("one condition over a child and another model is refused")
    func mixedCondition() async throws {
        let bank = try await Bank()
        let error = await #expect(throws: AuroraError.self) {
            try await bank.rows("customers", where: "category = 'food' OR age > 50")
        }
        #expect(error?.code == "unrelated")
        #expect(error?.hint == "state them as several conditions")
    }

    @Test("missing values are picked like others, in one's own rows and in a child's")
    func missing() async throws {
        let bank = try await Bank()
        let own = try await bank.rows("customers", selecting: [Self.pick("region_code", .missing)])
        #expect(own == ["1"])
        let either = try await bank.rows(
            "customers", selecting: [Self.pick("region_code", .missing, .text("s"))])
        #expect(either == ["3"])
        // Customer 4 has a transaction without a category; customers without cards don't count.
        let child = try await bank.rows(
            "customers", by: "age", selecting: [Self.pick("category", .missing)])
        #expect(child == ["60 1"])
        #expect(try await bank.rows("customers", selecting: [Self.pick("kind", .missing)]) == ["0"])
        #expect(try await bank.rows("customers", selecting: [Self.pick("age_band")]) == ["0"])
    }

    @Test("ranges include their lower end, and their upper end where they are closed")
    func ranges() async throws {
        let bank = try await Bank()
        func count(_ from: Double?, _ to: Double?, closed: Bool) async throws -> [String] {
            try await bank.rows(
                "customers",
                selecting: [.init(dimension: "age", .range(from: from, to: to, closed: closed))])
        }
        #expect(try await count(40, 60, closed: true) == ["3"])
        #expect(try await count(40, 60, closed: false) == ["2"])
        #expect(try await count(nil, 40, closed: false) == ["1"])
        #expect(try await count(60, nil, closed: true) == ["2"])
        let income = FilterContext.Selection(
            dimension: "income_paid", .range(from: nil, to: nil, closed: true))
        #expect(try await bank.rows("customers", selecting: [income]) == ["4"])
    }
}
