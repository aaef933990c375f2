import Columns
import TestProjects
import Testing

@Suite("Types found by looking at every row")
struct TypeInferenceTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var values: [String]
        var type: ColumnType
        var testDescription: String { "\(values.joined(separator: " ")) → \(type)" }

        init(_ values: [String], _ type: ColumnType) {
            self.values = values
            self.type = type
        }
    }

    static func decimal(_ scale: Int, precision: Int = 18) -> ColumnType {
        .decimal(precision: precision, scale: scale)
    }

    static let examples = [
        Example(["0", "-7", "42"], .integer),
        Example(["9223372036854775807", "-9223372036854775808"], .integer),
        Example(["9223372036854775808", "1"], decimal(0, precision: 38)),
        Example(["12345678901234567890123456789012345678", "1"], decimal(0, precision: 38)),
        Example(["12345678901234567890123456789012345678"], .text),
        Example(["007", "42"], .text),
        Example(["00", "1"], .text),
        Example(["-07"], .text),
        Example(["01.5"], .text),
        Example(["+5", "6"], .text),
        Example(["+491701234567"], .text),
        Example([" 5"], .integer),
        Example(["1,000"], .text),
        Example(["$5"], decimal(2)),
        Example(["1.50", "22.5", "3"], decimal(2)),
        Example(["-0.5"], decimal(1)),
        Example([".5", "-.25"], decimal(2)),
        Example(["1.", "2.0"], decimal(1)),
        Example(["-"], .text),
        Example(["-", "5"], .integer),
        Example(["."], .text),
        Example([".", "5"], .text),
        Example(["-."], .text),
        Example(["0.123456789012"], decimal(12)),
        Example(["0.1234567890123"], .double),
        Example(["1234567.123456789012"], decimal(12, precision: 38)),
        Example(["1e5", "2"], .double),
        Example(["-1.5E-3"], .double),
        Example(["e5"], .text),
        Example(["1e999", "1"], .text),
        Example(["NaN", "1"], .integer),
        Example(["inf", "1"], .text),
        Example(["0x1F"], .text),
        Example(["true", "FALSE", "True"], .boolean),
        Example(["t", "f"], .boolean),
        Example(["yes", "no"], .boolean),
        Example(["0", "1"], .integer),
        Example(["2024-02-29", "1999-12-31"], .date),
        Example(["2023-02-29"], .text),
        Example(["2024-13-01"], .text),
        Example(["2024-1-1"], .date),
        Example(["31.12.2024"], .date),
        Example(["2024-02-29 12:30"], .timestamp(zoned: false)),
        Example(["2024-02-29T12:30:15.123456"], .timestamp(zoned: false)),
        Example(["2024-02-29 25:00"], .text),
        Example(["2024-02-29", "2024-02-29 12:30"], .text),
        Example(["", ""], .text),
        Example(["", "5"], .integer),
        Example(["5", "a"], .text),
    ]

    @Test("a column of", arguments: examples)
    func infers(example: Example) async throws {
        let lines = example.values.enumerated().map { "\($0.offset),\"\($0.element)\"\n" }
        let project = try TestProject(csv: "id,x\n" + lines.joined())
        let type = try await project.types()["x"]
        #expect(type == example.type)
    }

    @Test("a number of more digits than a decimal holds stays the text that it is")
    func tooLong() async throws {
        let digits = String(repeating: "7", count: 97)
        let project = try TestProject(csv: "id,x\n1,\(digits)\n")
        #expect(try await project.rows() == ["1 \(digits)"])
    }

    @Test("values come through to the last digit")
    func exact() async throws {
        let project = try TestProject(
            csv: "id,a,b,c\n1,98765432109876543210,1234567.123456789012,0.1234567890123\n"
                + "2,,.5,1e-3\n")
        #expect(
            try await project.rows() == [
                "1 98765432109876543210 1234567.123456789012 0.1234567890123",
                "2 – 0.500000000000 0.001",
            ])
    }

    @Test("the last of 5,000 rows counts as much as the first")
    func lastRow() async throws {
        let good = (1..<5000).map { "\($0),\($0),2024-01-01\n" }.joined()
        let project = try TestProject(csv: "id,x,day\n" + good + "5000,lost,someday\n")
        let types = try await project.types()
        #expect(types["x"] == .text)
        #expect(types["day"] == .text)
        #expect(
            try await project.sql("SELECT x, day FROM m WHERE id IN (1, 5000) ORDER BY id")
                == ["1 2024-01-01", "lost someday"])
    }

    @Test("rows behind those that a guess is made from refute it")
    func refuted() async throws {
        let good = (1...20_000).map { "\($0),\($0),1.5,01/02/2024,\n" }.joined()
        let project = try TestProject(
            csv: "id,x,amount,day,late\n" + good + "20001,lost,1.239,31/12/2024,7\n")
        let types = try await project.types()
        #expect(types["x"] == .text)
        #expect(types["amount"] == Self.decimal(3))
        #expect(types["day"] == .date)
        #expect(types["late"] == .integer)
        #expect(
            try await project.sql("SELECT x, amount, day, late FROM m WHERE id > 19999 ORDER BY id")
                == ["20000 1.500 2024-02-01 –", "lost 1.239 2024-12-31 7"])
    }
}
