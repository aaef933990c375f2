import Columns
import Foundation
import Runs
import TestProjects
import Testing

@Suite("Source files")
struct FileTests {
    @Test("a missing file is told at its place, with the nearest name")
    func missing() async throws {
        let project = try TestProject([
            "customers.csv": "id\n1\n",
            "sources/data.yaml": "type: source/v1\ncsv:\n  file: custmers.csv\n",
        ])
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == "file_missing")
        #expect(mistake.place.description == "sources/data.yaml:3:9")
        #expect(mistake.message.contains("custmers.csv does not exist"))
        #expect(mistake.hint == "did you mean 'customers.csv'?")
    }

    @Test("where no name is near, the hint tells how to state the folder")
    func nothingNear() async throws {
        let project = try TestProject([
            "sources/data.yaml": "type: source/v1\ncsv: {file: elsewhere/x.csv}\n"
        ])
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == "file_missing")
        #expect(mistake.hint?.contains("--data DIR") == true)
    }

    @Test("a folder instead of a file")
    func folder() async throws {
        let project = try TestProject([
            "data/inner/x.csv": "id\n1\n",
            "sources/data.yaml": "type: source/v1\ncsv: {file: data/inner}\n",
        ])
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == "file_missing")
        #expect(mistake.message.contains("is a folder"))
    }

    @Test("a file that may not be read", .enabled(if: geteuid() != 0, "root may read everything"))
    func unreadable() async throws {
        let project = try TestProject(csv: "id\n1\n")
        let path = project.folder.appending(path: "data.csv").path
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        await #expect(throws: AuroraError.self) { try await project.publish() }
    }

    @Test("problems of several files come all at once")
    func several() async throws {
        let project = try TestProject([
            "a.csv": "id,x\n1,2,3\n", "b.csv": "", "c.csv": "id,day\n1,2024-13-01\n",
            "sources/a.yaml": "type: source/v1\ncsv: {file: a.csv}\n",
            "sources/b.yaml": "type: source/v1\ncsv: {file: b.csv}\n",
            "sources/c.yaml": "type: source/v1\ncsv: {file: c.csv}\ncolumns: {day: date}\n",
            "sources/d.yaml": "type: source/v1\ncsv: {file: d.csv}\n",
        ])
        let codes = try await project.mistakes().map(\.code)
        #expect(codes == ["ragged_rows", "empty_file", "wrong_value", "file_missing"])
    }

    @Test("a generated file is recorded as synthetic")
    func synthetic() async throws {
        let project = try TestProject(csv: "id\n1\n")
        #expect(try await project.publish().isSynthetic == false)
        try project.write("{}", to: "data.csv.synthetic.json")
        #expect(try await project.publish().isSynthetic)
    }
}
