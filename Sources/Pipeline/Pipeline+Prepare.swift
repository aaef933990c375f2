import Columns
import Engine
import Foundation
import Preparation
import Query
import Reporting
import Runs
import Workspace

/// From the sources to the tables of the models.
extension Pipeline {
    struct Prepared {
        var engine: any Engine
        var memory: RecipeMemory?
        var tables: [String: Catalogue.Table]
    }

    /// Looks at the tables while the sources are still there.
    typealias Profiling =
        (any Engine, [String: StepInput.Relation], inout RunRecord) async throws -> Void

    func prepare(
        into folder: URL, after earlier: Earlier?, _ record: inout RunRecord,
        _ diagnostics: inout [Diagnostic], profiling: Profiling? = nil, report: @escaping Report
    ) async throws -> Prepared {
        let staged = earlier?.sources?.database ?? folder.appending(path: "sources.duckdb")
        let scratch = folder.appending(path: "scratch")
        let drifts = try await sources(
            into: staged, scratch, after: earlier, &record, &diagnostics, report: report)
        let (engine, memory) = try await open(folder, staged, earlier?.memory)
        do {
            let (tables, relations) = try await build(
                in: engine, memory, &record, &diagnostics, report: report)
            for drift in drifts { drift.explain(&diagnostics) }
            if diagnostics.isEmpty { try await profiling?(engine, relations, &record) }
            // Behind the models, so that none can be made from them.
            for source in record.inputs where source.quarantined > 0 {
                let table = Self.quarantine(of: source, engine)
                let origin = "\(engine.dialect.quoted("sources")).\(table)"
                try await engine.execute(
                    "CREATE TABLE \(table) AS SELECT * FROM \(origin) ORDER BY 1")
            }
            try await engine.execute("DETACH \(engine.dialect.quoted("sources"))")
            // The customers' raw rows are not kept with a run but for those that were set aside, nor
            // what a journal holds of them.
            if earlier?.sources == nil {
                try FileManager.default.removeItem(at: staged)
                try? FileManager.default.removeItem(atPath: staged.path + ".wal")
            }
            return Prepared(engine: engine, memory: memory, tables: tables)
        } catch {
            engine.close()
            throw error
        }
    }

    /// Opens the engine of the run with what it may reuse. A memory that can't be opened is thrown
    /// away: it holds nothing that can't be worked out again.
    private func open(
        _ folder: URL, _ staged: URL, _ memory: RecipeMemory?
    ) async throws -> (any Engine, RecipeMemory?) {
        let path = folder.appending(path: "data.duckdb").path
        if let memory {
            do {
                let engine = try await provider.work(
                    at: path, folder: folder.path,
                    attached: memory.attached.merging(["sources": staged.path]) { $1 },
                    kept: memory.kept)
                return (engine, memory)
            } catch {
                guard ["engine_failed", "database_unusable"].contains(error.code) else {
                    throw error
                }
                try? FileManager.default.removeItem(at: memory.tables)
                try? FileManager.default.removeItem(atPath: path)
            }
        }
        let engine = try await provider.work(
            at: path, folder: folder.path, attached: ["sources": staged.path], kept: [:])
        return (engine, nil)
    }

    /// The table of a source's rows that were set aside, as SQL names it.
    static func quarantine(
        of source: RunRecord.Input, _ engine: any Engine
    ) -> String {
        engine.dialect.quoted(Staging.quarantine(of: source.source))
    }

    /// Takes the staged sources of an earlier run over, or stages them.
    ///
    /// - Returns: what is another in the sources than it was in the last run.
    private func sources(
        into file: URL, _ scratch: URL, after earlier: Earlier?, _ record: inout RunRecord,
        _ diagnostics: inout [Diagnostic], report: @escaping Report
    ) async throws -> [SchemaDrift] {
        let previous = earlier?.record
        guard let memory = earlier?.sources else {
            return try await stage(
                into: file, scratch, after: previous, &record, &diagnostics, report: report)
        }
        report("Comparing sources", nil, nil)
        let key = sourcesKey(record.versions)
        if let key, let kept = memory.kept(key) {
            record.inputs = kept.inputs
            record.notices += kept.notices
            return []
        }
        memory.forget()
        let drifts: [SchemaDrift]
        do {
            drifts = try await stage(
                into: file, scratch, after: previous, &record, &diagnostics, report: report)
        } catch {
            memory.forget()
            throw error
        }
        // What differs from the last run is no news to the next one.
        if let key, diagnostics.isEmpty {
            let notices = record.notices.filter { $0.code != "schema_drift" }
            try memory.keep(.init(key: key, inputs: record.inputs, notices: notices))
        }
        return drifts
    }

