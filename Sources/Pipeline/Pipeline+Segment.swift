import Columns
import Engine
import Foundation
import Kernels
import Preparation
import Query
import Reporting
import Runs
import Segmentation
import Workspace

/// From the tables of the models to their segments.
extension Pipeline {
    /// Fits each segmentation, or takes over the fit of the last run where nothing but names have
    /// changed since, and adds its segments to its model's table.
    func segment(
        _ prepared: Prepared, after earlier: Earlier?, _ known: [String: KnownFit],
        anchors: SegmentAnchors, into folder: URL, _ record: inout RunRecord,
        _ diagnostics: inout [Diagnostic], report: @escaping Report
    ) async throws -> (tables: [String: Catalogue.Table], results: [SegmentationResult]) {
        var tables = prepared.tables
        var results: [SegmentationResult] = []
        var keys: [String: String] = [:]
        for spec in project.segmentations {
            guard let table = tables[spec.model.value] else { continue }
            let key = fitKey(of: spec, record, beside: keys, results)
            var fitted: Segmenter.Fitted?
            var isKept = false
            if let fit = known[spec.name], fit.key == key {
                let result = spec.naming(fit.fitted.result)
                fitted = Segmenter.Fitted(
                    result: result, notices: fit.fitted.notices, labels: fit.fitted.labels,
                    identity: fit.fitted.identity, choice: fit.fitted.choice,
                    plots: fit.fitted.plots)
            }
            if fitted == nil, prepared.memory != nil, let earlier {
                fitted = try await keptFit(of: spec, key, table, earlier, prepared.engine)
                isKept = fitted != nil
            }
            var anchor: SegmentationResult?
            if fitted == nil {
                anchor = anchors.result(of: spec.name)
                let segmenter = Segmenter(
                    prepared.engine, parser: try await provider.parser(),
                    work: Work(threads: threads) { (fraction, detail) throws(AuroraError) in
                        report("Segmenting: \(spec.name)", fraction, detail)
                    })
                fitted = try await segmenter.fit(
                    spec, of: table, beside: results, anchor: anchor, &diagnostics)
            }
            guard let fitted else { continue }
            keys[spec.name] = key
            tables[table.name] = try await SegmentTable.add(fitted, to: table, in: prepared.engine)
            results.append(fitted.result)
            record.notices += fitted.notices.map { .init($0, about: Self.about(spec)) }
            try keep(fitted.result, at: SegmentationResult.path(spec.name), in: folder, &record)
            if let identity = fitted.identity {
                try keep(identity, at: SegmentIdentity.path(spec.name), in: folder, &record)
                try keep(anchor, at: SegmentIdentity.anchorPath(spec.name), in: folder, &record)
            } else if let earlier, try isKept || Self.isSame(fitted.result, as: anchor) {
                try earlier.keep(of: spec.name, in: folder, &record)
            }
            if let choice = fitted.choice {
                try keep(choice, at: ChoiceEvidence.path(spec.name), in: folder, &record)
            }
            if let plots = fitted.plots {
                try keep(plots, at: SegmentPlots.path(spec.name), in: folder, &record)
            }
            // What the model itself holds, without the columns that segmentations add.
            let columns = prepared.tables[spec.model.value]?.schema.fields ?? []
            try await keepProfile(
                of: fitted.result, columns, isKept ? earlier : nil, in: prepared.engine, folder,
                &record, report: report)
        }
        record.fits = keys
        return (tables, results)
    }

    func keep(
        _ value: some Encodable, at path: String, in folder: URL, _ record: inout RunRecord
    ) throws {
        let file = try JSONEncoder.stable.encode(value)
        try RunFile.write(file, to: path, in: folder)
        record.outputs[path] = ContentHash.of(file)
    }

    /// Whether a fit came to what the last one came to: it follows then what that one followed, or the
    /// run could not be repeated from its own files.
    private static func isSame(
        _ result: SegmentationResult, as anchor: SegmentationResult?
    ) throws -> Bool {
        guard let before = anchor?.frozen, let now = result.frozen else { return false }
        let encoder = JSONEncoder.stable
        return try encoder.encode(before) == encoder.encode(now)
    }

