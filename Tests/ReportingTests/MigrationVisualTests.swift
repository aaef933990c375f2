import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("Flows from run to run")
struct MigrationVisualTests {
    private static let visual = "  - migration: {segmentation: groups}\n"

    /// The customers of another day: 5 of the 40 who spend little spend much now, the last 6 of those
    /// who spent much are gone, and 7 are new.
    private static func later() -> String {
        var lines = "id,amount,age,job,height,flag\n"
        for id in 0..<54 {
            let isLow = (5..<40).contains(id)
            lines += "\(id),\((isLow ? 10 : 1000) + id % 3),30,clerk,10,\(isLow)\n"
        }
        for id in 200..<207 { lines += "\(id),\(10 + id % 3),30,clerk,10,true\n" }
        return lines
    }

    private static func project(_ settings: String = "") async throws -> TestProject {
        let project = try GroupsProject.make(visual, settings: settings)
        _ = try await project.publish()
        try project.write(later(), to: "data.csv")
        return project
    }

    private static func answer(
        _ run: PublishedRun, _ selections: PageSelection...
    ) async throws -> JSON {
        let page = try PageView("main", of: run, for: .local)
        return try #require(try await page.data(selections)["visuals"]?["v1"])
    }

    @Test("who stayed, who moved, who is new and who is gone; a filter changes nothing")
    func flows() async throws {
        let project = try await Self.project()
        let run = try await project.run()
        let answer = try await Self.answer(run)
        #expect(
            answer["rows"]?.elements == [
                ["same", "Many", "Many", 35, 0, 0, 0],
                ["changed", "Many", "Few", 5, 5, 0, 0],
                ["same", "Few", "Few", 14, 0, 0, 0],
                ["gone", "Few", .null, 6, .null, .null, .null],
                ["new", .null, "Many", 7, .null, .null, .null],
            ])
        #expect(answer["outcomes"]?["stayed"] == 49)
        #expect(answer["outcomes"]?["moved"] == 5)
        #expect(answer["segments"]?.elements.map { $0["colour"] } == [1, 2])
        #expect(answer["rows_used"] == 61)
        #expect(answer["suppressed"] == 0)
        let filtered = try await Self.answer(
            run, PageSelection(source: "s", .init(dimension: "job", .values([.text("clerk")]))))
        #expect(filtered == answer)
    }

    @Test("the first run says that there is none before it")
    func first() async throws {
        let project = try GroupsProject.make(Self.visual)
        let answer = try await Self.answer(try await project.run())
        #expect(answer["from_run"] == .null)
        #expect(answer["rows"]?.elements == [])
        #expect(answer["error"] == nil)
        // The same again tells nothing of customers.
        let again = try await Self.answer(try await project.run())
        #expect(again["from_run"] == .null)
    }

    @Test("a run repeated on the same data keeps the flows since the one before")
    func repeated() async throws {
        let project = try await Self.project()
        let before = try await Self.answer(try await project.run())
        let after = try await Self.answer(try await project.run())
        #expect(after["from_run"] == before["from_run"])
        #expect(after["rows"] == before["rows"])
    }

    @Test("small flows are hidden, and what would give them away")
    func hidden() async throws {
        let project = try await Self.project("privacy: {smallest_cell: 6}\n")
        let answer = try await Self.answer(try await project.run())
        let rows = try #require(answer["rows"]).elements
        // 5 moved: neither their flow nor those beside it in its lines are told.
        #expect(!rows.contains { $0[0] == "changed" })
        #expect(rows.count < 4)
        #expect(answer["outcomes"]?["moved"] == .null)
        guard case .number(let hidden)? = answer["suppressed"] else { throw CancellationError() }
        #expect(Int(hidden) == 5 - rows.count)
    }
}
