import Columns
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Query
import Reporting
import Runs
import Segmentation
import Synchronization

/// `/api/v1/segmentations/NAME/score`: the segments of customers who are sent, and what to send.
struct ScoreRoutes {
    private let runs: PublishedRuns

    /// What one request may send.
    static let mostBytes = 32 << 20
    static let mostRows = 100_000
    /// What a workbook may unpack to: many times what so many rows take.
    static let mostUnpackedBytes = 512 << 20
    static let workbookType =
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    init(_ runs: PublishedRuns) { self.runs = runs }

    func addRoutes(to router: Router<RequestContext>) {
        router.get("/api/v1/segmentations/:name/score") { [self] _, context in
            let reader = try context.signedIn
            let name = try context.parameters.require("name")
            let run = try await runs.current()
            return Response.json(
                try await TimeLimit.run { try await run.scoreForm(name, for: reader) })
        }
        router.post("/api/v1/segmentations/:name/score") { [self] request, context in
            let reader = try context.signedIn
            // Before anything is taken from whoever may not ask.
            guard reader.may(.customers) else {
                throw AuroraError("not_permitted", "\(reader.name) may not see single customers")
            }
            let kind = try BodyKind(request.headers[.contentType])
            let sheet = request.uri.queryParameters.get("sheet")
            guard sheet == nil || kind == .xlsx else {
                throw Problem(.badRequest, "bad_request", "Only a workbook has sheets")
            }
            let run = try await runs.current()
            let name = try context.parameters.require("name")
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "aurora-body-\(UUID().uuidString)", directoryHint: .isDirectory)
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            defer { try? FileManager.default.removeItem(at: folder) }
            let file = folder.appending(path: "body.\(kind.ending)")
            try await Self.write(request.body, to: file)
            let document = try await TimeLimit.run {
                try await Self.scores(of: file, kind, sheet, name, run, reader)
            }
            return Response.json(document)
        }
    }

    /// The kinds of body, by their media types.
    private enum BodyKind: String, CaseIterable {
        case json = "application/json"
        case csv = "text/csv"
        case parquet = "application/vnd.apache.parquet"
        case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

        init(_ contentType: String?) throws {
            let type = (contentType ?? "").prefix { $0 != ";" }.lowercased()
                .trimmingCharacters(in: .whitespaces)
            guard let kind = Self(rawValue: type) else {
                throw Problem(
                    .unsupportedMediaType, "body_type",
                    "A body of the type '\(type)' can't be scored",
                    detail: "Content-Type: "
                        + Self.allCases.map(\.rawValue).joined(separator: ", "))
            }
            self = kind
        }

        var ending: String {
            switch self {
            case .json: "json"
            case .csv: "csv"
            case .parquet: "parquet"
            case .xlsx: "xlsx"
            }
        }

        /// What a source file would state of it.
        var options: [(key: String, value: String)] {
            self == .json ? [(key: "rows", value: "rows")] : []
        }
    }

    /// - Throws: a problem with `body_too_large`.
    private static func write(_ body: RequestBody, to file: URL) async throws {
        guard
            FileManager.default.createFile(
                atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: file.path)
        else { throw AuroraError("file_unwritable", "\(file.path) can't be written") }
        defer { try? handle.close() }
        var count = 0
        for try await part in body {
            count += part.readableBytes
            guard count <= mostBytes else {
                throw Problem(
                    .contentTooLarge, "body_too_large",
                    "The body is larger than \(mostBytes >> 20) MiB",
                    detail: "send fewer rows at a time, or use aurora score")
            }
            try handle.write(contentsOf: Data(part.readableBytesView))
        }
    }

    private static func scores(
        of file: URL, _ kind: BodyKind, _ sheet: String?, _ name: String, _ run: PublishedRun,
        _ reader: Reader
    ) async throws -> JSON {
        var scoring = Scoring(name, file)
        scoring.options = kind.options
        if let sheet { scoring.options.append((key: "sheet", value: sheet)) }
        if kind == .xlsx, SentWorkbook.unpackedBytes(of: file) > mostUnpackedBytes {
            throw Problem(
                .contentTooLarge, "body_too_large",
                "The workbook unpacks to more than \(mostUnpackedBytes >> 20) MiB",
                detail: "send fewer rows at a time, or use aurora score")
        }
        scoring.mostRows = mostRows
        let rows = Mutex<[JSON]>([])
        do {
            let summary = try await run.score(scoring, for: reader) {
                (summary, scored) throws(AuroraError) in
                let part = (0..<scored.count).map { summary.json(scored, row: $0) }
                rows.withLock { $0 += part }
            }
            return .object(
                [JSON.Member(name: "run", value: .string(run.record.id))] + summary.json
                    + [JSON.Member(name: "scores", value: .array(rows.withLock { $0 }))])
        } catch let problem as InvalidProject {
            var told = Problem(problem, of: file)
            // So that whoever has sent it can choose one.
            if kind == .xlsx, ["several_tables", "unknown_sheet", "no_table"].contains(told.code) {
                let sheets = SentWorkbook.sheets(of: file)
                told.members.append(
                    .init(name: "sheets", value: .array(sheets.map { .string($0) })))
                told.detail =
                    "name it in the address: score?sheet=NAME; its sheets are "
                    + sheets.map { "'\($0)'" }.joined(separator: ", ")
            }
            throw told
        } catch let error as AuroraError where error.code == "file_unreadable" {
            throw Problem(
                .unprocessableContent, error.code, "The body is of no kind that can be read")
        }
    }
}

extension Problem {
    /// What is wrong with a body, without the place where it lay.
    fileprivate init(_ problem: InvalidProject, of file: URL) {
        func plain(_ text: String) -> String { text.replacing(file.path, with: "the body") }
        self.init(
            .unprocessableContent, problem.diagnostics.first?.code ?? "bad_request",
            plain(problem.diagnostics.first?.message ?? "The body can't be read"),
            detail: problem.diagnostics.first?.hint.map(plain),
            errors: problem.diagnostics.map {
                .object([
                    "code": .string($0.code), "message": .string(plain($0.message)),
                    "hint": JSON($0.hint.map(plain)),
                ])
            })
    }
}
