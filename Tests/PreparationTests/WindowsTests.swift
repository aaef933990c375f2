import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps: windows")
struct WindowsTests {
    static let customers = "id,name\n1,Ann\n2,Bob\n3,Cid\n"

    /// As of 2024-03-31: a month ends after 29 February, three after 31 December.
    static let rows = """
        client,day,amount,kind,shop
        1,2024-03-31,10.00,food,a
        1,2024-03-01,20.00,food,b
        1,2024-02-29,40.00,fun,a
        1,2024-01-01,80.00,fun,
        1,2023-12-31,160.00,food,c
        2,2024-01-31,5.00,,a
        2,,7.00,food,a
        ,2024-03-01,7.00,food,a
        9,2024-03-01,7.00,food,a

        """

    static func project(
        _ columns: String, rows: String = rows, months: String = "[1, 3]", options: String = "",
        asOf: String? = "2024-03-31"
    ) throws -> TestProject {
        try TestProject(
            tables: ["data": customers, "rows": rows],
            steps: [
                "windows: {from: rows, key: client, match: id, date: day, months: \(months), "
                    + "columns: {\(columns)}\(options)}"
            ], asOf: asOf)
    }

    @Test(
        "each measure over each window, worked out by hand",
        arguments: [
            // 1 month: 31 and 1 March. 3 months: those, 29 February and 1 January.
            ("x: {sum: amount}", "x_1m, x_3m", ["30.00 150.00", "0.00 5.00", "0.00 0.00"]),
            ("x: {count}", "x_1m, x_3m", ["2 4", "0 1", "0 0"]),
            ("x: {mean: amount}", "x_1m, x_3m", ["15.0 37.5", "– 5.0", "– –"]),
            ("x: {min: amount}", "x_1m, x_3m", ["10.00 10.00", "– 5.00", "– –"]),
            ("x: {max: amount}", "x_1m, x_3m", ["20.00 80.00", "– 5.00", "– –"]),
            ("x: {distinct: shop}", "x_1m, x_3m", ["2 2", "0 1", "0 0"]),
            ("x: {days_since}", "x", ["0", "60", "–"]),
            (
                "x: {sum: amount, where: kind = 'food'}", "x_1m, x_3m",
                ["30.00 30.00", "0.00 0.00", "0.00 0.00"]
            ),
            ("x: {sum: amount * 2}", "x_1m", ["60.00", "0.00", "0.00"]),
            // Monthly sums, oldest first: 80, 40, 30 and 5, 0, 0: the slope is half of last less first.
            ("x: {trend: amount}", "x_3m", ["-25.0", "-2.5", "0.0"]),
            (
                "x: {share: amount, by: kind}", "x_food_3m, x_fun_3m, x_fun_1m",
                ["0.2 0.8 0.0", "0.0 0.0 –", "– – –"]
            ),
            (
                "x: {share: amount, by: kind, levels: [fun, car]}", "x_fun_3m, x_car_3m",
                ["0.8 0.0", "0.0 0.0", "– –"]
            ),
        ])
    func measure(column: String, names: String, expected: [String]) async throws {
        #expect(try await Self.project(column).rows(names) == expected)
    }

    @Test("volatility is the population standard deviation of the monthly sums")
    func volatility() async throws {
        let project = try Self.project("x: {volatility: amount}")
        let values = try await project.rows("x_3m").compactMap(Double.init)
        // 80, 40, 30: mean 50, squares 900 + 100 + 400. 5, 0, 0: 50 ∕ 9.
        #expect(abs(values[0] - (1400.0 / 3).squareRoot()) < 1e-12)
        #expect(abs(values[1] - (50.0 / 9).squareRoot()) < 1e-12)
        #expect(values[2] == 0)
    }

