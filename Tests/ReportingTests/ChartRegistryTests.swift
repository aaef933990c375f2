import Foundation
import Reporting
import TestProjects
import Testing

@Suite("The registry of charts")
struct ChartRegistryTests {
    static let charts = TestProject.home.appending(path: "Sources/Reporting/Charts")

    @Test("each kind has a folder, and each folder a kind")
    func folders() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            at: Self.charts, includingPropertiesForKeys: [.isDirectoryKey]
        )
        .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
        .map(\.lastPathComponent).sorted()
        #expect(folders == ChartKind.all.map(\.folder).sorted())
        #expect(Set(ChartKind.all.map(\.name)).count == ChartKind.all.count)
    }

    @Test("each folder has its browser module, named after the kind")
    func modules() throws {
        for kind in ChartKind.all {
            let folder = Self.charts.appending(path: kind.folder)
            let modules = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "web").path)
            #expect(modules == ["\(kind.name).js"])
            let source = folder.appending(path: "\(kind.folder).swift").path
            #expect(FileManager.default.fileExists(atPath: source))
            // stacked_bar lies in StackedBar.
            let words = kind.name.split(separator: "_").map(\.capitalized).joined()
            #expect(kind.folder == words)
        }
    }

    @Test("each kind has a drawing of its own, for choosers and documentation")
    func drawings() throws {
        let path = TestProject.home.appending(path: "Web/kind-icons.js")
        let script = try String(contentsOf: path, encoding: .utf8)
        var drawings: [String: String] = [:]
        for match in script.matches(of: /\n  (\w+): "([^"]+)",/) {
            drawings[String(match.1)] = String(match.2)
        }
        for kind in ChartKind.all { #expect(drawings[kind.name] != nil, "\(kind.name)") }
        #expect(Set(drawings.values).count == drawings.count)
    }
}
