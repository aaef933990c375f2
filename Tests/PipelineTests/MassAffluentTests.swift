import Columns
import Query
import Runs
import Testing

/// Every figure that REFERENCE_DASHBOARDS.md gives for 001, but for those of its segmentations:
/// from the cleaned file, and once more from the raw workbook.
@Suite("Reference 001: customers", .onFiles(of: .massAffluent))
struct MassAffluentTests {
    private var run: ReferenceRun {
        get async throws { try await ReferenceProject.massAffluent.run }
    }

    static let models = ["customers", "customers_from_workbook"]

    @Test(
        "figures",
        arguments: [
            ReferenceFigure("customers", "3906"),
            ReferenceFigure("mass_affluent", "2904"),
            ReferenceFigure("mass_affluent_share", "0.74"),
            ReferenceFigure("high_potential", "379"),
            ReferenceFigure("avg_tenure", "10.66"),
            ReferenceFigure("purchases_of_ten_share", "0.91"),
            ReferenceFigure("affluent_by_both", "740"),
            ReferenceFigure("affluent_from_fifty", "1947"),
            ReferenceFigure("affluent_from_nine", "2948"),
        ])
    func figure(figure: ReferenceFigure) async throws {
        try await figure.check(in: run)
    }

    @Test(
        "the flag's variants",
        arguments: [
            ReferenceFigure(
                "customers", "2904",
                where: "(property_valuation >= 10 OR purchases >= 10) AND age BETWEEN 30 AND 65"),
            ReferenceFigure(
                "customers", "740",
                where: "property_valuation >= 10 AND purchases >= 10 AND age BETWEEN 30 AND 65"),
            ReferenceFigure(
                "customers", "1947",
                where: "(property_valuation >= 10 OR purchases >= 50) AND age BETWEEN 30 AND 65"),
            ReferenceFigure(
                "customers", "2948",
                where: "(property_valuation >= 9 OR purchases >= 10) AND age BETWEEN 30 AND 65"),
        ])
    func variant(figure: ReferenceFigure) async throws {
        try await figure.check(in: run)
    }

    @Test(
        "breakdowns",
        arguments: [
            ReferenceBreakdown(
                "customers", by: "age_group", "<30: 591", "30-45: 1462", "46-60: 1311",
                "60+: 542"),
            ReferenceBreakdown("customers", by: "is_mass_affluent", "false: 1002", "true: 2904"),
            ReferenceBreakdown("customers", by: "owns_car", "No: 1937", "Yes: 1969"),
        ])
    func breakdown(breakdown: ReferenceBreakdown) async throws {
        try await breakdown.check(in: run)
    }

