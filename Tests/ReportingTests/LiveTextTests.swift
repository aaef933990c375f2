import Columns
import Foundation
import Query
import Reporting
import TestProjects
import Testing

@Suite("Figures in texts")
struct LiveTextTests {
    private static func phrase(_ parts: JSON?) -> String {
        (parts?.elements ?? []).map { part in
            if case .string(let text)? = part["text"] { return text }
            guard case .number(let digits)? = part["value"], let value = Double(digits) else {
                return "?"
            }
            return String(format: "%g", value)
        }.joined()
    }

    @Test("of bookmarks are those under the bookmark's own filters and parameters")
    func bookmarks() async throws {
        let page = """
            title: Shop
            slicers:
              - list: {dimension: city}
              - parameter: {parameter: uplift}
            visuals:
              - kpi: {measure: customers}
            bookmarks:
              - name: oslo
                text: "{customers} in Oslo hope for {hoped}, {not a measure}."
                filters: {city: {values: [Oslo]}}
                parameters: {uplift: 0.5}
              - {name: all, text: "All {customers}"}
              - {name: plain, text: Nothing to count}
            """
        let json = try await TestProject(page: page, files: ParameterTests.figures).page().json()
        let words = try #require(json["bookmarks"]).elements.map { $0["words"] }
        // (10.5 + 0.3) · 1.5
        #expect(Self.phrase(words[0]) == "2 in Oslo hope for 16.2, {not a measure}.")
        #expect(Self.phrase(words[1]) == "All 5")
        #expect(words[2] == .null)
        #expect(json["bookmarks"]?[2]?["text"] == "Nothing to count")
    }

    @Test("have to be measures, with the nearest name")
    func unknown() async throws {
        let page = """
            title: Shop
            visuals:
              - text: {paragraphs: [{text: "{custmers} of them"}]}
            bookmarks:
              - {name: all, text: "All {avg_aeg}"}
            """
        let mistakes = try await TestProject(page: page).mistakes()
        #expect(mistakes.map(\.code) == ["unknown_measure", "unknown_measure"])
        #expect(
            Set(mistakes.compactMap(\.hint)) == [
                "did you mean 'customers'?", "did you mean 'avg_age'?",
            ])
    }

    @Test("of paragraphs obey the page's filters, and are those of their segment")
    func paragraphs() async throws {
        let page = try await GroupsProject.make(
            """
              - text:
                  paragraphs:
                    - {text: "{total_age} years"}
                    - {segment: Few, text: "{total_age} years"}
              - text: {paragraphs: [{text: No figure}]}

            """
        ).page()
        let project = try GroupsProject.make("  - kpi: {measure: total_age}\n")
        _ = try await project.run()
        let all = try await project.sql("SELECT sum(age) FROM customers")[0]
        let few = try await project.sql("SELECT sum(age) FROM customers WHERE amount > 500")[0]
        let data = try await page.data([])["visuals"]
        let words = try #require(data?["v1"]?["paragraphs"]).elements.map { Self.phrase($0) }
        #expect(words == ["\(all) years", "\(few) years"])
        #expect(data?["v1"]?["rows_used"] == 60)
        #expect(data?["v2"] == nil)
        let filtered = try await page.data([.picking("job", .text("clerk"), from: "s1")])
        let clerks = try await project.sql("SELECT sum(age) FROM customers WHERE job = 'clerk'")[0]
        #expect(
            Self.phrase(filtered["visuals"]?["v1"]?["paragraphs"]?[0]) == "\(clerks) years")
    }

    @Test("a form for scoring has the recommendations for its segments, with what else must hold")
    func recommendations() async throws {
        let project = try GroupsProject.make(
            """
              - recommendation:
                  title: Thank them
                  text: "They have {total_age} years"
                  action: Write.
                  size: total_age
                  for:
                    - {dimension: groups, values: [Few]}
                    - {dimension: amount, from: 1001}
                    - {dimension: job, values: [clerk]}
              - recommendation:
                  {text: To all, action: Wait, size: total_age, for: [{dimension: job, values: [clerk]}]}

            """)
        let run = try await project.run()
        let form = try await run.scoreForm("groups", for: .local)
        let found = try #require(form["recommendations"]).elements
        #expect(found.count == 1)
        #expect(found[0]["title"] == "Thank them")
        #expect(found[0]["segments"] == ["Few"])
        let conditions = try #require(found[0]["conditions"]).elements
        // The form asks for the amount, not for the job.
        #expect(conditions.map { $0["column"] } == ["amount", .null])
        #expect(conditions.map { $0["label"] } == ["amount", "Job"])
        let years = try await project.sql(
            "SELECT sum(age) FROM customers WHERE amount >= 1001 AND job = 'clerk'")[0]
        #expect(Self.phrase(found[0]["text"]) == "They have \(years) years")
        let analyst = Reader(name: "analyst", rights: [.aggregates])
        await #expect(throws: AuroraError.self) {
            try await run.scoreForm("groups", for: analyst)
        }
    }
}
