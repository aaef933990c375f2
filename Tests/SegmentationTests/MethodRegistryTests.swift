import Foundation
import Segmentation
import TestProjects
import Testing
import Workspace

@Suite("The registry of methods")
struct MethodRegistryTests {
    static let methods = TestProject.home.appending(path: "Sources/Segmentation/Methods")

    @Test("each method has a folder, and each folder a method")
    func folders() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            at: Self.methods, includingPropertiesForKeys: [.isDirectoryKey]
        )
        .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
        .map { $0.lastPathComponent.lowercased() }.sorted()
        // gaussian_mixture lies in GaussianMixture, famd in FAMD.
        let names = SegmentMethods.all.map { $0.name }
        #expect(folders == names.map { $0.replacing("_", with: "") }.sorted())
        #expect(Set(names).count == names.count)
    }

    @Test("each says in its summary what it is called, and in its fields what they mean")
    func documented() {
        // Title and fields first: the compiler can't expect anything of a method itself.
        let methods = SegmentMethods.all.map {
            (title: $0.title, summary: $0.summary, fields: $0.fields)
        }
        for method in methods {
            #expect(method.summary.lowercased().hasPrefix(method.title.lowercased()))
            for field in method.fields { #expect(!field.summary.isEmpty, "\(field.name)") }
        }
    }

    @Test("a file names one of them, as its schema says")
    func schema() {
        #expect(SegmentationSpec.kind.alternatives == SegmentMethods.all.map { $0.name })
        let keys = SegmentationSpec.kind.fields.filter { field in
            SegmentMethods.all.contains { $0.name == field.name }
        }
        #expect(keys.count == SegmentMethods.all.count)
        #expect(keys.allSatisfy { !$0.isRequired })
    }
}
