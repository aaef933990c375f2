import Columns
import DuckDBEngine
import Engine
import Testing

@Suite("Functions of expressions")
struct FunctionTests {
    /// An example of every function, with what it gives for the table's first row or as a figure.
    private static let examples: [String: (text: String, value: String)] = [
        "+": ("n + 1", "6"), "-": ("n - 1", "4"), "*": ("n * 2", "10"), "/": ("n / 2", "2.5"),
        "//": ("n // 2", "2"), "%": ("n % 2", "1"), "^": ("n ^ 2", "25.0"),
        "||": ("name || name", "it'sit's"), "~~": ("name LIKE 'it%'", "true"),
        "!~~": ("name NOT LIKE 'it%'", "false"), "~~*": ("name ILIKE 'IT%'", "true"),
        "!~~*": ("name NOT ILIKE 'IT%'", "false"), "abs": ("abs(-n)", "5"),
        "ceil": ("ceil(amount)", "13"), "floor": ("floor(amount)", "12"),
        "sign": ("sign(-n)", "-1"),
        "sqrt": ("sqrt(n + 4)", "3.0"), "ln": ("ln(1)", "0.0"), "log10": ("log10(1000)", "3.0"),
        "log2": ("log2(8)", "3.0"), "exp": ("exp(0)", "1.0"), "lower": ("lower('ÄB')", "äb"),
        "upper": ("upper('äb')", "ÄB"), "length": ("length('äb🏦')", "3"),
        "year": ("year(day)", "2024"),
        "quarter": ("quarter(day)", "1"), "month": ("month(day)", "2"), "day": ("day(day)", "29"),
        "isodow": ("isodow(day)", "4"), "last_day": ("last_day(DATE '2023-02-03')", "2023-02-28"),
        "round": ("round(amount / 3, 1)", "4.2"), "trim": ("trim(' a ')", "a"),
        "ltrim": ("ltrim('xa', 'x')", "a"), "rtrim": ("rtrim('ax', 'x')", "a"),
        "power": ("power(n, 2)", "25.0"), "nullif": ("nullif(n, 5)", "–"),
        "contains": ("contains(name, '''')", "true"),
        "starts_with": ("starts_with(name, 'it')", "true"),
        "ends_with": ("ends_with(name, 'it')", "false"),
        "date_part": ("date_part('year', day)", "2024"),
        "date_trunc": ("date_trunc('month', day)", "2024-02-01T00:00:00"),
        "left": ("left(name, 2)", "it"),
        "right": ("right(name, 2)", "'s"), "substring": ("substring(name, 2, 2)", "t'"),
        "replace": ("replace(name, '''', '’')", "it’s"),
        "date_diff": ("date_diff('day', DATE '2024-01-01', day)", "59"),
        "split_part": ("split_part(name, '''', 2)", "s"), "greatest": ("greatest(n, 7)", "7"),
        "least": ("least(n, 7)", "5"), "concat": ("concat(name, n, NULL)", "it's5"),
        "coalesce": ("coalesce(NULL, n)", "5"), "count": ("count(n)", "3"), "sum": ("sum(n)", "7"),
        "avg": ("avg(n)", "2.3333333333333335"), "min": ("min(n)", "-3"), "max": ("max(n)", "5"),
        "median": ("median(n)", "5.0"), "quantile_cont": ("quantile_cont(n, 0.5)", "5.0"),
        "bool_and": ("bool_and(flag)", "false"), "bool_or": ("bool_or(flag)", "true"),
    ]

    @Test(
        "every function of the catalogue exists in DuckDB and means the same there",
        arguments: FunctionCatalogue.all.keys.sorted())
    func function(name: String) async throws {
        let example = try #require(Self.examples[name], "no example of \(name)")
        let tree = try await TestEngine.parser().parse(example.text)
        #expect(Self.functions(in: tree).contains(name))
        let engine = try await ExpressionTable.engine()
        let result = try await ExpressionTable.values(example.text, in: engine)
        #expect(result.written.first?.description == example.value)
        #expect(result.written == result.rendered)
        #expect(result.types[0] == result.types[1])
    }

    private static func functions(in tree: CheckedExpression) -> [String] {
        let own =
            switch tree {
            case .call(let function, _): [function]
            case .aggregate(let aggregate): [aggregate.function]
            default: [] as [String]
            }
        return own + tree.children.flatMap { functions(in: $0) }
    }

    @Test("names of functions are read in any case", arguments: ["SUM(n)", "Sum(n)", "\"sum\"(n)"])
    func anyCase(text: String) async throws {
        let tree = try await TestEngine.parser().parse(text)
        guard case .aggregate(let aggregate) = tree else {
            Issue.record("\(tree)")
            return
        }
        #expect(aggregate.function == "sum")
    }
}
