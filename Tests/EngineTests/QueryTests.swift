import Columns
import Engine
import Testing

/// Gives the batches that it was made with, whatever it is asked.
private struct ScriptedEngine: Engine {
    var batches: [Batch]
    let dialect: any Dialect = PlainDialect()

    func execute(_ sql: String) async throws(AuroraError) {}

    func stream(
        _ sql: String, _ body: @escaping @Sendable (Batch) throws(AuroraError) -> Void
    ) async throws(AuroraError) {
        for batch in batches { try body(batch) }
    }

    func schema(of sql: String) async throws(AuroraError) -> Schema {
        Schema([.init("n", .integer), .init(sql, .date)])
    }

    func append(_ batch: Batch, to table: String) async throws(AuroraError) {}

    func persist() async throws(AuroraError) {}

    func progress() -> Double? { nil }

    func close() {}
}

@Suite("Queries of any engine")
struct QueryTests {
    @Test("the batches of a stream are one result")
    func batches() async throws {
        let batches = [[1, 2], [3], [4, 5]].map {
            Batch([Column(name: "n", type: .integer, values: .integers($0))])
        }
        let result = try await ScriptedEngine(batches: batches).query("q")
        #expect(
            (0..<result.rowCount).map { result.columns[0][$0].integerValue } == [1, 2, 3, 4, 5])
    }

    @Test("a result without rows has its columns")
    func empty() async throws {
        let result = try await ScriptedEngine(batches: []).query("q")
        #expect(result.rowCount == 0)
        #expect(result.schema == Schema([.init("n", .integer), .init("q", .date)]))
    }
}

@Suite("The functions that expressions may call")
struct FunctionCatalogueTests {
    @Test(
        "none of them knows the clock, chance, files, settings or the order of rows",
        arguments: [
            "random", "uuid", "gen_random_uuid", "setseed", "now", "today", "current_date",
            "current_timestamp", "get_current_timestamp", "age", "read_csv", "read_text", "glob",
            "getenv", "current_setting", "version", "query", "nextval", "first", "last",
            "any_value",
            "arg_max", "list", "string_agg", "approx_quantile", "reservoir_quantile", "stddev",
            "var_samp", "corr", "error", "hash",
        ])
    func absent(name: String) { #expect(FunctionCatalogue.all[name] == nil) }

    @Test("what sums is an aggregate of one argument, which exact sums rely on")
    func sums() {
        for name in FunctionCatalogue.sums {
            #expect(FunctionCatalogue.all[name]?.isAggregate == true)
            #expect(FunctionCatalogue.all[name]?.arguments == 1...1)
        }
    }
}
