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

    /// - Parameter isKept: false for tables that nobody needs once the engine is closed; a database in
    ///   memory spares compressing them and writing them down.
    func prepare(
        into folder: URL, isKept: Bool = true, after earlier: Earlier?, _ record: inout RunRecord,
        _ diagnostics: inout [Diagnostic], profiling: Profiling? = nil, report: @escaping Report
    ) async throws -> Prepared {
        let before = (record, diagnostics)
        do {
            return try await attempt(
                into: folder, isKept: isKept, after: earlier, &record, &diagnostics,
                profiling: profiling,
                report: report)
        } catch is DamagedMemory {
            (record, diagnostics) = before
            try? FileManager.default.removeItem(at: Self.database(in: folder))
            return try await attempt(
                into: folder, isKept: isKept, after: earlier?.forgetting(), &record, &diagnostics,
                profiling: profiling, report: report)
        }
    }

    /// A database of what earlier runs have worked out that can't be opened.
    private struct DamagedMemory: Error {}

    private static func database(in folder: URL) -> URL { folder.appending(path: "data.duckdb") }

    private func attempt(
        into folder: URL, isKept: Bool, after earlier: Earlier?, _ record: inout RunRecord,
        _ diagnostics: inout [Diagnostic], profiling: Profiling?, report: @escaping Report
    ) async throws -> Prepared {
        let staged = earlier?.sources?.database ?? folder.appending(path: "sources.duckdb")
        let scratch = folder.appending(path: "scratch")
        let drifts = try await sources(
            into: staged, scratch, after: earlier, &record, &diagnostics, report: report)
        let memory = earlier?.memory
        let attached = (memory?.attached ?? [:]).merging(["sources": staged.path]) { $1 }
        let engine = try await opening(reused: memory != nil) { () async throws(AuroraError) in
            try await provider.work(
                at: isKept ? Self.database(in: folder).path : nil, folder: folder.path,
                attached: attached,
                kept: memory?.kept ?? [:])
        }
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

    private func opening(
        reused: Bool, _ open: () async throws(AuroraError) -> any Engine
    ) async throws -> any Engine {
        do throws(AuroraError) {
            return try await open()
        } catch {
            guard reused, ["engine_failed", "database_unusable"].contains(error.code) else {
                throw error
            }
            throw DamagedMemory()
        }
    }

    /// The table of a source's rows that were set aside, as SQL names it.
    static func quarantine(
        of source: RunRecord.Input, _ engine: any Engine
    ) -> String {
        engine.dialect.quoted(Staging.quarantine(of: source.source))
    }

    /// Takes over the staged sources that nothing has changed, and stages all others.
    ///
    /// - Returns: what is another in the sources than it was in the last run.
    private func sources(
        into file: URL, _ scratch: URL, after earlier: Earlier?, _ record: inout RunRecord,
        _ diagnostics: inout [Diagnostic], report: @escaping Report
    ) async throws -> [SchemaDrift] {
        let memory = earlier?.sources
        let hashes = FileHashes()
        var keys: [String: String] = [:]
        if memory != nil {
            report("Comparing sources", nil, nil)
            keys = sourceKeys(record.versions, hashes)
        }
        var kept = memory?.kept(keys) ?? [:]
        var drifts: [SchemaDrift] = []
        if kept.count < project.recipes.sources.count {
            // Whatever stops this run, the next one finds what is sound.
            if kept.isEmpty { memory?.forget() } else { try memory?.keep(kept) }
            do {
                let staged = try await stage(
                    project.recipes.sources.filter { kept[$0.name] == nil }, into: file, scratch,
                    beside: Set(kept.keys), previous: earlier?.record?.inputs ?? [], hashes,
                    &diagnostics, report: report)
                drifts = staged.compactMap(\.drift)
                for source in staged {
                    kept[source.input.source] = .init(
                        key: keys[source.input.source] ?? "", input: source.input,
                        notices: source.notices)
                }
            } catch {
                memory?.forget()
                throw error
            }
        }
        for source in project.recipes.sources {
            guard let known = kept[source.name] else { continue }
            record.inputs.append(known.input)
            record.notices += known.notices
            // What differs from the last run is no news to the next one.
            kept[source.name]?.notices.removeAll { $0.code == "schema_drift" }
        }
        if diagnostics.isEmpty { try memory?.keep(kept.filter { keys[$0.key] != nil }) }
        return drifts
    }

    /// - Parameter beside: the sources whose staged tables are in the file and stay.
    private func stage(
        _ specs: [SourceSpec], into file: URL, _ scratch: URL, beside kept: Set<String>,
        previous: [RunRecord.Input], _ hashes: FileHashes, _ diagnostics: inout [Diagnostic],
        report: @escaping Report
    ) async throws -> [FinishedSource] {
        let isNew = !FileManager.default.fileExists(atPath: file.path)
        let intake = try await opening(reused: !kept.isEmpty) { () async throws(AuroraError) in
            try await provider.intake(at: file.path)
        }
        defer { intake.close() }
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        if !isNew { try await clear(intake, but: kept) }
        let staging = Staging(
            intake: intake, data: data, scratch: scratch, settings: project.settings,
            parser: try await provider.parser(), previous: previous, hashes: hashes)
        var sources: [StagedSource] = []
        for source in specs {
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
        let finished = try await staging.finish(sources, &diagnostics)
        try await intake.persist()
        return finished
    }

    /// Leaves only the tables of some sources in a database of staged ones, and gives their room
    /// to what comes.
    private func clear(_ intake: any Engine, but kept: Set<String>) async throws {
        let names = kept.union(kept.map(Staging.quarantine(of:)))
        let tables = try await intake.query(
            "SELECT table_name FROM information_schema.tables ORDER BY 1"
        ).columns[0]
        for row in 0..<tables.count {
            guard let name = tables[row].textValue, !names.contains(name) else { continue }
            try await intake.execute("DROP TABLE \(intake.dialect.quoted(name))")
        }
        try await intake.persist()
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

    /// The hash of all that decides what a staged source holds.
    private func fingerprint(_ input: RunRecord.Input, _ record: RunRecord) -> RecipeKey {
        let source = project.recipes.sources.first { $0.name == input.source }
        let group = source.map { tied(to: $0) } ?? []
        let others = record.inputs.filter { input in group.contains { $0.name == input.source } }
            .map(\.sha256)
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
