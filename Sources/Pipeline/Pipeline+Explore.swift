package import Columns
package import Engine
package import Foundation
import Kernels
import Preparation
import Query
import Reporting
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
        /// The tables, to try segmentations on.
        package let trial: SegmentationTrial
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
    ///   - folder: for what the tables take beyond the memory that there is.
    ///   - state: keeps what was worked out, so that the next run there doesn't do it again.
    ///   - mistakes: what is wrong with the project's text already.
    /// - Throws: what `body` throws, ``InvalidProject`` with all that is wrong.
    package func explore<Result: Sendable>(
        into folder: URL, remembering state: StateFolder, _ mistakes: [Diagnostic] = [],
        report: @escaping Report, _ body: (Exploration) async throws -> Result
    ) async throws -> Result {
        try state.create()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var record = RunRecord()
        record.versions = versions
        var diagnostics = mistakes
        let dated = dated(&diagnostics)
        let prepared = try await dated.prepare(
            into: folder, isKept: false, after: Earlier(state, reusing: true), &record,
            &diagnostics, report: report)
        defer { prepared.engine.close() }
        try Self.stop(for: diagnostics)
        let trial = SegmentationTrial(
            project.recipes.models.compactMap { prepared.tables[$0.name] }, in: prepared.engine,
            parser: try await provider.parser(),
            privacy: PrivateColumns(project.settings.privacy, models: record.models),
            segmentations: project.segmentations, results: [])
        let result = try await body(
            Exploration(
                engine: prepared.engine, trial: trial, tables: prepared.tables, record: record,
                pipeline: dated, report: report))
        try await prepared.memory?.close(prepared.engine)
        return result
    }
}
