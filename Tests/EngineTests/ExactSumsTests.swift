import Columns
import Engine
import Testing

@Suite("Exact sums")
struct ExactSumsTests {
    private let types: [String: ColumnType] = [
        "d": .double, "m": .decimal(precision: 18, scale: 2), "i": .integer,
    ]

    private func rewritten(_ expression: CheckedExpression) async throws -> String {
        let exact = try await ExactSums.rewrite(expression) {
            argument throws(AuroraError) -> ColumnType in
            guard case .column(let reference) = argument, let type = types[reference.name] else {
                throw AuroraError("engine_failed", "no type")
            }
            return type
        }
        return PlainDialect().sql(exact) { $0 }
    }

    @Test(
        "sums and averages of doubles are taken over decimals and given as doubles",
        arguments: ["sum", "avg"])
    func doubles(function: String) async throws {
        let sql = try await rewritten(.aggregate(function, .column("d")))
        #expect(sql == "CAST(\(function)(CAST(d AS DECIMAL(38,15))) AS DOUBLE)")
    }

    @Test("DISTINCT stays, and what FILTER leaves out need not fit the exact type")
    func distinctAndFilter() async throws {
        let aggregate = CheckedExpression.Aggregate(
            function: "sum", arguments: [.column("d")], distinct: true, filter: .column("i"))
        #expect(
            try await rewritten(.aggregate(aggregate))
                == "CAST(sum(DISTINCT CASE WHEN i THEN CAST(d AS DECIMAL(38,15)) ELSE NULL END) "
                + "AS DOUBLE)")
    }

    @Test(
        "what is exact already, and what adds nothing up, stays as it is",
        arguments: [
            .aggregate("sum", .column("m")), .aggregate("avg", .column("i")),
            .aggregate("min", .column("d")), .aggregate("median", .column("d")),
            .aggregate("count", .column("d")), .aggregate("count"), .column("d"),
        ] as [CheckedExpression])
    func untouched(expression: CheckedExpression) async throws {
        let before = PlainDialect().sql(expression) { $0 }
        #expect(try await rewritten(expression) == before)
    }

    @Test("each sum in a larger expression is looked at for itself")
    func nested() async throws {
        let ratio = CheckedExpression.call(
            function: "/",
            arguments: [.aggregate("sum", .column("d")), .aggregate("sum", .column("m"))])
        #expect(
            try await rewritten(.not(ratio))
                == "(NOT /[CAST(sum(CAST(d AS DECIMAL(38,15))) AS DOUBLE); sum(m)])")
    }

    @Test("an argument whose type can't be told is the caller's error")
    func unknownType() async {
        await #expect(throws: AuroraError.self) {
            try await rewritten(.aggregate("sum", .column("x")))
        }
    }
}
