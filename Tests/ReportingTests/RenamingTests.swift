import Columns
import Foundation
import Query
import Reporting
import Segmentation
import TestProjects
import Testing
import Workspace

@Suite("Other names of segments")
struct RenamingTests {
    static let visuals = """
          - claim: {says: x, measure: total, by: groups, highest: Many}  # why
          - recommendation: {text: Many stay, action: x, size: total, for: [{dimension: groups, values: ['Many']}]}
          - text: {paragraphs: [{heading: Many, segment: Many, text: Many are here}, {heading: Few, text: x}]}
          - bar: {measure: total, by: cells}
        bookmarks:
          - {name: a, filters: {groups: {values: [Few, Many]}, job: {values: [clerk]}}}
          - {name: b, filters: {cells: {values: [Many × clerk]}}}

        """

    static func project() throws -> TestProject {
        let project = try GroupsProject.make(visuals)
        try project.write(
            """
            type: segment/v1
            model: customers
            grid: {rows: {segmentation: groups}, columns: {column: job}}

            """, to: "segments/cells.yaml")
        return project
    }

    static func text(_ project: TestProject, _ path: String) throws -> String {
        try String(contentsOf: project.folder.appending(path: path), encoding: .utf8)
    }

    @Test("follow into whatever states the old one on a page, and into what is made of it")
    func follow() async throws {
        let project = try Self.project()
        let run = try await project.run()
        let named = try Self.text(project, "segments/groups.yaml").replacing(
            "Many", with: "\"Most: x\"")
        let changes = try run.nameChanges(named, at: "segments/groups.yaml")
        #expect(changes.names["groups"] == ["Many": "Most: x"])
        #expect(changes.names["cells"]?["Many × clerk"] == "Most: x × clerk")
        let page = try Self.text(project, "pages/main.yaml")
        let found = try run.pages(["pages/main.yaml": page], following: changes)
        let expected = page.replacing("highest: Many", with: "highest: \"Most: x\"")
            .replacing("['Many']", with: "[\"Most: x\"]")
            .replacing(
                "heading: Many, segment: Many", with: "heading: \"Most: x\", segment: \"Most: x\""
            )
            .replacing("[Few, Many]", with: "[Few, \"Most: x\"]")
            .replacing("[Many × clerk]", with: "[\"Most: x × clerk\"]")
        #expect(found == ["pages/main.yaml": expected])
        #expect(
            try run.pages(
                ["pages/b.yaml": page.replacing("Many", with: "Else")], following: changes
            ).isEmpty)

        // The run with both is shown without another one.
        var mistakes: [Diagnostic] = []
        let edition = try await run.edition(
            of: [
                "pages/main.yaml": expected, "segments/groups.yaml": named,
                "measures/customers.yaml": Self.text(project, "measures/customers.yaml"),
            ], &mistakes)
        let shown = try #require(edition)
        #expect(
            shown.segmentations.first { $0.name == "groups" }?.segments.map(\.name) == [
                "Most: x", "Few",
            ])
        let data = try await PageView("main", of: shown, for: .local).data([])
        for visual in ["v1", "v2", "v3", "v4"] {
            #expect(data["visuals"]?[visual]?["error"] == nil)
        }
        let values = try await PageView("main", of: shown, for: .local).json()
        #expect(values["bookmarks"]?[0]?["selections"]?[0]?["values"] == ["Few", "Most: x"])
        #expect(values["dimensions"]?["groups"]?["values"]?[0]?["value"] == "Most: x")
    }

    @Test("leave a page's text alone that can't be changed, with a word")
    func refused() async throws {
        let project = try Self.project()
        let run = try await project.run()
        let named = try Self.text(project, "segments/groups.yaml").replacing("Many", with: "Most")
        let changes = try run.nameChanges(named, at: "segments/groups.yaml")
        let page = try Self.text(project, "pages/main.yaml")
        for text in [
            page.replacing("highest: Many}", with: "\n      highest: >-\n        Many\n      }"),
            page + "unknown: 1\n", page + "unknown: [\n",
            page.replacing("highest: Many", with: "highest: &m Many"),
        ] {
            let error = #expect(throws: AuroraError.self) {
                try run.pages(["pages/main.yaml": text], following: changes)
            }
            #expect(error?.code == "unpatchable")
        }
        #expect(
            try run.pages(["pages/a.yaml": "type: page/v1\nunknown: 1\n"], following: changes)
                .isEmpty)
    }

    @Test("of a segmentation that would be formed otherwise stay those of the run")
    func formedOtherwise() async throws {
        let project = try Self.project()
        let run = try await project.run()
        let text = try Self.text(project, "segments/groups.yaml")
        var mistakes: [Diagnostic] = []
        let texts = [
            "pages/main.yaml": try Self.text(project, "pages/main.yaml"),
            "measures/customers.yaml": try Self.text(project, "measures/customers.yaml"),
            "segments/groups.yaml": text.replacing("[Many, Few]", with: "[A, B]")
                .replacing("column: amount", with: "column: age"),
        ]
        let edition = try #require(try await run.edition(of: texts, &mistakes))
        #expect(
            edition.segmentations.first { $0.name == "groups" }?.segments.map(\.name) == [
                "Many", "Few",
            ])
        #expect(edition.isAsRun)
    }
}
