import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("The chart recommendation")
struct RecommendationTests {
    private static let text = """
        recommendation: {title: T, size: customers, text: "{customers} with {average} of {nothing here}", \
        action: "Write to {customers}.", for: [{dimension: job, values: [clerk]}, {dimension: age, from: 31}]}
        """

    private func project(_ text: String) throws -> TestProject {
        let project = try GroupsProject.make("  - \(text)\n")
        try project.write(
            """
            type: measures/v1
            of: customers
            measures:
              customers: {expression: count(*), label: Customers}
              average: {expression: avg(amount), format: decimal, digits: 2}
            dimensions:
              age: {expression: age}
              job: {expression: job}
            """, to: "measures/customers.yaml")
        return project
    }

    @Test("its group, its size and the figures in its text are those of a query")
    func live() async throws {
        let project = try project(Self.text)
        let data = try await project.page().data([])["visuals"]?["v1"]
        let count = try await project.sql(
            "SELECT count(*), avg(amount) FROM customers WHERE job = 'clerk' AND age >= 31")
        let figures = count[0].split(separator: " ")
        #expect(data?["rows"]?.text() == "[[\(figures[0])]]")
        #expect(data?["whole"] == 60)
        #expect(data?["text"]?.words.hasPrefix("\(figures[0]).00 with ") == true)
        // Braces that name no measure are braces.
        #expect(data?["text"]?.words.hasSuffix(" of {nothing here}") == true)
        #expect(
            data?["clauses"]?.text()
                == #"[{"dimension":"job","values":["clerk"]},{"dimension":"age","range":[31.0,null]}]"#
        )
    }

    @Test("it obeys the page's filters")
    func filtered() async throws {
        let page = try await project(Self.text).page()
        let data = try await page.data([.picking("job", .text("retired"), from: "s1")])
        #expect(data["visuals"]?["v1"]?["rows"]?.text() == "[[0]]")
        #expect(data["visuals"]?["v1"]?["whole"] == 25)
    }

    @Test("a figure that is no measure, a value that no row has, and a group without any are told")
    func mistakes() async throws {
        let wrong = try project(
            "recommendation: {size: customers, text: \"{custmers}\", action: A, for: [{dimension: job}]}"
        )
        #expect(
            try await wrong.mistakes().map(\.code).sorted() == ["target_form", "unknown_measure"])
        let unknown = try project(
            "recommendation: {size: customers, text: T, action: A, for: [{dimension: job, values: [clark]}]}"
        )
        let data = try await unknown.page().data([])
        #expect(data["visuals"]?["v1"]?["error"]?["code"] == "unknown_value")
    }
}
