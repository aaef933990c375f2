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
        _ prepared: Prepared, after earlier: Earlier?, into folder: URL, _ record: inout RunRecord,
        _ diagnostics: inout [Diagnostic], report: @escaping Report
    ) async throws -> [String: Catalogue.Table] {
        var tables = prepared.tables
        var keys: [String: String] = [:]
        for spec in project.segmentations {
            guard let table = tables[spec.model.value] else { continue }
            let key = fitKey(of: spec, record, beside: keys)
            var fitted: Segmenter.Fitted?
            if prepared.memory != nil, let earlier {
                fitted = try await keptFit(of: spec, key, table, earlier, prepared.engine)
            }
            if fitted == nil {
                let segmenter = Segmenter(
                    prepared.engine,
                    work: Work(threads: threads) { (fraction, detail) throws(AuroraError) in
                        report("Segmenting: \(spec.name)", fraction, detail)
                    })
                fitted = try await segmenter.fit(spec, of: table, &diagnostics)
            }
            guard let fitted else { continue }
            keys[spec.name] = key
            tables[table.name] = try await SegmentTable.add(fitted, to: table, in: prepared.engine)
            record.notices += fitted.notices.map { .init($0, about: Self.about(spec)) }
            let file = try JSONEncoder.stable.encode(fitted.result)
            try RunFile.write(file, to: SegmentationResult.path(spec.name), in: folder)
            record.outputs[SegmentationResult.path(spec.name)] = ContentHash.of(file)
        }
        record.fits = keys
        return tables
    }

    private static func about(_ spec: SegmentationSpec) -> String { "segmentation '\(spec.name)'" }

    /// The hash of all that a fit depends on: the versions, the model's table with what other
    /// segmentations have added to it, and what the file says but for names.
    private func fitKey(
        of spec: SegmentationSpec, _ record: RunRecord, beside others: [String: String]
    ) -> String {
        let versions = record.versions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let model = record.models.first { $0.name == spec.model.value }?.fingerprint ?? ""
        let beside = others.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return RecipeKey(
            [spec.name, model, "\(versions.count)"] + versions + ["\(beside.count)"] + beside
                + spec.decisive
        ).text
    }

    /// The fit of the published run with the names that the file states now; nil where it depends on
    /// something that has changed, or can't be read.
    private func keptFit(
        of spec: SegmentationSpec, _ key: String, _ table: Catalogue.Table, _ earlier: Earlier,
        _ engine: any Engine
    ) async throws -> Segmenter.Fitted? {
        guard let record = earlier.record, let folder = earlier.folder,
            record.fits?[spec.name] == key,
            let result = try? SegmentationResult.read(spec.name, from: folder),
            result.segments.count == spec.segmentNames.count
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
