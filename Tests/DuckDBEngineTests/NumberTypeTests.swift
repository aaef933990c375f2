import Columns
import DuckDBEngine
import Engine
import Foundation
import Testing

@Suite("Number types")
struct NumberTypeTests {
    private static let widths: [(String, Int64, Int64)] = [
        ("TINYINT", -128, 127), ("SMALLINT", -32_768, 32_767),
        ("INTEGER", -2_147_483_648, 2_147_483_647), ("BIGINT", .min, .max),
        ("UTINYINT", 0, 255), ("USMALLINT", 0, 65_535), ("UINTEGER", 0, 4_294_967_295),
    ]

    @Test(
        "whole numbers up to 64 bits are integers",
        arguments: widths.flatMap { name, low, high in
            [low, high].map { TypeCase("CAST('\($0)' AS \(name))", .integer, .integer($0)) }
        })
    func integers(_ example: TypeCase) async throws { try await example.check() }

    @Test(
        "wider whole numbers are huge integers",
        arguments: [
            ("UBIGINT", Int128(0)), ("UBIGINT", 18_446_744_073_709_551_615),
            ("HUGEINT", .min), ("HUGEINT", .max), ("HUGEINT", -1),
        ].map { TypeCase("CAST('\($1)' AS \($0))", .hugeInteger, .hugeInteger($1)) })
    func hugeIntegers(_ example: TypeCase) async throws { try await example.check() }

    @Test(
        "unsigned numbers of 128 bits come as text, which loses no digit",
        arguments: ["0", "340282366920938463463374607431768211455"])
    func unsignedHuge(digits: String) async throws {
        try await TypeCase("CAST('\(digits)' AS UHUGEINT)", .text, .text(digits)).check()
    }

    @Test(
        "decimals keep their digits at each width in which DuckDB stores them",
        arguments: [(1, 0), (1, 1), (4, 2), (5, 2), (9, 4), (10, 4), (18, 9), (19, 9), (38, 10)])
    func decimals(precision: Int, scale: Int) async throws {
        let limit = (0..<precision).reduce(Int128(1)) { product, _ in product * 10 } - 1
        for unscaled in [-limit, limit, 0, 1] {
            let decimal = FixedDecimal(unscaled: unscaled, scale: scale)
            let sql = "CAST('\(decimal)' AS DECIMAL(\(precision),\(scale)))"
            let type = ColumnType.decimal(precision: precision, scale: scale)
            try await TypeCase(sql, type, .decimal(decimal)).check()
        }
    }

    @Test(
        "floating-point numbers keep every bit",
        arguments: [
            0, 0.1, -.leastNonzeroMagnitude, 2.2250738585072014e-308, .greatestFiniteMagnitude,
            -.greatestFiniteMagnitude, .infinity, -.infinity,
        ])
    func doubles(value: Double) async throws {
        try await TypeCase("CAST('\(value)' AS DOUBLE)", .double, .double(value)).check()
    }

    @Test(
        "single precision widens exactly",
        arguments: [
            0.1, .leastNonzeroMagnitude, -.greatestFiniteMagnitude, .greatestFiniteMagnitude,
            .infinity, -.infinity,
        ] as [Float])
    func floats(value: Float) async throws {
        let sql = "CAST('\(value)' AS FLOAT)"
        try await TypeCase(sql, .double, .double(Double(value))).check()
    }

    @Test("negative zero and NaN arrive as such", arguments: ["DOUBLE", "FLOAT"])
    func oddNumbers(type: String) async throws {
        let values = try await TestEngine.memory().values(
            "SELECT CAST(v AS \(type)) FROM (VALUES (1, 'nan'), (2, '-0.0')) t(i, v) ORDER BY i")
        #expect(values[0].doubleValue?.isNaN == true)
        #expect(values[1].doubleValue?.sign == .minus)
        #expect(values[1].doubleValue?.isZero == true)
    }

    @Test("huge integers are read from storage, wherever they lie in memory")
    func storedHugeIntegers() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "huge.duckdb")
        let writer = try TestEngine.file(file)
        // Random bits can't be compressed, so that vectors point into the file's blocks.
        try await writer.execute(
            """
            CREATE TABLE t AS SELECT i,
                hash(i)::HUGEINT * 4611686018427387904 + hash(i + 1)::HUGEINT AS h,
                CAST(hash(i) AS DECIMAL(38,0)) * 1000000007 AS d
            FROM range(50000) t(i)
            """)
        writer.close()
        let result = try await TestEngine.file(file, .published).query(
            "SELECT h, d, h::VARCHAR, d::VARCHAR FROM t")
        #expect(result.rowCount == 50_000)
        let wrong = (0..<result.rowCount).filter { row in
            let values = result.row(row)
            return values[0].description != values[2].textValue
                || values[1].description != values[3].textValue
        }
        #expect(wrong.isEmpty)
    }
}
