import Foundation
import Runs
import Testing

@Suite("Hashes of files")
struct FileHashesTests {
    @Test("a file is hashed again once it has changed, and can't be once it is gone")
    func changed() throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "aurora-hashes-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        let hashes = FileHashes()
        for text in ["id\n1\n", "id\n1\n", "id\n1\n2\n"] {
            try Data(text.utf8).write(to: file)
            #expect(try hashes.hash(of: file) == ContentHash.of(text))
            #expect(try hashes.hash(of: file) == ContentHash.of(text))
        }
        try FileManager.default.removeItem(at: file)
        #expect(throws: (any Error).self) { try hashes.hash(of: file) }
    }
}
