package import Columns
package import Foundation
import Workspace

extension SourceReader {
    /// The endings of the names of files that it reads, in small letters.
    package static var fileEndings: [String] { [name] }
    /// The bytes with which such files begin; none where nothing tells them.
    package static var fileBeginnings: [[UInt8]] { [] }
}

extension CSVSource {
    package static var fileEndings: [String] { ["csv", "tsv", "tab", "txt"] }
}

extension SourceKind {
    /// The kind of source that reads a file, by its first bytes, else by the ending of its name;
    /// any other text file is one of delimited values.
    ///
    /// - Returns: nil where the file can't be read, or no kind reads what is no text.
    package static func forFile(_ url: URL) -> SourceKind? {
        guard let handle = try? FileHandle(forReadingFrom: url),
            let bytes = try? handle.read(upToCount: 4096) ?? Data()
        else { return nil }
        try? handle.close()
        if let kind = all.first(where: { kind in
            kind.fileBeginnings.contains { bytes.starts(with: $0) }
        }) {
            return kind
        }
        let ending = url.pathExtension.lowercased()
        // A kind with a beginning of its own is not what lacks it, whatever the name says.
        let named = all.first { $0.fileEndings.contains(ending) && $0.fileBeginnings.isEmpty }
        if let named { return named }
        // Texts in UTF-16 hold zeros, too, but begin with their mark.
        let isText =
            bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            || !bytes.contains(0)
        return isText ? all.first { $0.name == CSVSource.name } : nil
    }

    /// A reader of one file.
    ///
    /// - Parameter options: what a source file would state under the kind, besides `file`.
    package func reader(
        of url: URL, _ options: [(key: String, value: String)], _ diagnostics: inout [Diagnostic]
    ) -> (any SourceReader)? {
        FieldValues(
            [("file", url.path)] + options, as: fields, called: "'\(name)'", from: url.path,
            &diagnostics
        ).map(reader)
    }
}
