import Columns
import Foundation
import Preparation
import Reporting
import TestProjects
import Testing
import Workspace
import Yams

@Suite("JSON Schemas of project files")
struct SchemaTests {
    static let folder = TestProject.home.appending(path: "Schemas")

    @Test("Schemas/ holds what the specs give; 'aurora schema --output Schemas' writes it")
    func drift() throws {
        let kinds = Project.allKinds
        for kind in kinds {
            let file = Self.folder.appending(path: "\(kind.stem).schema.json")
            let committed = try String(contentsOf: file, encoding: .utf8)
            let isCurrent = committed == kind.schema.text(indented: true) + "\n"
            #expect(isCurrent, "\(file.lastPathComponent) is not what the spec gives")
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(files) == Set(kinds.map { "\($0.stem).schema.json" } + ["README.md"]))
    }

    @Test("every file of every example project satisfies the schema of its kind")
    func examples() throws {
        let examples = TestProject.home.appending(path: "Examples")
        var checked: [String: Int] = [:]
        for example in try FileManager.default.contentsOfDirectory(atPath: examples.path) {
            for kind in Project.allKinds {
                let folder = examples.appending(path: example).appending(path: kind.folder)
                let names =
                    kind.folder.isEmpty
                    ? ["aurora.yaml"]
                    : (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
                for name in names where name.hasSuffix(".yaml") {
                    let text = try String(
                        contentsOf: folder.appending(path: name), encoding: .utf8)
                    #expect(try Self.complaints(text, kind).isEmpty, "\(example)/\(name)")
                    checked[kind.stem, default: 0] += 1
                }
            }
        }
        #expect(Set(checked.keys) == Set(Project.allKinds.map(\.stem)))
    }

    @Test(
        "what a schema refuses",
        arguments: [
            ("project", "type: project/v1\nname: A\ncolour: red", ".colour: unknown"),
            ("project", "type: project/v1", ": lacks \"name\""),
            ("project", "type: page/v1\nname: A", ".type: not one of the choices"),
            ("project", "type: project/v1\nname: [A]", ".name: is [\"array\"]"),
            ("project", "type: project/v1\nname:", ".name: is [\"null\"]"),
            ("source", "type: source/v1", ": fits 0 of oneOf"),
            ("source", "type: source/v1\ncsv: {file: a}\njson: {file: a}", ": fits 2 of oneOf"),
            (
                "page", "type: page/v1\ntitle: A\nvisuals:\n  - kpi: {measure: a, width: 13}",
                ".width: 13 is beyond the maximum 12"
            ),
            (
                "page", "type: page/v1\ntitle: A\nvisuals:\n  - kpi: {measure: a}\n    bar: {}",
                ".visuals[0]: has 2 keys, not 1"
            ),
            ("page", "type: page/v1\ntitle: A\nvisuals:\n  - pie: {}", ".pie: unknown"),
        ])
    func mistakes(stem: String, text: String, complaint: String) throws {
        let kind = try #require(Project.allKinds.first { $0.stem == stem })
        let found = try Self.complaints(text, kind)
        #expect(found.contains { $0.contains(complaint) }, "\(found)")
        // Aurora itself refuses it, too.
        var diagnostics: [Diagnostic] = []
        let path = kind.folder.isEmpty ? "aurora.yaml" : "\(kind.folder)/a.yaml"
        let folder = try ProjectFolder.parse(
            [path: text], kinds: Project.kinds, diagnostics: &diagnostics)
        for file in folder.files(in: "sources") {
            _ = SourceSpec(file, diagnostics: &diagnostics)
        }
        #expect(!diagnostics.isEmpty)
    }

    static func complaints(_ text: String, _ kind: FileKind) throws -> [String] {
        SchemaCheck.complaints(try #require(try compose(yaml: text)), kind.schema)
    }
}
