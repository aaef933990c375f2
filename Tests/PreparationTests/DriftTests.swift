import Preparation
import Runs
import TestProjects
import Testing

@Suite("Drift since the run before")
struct DriftTests {
    @Test("the population stability index of METHODS.md")
    func golden() throws {
        let index = try #require(
            PopulationStability(
                expected: [Int](repeating: 1000, count: 10),
                actual: [800, 900, 1000, 1100, 1200, 1000, 900, 1100, 1000, 1000]))
        #expect(abs(index.value - 0.012122716071406312) < 1e-15)
        #expect(index.size == .stable && index.emptyBins == 0)
        #expect(abs(index.byChance - 2 * 16.918978 / 10_000) < 1e-12)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var expected: [Int]
        var actual: [Int]
        var size: PopulationStability.Size?
        var emptyBins = 0
    }

    static let cases = [
        Case(
            testDescription: "moderate", expected: [500, 500], actual: [670, 330], size: .moderate),
        Case(testDescription: "large", expected: [500, 500], actual: [800, 200], size: .large),
        Case(
            testDescription: "large, but chance does as much", expected: [5, 5], actual: [8, 2],
            size: .stable),
        Case(
            testDescription: "a bin without rows counts half a row", expected: [100, 0],
            actual: [50, 50], size: .large, emptyBins: 1),
        Case(testDescription: "one bin only", expected: [10, 0], actual: [5, 0], size: nil),
        Case(testDescription: "no rows", expected: [0, 0], actual: [5, 5], size: nil),
    ]

    @Test("sizes", arguments: cases)
    func sizes(example: Case) {
        let index = PopulationStability(expected: example.expected, actual: example.actual)
        #expect(index?.size == example.size)
        #expect((index?.emptyBins ?? 0) == example.emptyBins)
    }

    private func csv(_ row: (Int) -> String) -> String {
        "id,x,kind,flag\n" + (0..<400).map { "\($0),\(row($0))\n" }.joined()
    }

    @Test("none on the first run; then shifts, missing values and columns in words")
    func runs() async throws {
        let kinds = ["a", "b", "c"]
        let project = try TestProject(
            csv: csv { "\($0 % 97),\(kinds[$0 % 3]),\($0 % 2 == 0)" })
        let first = try await project.publish()
        #expect(try project.quality().drift == nil)

        let second = try await project.publish()
        let same = try #require(try project.quality().drift)
        #expect(same.since == first.id)
        #expect(same.words == ["nothing has changed to speak of"])
        #expect(same.columns.allSatisfy { ($0.stability?.value ?? 0) == 0 })
        #expect(same.columns.compactMap(\.stability).count == 4)
        // A profile doesn't depend on the run before; the drift is no output.
        #expect(second.outputs == first.outputs)
        #expect(first.outputs.keys.contains("quality/sources/data.json"))

        try project.write(
            csv { "\($0 % 5 == 0 ? "" : String($0 % 97 + 60)),\(kinds[$0 % 30 == 0 ? 1 : 0]),TRUE" }
                .replacing("id,x,kind,flag", with: "id,x,kind,mark"), to: "data.csv")
        try await project.publish()
        let drift = try #require(try project.quality().drift)
        #expect(drift.added == ["mark"] && drift.removed == ["flag"])
        #expect(drift.columns.first { $0.name == "kind" }?.stability?.size == .large)
        #expect(drift.columns.first { $0.name == "kind" }?.stability?.emptyBins == 1)
        let found = drift.findings.map { "\($0.code) \($0.column ?? "")" }
        #expect(
            Set(found) == [
                "column_gone flag", "column_new mark", "distribution_shifted x",
                "distribution_shifted kind", "missing_rate_changed x",
            ])
        #expect(
            drift.words.contains(
                "x misses 20.0 % of its values, but 0.0 % the run before"))
    }
}
