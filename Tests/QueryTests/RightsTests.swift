import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("Who may see what")
struct RightsTests {
    static let analyst = Reader(name: "analyst", rights: [.aggregates])
    static let nobody = Reader(name: "nobody", rights: [])

    /// The bank with its customers' numbers as a column that names them, read in several ways.
    static func bank(privacy: String = "{identifying: [customers.id, owner]}") async throws -> Bank
    {
        try await Bank(
            privacy: privacy,
            files: [
                "measures/names.yaml": """
                type: measures/v1
                of: customers
                measures:
                  last_customer: {expression: max(id)}
                  distinct_customers: {expression: count(DISTINCT id)}
                dimensions:
                  customer: {expression: id}
                  customer_text: {expression: "'nr ' || CAST(id AS VARCHAR)"}
                """,
                "measures/owners.yaml": """
                type: measures/v1
                of: cards
                dimensions: {owner: {expression: owner}, id_of_card: {expression: card}}
                """,
            ])
    }

    static func refuses(
        _ what: String, _ ask: () async throws -> Void
    ) async {
        let error = await #expect(throws: AuroraError.self, "\(what)") { try await ask() }
        #expect(error?.code == "not_permitted", "\(what)")
    }

    @Test("dimensions that name customers are refused in every use")
    func identifying() async throws {
        let gate = try await Self.bank().gate
        for name in ["customer", "customer_text", "owner"] {
            let model = name == "owner" ? "cards" : "customers"
            await Self.refuses("by \(name)") {
                _ = try await gate.answer(
                    FigureQuery(measures: [model], by: [name]), for: Self.analyst)
            }
            await Self.refuses("where \(name)") {
                let condition = try await gate.condition("\(name) IS NOT NULL")
                let filter = FilterContext(conditions: [condition])
                _ = try await gate.answer(
                    FigureQuery(measures: [model], filter: filter), for: Self.analyst)
            }
            await Self.refuses("selecting \(name)") {
                let filter = FilterContext(
                    selections: [.init(dimension: name, .values([.integer(1)]))])
                _ = try await gate.rowCount(of: model, filter: filter, for: Self.analyst)
            }
            await Self.refuses("values of \(name)") {
                _ = try await gate.values(of: name, limit: 9, for: Self.analyst)
            }
        }
        await Self.refuses("histogram") {
            _ = try await gate.histogram(
                of: "customer", bins: 9, filter: .init(), for: Self.analyst)
        }
        await Self.refuses("extent") {
            _ = try await gate.extent(of: "customer", for: Self.analyst)
        }
        await Self.refuses("density") {
            _ = try await gate.density(
                x: "customer", y: "age", filter: .init(), for: Self.analyst)
        }
    }

    @Test("a measure that gives a name is refused; one that counts names is not")
    func measures() async throws {
        let bank = try await Self.bank()
        await Self.refuses("max(id)") {
            _ = try await bank.table("last_customer", for: Self.analyst)
        }
        let count = try await bank.table("distinct_customers", for: Self.analyst)
        #expect(count.texts == ["5"])
    }

    @Test("whoever may see customers sees them")
    func permitted() async throws {
        let bank = try await Self.bank()
        #expect(try await bank.rows("customers", by: "customer").count == 5)
        #expect(try await bank.rows("last_customer") == ["5"])
        #expect(try await bank.rows("cards", by: "owner", where: "owner < 3") == ["1 2", "2 1"])
    }

    @Test("columns of other models with the same name stay as they are")
    func otherModels() async throws {
        let table = try await Self.bank().table("cards", by: "id_of_card", for: Self.analyst)
        #expect(table.rows.count == 6)
    }

    @Test("single rows are for those who may see customers")
    func points() async throws {
        let gate = try await Bank().gate
        await Self.refuses("points") {
            _ = try await gate.points(
                x: "age", y: "income_paid", category: "age_band", filter: .init(),
                for: Self.analyst)
        }
        let cloud = try await gate.points(
            x: "age", y: "income_paid", category: "age_band", filter: .init(), for: .local)
        #expect(cloud.x == [30, 40, 50, 60, 70])
        #expect(cloud.y[2].isNaN)
        #expect(cloud.codes == [0, 0, 1, 1, 1])
        #expect(cloud.categories == [.text("young"), .text("old")])
    }

    @Test("without the right to see figures nothing is answered")
    func nothing() async throws {
        let gate = try await Bank().gate
        let reader = Self.nobody
        await Self.refuses("answer") {
            _ = try await gate.answer(FigureQuery(measures: ["customers"]), for: reader)
        }
        await Self.refuses("rowCount") {
            _ = try await gate.rowCount(of: "customers", filter: .init(), for: reader)
        }
        await Self.refuses("histogram") {
            _ = try await gate.histogram(of: "age", bins: 9, filter: .init(), for: reader)
        }
        await Self.refuses("density") {
            _ = try await gate.density(x: "age", y: "age", filter: .init(), for: reader)
        }
        await Self.refuses("values") {
            _ = try await gate.values(of: "age_band", limit: 9, for: reader)
        }
        await Self.refuses("extent") { _ = try await gate.extent(of: "age", for: reader) }
    }

    @Test("the range of a dimension ends at round numbers where customers may not be seen")
    func extent() async throws {
        let gate = try await Bank().gate
        let exact = try await gate.extent(of: "income_paid", for: .local)
        #expect(exact?.lowest == 500.05 && exact?.highest == 4000.4)
        let round = try await gate.extent(of: "income_paid", for: Self.analyst)
        #expect(round?.lowest == 400 && round?.highest == 4200)
    }
}
