import Columns
import Foundation
import Pipeline
import Runs
import TestProjects
import Testing

@Suite("The as-of date of a delivery")
struct AsOfFileTests {
    private func project(_ day: String?, data: String = ".") throws -> TestProject {
        let project = try TestProject([
            "aurora.yaml":
                "type: project/v1\nname: Test\ndata: \(data)\nas_of: {file: as_of.txt}\n",
            "\(data)/people.csv": "id,born\n1,1990-06-15\n2,2000-01-31\n",
            "sources/people.yaml": "type: source/v1\ncsv: {file: people.csv}\n",
            "models/m.yaml": """
            type: model/v1
            from: people
            key: id
            steps:
              - age: {column: born, into: age}
            """,
        ])
        if let day { try project.write(day, to: "\(data)/as_of.txt") }
        return project
    }

    @Test(
        "ages are those of the day in the file, however its line ends",
        arguments: ["2024-12-31", "2024-12-31\n", "\u{FEFF}2024-12-31\r\n", " 2024-12-31 \n\n"])
    func ages(text: String) async throws {
        let project = try project(text, data: "data")
        let record = try await project.publish()
        #expect(record.asOf == "2024-12-31")
        #expect(try await project.sql("SELECT age FROM m ORDER BY id") == ["34", "24"])
    }

    @Test("a later delivery is worked out at its own day, with no text changed")
    func later() async throws {
        let project = try project("2024-12-31\n")
        let first = try await project.publish(reusing: true)
        try project.write("2025-01-31\n", to: "as_of.txt")
        let second = try await project.publish(reusing: true)
        #expect(first.project == second.project)
        #expect(second.asOf == "2025-01-31")
        #expect(try await project.sql("SELECT age FROM m ORDER BY id") == ["34", "25"])
        // The first run can't be repeated any more, and the day is said to be the reason.
        let differences = try await project.pipeline().verify(first, in: project.state) { _, _, _ in
        }
        #expect(differences.changedInputs.map(\.name) == ["as_of"])
        #expect(differences.changedInputs.map(\.now) == ["2025-01-31"])
        let repeated = try await project.pipeline().verify(second, in: project.state) { _, _, _ in }
        #expect(repeated.isRepeated)
    }

    @Test("a file that is missing is told once, at its place")
    func missing() async throws {
        let project = try project(nil)
        let mistakes = try await project.mistakes()
        #expect(mistakes.map(\.code) == ["file_missing"])
        #expect(mistakes.first?.place.line == 4)
        // So does a check, which goes on to find what else is wrong.
        let problem = await #expect(throws: InvalidProject.self) {
            try await project.pipeline().check(into: project.folder, report: { _, _, _ in })
        }
        #expect(problem?.diagnostics.map(\.code) == ["file_missing"])
    }

    @Test(
        "what is no day is told, and not repeated",
        arguments: ["", "soon", "2024-12-32", "31.12.2024", "2024-12-31\n2025-01-31\n"])
    func noDay(text: String) async throws {
        let mistakes = try await project(text).mistakes()
        #expect(mistakes.map(\.code) == ["invalid_date"])
        #expect(text.isEmpty || mistakes.first?.message.contains(text) == false)
    }
}
