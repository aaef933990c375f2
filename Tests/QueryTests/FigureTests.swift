import Columns
import Query
import TestProjects
import Testing

@Suite("Figures by dimensions")
struct FigureTests {
    @Test("without a dimension there is one row")
    func totals() async throws {
        let bank = try await Bank()
        #expect(try await bank.rows("customers,avg_age,income") == ["5 50.0 7500.75"])
        #expect(
            try await bank.rows("cards,gold_cards,holders,credit") == ["6 3 4 455"])
    }

    @Test("by the dimensions of their own model, and as plain SQL gives them")
    func own() async throws {
        let bank = try await Bank()
        let byBand = try await bank.rows("customers,avg_age,income", by: "age_band")
        #expect(byBand == ["young 2 35.0 3000.30", "old 3 60.0 4500.45"])
        let byTwo = try await bank.rows("customers", by: "region_code,age_band")
        #expect(byTwo == ["n young 2", "s old 2", "– old 1"])
        #expect(
            try await byTwo
                == bank.sql(
                    """
                    SELECT region, age_band, count(*) FROM customers
                    GROUP BY ALL ORDER BY region NULLS LAST
                    """))
    }

    @Test("the form of the answer, with numbers as they are and rows used and total")
    func json() async throws {
        let bank = try await Bank()
        let table = try await bank.table("income,customers", by: "region_code", where: ["age < 55"])
        #expect(
            table.json.text()
                == #"{"columns":["region_code","income","customers"],"#
                + #""rows":[["n",3000.30,2],["s",null,1]],"rows_used":3,"rows_total":5}"#)
    }

    @Test("a zero denominator is missing, not infinite or zero")
    func zeroDenominator() async throws {
        let bank = try await Bank()
        let rows = try await bank.rows("income_per_old", by: "region_code")
        #expect(rows == ["n –", "s –", "– 500.05"])
    }

    @Test("where no row is left, counts are 0 and everything else is missing")
    func nothing() async throws {
        let bank = try await Bank()
        let table = try await bank.table("customers,avg_age,income", where: ["age > 99"])
        #expect(table.texts == ["0 – –"])
        #expect(table.rowsUsed == 0)
        #expect(try await bank.rows("customers", by: "age_band", where: "age > 99") == [])
    }

    @Test("figures and dimensions that aren't there, with the nearest name")
    func unknown() async throws {
        let bank = try await Bank()
        let measure = await #expect(throws: AuroraError.self) {
            try await bank.rows("custmers")
        }
        #expect(measure?.code == "unknown_name")
        #expect(measure?.hint == "did you mean 'customers'?")
        let dimension = await #expect(throws: AuroraError.self) {
            try await bank.rows("customers", by: "age_bnad")
        }
        #expect(dimension?.code == "unknown_name")
        #expect(dimension?.hint == "did you mean 'age_band'?")
        let nothing = await #expect(throws: AuroraError.self) { try await bank.rows("") }
        #expect(nothing?.code == "no_measures")
    }
}
