import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("Bookmarks")
struct BookmarkTests {
    private static func page(_ bookmarks: String) -> String {
        """
        title: Shop
        slicers:
          - list: {id: bands, dimension: band}
        visuals:
          - kpi: {measure: customers}
        bookmarks:
        \(bookmarks)
        """
    }

    @Test("are made by the dimension's slicer, or by the page, and filter as they say")
    func filters() async throws {
        let bookmarks = """
              - name: young
                title: The young
                text: Those below 35.
                filters: {band: {values: [young]}, spent: {from: 1}}
              - name: nowhere
                filters: {city: {values: [null]}, is_old: {values: [true]}}
            story: [nowhere, young]
            """
        let view = try await TestProject(page: Self.page(bookmarks)).page()
        let json = try await view.json()
        let young = try #require(json["bookmarks"]?[0])
        #expect(young["title"] == "The young")
        #expect(
            young["selections"]?.text()
                == #"[{"source":"bands","dimension":"band","values":["young"]},"#
                + #"{"source":"page","dimension":"spent","range":[1.0,null]}]"#)
        #expect(
            json["bookmarks"]?[1]?["selections"]?.text()
                == #"[{"source":"page","dimension":"city","values":[null]},"#
                + #"{"source":"page","dimension":"is_old","values":[true]}]"#)
        #expect(json["story"] == ["nowhere", "young"])
        #expect(json["dimensions"]?["spent"]?["label"] == "spent")
    }

    @Test(
        "that make no sense are told of, with the nearest name",
        arguments: [
            (
                "{name: a, filters: {ctiy: {values: [Oslo]}}}", "unknown_dimension",
                "did you mean 'city'?"
            ),
            (
                "{name: a, filters: {size: {values: [Olso]}}}", "unknown_value",
                "did you mean 'Oslo'?"
            ),
            ("{name: a, filters: {city: {from: 1}}}", "wrong_filter", "state 'values'"),
            ("{name: a, filters: {age: {}}}", "wrong_filter", "state 'values', 'from' or 'to'"),
            ("{name: a, filters: {age: {period: last_30_days}}}", "not_a_date", nil),
            ("{name: a, parameters: {uplift: 1}}", "unknown_parameter", nil),
        ] as [(String, String, String?)])
    func told(bookmark: String, code: String, hint: String?) async throws {
        let ordered = """
            type: measures/v1
            of: customers
            dimensions: {size: {expression: city, order: [Oslo, Bergen]}}
            """
        let project = try TestProject(
            page: Self.page("  - \(bookmark)"), files: ["measures/sizes.yaml": ordered])
        let mistakes = try await project.mistakes()
        #expect(mistakes.map(\.code) == [code])
        if let hint { #expect(mistakes.first?.hint == hint) }
    }

    @Test("of a story have to be there")
    func story() async throws {
        let page = Self.page("  - {name: young}\nstory: [yuong]")
        let mistake = try #require(try await TestProject(page: page).mistakes().first)
        #expect(mistake.code == "unknown_bookmark")
        #expect(mistake.hint == "did you mean 'young'?")
    }
}
