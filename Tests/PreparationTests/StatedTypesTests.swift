import Columns
import TestProjects
import Testing

@Suite("Types that the author states")
struct StatedTypesTests {
    @Test("stated types take the place of found ones")
    func stated() async throws {
        let project = try TestProject(
            csv: "id,code,amount,day\n1,7,5,2024-01-02\n2,,,\n",
            types: ["code: text", "amount: 'decimal(18,2)'", "day: timestamp"])
        let types = try await project.types()
        #expect(types["code"] == .text)
        #expect(types["amount"] == .decimal(precision: 18, scale: 2))
        #expect(types["day"] == .timestamp(zoned: false))
        #expect(
            try await project.sql("SELECT * FROM m ORDER BY id")
                == ["1 7 5.00 2024-01-02T00:00:00", "2 – – –"])
    }

    @Test("a value that doesn't fit is told with file, row, column and shape, not as it is")
    func unfit() async throws {
        let mistake = try await TestProject(
            csv: "id,born\n1,1970-01-02\n2,\n3,Mr. 42\n4,Ms. 7\n", types: ["born: date"]
        ).onlyMistake()
        #expect(mistake.code == "wrong_value")
        #expect(mistake.place.file.hasSuffix("/data.csv"))
        #expect(
            mistake.message
                == "row 3, column 'born': a value like 'Aa. 99' is not of type date (2 such rows)")
        #expect(mistake.hint?.contains("sources/data.yaml:5:3") == true)
    }

    @Test("the row is right beyond the first block of rows")
    func lateRow() async throws {
        let good = (1..<5000).map { "\($0),\($0)\n" }.joined()
        let mistake = try await TestProject(
            csv: "id,x\n" + good + "5000,l0st\n", types: ["x: integer"]
        ).onlyMistake()
        #expect(mistake.message.contains("row 5000, column 'x': a value like 'a9aa'"))
    }

    @Test("every column that doesn't fit is told")
    func allColumns() async throws {
        let mistakes = try await TestProject(
            csv: "id,x,y\na,b,c\n", types: ["x: integer", "y: boolean"]
        ).mistakes()
        #expect(mistakes.map(\.code) == ["wrong_value", "wrong_value"])
    }

    @Test("a stated type for a column that isn't there, at its place")
    func unknownColumn() async throws {
        let mistake = try await TestProject(
            csv: "id,amount\n1,2\n", types: ["amuont: integer"]
        ).onlyMistake()
        #expect(mistake.code == "unknown_column")
        #expect(mistake.place.description == "sources/data.yaml:5:3")
        #expect(mistake.hint == "did you mean 'amount'?")
    }

    @Test(
        "what is no type",
        arguments: ["number", "decimal", "decimal(39,2)", "decimal(2,3)", "Date"])
    func unknownType(type: String) async throws {
        let mistake = try await TestProject(
            csv: "id\n1\n", types: ["id: \(type.contains(",") ? "'\(type)'" : type)"]
        ).onlyMistake()
        #expect(mistake.code == "unknown_type")
        #expect(mistake.place.line == 5)
    }

    @Test("digits that a stated decimal would round away don't fit it")
    func rounding() async throws {
        let mistake = try await TestProject(
            csv: "id,x\n1,1.25\n2,1.239\n", types: ["x: 'decimal(18,2)'"]
        ).onlyMistake()
        #expect(mistake.code == "wrong_value")
        #expect(mistake.message.contains("row 2, column 'x'"))
    }

    @Test("a fraction doesn't fit a whole number")
    func fraction() async throws {
        let mistake = try await TestProject(
            csv: "id,x\n1,1.0\n2,1.5\n", types: ["x: integer"]
        ).onlyMistake()
        #expect(mistake.message.contains("row 2, column 'x'"))
    }
}
