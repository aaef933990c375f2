import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("What-if parameters")
struct ParameterTests {
    static let figures = [
        "measures/what_if.yaml": """
        type: measures/v1
        of: customers
        parameters:
          uplift: {label: Uplift, from: 0, to: 0.5, step: 0.05, default: 0.1, format: percent}
        measures:
          hoped: {expression: sum(spent * (1 + uplift)), label: Hoped, format: decimal}
          rate: {expression: uplift * count(*)}
        """
    ]
    static let page = """
        title: Shop
        slicers:
          - parameter: {parameter: uplift}
        visuals:
          - kpi: {measure: hoped}
          - kpi: {measure: rate}
        """

    private func project() throws -> TestProject {
        try TestProject(page: Self.page, files: Self.figures)
    }

    private func data(_ values: [String: Double]) async throws -> JSON {
        let run = try await project().run().setting(values)
        return try await PageView("main", of: run, for: .local).data([])
    }

    @Test("have their default unless they are set, and measures of any kind follow")
    func values() async throws {
        // 10.5 + 0.3 + 7.25 + 0.1 = 18.15
        let usual = try await data([:])
        #expect(abs(try figure("v1", usual) - 18.15 * 1.1) < 1e-9)
        #expect(abs(try figure("v2", usual) - 5 * 0.1) < 1e-9)
        let raised = try await data(["uplift": 0.2])
        #expect(abs(try figure("v1", raised) - 18.15 * 1.2) < 1e-9)
        let none = try await data(["uplift": 0])
        #expect(abs(try figure("v1", none) - 18.15) < 1e-9)
    }

    private func figure(_ visual: String, _ data: JSON) throws -> Double {
        let rows = try #require(data.rows(of: visual))
        return try #require(Double(rows.filter { !"[]".contains($0) }))
    }

    @Test(
        "refuse what is outside their range, finer than their step's digits, or not there",
        arguments: [
            (["uplift": 0.55], "parameter_value"), (["uplift": -0.05], "parameter_value"),
            (["uplift": 0.123], "parameter_value"), (["uplfit": 0.1], "unknown_parameter"),
        ])
    func refused(values: [String: Double], code: String) async throws {
        let run = try await project().run()
        let error = #expect(throws: AuroraError.self) { try run.setting(values) }
        #expect(error?.code == code)
    }

    @Test("stand on the page with their bounds and default")
    func described() async throws {
        let view = try await project().page().json()
        #expect(view["parameters"]?["uplift"]?["default"] == JSON(0.1))
        #expect(view["parameters"]?["uplift"]?["label"] == "Uplift")
        #expect(view["slicers"]?[0]?["parameter"] == "uplift")
        #expect(view["measures"]?["hoped"]?["expression"] == "sum(spent * (1 + uplift))")
    }

    @Test(
        "that make no sense are told of",
        arguments: [
            ("{from: 1, to: 0, step: 0.1, default: 0}", "parameter_range"),
            ("{from: 0, to: 1, step: 0, default: 0}", "parameter_range"),
            ("{from: 0, to: 1, step: 0.1, default: 2}", "parameter_range"),
        ])
    func told(parameter: String, code: String) async throws {
        let text = """
            type: measures/v1
            of: customers
            parameters: {wish: \(parameter)}
            """
        let project = try TestProject(
            page: "title: T\nvisuals: []\n", files: ["measures/what_if.yaml": text])
        #expect(try await project.mistakes().map(\.code) == [code])
    }

    @Test("named like a column, or on a page but nowhere else, are told of")
    func names() async throws {
        let text = """
            type: measures/v1
            of: customers
            parameters: {age: {from: 0, to: 1, step: 0.5, default: 0}}
            """
        let taken = try TestProject(
            page: "title: T\nvisuals: []\n", files: ["measures/what_if.yaml": text])
        #expect(try await taken.mistakes().map(\.code) == ["name_taken"])
        let unknown = try TestProject(
            page: "title: T\nslicers: [{parameter: {parameter: uplfit}}]\nvisuals: []\n",
            files: Self.figures)
        let mistake = try #require(try await unknown.mistakes().first)
        #expect(mistake.code == "unknown_parameter")
        #expect(mistake.hint == "did you mean 'uplift'?")
    }
}
