import Columns
import Engine
import Foundation

/// Reads JSON files twice: once for their columns, once for their rows.
///
/// Memory holds some thousand rows at a time, whatever the files' size.
struct JSONReading {
    let files: [JSONFile]
    /// The names of the two columns where the rows are the members of an object.
    let map: [String]?
    let quarantines: Bool

    private static let batch = 4096
    private static let mostColumns = 2000

    /// The tables that hold a source's rows in the intake database.
    struct Tables {
        let rows: String
        let broken: String

        init(_ source: String) {
            rows = source + ":rows"
            broken = source + ":broken"
        }
    }

    struct Survey {
        var columns = JSONColumns()
        var names: [String] = []
        /// Columns that hold lists or objects.
        var nested: [String] = []
        var kept = 0
        var broken = 0
    }

    // MARK: The first reading

    /// - Returns: nil with diagnostics where the rows can't be used.
    func survey(_ diagnostics: inout [Diagnostic]) throws(AuroraError) -> Survey? {
        var survey = Survey()
        var first: (file: JSONFile, position: Int, reason: String)?
        for file in files {
            do {
                try each(in: file) { record, range, bytes in
                    if let reason = reason(record, &survey.columns, bytes) {
                        survey.broken += 1
                        if first == nil { first = (file, range.lowerBound, reason) }
                    } else {
                        survey.kept += 1
                    }
                } check: {
                    survey.columns.count <= Self.mostColumns
                }
            } catch let failure as JSONScanner.Failure {
                diagnostics.append(Self.malformed(failure, file))
            } catch let error as AuroraError {
                throw error
            } catch {}
        }
        if let first, !quarantines {
            let line = first.file.line(of: first.position)
            let others = survey.broken > 1 ? " (\(survey.broken) such rows)" : ""
            diagnostics.append(
                Diagnostic(
                    "malformed_file", at: .init(file: first.file.file.url.path, line: line),
                    "a row can't be read: \(first.reason)\(others)",
                    hint: "mend it, or set such rows aside with 'broken_rows: quarantine'"))
        }
        guard diagnostics.isEmpty else { return nil }
        survey.names = map ?? survey.columns.all.map(\.name)
        survey.nested = map == nil ? survey.columns.nested : []
        diagnostics += problems(survey)
        return diagnostics.isEmpty ? survey : nil
    }

    /// Why a record is no row.
    private func reason(
        _ record: JSONRecords.Record, _ columns: inout JSONColumns,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> String? {
        switch record {
        case .broken(let reason): reason
        case .members(let members):
            map == nil ? columns.learn(members, bytes) : columns.learnKey(members[0], bytes)
        }
    }

    private func each(
        in file: JSONFile,
        _ body: (JSONRecords.Record, Range<Int>, UnsafeBufferPointer<UInt8>) -> Void,
        check: () -> Bool
    ) throws {
        var records = JSONRecords(file)
        while try records.next(Self.batch, body) {
            if Task.isCancelled { throw AuroraError.interrupted }
            if !check() { return }
        }
    }

    private static func malformed(
        _ failure: JSONScanner.Failure, _ file: JSONFile
    ) -> Diagnostic {
        Diagnostic(
            "malformed_file",
            at: .init(file: file.file.url.path, line: file.line(of: failure.position)),
            "the file is not JSON: \(failure.reason)",
            hint: "mend that line; in a list no row behind it can be told from it, so it can't be "
                + "set aside")
    }

    private func problems(_ survey: Survey) -> [Diagnostic] {
        let place = Diagnostic.Place(file: files[0].file.url.path)
        guard survey.kept > 0 else {
            return [
                Diagnostic(
                    "no_rows", at: place,
                    survey.broken > 0
                        ? "none of the file's \(survey.broken) rows can be read"
                        : "the file holds no row", hint: "export it again with its rows")
            ]
        }
        guard !survey.names.isEmpty else {
            return [
                Diagnostic(
                    "no_rows", at: place, "the file's objects have no keys",
                    hint: "export it again with its columns")
            ]
        }
        guard survey.columns.count <= Self.mostColumns else {
            return [
                Diagnostic(
                    "malformed_file", at: place,
                    "the objects have more than \(Self.mostColumns) different keys, so the keys are "
                        + "data and no columns",
                    hint: "export a table, in which every object has the same keys")
            ]
        }
        let unnamed = survey.names.filter { $0.allSatisfy(\.isWhitespace) }.map { _ in
            Diagnostic(
                "unnamed_column", at: place, "the objects have a key without a name",
                hint: "name it where the file is made")
        }
        // Engines compare names without regard to case, so Aurora must, too.
        let groups = Dictionary(grouping: survey.names.indices) { survey.names[$0].lowercased() }
        let repeated = groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
            .map { indices in
                let list = indices.map { "'\(survey.names[$0])'" }.joined(separator: ", ")
                return Diagnostic(
                    "duplicate_column", at: place, "the keys \(list) make columns of the same name",
                    hint: "names must differ by more than the case of letters")
            }
        return unnamed + repeated
    }

    // MARK: The second reading

    /// Writes the rows, and those that are none, into the source's tables.
    func write(_ survey: Survey, _ context: SourceContext) async throws(AuroraError) {
        let (intake, tables) = (context.intake, Tables(context.source))
        let dialect = intake.dialect
        let text = dialect.typeName(.text)
        let columns = survey.names.map { "\(dialect.quoted($0)) \(text)" }
        try await intake.execute(
            "CREATE OR REPLACE TABLE \(dialect.quoted(tables.rows)) "
                + "(\(columns.joined(separator: ", ")))")
        try await intake.execute(
            "CREATE OR REPLACE TABLE \(dialect.quoted(tables.broken)) "
                + "(\"row\" \(dialect.typeName(.integer)), reason \(text), \"text\" \(text))")
        var batch = JSONBatch(survey, map: map)
        for file in files {
            var records = JSONRecords(file)
            var isMore = true
            while isMore {
                if Task.isCancelled { throw .interrupted }
                do {
                    isMore = try records.next(Self.batch) { batch.add($0, $1, $2) }
                } catch {
                    throw AuroraError(
                        "file_unreadable", "\(file.file.url.path) changed while it was read",
                        hint: "run again when nobody writes it")
                }
                if let rows = batch.takeRows() { try await intake.append(rows, to: tables.rows) }
                if let broken = batch.takeBroken() {
                    try await intake.append(broken, to: tables.broken)
                }
            }
        }
    }
}
