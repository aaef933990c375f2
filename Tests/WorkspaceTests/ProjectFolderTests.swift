import Columns
import Foundation
import Testing
import Workspace

@Suite("Project folders")
struct ProjectFolderTests {
    private static let settings = "type: project/v1\nname: Test\n"

    private func error(of project: TemporaryProject) -> AuroraError? {
        do {
            _ = try project.read()
            return nil
        } catch {
            return error as? AuroraError
        }
    }

    @Test("files are read by folder, in the order of their names, and kept as they were")
    func files() throws {
        let texts = [
            "aurora.yaml": Self.settings, "samples/b.yaml": "type: sample/v1\n",
            "samples/a.yml": "type: sample/v1 # ö\r\n", "samples/notes.txt": "not ours",
            "samples/.hidden.yaml": "not: [ours", "elsewhere/x.yaml": "not: [ours",
        ]
        let read = try TemporaryProject(texts).read()
        #expect(read.diagnostics.isEmpty)
        #expect(read.folder.files.map(\.path) == ["samples/a.yml", "samples/b.yaml"])
        #expect(read.folder.files(in: "samples").map(\.name) == ["a", "b"])
        #expect(read.folder.files(in: "elsewhere").isEmpty)
        #expect(read.folder.settings.name == "Test")
        let kept = texts.filter {
            ["aurora.yaml", "samples/b.yaml", "samples/a.yml"].contains($0.key)
        }
        #expect(read.folder.texts == kept)
    }

    @Test("a project read again from its texts is the same")
    func fromTexts() throws {
        let texts = ["aurora.yaml": Self.settings, "samples/a.yaml": "type: sample/v1\ntext: x\n"]
        var diagnostics: [Diagnostic] = []
        let folder = try ProjectFolder.parse(texts, kinds: [sample], diagnostics: &diagnostics)
        #expect(diagnostics.isEmpty)
        #expect(folder.files[0].values.text("text") == "x")
        #expect(folder.files[0].values.place(of: "text").description == "samples/a.yaml:2:7")
        #expect(folder.files[0].values.place(of: "list").description == "samples/a.yaml:1:1")
    }

    @Test(
        "a name is made of letters, digits, '_' and '-'",
        arguments: [
            ("umsätze_2024-a", true), ("客户", true), ("a b", false), ("a'b", false),
            ("a;b", false), ("a.b", false), ("ev\"il", false), ("a:b", false),
        ])
    func names(name: String, isValid: Bool) throws {
        let texts = ["aurora.yaml": Self.settings, "samples/\(name).yaml": "type: sample/v1\n"]
        let read = try TemporaryProject(texts).read()
        #expect(read.diagnostics.map(\.code) == (isValid ? [] : ["invalid_name"]))
        if isValid { #expect(read.folder.files.map(\.name) == [name]) }
        #expect(read.diagnostics.allSatisfy { $0.place.file == "samples/\(name).yaml" })
    }

    @Test("two files of one name are a mistake")
    func sameName() throws {
        let read = try TemporaryProject([
            "aurora.yaml": Self.settings, "samples/a.yaml": "type: sample/v1\n",
            "samples/a.yml": "type: sample/v1\n",
        ]).read()
        #expect(read.diagnostics.map(\.code) == ["invalid_name"])
        #expect(read.diagnostics.map(\.place.file) == ["samples/a.yml"])
        #expect(
            read.diagnostics.first?.message == "samples/a.yaml has the name 'a' already")
    }

    @Test("a folder without aurora.yaml is no project")
    func noProject() throws {
        let project = try TemporaryProject(["samples/a.yaml": "type: sample/v1\n"])
        #expect(error(of: project)?.code == "project_missing")
        #expect(error(of: project)?.message.contains(project.url.path) == true)
    }

    @Test("a file above the limit is not read")
    func tooLarge() throws {
        let project = try TemporaryProject(["aurora.yaml": Self.settings])
        let comment = Data(repeating: UInt8(ascii: "#"), count: 4 << 20)
        try project.write(comment, to: "samples/a.yaml")
        #expect(try project.read().diagnostics.map(\.code) == ["empty_file"])
        try project.write(comment + [35], to: "samples/a.yaml")
        #expect(error(of: project)?.code == "file_unreadable")
        #expect(error(of: project)?.message.contains("samples/a.yaml") == true)
    }

    @Test("a file in another encoding than UTF-8 is not guessed at")
    func encoding() throws {
        let project = try TemporaryProject(["aurora.yaml": Self.settings])
        try project.write(Data([0x74, 0x3A, 0x20, 0xFC]), to: "samples/a.yaml")
        #expect(error(of: project)?.code == "file_unreadable")
    }

    @Test("a folder where a file should be is named")
    func folderAsFile() throws {
        let project = try TemporaryProject([
            "aurora.yaml": Self.settings, "samples/a.yaml/x.txt": "",
        ])
        #expect(error(of: project)?.message.contains("samples/a.yaml") == true)
    }

    @Test("a byte order mark is no part of the text")
    func byteOrderMark() throws {
        let read = try TemporaryProject(["aurora.yaml": "\u{FEFF}" + Self.settings]).read()
        #expect(read.diagnostics.isEmpty)
        #expect(read.folder.settings.name == "Test")
    }
}
