import Foundation
import Preparation
import TestProjects
import Testing

@Suite("Registries of sources and steps")
struct RegistryTests {
    /// The folders that lie in one of the room's folders.
    static func folders(in path: String) throws -> [String] {
        let url = TestProject.home.appending(path: "Sources/Preparation/\(path)")
        return try FileManager.default.contentsOfDirectory(
            at: url, includingPropertiesForKeys: [.isDirectoryKey]
        )
        .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
        .map(\.lastPathComponent).sorted()
    }

    @Test("each source kind has a folder, and each folder a kind")
    func sources() throws {
        let kinds = SourceKind.all.map(\.name).sorted()
        #expect(kinds == (try Self.folders(in: "Sources").map { $0.lowercased() }))
    }

    @Test("each step kind has a folder, and each folder a kind")
    func steps() throws {
        let types = StepKinds.all.map { String(describing: $0) }.sorted()
        #expect(types == (try Self.folders(in: "Steps")))
        let names = StepKinds.all.map { $0.name.filter { $0 != "_" } }
        #expect(Set(names) == Set(types.map { $0.lowercased() }))
    }

    @Test("each kind of rule has a file, and each file a kind")
    func rules() throws {
        let folder = TestProject.home.appending(path: "Sources/Preparation/Contracts")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix("Rule.swift") && $0 != "Rule.swift" }
        let types = ContractKinds.all.map { String(describing: $0) }
        #expect(types.map { $0 + ".swift" }.sorted() == files.sorted())
        let names = ContractKinds.all.map { $0.name + "rule" }
        #expect(names == types.map { $0.lowercased() })
    }
}