    private static func about(_ spec: SegmentationSpec) -> String { "segmentation '\(spec.name)'" }

    /// The hash of all that a fit depends on: the versions, the model's table with what other
    /// segmentations have added to it, the names of those that this one is made of, and what the file
    /// says but for its own names.
    func fitKey(
        of spec: SegmentationSpec, _ record: RunRecord, beside others: [String: String],
        _ results: [SegmentationResult] = []
    ) -> String {
        let versions = record.versions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let model = record.models.first { $0.name == spec.model.value }?.fingerprint ?? ""
        let beside = others.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        var parts = [spec.name, model, "\(versions.count)"]
        parts += versions
        parts.append("\(beside.count)")
        parts += beside
        for used in results where spec.uses.contains(where: { $0.value == used.name }) {
            parts += used.segments.map { "\($0.id)=\($0.name)" }
        }
        parts.append(spec.decisive)
        return RecipeKey(parts).text
    }

    /// The fit of the published run with the names that the file states now; nil where it depends on
    /// something that has changed, or can't be read.
    private func keptFit(
        of spec: SegmentationSpec, _ key: String, _ table: Catalogue.Table, _ earlier: Earlier,
        _ engine: any Engine
    ) async throws -> Segmenter.Fitted? {
        guard let record = earlier.record, let folder = earlier.folder,
            record.fits?[spec.name] == key,
            let result = try? SegmentationResult.read(spec.name, from: folder)
        else { return nil }
        let dialect = engine.dialect
        let columns = SegmentTable.columns(of: spec)
        let names = ["segment"] + (1..<columns.count).map { "component_\($0)" }
        let items = zip(columns, names).map { "\(dialect.quoted($0)) AS \($1)" }
        let key = dialect.quoted(table.key)
        let origin =
            "\(dialect.quoted(RecipeMemory.publishedDatabase)).\(dialect.quoted(table.name))"
        let sql =
            "SELECT row_number() OVER (ORDER BY \(key)) - 1 AS position, "
            + "\(items.joined(separator: ", ")) FROM \(origin) ORDER BY \(key)"
        guard let labels = try? await engine.query(sql), labels.rowCount == result.rows else {
            try Task.checkCancellation()
            return nil
        }
        let notices = record.notices.filter { $0.about == Self.about(spec) }.map {
            Notice($0.code, $0.message)
        }
        return Segmenter.Fitted(
            result: spec.naming(result), notices: notices, labels: labels)
    }
}

/// The fits whose segments keep their numbers in this run.
struct SegmentAnchors: Sendable {
    /// The folder of a run, and where in it the fit of a segmentation lies.
    private let folder: URL?
    private let path: @Sendable (String) -> String

    /// The published run's own fits.
    static func following(_ run: URL?) -> SegmentAnchors {
        SegmentAnchors(folder: run) { SegmentationResult.path($0) }
    }

    /// Those that a run itself followed.
    static func repeating(_ run: URL) -> SegmentAnchors {
        SegmentAnchors(folder: run) { SegmentIdentity.anchorPath($0) }
    }

    func result(of name: String) -> SegmentationResult? {
        guard let folder, let data = try? Data(contentsOf: folder.appending(path: path(name)))
        else {
            return nil
        }
        return try? JSONDecoder().decode(SegmentationResult.self, from: data)
    }
}

extension Earlier {
    /// Copies what the last run kept of how segments followed those before.
    fileprivate func keep(
        of segmentation: String, in target: URL, _ record: inout RunRecord
    ) throws {
        guard let folder else { return }
        let paths = [
            SegmentIdentity.path(segmentation), SegmentIdentity.anchorPath(segmentation),
            ChoiceEvidence.path(segmentation), SegmentPlots.path(segmentation),
        ]
        for path in paths {
            guard self.record?.outputs[path] != nil else { continue }
            let data = try Data(contentsOf: folder.appending(path: path))
            try RunFile.write(data, to: path, in: target)
            record.outputs[path] = ContentHash.of(data)
        }
    }
}
