import Columns
import Runs
import TestProjects
import Testing

@Suite("Step: tidy")
struct TidyTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var options = ""
        var text: String
        var tidied: String
    }

    static let examples = [
        Example(testDescription: "spaces around", text: "  ann ", tidied: "ann"),
        Example(testDescription: "spaces between", text: "ann   lee", tidied: "ann lee"),
        Example(testDescription: "a tab and a line end", text: "ann\t \n lee", tidied: "ann lee"),
        Example(
            testDescription: "spaces of Unicode and marks without width",
            text: "\u{A0}ann\u{2003}\u{3000}lee\u{200B}\u{FEFF}", tidied: "ann lee"),
        Example(testDescription: "nothing but spaces", text: " \u{A0} ", tidied: "–"),
        Example(
            testDescription: "upper case", options: ", case: upper", text: "ümit", tidied: "ÜMIT"),
        Example(
            testDescription: "lower case", options: ", case: lower", text: "ÜMIT", tidied: "ümit"),
        Example(
            testDescription: "the first letter of each word", options: ", case: title",
            text: "NEW south-WALES  o'neill 3rd éva", tidied: "New South-Wales O'neill 3rd Éva"),
        Example(
            testDescription: "a prefix", options: ", prefix: Mr.", text: " Mr. Lee", tidied: "Lee"),
        Example(
            testDescription: "a prefix that stands elsewhere", options: ", prefix: Lee",
            text: "Mr. Lee", tidied: "Mr. Lee"),
        Example(
            testDescription: "a prefix of several scalars", options: ", prefix: \"👍🏽é\"",
            text: "👍🏽éa", tidied: "a"),
        Example(testDescription: "a suffix", options: ", suffix: EUR", text: "5 EUR ", tidied: "5"),
        Example(
            testDescription: "a suffix and no more", options: ", suffix: EUR", text: "EUR",
            tidied: "–"),
        Example(
            testDescription: "a quote and a backslash", options: ", prefix: \"'\", suffix: '\\'",
            text: "'a\\b\\", tidied: "a\\b"),
        Example(
            testDescription: "a hostile text", options: ", case: upper",
            text: "x'); DROP TABLE m; --", tidied: "X'); DROP TABLE M; --"),
    ]

    @Test("tidies", arguments: examples)
    func tidies(example: Example) async throws {
        let project = try TestProject(
            csv: "id,x\n1,\"\(example.text)\"\n2,\n", types: ["x: text"],
            steps: ["tidy: {column: x\(example.options)}"])
        #expect(try await project.rows() == ["1 " + example.tidied, "2 –"])
    }

    @Test("counts what changed and what became missing, in several columns")
    func counts() async throws {
        let project = try TestProject(
            csv: "id,a,b,c\n1, x,y, z\n2,x,\" \",\" \"\n3,,\" \",z\n",
            steps: ["tidy: {columns: [b, a]}"])
        let step = try await project.publish().step(0)
        let rows = try await project.sql("SELECT a, b FROM m ORDER BY id")
        #expect(rows == ["x y", "x –", "– –"])
        #expect(step.cellsChanged == ["a": 1, "b": 2])
        #expect(step.facts == ["2 texts of b held nothing and are missing now"])
        #expect(step.lineage == ["a": ["a"], "b": ["b"]])
        #expect(step.summary == "tidied b, a")
    }

    @Test(
        "refuses",
        arguments: [
            ("{column: id}", "not_a_text", "5:20"), ("{columns: [x, id]}", "not_a_text", "5:25"),
            ("{column: y}", "unknown_column", "5:20"),
            ("{column: x, case: small}", "unknown_choice", "5:29"),
            ("{case: upper}", "missing_key", "5:11"),
        ])
    func refuses(step: String, code: String, place: String) async throws {
        let mistake = try await TestProject(
            csv: "id,x\n1,a\n", steps: ["tidy: \(step)"]
        ).onlyMistake()
        #expect(mistake.code == code)
        #expect(mistake.place.description == "models/m.yaml:" + place)
    }
}
