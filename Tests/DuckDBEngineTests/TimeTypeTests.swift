import Columns
import DuckDBEngine
import Engine
import Testing

@Suite("Dates and times")
struct TimeTypeTests {
    @Test(
        "dates are counted in days",
        arguments: [
            ("1970-01-01", 0), ("2000-02-29", 11_016), ("0001-01-01", -719_162),
            ("0045-03-15 (BC)", -735_525), ("5877642-06-25 (BC)", -2_147_483_646),
            ("5881580-07-10", 2_147_483_646), ("infinity", .max), ("-infinity", -.max),
        ] as [(String, Int32)])
    func dates(text: String, days: Int32) async throws {
        try await TypeCase("CAST('\(text)' AS DATE)", .date, .date(days: days)).check()
    }

    @Test(
        "times of day are counted in microseconds",
        arguments: [
            ("00:00:00", 0), ("23:59:59.999999", 86_399_999_999), ("24:00:00", 86_400_000_000),
        ] as [(String, Int64)])
    func times(text: String, microseconds: Int64) async throws {
        let value = Value.time(microseconds: microseconds)
        try await TypeCase("CAST('\(text)' AS TIME)", .time, value).check()
    }

    private static let instants: [(String, Int64)] = [
        ("1970-01-01 00:00:00", 0), ("1969-12-31 23:59:59.999999", -1),
        ("290309-12-22 (BC) 00:00:00", -9_223_372_022_400_000_000),
        ("294247-01-10 04:00:54.775806", .max - 1), ("infinity", .max), ("-infinity", -.max),
    ]

    @Test("points in time are counted in microseconds", arguments: instants)
    func timestamps(text: String, microseconds: Int64) async throws {
        let wallClock = Value.timestamp(microseconds: microseconds, zoned: false)
        let sql = "CAST('\(text)' AS TIMESTAMP)"
        try await TypeCase(sql, .timestamp(zoned: false), wallClock).check()
        let instant = Value.timestamp(microseconds: microseconds, zoned: true)
        let isEndless = text.hasSuffix("infinity")
        let zoned =
            isEndless ? "CAST('\(text)' AS TIMESTAMPTZ)" : "make_timestamptz(\(microseconds))"
        try await TypeCase(zoned, .timestamp(zoned: true), instant).check()
    }

    @Test("a zone is taken into account, and without one it is UTC")
    func zones() async throws {
        let engine = try TestEngine.memory()
        let values = try await engine.values(
            "SELECT CAST(v AS TIMESTAMPTZ) FROM (VALUES (1, '1970-01-01 02:00:00+02'), "
                + "(2, '1970-01-01 00:00:00')) t(i, v) ORDER BY i")
        let epoch = Value.timestamp(microseconds: 0, zoned: true)
        #expect(values == [epoch, epoch])
    }

    @Test(
        "coarser points in time come as microseconds",
        arguments: [
            ("TIMESTAMP_S", "2000-02-29 12:34:56", 951_827_696_000_000),
            ("TIMESTAMP_MS", "1969-12-31 23:59:59.999", -1000),
            ("TIMESTAMP_S", "infinity", .max), ("TIMESTAMP_MS", "-infinity", -.max),
            ("TIMESTAMP_S", "290309-12-22 (BC) 00:00:00", -9_223_372_022_400_000_000),
            ("TIMESTAMP_MS", "294247-01-10 04:00:54.775", 9_223_372_036_854_775_000),
        ] as [(String, String, Int64)])
    func coarse(type: String, text: String, microseconds: Int64) async throws {
        let value = Value.timestamp(microseconds: microseconds, zoned: false)
        try await TypeCase("CAST('\(text)' AS \(type))", .timestamp(zoned: false), value).check()
    }

    @Test(
        "finer ones, and times of day with a zone, come as text",
        arguments: [
            ("TIMESTAMP_NS", "2000-02-29 12:34:56.123456789"),
            ("TIMESTAMP_NS", "1677-09-22 00:00:00"),
            ("TIMESTAMP_NS", "2262-04-11 23:47:16.854775806"), ("TIMETZ", "12:34:56+01:30"),
        ])
    func finer(type: String, text: String) async throws {
        try await TypeCase("CAST('\(text)' AS \(type))", .text, .text(text)).check()
    }

    @Test(
        "what Aurora writes of a date or time the engine reads as the same",
        arguments: [
            .date(days: 0), .date(days: -735_525), .date(days: 2_147_483_646),
            .date(days: -2_147_483_646), .date(days: .max), .date(days: -.max),
            .time(microseconds: 86_399_999_999), .timestamp(microseconds: -1, zoned: false),
            .timestamp(microseconds: .max - 1, zoned: true),
            .timestamp(microseconds: -9_223_372_022_400_000_000, zoned: false),
            .timestamp(microseconds: .max, zoned: false),
            .timestamp(microseconds: -.max, zoned: true),
        ] as [Value])
    func literals(value: Value) async throws {
        let sql = "SELECT \(TestEngine.dialect.literal(value))"
        #expect(try await TestEngine.memory().values(sql) == [value])
    }
}
