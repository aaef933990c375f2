import Columns
import Foundation
import Segmentation

/// What `aurora segment` chooses a number of segments for: a file of the project, or one yet to be
/// written.
enum SegmentSubject {
    case draft(SegmentationDraft)
    case file(FileSubject)

    static func file(name: String, text: String) -> SegmentSubject {
        .file(FileSubject(name: name, original: text))
    }

    /// A segmentation's file, into which only the number is written.
    struct FileSubject {
        var name: String
        var original: String
        var k = 2
        var chosenBy: String?
        var reason: String?
    }

    var path: String {
        switch self {
        case .draft(let draft): draft.path
        case .file(let file): SegmentationDraft.path(of: file.name)
        }
    }

    var k: Int {
        switch self {
        case .draft(let draft): draft.k
        case .file(let file): file.k
        }
    }

    mutating func choose(_ k: Int, by person: String?, because reason: String?) {
        switch self {
        case .draft(var draft):
            (draft.k, draft.chosenBy, draft.reason) = (k, person, reason)
            self = .draft(draft)
        case .file(var file):
            (file.k, file.chosenBy, file.reason) = (k, person, reason)
            self = .file(file)
        }
    }

    /// Gives the segments of a draft their names; a file keeps its own.
    mutating func name(_ names: [String]) {
        guard case .draft(var draft) = self else { return }
        draft.names = names
        self = .draft(draft)
    }

    /// - Throws: `unpatchable`, `invalid_number`.
    func text() throws(AuroraError) -> String {
        switch self {
        case .draft(let draft): return draft.text
        case .file(let file):
            return try NumberChoice(
                file.name, k: file.k, by: file.chosenBy ?? "aurora segment",
                because: file.reason ?? "chosen with aurora segment"
            ).patch(file.original, file: path, published: file.original, seen: nil)
        }
    }

    /// - Returns: nil with diagnostics where the text has mistakes.
    func spec(_ diagnostics: inout [Diagnostic]) throws(AuroraError) -> SegmentationSpec? {
        try SegmentationSpec.parse(try text(), file: path, &diagnostics)
    }

    /// - Throws: `stale` where the file is another than it was when this began.
    func write(in folder: URL) throws {
        let file = folder.appending(path: path)
        let text = try text()
        do {
            if case .file(let subject) = self {
                guard try String(contentsOf: file, encoding: .utf8) == subject.original else {
                    throw AuroraError(
                        "stale", "\(path) has changed meanwhile", hint: "run the command again")
                }
                try Data(text.utf8).write(to: file, options: .atomic)
            } else {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file, options: .withoutOverwriting)
            }
        } catch let error as AuroraError {
            throw error
        } catch {
            throw AuroraError(
                "output_unwritable", "\(path) can't be written", cause: error.localizedDescription)
        }
    }
}
