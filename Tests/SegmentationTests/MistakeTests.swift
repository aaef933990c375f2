import Columns
import TestProjects
import Testing

@Suite("Segmentations that make no sense")
struct MistakeTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var code: String
        var place: String
        var message: String
    }

    static let examples = [
        Example(
            testDescription: "a column that isn't there",
            text: "features: [{column: x}, {column: z}]\nk_means: {k: 2}\n",
            code: "unknown_column", place: "segments/s.yaml:3:34", message: "no column 'z'"),
        Example(
            testDescription: "a text as a feature",
            text: "features: [{column: name}]\nk_means: {k: 2}\n", code: "not_a_number",
            place: "segments/s.yaml:3:21", message: "'name' is text"),
        Example(
            testDescription: "the key as a feature",
            text: "features: [{column: id}]\nk_means: {k: 2}\n", code: "key_as_feature",
            place: "segments/s.yaml:3:21", message: "'id' tells customers apart"),
        Example(
            testDescription: "a feature twice",
            text: "features: [{column: x}, {column: x}]\nk_means: {k: 2}\n",
            code: "feature_twice", place: "segments/s.yaml:3:34", message: "'x'"),
        Example(
            testDescription: "no features", text: "features: []\nk_means: {k: 2}\n",
            code: "no_features", place: "segments/s.yaml:1:1", message: "'s' has no features"),
        Example(
            testDescription: "too few names",
            text: "features: [{column: x}]\nk_means: {k: 3}\nnames: [a, b]\n",
            code: "names_mismatch", place: "segments/s.yaml:5:9",
            message: "2 names for 3 segments"),
        Example(
            testDescription: "two segments of one name",
            text: "features: [{column: x}]\nk_means: {k: 3}\nnames: [a, b, a]\n",
            code: "name_taken", place: "segments/s.yaml:5:15", message: "'a'"),
        Example(
            testDescription: "a start row that isn't there",
            text: "features: [{column: x}]\nk_means: {k: 2, start: [a1, z9]}\n",
            code: "start_missing", place: "segments/s.yaml:4:29", message: "'z9'"),
        Example(
            testDescription: "too many start rows",
            text: "features: [{column: x}]\nk_means: {k: 2, start: [a1, a2, a3]}\n",
            code: "start_mismatch", place: "segments/s.yaml:4:25",
            message: "3 start rows for k = 2"),
        Example(
            testDescription: "an order by a start that isn't given",
            text: "features: [{column: x}]\nk_means: {k: 2}\norder: start\n",
            code: "start_missing", place: "segments/s.yaml:1:1", message: "none is given"),
        Example(
            testDescription: "another transform",
            text: "features: [{column: x, transform: log}]\nk_means: {k: 2}\n",
            code: "unknown_choice", place: "segments/s.yaml:3:35", message: "'log'"),
        Example(
            testDescription: "no segment", text: "features: [{column: x}]\nk_means: {k: 0}\n",
            code: "wrong_type", place: "segments/s.yaml:4:14", message: "from 1 to 1000"),
    ]

    @Test("are told at their place:", arguments: examples)
    func told(example: Example) async throws {
        let mistakes = try await TestProject(segmentations: ["s": example.text]).mistakes()
        try #require(mistakes.count == 1, "\(mistakes)")
        #expect(mistakes[0].code == example.code)
        #expect(mistakes[0].place.description == example.place)
        #expect(mistakes[0].message.contains(example.message), "\(mistakes[0].message)")
    }

    @Test("the name of a column, also by case, is taken", arguments: ["x", "X", "same"])
    func columnName(name: String) async throws {
        let mistakes = try await TestProject(segmentations: [name: TestProject.groups]).mistakes()
        #expect(mistakes.map(\.code) == ["name_taken"])
        #expect(mistakes.first?.place.file == "segments/\(name).yaml")
    }

    @Test("the name of a measure is taken")
    func measureName() async throws {
        let mistakes = try await TestProject(segmentations: ["mean_x": TestProject.groups])
            .mistakes()
        #expect(mistakes.map(\.code) == ["name_taken"])
    }

    @Test("mistakes of several files come at once")
    func several() async throws {
        let mistakes = try await TestProject(
            segmentations: [
                "one": "features: [{column: z}]\nk_means: {k: 2}\n",
                "two": "features: [{column: name}, {column: id}]\nk_means: {k: 2}\n",
            ]
        ).mistakes()
        #expect(mistakes.map(\.code) == ["unknown_column", "not_a_number", "key_as_feature"])
    }

    @Test("a model that isn't there")
    func unknownModel() async throws {
        let mistakes = try await TestProject(
            segmentations: [:],
            files: [
                "segments/s.yaml": "type: segment/v1\nmodel: custmers\n" + TestProject.groups
            ]
        ).mistakes()
        #expect(mistakes.map(\.code) == ["unknown_model"])
        #expect(mistakes.first?.place.description == "segments/s.yaml:2:8")
        #expect(mistakes.first?.hint == "did you mean 'customers'?")
    }
}
