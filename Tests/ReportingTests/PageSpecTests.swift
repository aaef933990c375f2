import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("Pages that make no sense")
struct PageSpecTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var page: String
        var code: String
        var place: String
        var hint: String?
    }

    static let examples = [
        Example(
            testDescription: "a measure that isn't there",
            page: "title: T\nvisuals:\n  - kpi: {measure: custmers}\n", code: "unknown_measure",
            place: "pages/main.yaml:4:20", hint: "did you mean 'customers'?"),
        Example(
            testDescription: "a dimension that isn't there",
            page: "title: T\nvisuals:\n  - bar: {measure: customers, by: ctiy}\n",
            code: "unknown_dimension", place: "pages/main.yaml:4:35", hint: "did you mean 'city'?"),
        Example(
            testDescription: "a dimension in place of a measure",
            page: "title: T\nvisuals:\n  - kpi: {measure: age}\n", code: "unknown_measure",
            place: "pages/main.yaml:4:20"),
        Example(
            testDescription: "a measure in place of a dimension",
            page: "title: T\nvisuals:\n  - bar: {measure: customers, by: avg_age}\n",
            code: "unknown_dimension", place: "pages/main.yaml:4:35"),
        Example(
            testDescription: "a slicer of a dimension that isn't there",
            page: "title: T\nslicers:\n  - list: {dimension: bnad}\nvisuals: []\n",
            code: "unknown_dimension", place: "pages/main.yaml:4:23", hint: "did you mean 'band'?"),
        Example(
            testDescription: "a range of texts",
            page: "title: T\nslicers:\n  - range: {dimension: city}\nvisuals: []\n",
            code: "not_a_number", place: "pages/main.yaml:4:24"),
        Example(
            testDescription: "a histogram of texts",
            page: "title: T\nvisuals:\n  - histogram: {of: city}\n", code: "not_a_number",
            place: "pages/main.yaml:4:21"),
        Example(
            testDescription: "a scatter over texts",
            page: "title: T\nvisuals:\n  - scatter: {x: age, y: band, by: city}\n",
            code: "not_a_number", place: "pages/main.yaml:4:26"),
        Example(
            testDescription: "a kind of visual that isn't there",
            page: "title: T\nvisuals:\n  - dount: {measure: customers, by: city}\n",
            code: "unknown_kind", place: "pages/main.yaml:4:5", hint: "did you mean 'donut'?"),
        Example(
            testDescription: "an attribute that the visual doesn't have",
            page: "title: T\nvisuals:\n  - kpi: {measure: customers, colour: red}\n",
            code: "unknown_key", place: "pages/main.yaml:4:31"),
        Example(
            testDescription: "a visual without its measure",
            page: "title: T\nvisuals:\n  - bar: {by: city}\n", code: "missing_key",
            place: "pages/main.yaml:4:10"),
        Example(
            testDescription: "a visual that is too wide",
            page: "title: T\nvisuals:\n  - kpi: {measure: customers, width: 13}\n",
            code: "wrong_type", place: "pages/main.yaml:4:38"),
    ]

    @Test("are told at their place:", arguments: examples)
    func told(example: Example) async throws {
        let mistakes = try await TestProject(page: example.page).mistakes()
        try #require(mistakes.count == 1, "\(mistakes)")
        #expect(mistakes[0].code == example.code)
        #expect(mistakes[0].place.description == example.place)
        #expect(example.hint == nil || mistakes[0].hint == example.hint)
    }

    @Test("all mistakes of a page come at once")
    func several() async throws {
        let mistakes = try await TestProject(
            page: """
                title: T
                visuals:
                  - kpi: {measure: one}
                  - table: {measures: [customers, two], by: [city, three]}
                """
        ).mistakes()
        #expect(
            mistakes.map(\.code) == ["unknown_measure", "unknown_measure", "unknown_dimension"])
    }

    @Test("pages stand in the order of their positions, then of their names")
    func order() async throws {
        let page = "type: page/v1\ntitle: T\nvisuals: []\n"
        let run = try await TestProject(
            page: "title: T\nvisuals: []\n",
            files: [
                "pages/zoo.yaml": page + "position: 1\n", "pages/apes.yaml": page + "position: 2\n",
                "pages/bees.yaml": page,
            ]
        ).run()
        #expect(run.project.pages.map(\.name) == ["zoo", "apes", "bees", "main"])
    }

    @Test("a page that isn't there, with the nearest name")
    func unknownPage() async throws {
        let run = try await TestProject(page: "title: T\nvisuals: []\n").run()
        let error = #expect(throws: AuroraError.self) {
            try PageView("mian", of: run, for: .local)
        }
        #expect(error?.code == "unknown_page")
        #expect(error?.hint == "did you mean 'main'?")
    }
}
