package import Columns
package import Engine
package import Foundation
import Kernels
import Preparation
import Query
package import Reporting
package import Runs
import Segmentation
import Workspace

/// One run of a project: from its source files to published tables, segments and figures.
package struct Pipeline: Sendable {
    private let project: Project
    private let data: URL
    private let provider: any EngineProvider
    private let threads: Int

    /// - Parameters:
    ///   - data: the folder of the source files.
    ///   - threads: how many threads compute; no result depends on it.
    package init(_ project: Project, data: URL, provider: any EngineProvider, threads: Int) {
        self.project = project
        self.data = data
        self.provider = provider
        self.threads = threads
    }

    /// The folder of a project's source files: what a command says, or else what the project says.
    package static func dataFolder(of project: Project, in folder: URL, stated: String?) -> URL {
        if let stated { return URL(filePath: stated, directoryHint: .isDirectory).absoluteURL }
        return URL(
            filePath: project.settings.data, directoryHint: .isDirectory, relativeTo: folder
        ).absoluteURL
    }

    /// Tells the stage under way, how much of it is done, and what is being done.
    package typealias Report =
        @Sendable (_ stage: String, _ fraction: Double?, _ detail: String?) ->
        Void

    /// Runs everything into `folder`, which the caller publishes or throws away.
    ///
    /// - Parameter state: where earlier runs are kept, whose results are reused where nothing that
    ///   they depend on has changed; nil to work out everything.
    /// - Throws: ``InvalidProject`` with all that is wrong, or the ``AuroraError`` that stopped it.
    package func run(
        into folder: URL, reusing state: StateFolder? = nil, report: @escaping Report
    ) async throws -> RunRecord {
        var record = RunRecord()
        let memory = state.map { Memory($0) }
        record.versions = [
            "aurora": Version.current, "engine": provider.version, "kernels": "reference",
            "system": ProcessInfo.processInfo.operatingSystemVersionString,
        ]
        record.data = data.path
        record.project = project.folder.texts
        var diagnostics: [Diagnostic] = []
        let prepared = try await prepare(
            into: folder, memory, &record, &diagnostics, report: report)
        defer { prepared.engine.close() }
        try Self.stop(for: diagnostics)
        var tables = prepared.tables
        let segmenter = { (name: String) in
            Segmenter(
                prepared.engine,
                work: Work(threads: threads) { (fraction, detail) throws(AuroraError) in
                    report("Segmenting: \(name)", fraction, detail)
                })
        }
        for spec in project.segmentations {
            guard let table = tables[spec.model.value],
                let fitted = try await segmenter(spec.name).fit(spec, of: table, &diagnostics)
            else { continue }
            tables[table.name] = try await SegmentTable.add(fitted, to: table, in: prepared.engine)
            record.notices += fitted.notices.map {
                .init($0, about: "segmentation '\(spec.name)'")
            }
            let file = try JSONEncoder.stable.encode(fitted.result)
            try RunFile.write(file, to: SegmentationResult.path(spec.name), in: folder)
            record.outputs[SegmentationResult.path(spec.name)] = ContentHash.of(file)
        }
        report("Checking figures and pages", nil, nil)
        _ = try await project.catalogue(
            project.recipes.models.compactMap { tables[$0.name] }, levels: record.levels,
            engine: prepared.engine, parser: try await provider.parser(),
            &diagnostics)
        try Self.stop(for: diagnostics)
        for model in project.recipes.models {
            report("Hashing: \(model.name)", nil, nil)
            let dialect = prepared.engine.dialect
            record.outputs["tables/\(model.name)"] = try await ContentHash.ofTable(
                "SELECT * FROM \(dialect.quoted(model.name)) ORDER BY \(dialect.quoted(model.key.value))",
                in: prepared.engine)
        }
        try await prepared.memory?.close(prepared.engine)
        try await prepared.engine.persist()
        return record
    }

    /// Stages the sources and builds the models, to find all that is wrong with project and data.
    ///
    /// - Parameter diagnostics: what is wrong with the project's text already.
    package func check(
        into folder: URL, _ diagnostics: [Diagnostic] = [], report: @escaping Report
    ) async throws -> RunRecord {
        var record = RunRecord()
        var diagnostics = diagnostics
        let prepared = try await prepare(
            into: folder, nil, &record, &diagnostics, report: report)
        defer { prepared.engine.close() }
        for spec in project.segmentations {
            guard let table = prepared.tables[spec.model.value] else { continue }
            spec.check(table, &diagnostics)
        }
        _ = try await project.catalogue(
            project.recipes.models.compactMap { prepared.tables[$0.name] }, levels: record.levels,
            engine: prepared.engine, parser: try await provider.parser(), &diagnostics)
        try Self.stop(for: diagnostics)
        return record
    }

    /// What a stopped task could not find out is no mistake of the project.
    private static func stop(for diagnostics: [Diagnostic]) throws {
        try Task.checkCancellation()
        guard diagnostics.isEmpty else { throw InvalidProject(diagnostics) }
    }

    private struct Prepared {
        var engine: any Engine
        var memory: RecipeMemory?
        var tables: [String: Catalogue.Table]
    }

    /// What earlier runs have left to reuse.
    private struct Memory {
        let recipes: RecipeMemory
        private let publishedTables: URL?

        init(_ state: StateFolder) {
            let folder = state.published
            let published = folder.flatMap { try? RunRecord.read($0) }
            recipes = RecipeMemory(state.memory, published: published)
            publishedTables = published == nil ? nil : folder?.appending(path: "data.duckdb")
        }

        /// Databases that are read under their names.
        var attached: [String: String] {
            publishedTables.map { [RecipeMemory.publishedDatabase: $0.path] } ?? [:]
        }

        var kept: [String: String] { [RecipeMemory.database: recipes.tables.path] }
    }

    private func prepare(
        into folder: URL, _ memory: Memory?, _ record: inout RunRecord,
        _ diagnostics: inout [Diagnostic],
        report: @escaping Report
    ) async throws -> Prepared {
        let staged = folder.appending(path: "sources.duckdb")
        try await stage(into: staged, &record, &diagnostics, report: report)
        let (engine, recipes) = try await open(folder, staged, memory)
        do {
            let tables = try await build(
                in: engine, recipes, &record, &diagnostics, report: report)
            try await engine.execute("DETACH \(engine.dialect.quoted("sources"))")
            // The customers' raw rows are not kept with a run, nor what a journal holds of them.
            try FileManager.default.removeItem(at: staged)
            try? FileManager.default.removeItem(atPath: staged.path + ".wal")
            return Prepared(engine: engine, memory: recipes, tables: tables)
        } catch {
            engine.close()
            throw error
        }
    }

    /// Opens the engine of the run with what it may reuse. A memory that can't be opened is thrown
    /// away: it holds nothing that can't be worked out again.
    private func open(
        _ folder: URL, _ staged: URL, _ memory: Memory?
    ) async throws -> (any Engine, RecipeMemory?) {
        let path = folder.appending(path: "data.duckdb").path
        if let memory {
            do {
                let engine = try await provider.work(
                    at: path, folder: folder.path,
                    attached: memory.attached.merging(["sources": staged.path]) { $1 },
                    kept: memory.kept)
                return (engine, memory.recipes)
            } catch {
                try? FileManager.default.removeItem(at: memory.recipes.tables)
            }
        }
        let engine = try await provider.work(
            at: path, folder: folder.path, attached: ["sources": staged.path], kept: [:])
        return (engine, nil)
    }

    private func stage(
        into file: URL, _ record: inout RunRecord, _ diagnostics: inout [Diagnostic],
        report: @escaping Report
    ) async throws {
        let intake = try await provider.intake(at: file.path)
        defer { intake.close() }
        let scratch = file.deletingLastPathComponent().appending(path: "scratch")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let staging = Staging(intake: intake, data: data, scratch: scratch)
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
            if let input = try await staging.stage(source, &diagnostics) {
                record.inputs.append(input)
            }
        }
        try await intake.persist()
    }

    private func build(
        in engine: any Engine, _ memory: RecipeMemory?, _ record: inout RunRecord,
        _ diagnostics: inout [Diagnostic],
        report: @escaping Report
    ) async throws -> [String: Catalogue.Table] {
        var tables: [String: Catalogue.Table] = [:]
        var relations: [String: StepInput.Relation] = [:]
        for input in record.inputs {
            relations[input.source] = try await .init(
                source: input.source, of: "sources", fingerprint: fingerprint(input, record), engine
            )
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
        return tables
    }

    /// The hash of all that decides what a staged source holds. What it expects may be about any of
    /// the other sources.
    private func fingerprint(_ input: RunRecord.Input, _ record: RunRecord) -> RecipeKey {
        let source = project.recipes.sources.first { $0.name == input.source }
        let others = input.contracts.isEmpty ? [] : record.inputs.map(\.sha256)
        return RecipeKey(
            [
                record.versions["aurora"] ?? "", record.versions["engine"] ?? "",
                source.flatMap { project.folder.texts[$0.path] } ?? "", input.sha256,
            ] + others)
    }
}