    private func stage(
        into file: URL, _ scratch: URL, after previous: RunRecord?, _ record: inout RunRecord,
        _ diagnostics: inout [Diagnostic], report: @escaping Report
    ) async throws -> [SchemaDrift] {
        let intake = try await provider.intake(at: file.path)
        defer { intake.close() }
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let staging = Staging(
            intake: intake, data: data, scratch: scratch, settings: project.settings,
            parser: try await provider.parser(), previous: previous?.inputs ?? [])
        var sources: [StagedSource] = []
        for source in project.recipes.sources {
            let name = "Reading: \(source.name)"
            report(name, nil, source.reader.origin.value)
            let watch = Task {
                while !Task.isCancelled {
                    try await Task.sleep(for: .milliseconds(250))
                    report(name, intake.progress(), source.reader.origin.value)
                }
            }
            defer { watch.cancel() }
            if let staged = try await staging.stage(source, &diagnostics) {
                sources.append(staged)
            }
        }
        report("Checking sources", nil, nil)
        let staged = try await staging.finish(sources, &diagnostics)
        record.inputs = staged.inputs
        record.notices += staged.notices
        try await intake.persist()
        return staged.drifts
    }

    private func build(
        in engine: any Engine, _ memory: RecipeMemory?, _ record: inout RunRecord,
        _ diagnostics: inout [Diagnostic],
        report: @escaping Report
    ) async throws -> ([String: Catalogue.Table], [String: StepInput.Relation]) {
        var tables: [String: Catalogue.Table] = [:]
        var relations: [String: StepInput.Relation] = [:]
        for (index, input) in record.inputs.enumerated() {
            let fingerprint = fingerprint(input, record)
            record.inputs[index].fingerprint = fingerprint.text
            relations[input.source] = try await .init(
                source: input.source, of: "sources", fingerprint: fingerprint, engine)
        }
        let parser = try await provider.parser()
        for model in project.recipes.models {
            // What is made from a source or model that failed has nothing to be checked against.
            guard model.uses.allSatisfy({ relations[$0.value] != nil }) else { continue }
            let builder = ModelBuilder(
                engine, parser: parser, settings: project.settings, memory: memory
            ) {
                report("Preparing: \(model.name)", $0, $1)
            }
            guard let result = try await builder.build(model, from: relations, &diagnostics)
            else { continue }
            relations[model.name] = result.relation
            record.models.append(result.record)
            record.notices += result.notices
            record.notices += try await AsOfCheck(engine).notices(
                for: model, schema: result.relation.schema, among: project.recipes.models,
                &diagnostics)
            tables[model.name] = try await Catalogue.Table(model, in: engine)
        }
        project.recipes.checkReferences(tables.mapValues(\.schema), &diagnostics)
        return (tables, relations)
    }

    /// The hash of all that decides what a staged source holds. What it expects may be about any of
    /// the other sources.
    private func fingerprint(_ input: RunRecord.Input, _ record: RunRecord) -> RecipeKey {
        let source = project.recipes.sources.first { $0.name == input.source }
        let others = input.contracts.isEmpty ? [] : record.inputs.map(\.sha256)
        // Profiles keep private columns to themselves.
        let privacy = project.settings.privacy
        let listed = (privacy.identifying + privacy.hidden).map(\.value)
        return RecipeKey(
            [
                record.versions["aurora"] ?? "", record.versions["engine"] ?? "",
                source.flatMap { project.folder.texts[$0.path] } ?? "", input.sha256,
                listed.joined(separator: "\n"),
            ] + others)
    }
}