    @Test("3,908 rows become 3,906; 121 names and 655 industries are filled", arguments: models)
    func preparation(model: String) async throws {
        let run = try await run
        let alive = try #require(
            run.model(model).steps.first { $0.summary.contains("NOT deceased_indicator") })
        #expect(alive.rowsIn == 3908 && alive.rowsOut == 3906)
        #expect(try run.model(model).rows == 3906)
        let names = try run.step("impute", of: "Last_Name", in: model)
        #expect(names.cellsChanged == ["Last_Name": 121])
        let industries = try run.step("impute", of: "job_industry_category", in: model)
        #expect(industries.cellsChanged == ["job_industry_category": 655])
        let found = try await run.sql(
            """
            SELECT count(*) FILTER (WHERE Last_Name = 'Unknown'),
                count(*) FILTER (WHERE job_industry_category = 'Not Specified'),
                count(*) FILTER (WHERE Is_Mass_Affluent_Custom),
                count(*) FILTER (WHERE High_Potential),
                count(DISTINCT job_industry_category), count(DISTINCT State)
            FROM \(model)
            """)
        #expect(found == ["121 655 2904 379 10 3"])
    }

    @Test("the flag hardly selects, and why: told of both models", arguments: models)
    func flag(model: String) async throws {
        let run = try await run
        let whole = run.notices("flag_hardly_selects").filter { $0.contains("'\(model)'") }
        #expect(whole.count == 1)
        #expect(whole.first?.contains("true for 2904 of 3906 rows") == true)
        let part = run.notices("part_hardly_selects").filter { $0.contains("'\(model)'") }
        #expect(part.first?.contains("bike_related_purchases >= 10 holds for 3545") == true)
        #expect(part.first?.contains("(91 %)") == true)
    }

    @Test("file and workbook give the same table, row for row")
    func sameTables() async throws {
        let run = try await run
        let columns = try run.model("customers").columns
        #expect(columns.count == 21)
        let others = try run.model("customers_from_workbook").columns
        #expect(Set(others).subtracting(columns) == ["default", "job_title"])
        let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        let selections = Self.models.map { "SELECT \(list) FROM \($0)" }
        for (one, other) in [(0, 1), (1, 0)] {
            let differing = try await run.sql(
                "SELECT count(*) FROM (\(selections[one]) EXCEPT ALL \(selections[other]))")
            #expect(differing == ["0"])
        }
    }

    // MARK: The raw workbook

    @Test("customers without an address and addresses without a customer are told")
    func orphans() async throws {
        let run = try await run
        let told = run.notices("contract_broken")
        #expect(told.count == 2)
        #expect(told.contains { $0.hasPrefix("source 'raw_addresses': 3 of 3999 rows break") })
        #expect(told.contains { $0.hasPrefix("source 'raw_customers': 4 of 4000 rows break") })
        let join = try run.step("join", of: "Postcode", in: "customers_from_workbook")
        #expect(join.rowsIn == 4000 && join.rowsOut == 3996)
        #expect(join.facts.contains("4 of 4000 rows match no row of 'raw_addresses'"))
        #expect(
            join.facts.contains("3 of 3999 rows of 'raw_addresses' are matched by no row"))
    }

    @Test("a birth date of 1843 becomes missing, which is told")
    func birthDate() async throws {
        let run = try await run
        let told = run.notices("implausible_dates")
        #expect(told.count == 1)
        #expect(told[0].contains("1 values of DOB lie outside 1900-01-01 and later"))
        let facts = try run.input("raw_customers").facts
        #expect(facts.contains("DOB: 3,912 dates and 1 text"))
    }

    @Test(
        "hostile texts stay as they are and do no harm",
        arguments: [
            ("<script>alert('hi')</script>", 33), ("1;DROP TABLE users", 36),
            ("1'; DROP TABLE users--", 33), ("../../../../../../../../../../../etc/passwd%00", 50),
            ("<img src=x onerror=alert('hi') />", 31), ("NULL", 29), ("null", 33), ("nil", 42),
            ("'", 37), ("'\"''''\"", 31), (",./;'[]\\-=", 36), ("0/0", 43),
            // The number of 97 digits, which the workbook holds as 1E+96.
            ("1e96", 43), ("-1", 111), ("2018-02-01", 33),
        ])
    func hostile(text: String, rows: Int) async throws {
        let quoted = text.replacing("'", with: "''")
        let found = try await run.sql(
            "SELECT count(*) FROM customers_from_workbook WHERE \"default\" = '\(quoted)'")
        #expect(found == ["\(rows)"])
    }

    @Test("every figure of its pages can be computed")
    func pages() async throws {
        try await run.expectPagesAnswer()
    }

    @Test("every name of the contract is there")
    func names() async throws {
        try await run.expectNames(
            measures: [
                "customers", "mass_affluent", "mass_affluent_share", "high_potential",
                "avg_property_valuation", "avg_purchases", "avg_tenure", "avg_age",
                "avg_customer_value",
            ],
            dimensions: [
                "state", "postcode", "job_industry", "wealth_segment", "owns_car", "age_group",
                "is_mass_affluent",
            ])
    }
}