    @Test("the account tells where each row went")
    func account() async throws {
        let project = try Self.project(
            "x: {sum: amount}", rows: Self.rows + "1,2024-04-01,1000.00,food,z\n")
        let record = try await project.publish()
        let step = record.step(0)
        #expect(step.rowsIn == 3)
        #expect(step.rowsOut == 3)
        #expect(
            step.facts == [
                "5 of 10 rows of 'rows' were used", "1 rows have none that counts",
                "1 rows of 'rows' belong to nobody, as their key is missing",
                "1 rows of 'rows' have no date",
                "1 rows of 'rows' lie after 2024-03-31 and were not used",
                "1 rows of 'rows' belong to no row of ours",
                "1 rows of 'rows' lie before the longest window",
                "1 months: after 2024-02-29, up to 2024-03-31",
                "3 months: after 2023-12-31, up to 2024-03-31",
            ])
        #expect(record.notices.map(\.code) == ["after_as_of"])
        #expect(step.lineage["x_1m"] == ["id", "rows.client", "rows.day", "rows.amount"])
        #expect(step.columnsAdded == ["x_1m", "x_3m"])
    }

    static let everything = """
        a: {sum: amount}, b: {count}, c: {mean: amount}, d: {min: amount}, e: {max: amount}, \
        f: {distinct: shop}, g: {trend: amount}, h: {volatility: amount}, \
        i: {share: amount, by: kind}, j: {days_since}
        """

    @Test("rows after the as-of date change no column, not even a level of shares")
    func noLeak() async throws {
        let planted = """
            1,2024-04-01,1000.00,food,z
            1,2024-03-31,0.00,food,a
            2,2024-12-31,1000.00,planted,y
            3,2030-01-01,1000.00,fun,x

            """
        let without = try Self.project(
            Self.everything, rows: Self.rows + "1,2024-03-31,0.00,food,a\n", months: "[1, 3, 12]")
        let with = try Self.project(
            Self.everything, rows: Self.rows + planted, months: "[1, 3, 12]")
        let hash = try await without.publish().outputs["tables/m"]
        let record = try await with.publish()
        #expect(record.outputs["tables/m"] == hash)
        #expect(record.notices.first?.message.hasPrefix("3 rows of 'rows' lie after") == true)
    }

    @Test("a time on the as-of day counts, and the day after does not")
    func times() async throws {
        let project = try Self.project(
            "x: {count}",
            rows:
                "client,day\n1,2024-03-31 23:59:59\n1,2024-04-01 00:00:00\n2,2024-02-29 23:59:59\n",
            months: "[1]")
        #expect(try await project.rows("x_1m") == ["1", "0", "0"])
    }

    @Test("sums of floating-point amounts are exact before they are rounded once")
    func doubles() async throws {
        let project = try Self.project(
            "x: {sum: amount}, y: {trend: amount}",
            rows: "client,day,amount\n1,2024-03-01,1e-1\n1,2024-03-02,2e-1\n1,2024-03-03,3e-1\n",
            months: "[3]")
        #expect(try await project.rows("x_3m, typeof(x_3m), y_3m").first == "0.6 DOUBLE 0.3")
    }

    @Test("a step-wide condition leaves rows out of all, and tells it")
    func condition() async throws {
        let project = try Self.project("x: {count}", options: ", where: kind = 'food'")
        let record = try await project.publish()
        #expect(try await project.sql("SELECT x_3m FROM m ORDER BY id") == ["2", "0", "0"])
        #expect(
            record.step(0).facts.contains("3 rows of 'rows' are not among those that count"))
    }

    @Test("a step's own as-of date goes before the project's, and one of them must be there")
    func asOf() async throws {
        let project = try Self.project(
            "x: {sum: amount}", months: "[1]", options: ", as_of: 2024-02-29")
        #expect(try await project.rows("x_1m") == ["40.00", "5.00", "0.00"])
        let mistake = try await Self.project("x: {count}", asOf: nil).onlyMistake()
        #expect(mistake.code == "as_of_missing")
    }

    @Test(
        "a month less is the same day or the month's last",
        arguments: [
            ("2024-03-31", 1, "2024-02-29"), ("2023-03-31", 1, "2023-02-28"),
            ("2024-03-30", 1, "2024-02-29"), ("2024-02-29", 12, "2023-02-28"),
            ("2024-02-29", 1, "2024-01-29"), ("2024-01-31", 2, "2023-11-30"),
            ("2024-12-31", 12, "2023-12-31"), ("2024-01-15", 1, "2023-12-15"),
            ("2000-03-01", 120, "1990-03-01"),
        ])
    func bounds(asOf: String, months: Int, bound: String) async throws {
        let record = try await Self.project("x: {count}", months: "[\(months)]", asOf: asOf)
            .publish()
        #expect(record.step(0).facts.last == "\(months) months: after \(bound), up to \(asOf)")
    }

    @Test(
        "what no window can be made of",
        arguments: [
            ("x: {sum: kind}", "[1]", "not_a_number"), ("x: {sum: amout}", "[1]", "unknown_column"),
            ("x: {}", "[1]", "window_measure"),
            ("x: {sum: amount, count: }", "[1]", "window_measure"),
            ("x: {share: amount}", "[1]", "window_measure"),
            ("x: {sum: amount, by: kind}", "[1]", "window_measure"),
            ("x: {trend: amount}", "[1]", "invalid_months"), ("x: {count}", "[]", "invalid_months"),
            ("x: {count}", "[1, 1]", "invalid_months"), ("x: {count}", "[0]", "wrong_type"),
            ("x: {sum: sum(amount)}", "[1]", "aggregate_in_step"),
            ("x: {count, where: amount}", "[1]", "not_a_condition"),
            ("name: {days_since}", "[1]", "column_exists"),
            ("x: {count}, x_1m: {days_since}", "[1]", "column_exists"),
        ])
    func mistakes(column: String, months: String, code: String) async throws {
        let codes = try await Self.project(column, months: months).mistakes().map(\.code)
        #expect(codes == [code])
    }

    @Test("keys that can't be compared, and dates that are none")
    func types() async throws {
        let keys = try Self.project("x: {count}", rows: "client,day\nA,2024-01-01\n")
        #expect(try await keys.onlyMistake().code == "key_type")
        let dates = try Self.project("x: {count}", rows: "client,day\n1,5\n")
        #expect(try await dates.onlyMistake().code == "not_a_date")
    }

    @Test("no customers and no rows in any window")
    func empty() async throws {
        let project = try TestProject(
            tables: ["data": Self.customers, "rows": Self.rows],
            steps: [
                "filter: {keep: id > 9}",
                "windows: {from: rows, key: client, match: id, date: day, months: [2], "
                    + "columns: {x: {trend: amount}}}",
            ], asOf: "2024-03-31")
        #expect(try await project.rows("*") == [])
        let early = try Self.project("x: {sum: amount}, y: {days_since}", asOf: "1999-01-01")
        #expect(try await early.rows("x_1m, y") == ["0.00 –", "0.00 –", "0.00 –"])
    }
}
