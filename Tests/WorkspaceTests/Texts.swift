import Columns
import Foundation
import Workspace

/// A file kind with a key of every type.
let sample = FileKind(
    folder: "samples", type: "sample/v1", summary: "For tests.",
    fields: [
        Field("text", .text, "a text"), Field("expression", .expression, "an expression"),
        Field("integer", .integer(0...10), "a small number"),
        Field("count", .integer(1...Int.max), "a number of things"),
        Field("number", .number, "a number"), Field("boolean", .boolean, "a truth value"),
        Field("scalar", .scalar, "a value"), Field("choice", .choice(["bar", "column"]), "a kind"),
        Field("list", .list(.text), "texts"), Field("values", .list(.scalar), "values"),
        Field("map", .map(.text), "texts by name"),
        Field("object", .object([Field("inner", .text, required: true, "a text")]), "a map"),
        Field("objects", .map(.object([Field("of", .text, "a text")])), "maps by name"),
        Field(
            "steps",
            .list(
                .variant([
                    .init("rename", "new names", .map(.text)),
                    .init("flag", "a mark", .fields([Field("as", .text, required: true, "name")])),
                ])), "steps"),
    ])

/// What reading the text of one sample file gives.
struct Reading {
    var values: FieldValues?
    var diagnostics: [Diagnostic] = []

    init(_ body: String) throws { try self.init(text: "type: sample/v1\n" + body) }

    init(text: String) throws {
        let folder = try ProjectFolder.parse(
            ["samples/a.yaml": text], kinds: [sample], diagnostics: &diagnostics)
        values = folder.files.first?.values
    }

    var codes: [String] { diagnostics.map(\.code) }
}

/// A project on disk that is gone when the test is over.
final class TemporaryProject {
    let url = FileManager.default.temporaryDirectory
        .appending(path: "aurora-project-\(UUID().uuidString)", directoryHint: .isDirectory)

    init(_ texts: [String: String]) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (path, text) in texts { try write(Data(text.utf8), to: path) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ data: Data, to path: String) throws {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    func read() throws -> (folder: ProjectFolder, diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let folder = try ProjectFolder.read(url, kinds: [sample], diagnostics: &diagnostics)
        return (folder, diagnostics)
    }
}
