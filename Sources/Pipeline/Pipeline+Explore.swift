import Columns
package import Engine
package import Foundation
import Kernels
import Preparation
import Query
package import Runs
package import Segmentation
import Workspace

/// A fit that was made before the run that publishes it, and the hash of all that it depends on.
package struct KnownFit: Sendable {
    let key: String
    package let fitted: Segmenter.Fitted
}

extension Pipeline {
    /// The tables of a project whose groups and pages are yet to be written.
    package struct Exploration: Sendable {
        package let engine: any Engine
        fileprivate let tables: [String: Catalogue.Table]
        fileprivate let record: RunRecord
        fileprivate let pipeline: Pipeline
        fileprivate let report: Report

        /// Fits a segmentation as the run will.
        ///
        /// - Returns: nil where its model is none of the project's.
        /// - Throws: ``InvalidProject`` with what is wrong with it.
        package func fit(_ spec: SegmentationSpec) async throws -> KnownFit? {
            guard let table = tables[spec.model.value] else { return nil }
            var diagnostics: [Diagnostic] = []
            let segmenter = Segmenter(
                engine, parser: try await pipeline.provider.parser(),
                work: Work(threads: pipeline.threads) { (fraction, detail) throws(AuroraError) in
                    report("Forming groups", fraction, detail)
                })
            let fitted = try await segmenter.fit(
                spec, of: table, beside: [], anchor: nil, &diagnostics)
            try Pipeline.stop(for: diagnostics)
            let key = pipeline.fitKey(of: spec, record, beside: [:])
            return fitted.map { KnownFit(key: key, fitted: $0) }
        }
    }

    /// Stages the sources and builds the models, and hands them to `body`.
    ///
    /// - Parameters:
    ///   - folder: for the tables, which nobody needs afterwards.
    ///   - state: keeps what was worked out, so that the next run there doesn't do it again.
    /// - Throws: what `body` throws, ``InvalidProject`` with all that is wrong.
    package func explore<Result: Sendable>(
        into folder: URL, remembering state: StateFolder, report: @escaping Report,
        _ body: (Exploration) async throws -> Result
    ) async throws -> Result {
        try state.create()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var record = RunRecord()
        record.versions = versions
        var diagnostics: [Diagnostic] = []
        let prepared = try await prepare(
            into: folder, after: Earlier(state, reusing: true), &record, &diagnostics,
            report: report)
        defer { prepared.engine.close() }
        try Self.stop(for: diagnostics)
        let result = try await body(
            Exploration(
                engine: prepared.engine, tables: prepared.tables, record: record, pipeline: self,
                report: report))
        try await prepared.memory?.close(prepared.engine)
        return result
    }
}
