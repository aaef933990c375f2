import Columns
import Foundation
import Server
import TestProjects
import Testing

@Suite("Texts of several files")
struct TextReplacementsTests {
    static func replacements(in project: TestProject) -> TextReplacements {
        var replacements = TextReplacements(in: project.folder)
        replacements.add("pages/a.yaml", "a: 1\n", with: "a: 2\n")
        replacements.add("pages/b.yaml", "b: 1\n", with: "b: 2\n")
        replacements.add("pages/c.yaml", "c: 1\n", with: "c: 1\n")
        return replacements
    }

    static func texts(_ project: TestProject) throws -> [String: String] {
        let folder = project.folder.appending(path: "pages")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
            })
    }

    @Test("are all written, with nothing left over")
    func written() throws {
        let project = try TestProject(["pages/a.yaml": "a: 1\n", "pages/b.yaml": "b: 1\n"])
        let replacements = Self.replacements(in: project)
        #expect(replacements.paths == ["pages/a.yaml", "pages/b.yaml"])
        try replacements.write()
        #expect(try Self.texts(project) == ["a.yaml": "a: 2\n", "b.yaml": "b: 2\n"])
    }

    @Test(
        "are not written at all where one has changed or can't be written",
        arguments: [true, false])
    func refused(changed: Bool) throws {
        let project = try TestProject(["pages/a.yaml": "a: 1\n"])
        if changed { try project.write("b: 9\n", to: "pages/b.yaml") }
        let before = try Self.texts(project)
        let error = #expect(throws: AuroraError.self) {
            try Self.replacements(in: project).write()
        }
        #expect(error?.code == (changed ? "stale" : "project_unwritable"))
        #expect(try Self.texts(project) == before)
    }
}
