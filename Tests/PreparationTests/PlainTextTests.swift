import Columns
import Engine
import Preparation
import TestProjects
import Testing

@Suite("Usual spellings: the quick test and the pattern")
struct PlainTextTests {
    static let types: [ColumnType] = [
        .boolean, .integer, .hugeInteger, .decimal(precision: 18, scale: 2),
        .decimal(precision: 38, scale: 12), .decimal(precision: 18, scale: 0), .double, .date,
        .time, .timestamp(zoned: false),
    ]

    /// All texts of up to four of these signs, and texts near the edges of the types.
    static let spellings: [String] = {
        let signs = ["0", "1", "9", "-", "+", ".", "e", " ", "_", ","]
        var texts = [""]
        var last = texts
        for _ in 0..<4 {
            last = last.flatMap { text in signs.map { text + $0 } }
            texts += last
        }
        let dates = [
            "2024-02-29", "2023-02-29", "0001-01-01", "9999-12-31", "10000-01-01",
            "2024-2-9", "-0044-03-15", "0044-03-15 (BC)", "infinity", "epoch", "2024/02/29",
        ]
        let times = [
            "00:00", "23:59", "24:00", "12:30:15", "12:30:15.5", "12:30:15.123456",
            "12:30:15.1234567", "1:30", "12:60", "12:30:15+01",
        ]
        let edges = [
            "9223372036854775807", "9223372036854775808", "-9223372036854775808",
            "9999999999999999.99", "9999999999999999.999", "99999999999999999.99", "1e308", "1e309",
            "-1E-5", "0.1", "0.30000000000000004", "123456789.123456789", "1.239", "1.230", "nan",
            "inf", "Infinity", "true", "TRUE", "False", "t", "yes", "0x1F", "１", "1\u{A0}",
            "12345678901234567890123456789012345678", "123456789012345678901234567890123456789",
        ]
        let stamps = dates.flatMap { date in
            times.flatMap { ["\(date) \($0)", "\(date)T\($0)", "\(date)  \($0)"] }
        }
        return texts + dates + times + edges + stamps
    }()

    @Test("agree on every spelling", arguments: types)
    func agree(type: ColumnType) async throws {
        let engine = try await TestProject.provider().intake(at: ":memory:")
        defer { engine.close() }
        let dialect = engine.dialect
        try await engine.execute("CREATE TABLE texts (x VARCHAR)")
        let rows = Self.spellings.map { "(\(dialect.literal($0)))" }.joined(separator: ", ")
        try await engine.execute("INSERT INTO texts VALUES \(rows)")
        let quick = PlainText.value("x", type, dialect)
        let pattern =
            "CASE WHEN \(PlainText.fits("x", type, dialect)) "
            + "THEN TRY_CAST(x AS \(dialect.typeName(type))) END"
        let answer = try await engine.query(
            "SELECT count(*) FILTER (WHERE (\(quick)) IS DISTINCT FROM (\(pattern))), "
                + "min(x) FILTER (WHERE (\(quick)) IS DISTINCT FROM (\(pattern))), "
                + "count(\(pattern)) FROM texts")
        #expect(answer.row(0)[0] == .integer(0), "\(answer.row(0)[1])")
        #expect((answer.row(0)[2].integerValue ?? 0) > 1)
    }
}
