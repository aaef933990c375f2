package import Columns
package import Query
import Foundation
import Preparation
import Runs
import Workspace

/// A source or a model of a published run, as the data pages show it to one reader: where it comes
/// from, what became of it, what it holds. In the form of docs/http-api.md.
package struct DataView: Sendable {
    private let run: PublishedRun
    private let reader: Reader

    /// - Throws: `not_permitted` for a reader who may not even see figures.
    package init(_ run: PublishedRun, for reader: Reader) throws(AuroraError) {
        guard reader.may(.aggregates) else {
            throw AuroraError("not_permitted", "\(reader.name) may not see any figures")
        }
        self.run = run
        self.reader = reader
    }

    private var record: RunRecord { run.record }

    // MARK: All tables

    package func json() -> JSON {
        let sources = record.inputs.map { input in
            JSON.object([
                "kind": .string("source"), "name": .string(input.source),
                "description": JSON(source(input.source)?.summary), "rows": JSON(input.rows),
                "quarantined": JSON(input.quarantined), "columns": JSON(input.columns.count),
                "origin": .string(input.file), "notices": JSON(notices(of: input).count),
            ])
        }
        let models = record.models.map { model in
            JSON.object([
                "kind": .string("model"), "name": .string(model.name),
                "description": JSON(run.project.recipes[model: model.name]?.summary),
                "rows": JSON(model.rows), "quarantined": JSON(0),
                "columns": JSON(run.gate.catalogue.tables[model.name]?.schema.fields.count),
                "origin": .string(model.from), "notices": JSON(notices(of: model).count),
            ])
        }
        return .object([
            "run": .string(record.id), "tables": .array(sources + models),
        ])
    }

    private func source(_ name: String) -> SourceSpec? {
        run.project.recipes.sources.first { $0.name == name }
    }

    private func notices(of input: RunRecord.Input) -> [RunRecord.Caveat] {
        record.notices.filter { $0.about == "source '\(input.source)'" }
    }

    private func notices(of model: RunRecord.Model) -> [RunRecord.Caveat] {
        record.notices.filter { $0.about.hasPrefix("model '\(model.name)'") }
    }

    // MARK: One table

    /// - Throws: `unknown_name`.
    package func source(named name: String) throws(AuroraError) -> JSON {
        guard let input = record.inputs.first(where: { $0.source == name }) else {
            throw unknown("source", name, among: record.inputs.map(\.source))
        }
        return .object([
            "run": .string(record.id), "kind": .string("source"), "name": .string(name),
            "description": JSON(source(name)?.summary), "rows": JSON(input.rows),
            "quarantined": JSON(input.quarantined), "origin": .string(input.file),
            "files": .array(
                input.files.map {
                    .object([
                        "path": .string($0.path), "bytes": JSON($0.bytes),
                        "sha256": .string($0.sha256), "synthetic": .bool($0.isSynthetic),
                    ])
                }),
            "facts": .array(input.facts.map { .string($0) }),
            "columns": .array(
                input.columns.map {
                    .object([
                        "name": .string($0.name), "type": .string($0.type),
                        "reading": JSON($0.reading), "missing": JSON($0.missing),
                    ])
                }),
            "contracts": .array(
                input.contracts.map {
                    .object([
                        "rule": .string($0.rule), "on_fail": .string($0.onFail),
                        "broken": JSON($0.broken),
                    ])
                }),
            "notices": .array(notices(of: input).map(json)),
            "quality": quality(.source, name).profile, "drift": quality(.source, name).drift,
        ])
    }

    /// - Throws: `unknown_name`.
    package func model(named name: String) throws(AuroraError) -> JSON {
        guard let model = record.models.first(where: { $0.name == name }) else {
            throw unknown("model", name, among: record.models.map(\.name))
        }
        let table = run.gate.catalogue.tables[name]
        let steps = model.steps.enumerated().map { index, step in
            json(step, notices: notices(of: model, step: index + 1))
        }
        return .object([
            "run": .string(record.id), "kind": .string("model"), "name": .string(name),
            "description": JSON(run.project.recipes[model: name]?.summary),
            "rows": JSON(model.rows), "origin": .string(model.from),
            "origin_kind": .string(isModel(model.from) ? "model" : "source"),
            "key": JSON(table?.key),
            "rows_read": JSON(model.steps.first?.rowsIn ?? model.rows),
            "columns": .array(
                (table?.schema.fields ?? []).map {
                    .object(["name": .string($0.name), "type": .string($0.type.description)])
                }),
            "steps": .array(steps),
            "figures": .array(figures(of: name).map { .string($0) }),
            "notices": .array(notices(of: model).map(json)),
            "quality": quality(.model, name).profile, "drift": quality(.model, name).drift,
        ])
    }

    /// The table's profile and drift; null where the run has none.
    private func quality(
        _ kind: TableProfile.Kind, _ name: String
    ) -> (profile: JSON, drift: JSON) {
        guard let report = try? QualityReport.read(kind, name, from: run.folder) else {
            return (.null, .null)
        }
        let smallest = run.project.settings.privacy.smallestCell
        let profile =
            reader.may(.customers) && smallest <= 1
            ? report.profile : report.profile.aggregates(smallestCell: smallest)
        func json(_ content: some Encodable) -> JSON {
            guard let data = try? JSONEncoder.stable.encode(content) else { return .null }
            return .encoded(String(decoding: data, as: UTF8.self))
        }
        return (json(profile), report.drift.map { json($0) } ?? .null)
    }

    /// Where a figure comes from.
    ///
    /// - Throws: `unknown_name`.
    package func lineage(of name: String) throws(AuroraError) -> JSON {
        try run.lineage(of: name).json(record)
    }

    private func isModel(_ name: String) -> Bool { record.models.contains { $0.name == name } }

    private func figures(of model: String) -> [String] {
        let catalogue = run.gate.catalogue
        return catalogue.measures.values.filter { $0.model == model }.map(\.name).sorted()
    }

    private func notices(of model: RunRecord.Model, step: Int) -> [RunRecord.Caveat] {
        notices(of: model).filter { $0.about.hasPrefix("model '\(model.name)', step \(step) ") }
    }

    private func unknown(_ kind: String, _ name: String, among names: [String]) -> AuroraError {
        AuroraError(
            "unknown_name", "there is no \(kind) '\(name)'",
            hint: NearestName.hint(for: name, among: names))
    }

    private func json(_ notice: RunRecord.Caveat) -> JSON {
        .object([
            "code": .string(notice.code), "message": .string(notice.message),
            "about": .string(notice.about),
        ])
    }

    private func json(_ step: RunRecord.Step, notices: [RunRecord.Caveat]) -> JSON {
        // An example is a cell of a customer, whoever it is.
        let examples = reader.may(.customers) ? step.examples : []
        return .object([
            "kind": .string(step.kind), "summary": .string(step.summary),
            "rows_in": JSON(step.rowsIn), "rows_out": JSON(step.rowsOut),
            "cells_changed": .object(
                step.cellsChanged.sorted { $0.key < $1.key }
                    .map { .init(name: $0.key, value: JSON($0.value)) }),
            "columns_added": .array(step.columnsAdded.map { .string($0) }),
            "columns_removed": .array(step.columnsRemoved.map { .string($0) }),
            "fitted": .object(
                step.fitted.sorted { $0.key < $1.key }
                    .map { .init(name: $0.key, value: .string($0.value)) }),
            "facts": .array(step.facts.map { .string($0) }),
            "examples": .array(
                examples.map {
                    .object([
                        "column": .string($0.column), "before": JSON($0.before),
                        "after": JSON($0.after),
                    ])
                }),
            "notices": .array(notices.map(json)),
        ])
    }
}
