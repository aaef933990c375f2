package import Columns
package import Engine
package import Foundation
package import Workspace

/// One kind of source: a folder under `Sources/`, and a line in ``SourceKind/all``.
package protocol SourceReader: Sendable {
    /// The key under which a source file describes it.
    static var name: String { get }
    static var summary: String { get }
    static var fields: [Field] { get }
    init(_ values: FieldValues)

    /// The files that it reads, relative to the data folder.
    var files: [Located<String>] { get }

    /// Stages the rows, all columns as text, as the table `table` of the intake engine.
    ///
    /// - Returns: what is wrong with the file; the table is only made where nothing is.
    func stage(
        _ file: URL, as table: String, in intake: any Engine
    ) async throws(AuroraError) -> [Diagnostic]
}

/// The kinds of source that a project may state.
package struct SourceKind: Sendable {
    package let name: String
    package let summary: String
    package let fields: [Field]
    let reader: @Sendable (FieldValues) -> any SourceReader

    init<Reader: SourceReader>(_ type: Reader.Type) {
        name = type.name
        summary = type.summary
        fields = type.fields
        reader = { Reader($0) }
    }

    package static let all = [SourceKind(CSVSource.self)]
}
