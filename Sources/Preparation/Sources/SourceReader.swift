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
    static var fileEndings: [String] { get }
    static var fileBeginnings: [[UInt8]] { get }
    init(_ values: FieldValues)

    /// True where `origin` names files of the data folder; false for a database elsewhere.
    var readsFiles: Bool { get }

    /// What it reads, as the source file names it: a file, a pattern of files, a table.
    var origin: Located<String> { get }

    /// Makes the rows readable for the intake engine.
    ///
    /// - Returns: where they are, or nil when the context's diagnostics say why they can't be read.
    func open(_ context: inout SourceContext) async throws(AuroraError) -> RawTable?

    /// What is wrong with the files, where that shows only while the engine reads them.
    func diagnostic(_ error: AuroraError, in files: [SourceFile]) -> Diagnostic?
}

extension SourceReader {
    package var readsFiles: Bool { true }

    package func diagnostic(_ error: AuroraError, in files: [SourceFile]) -> Diagnostic? { nil }
}

/// What a reader of sources works with.
package struct SourceContext: Sendable {
    /// The source's name; tables that a reader makes begin with it and a colon.
    package let source: String
    /// The folder to which the sources' paths are relative.
    package let data: URL
    /// A folder for files that nobody needs once the source is staged.
    package let scratch: URL
    /// An engine that may read files, and runs only SQL that Aurora wrote.
    package let intake: any Engine
    package var diagnostics: [Diagnostic] = []

    package init(source: String, data: URL, scratch: URL, intake: any Engine) {
        self.source = source
        self.data = data
        self.scratch = scratch
        self.intake = intake
    }
}

/// The rows of a source before their texts are read as numbers and dates.
package struct RawTable: Sendable {
    /// SQL that stands behind FROM. Every reading gives the same rows in the same order.
    package var relation: String
    /// Text columns are read as what their texts look like; others have their types already.
    package var schema: Schema
    /// Text columns that stay texts whatever they look like, because a number would lose digits.
    package var texts: Set<String>
    package var files: [SourceFile]
    /// What was found out about the form of the file, in words.
    package var facts: [String] = []
    /// Those of them that tell of values which are not there, by their column.
    package var lost: [String] = []
    /// SQL that stands behind FROM, of the rows that could not be split into columns: `row` (from 1,
    /// among all rows), `reason` and `text`; known after a whole reading of `relation`.
    package var broken: String?
    /// More rows there can't be; nil where nothing tells that.
    package var mostRows: Int?

    package init(
        relation: String, schema: Schema, files: [SourceFile], facts: [String] = [],
        broken: String? = nil, texts: Set<String> = []
    ) {
        self.relation = relation
        self.schema = schema
        self.texts = texts
        self.files = files
        self.facts = facts
        self.broken = broken
    }
}

/// A file of a source.
package struct SourceFile: Sendable {
    /// Relative to the data folder, as records name it.
    package var path: String
    package var url: URL
}

/// The kinds of source that a project may state.
package struct SourceKind: Sendable {
    package let name: String
    package let summary: String
    package let fields: [Field]
    let fileEndings: [String]
    let fileBeginnings: [[UInt8]]
    let reader: @Sendable (FieldValues) -> any SourceReader

    init<Reader: SourceReader>(_ type: Reader.Type) {
        name = type.name
        summary = type.summary
        fields = type.fields
        fileEndings = type.fileEndings
        fileBeginnings = type.fileBeginnings
        reader = { Reader($0) }
    }

    package static let all = [
        SourceKind(CSVSource.self), SourceKind(XLSXSource.self), SourceKind(ParquetSource.self),
        SourceKind(JSONSource.self), SourceKind(SQLiteSource.self),
        SourceKind(PostgreSQLSource.self),
    ]
}
